/** The one table of permission: role x phase x action. Asked in services and at the two sockets, nowhere else. */
import type { GroupId, WorkshopId } from '../ids.ts'
import type { Phase } from '../workshop/phases.ts'
import { GROUP_ROLES, WORKSHOP_ROLES, type Role, type Standing } from './roles.ts'

/** Where an action happens. `phase` is the group's phase when the place is a group, else the workshop's. */
export type Place = { readonly workshop?: WorkshopId; readonly group?: GroupId; readonly phase?: Phase }

type Rule = {
  /** Who: a role held in the place's workshop (staff, everywhere for global roles). */
  readonly roles: readonly Role[]
  /** Group roles count only in the place's own group; with this they count anywhere in the workshop. */
  readonly anyGroup?: true
  /** When: absent = in every phase. */
  readonly phases?: readonly Phase[]
}

const MEMBERS = GROUP_ROLES
const ORGANISERS = ['facilitator', 'co-facilitator'] as const
const STAFF = WORKSHOP_ROLES
const WRITING: readonly Phase[] = ['practice', 'brainstorm', 'draft', 'cross-review', 'prioritise', 'submit']

/** Every command and every reading, one line each. A route, event or frame without a line here fails the access test. */
export const ACCESS = {
  // people
  'staff.manage': [{ roles: ['administrator'] }],
  'audit.read': [{ roles: ['administrator', 'data-protection-officer'] }],
  'system.read': [{ roles: ['administrator'] }],
  // workshop
  'workshop.create': [{ roles: ['administrator', 'facilitator'] }],
  'workshop.read': [{ roles: [...MEMBERS, ...STAFF, 'administrator'], anyGroup: true }],
  'workshop.change': [{ roles: ORGANISERS }],
  'roster.read': [{ roles: ORGANISERS }, { roles: ['data-protection-officer'] }],
  'roster.import': [{ roles: ORGANISERS }],
  'groups.change': [{ roles: ORGANISERS }],
  'scribe.pass': [{ roles: ['scribe', 'chair'] }, { roles: ORGANISERS }],
  'cards.print': [{ roles: ORGANISERS }],
  'code.read': [{ roles: ORGANISERS }],
  'code.change': [{ roles: ORGANISERS }],
  'phase.move': [{ roles: ORGANISERS }],
  'timer.change': [{ roles: ORGANISERS }],
  'broadcast.send': [{ roles: ORGANISERS }],
  'wall.read': [{ roles: [...ORGANISERS, 'editor', 'commentator', 'observer'] }],
  'help.call': [{ roles: MEMBERS }],
  'help.answer': [{ roles: ORGANISERS }],
  'help.close': [{ roles: MEMBERS }, { roles: ORGANISERS }],
  // drafting
  'draft.read': [{ roles: MEMBERS }, { roles: [...ORGANISERS, 'editor', 'commentator'] }],
  'draft.write': [
    { roles: MEMBERS, phases: WRITING },
    { roles: ORGANISERS, phases: WRITING },
  ],
  'draft.submit': [
    { roles: ['scribe'], phases: WRITING },
    { roles: ORGANISERS, phases: WRITING },
  ],
  'draft.restore': [
    { roles: ['scribe'], phases: WRITING },
    { roles: ORGANISERS, phases: WRITING },
  ],
  'history.read': [{ roles: MEMBERS }, { roles: [...ORGANISERS, 'editor'] }],
  'draft.reopen': [{ roles: ORGANISERS }],
  'authors.read': [{ roles: [...ORGANISERS, 'editor'] }],
  'submission.read': [{ roles: MEMBERS }, { roles: [...ORGANISERS, 'editor', 'commentator'] }],
  // merging
  'merge.read': [{ roles: ['editor', ...ORGANISERS] }],
  'merge.decide': [{ roles: ['editor'] }],
  'version.freeze': [{ roles: ['editor'] }],
  'version.read': [{ roles: ['editor', 'policymaker', 'secretary', ...ORGANISERS, 'commentator'] }],
  'outcomes.read': [{ roles: MEMBERS }, { roles: ['editor', 'policymaker', 'secretary', ...ORGANISERS] }],
  // review
  'review.submit': [{ roles: ['editor'] }],
  'review.read': [{ roles: ['editor', 'policymaker', 'secretary', ...ORGANISERS] }],
  'review.answer': [{ roles: ['policymaker', 'secretary'] }],
  'review.approve': [{ roles: ['policymaker'] }],
  'review.record': [{ roles: ['secretary'] }],
  'review.publish': [{ roles: ['editor'] }],
  'memo.change': [{ roles: ['editor'] }],
  'document.download': [{ roles: ['editor', 'policymaker', 'secretary', ...ORGANISERS] }],
} as const satisfies Record<string, readonly Rule[]>

export type Action = keyof typeof ACCESS

const GROUP_BOUND: ReadonlySet<Role> = new Set(MEMBERS)
const EVERYWHERE: ReadonlySet<Role> = new Set(['administrator', 'data-protection-officer'])

function holds(standing: Standing, rule: Rule, place: Place): boolean {
  if (!rule.roles.includes(standing.role)) return false
  if (EVERYWHERE.has(standing.role)) return true
  // A staff standing without a workshop may only do what happens in no workshop (making one).
  if (place.workshop === undefined) return true
  if (standing.workshop !== place.workshop) return false
  if (!GROUP_BOUND.has(standing.role) || rule.anyGroup === true) return true
  return place.group !== undefined && standing.group === place.group
}

/** Whether somebody with these standings may do this here and now. The only place where permission is decided. */
export function may(standings: readonly Standing[], action: Action, place: Place): boolean {
  const rules: readonly Rule[] = ACCESS[action]
  return rules.some((rule) => {
    if (rule.phases !== undefined && (place.phase === undefined || !rule.phases.includes(place.phase))) return false
    return standings.some((standing) => holds(standing, rule, place))
  })
}

/** Whether a role among these could do this anywhere at any time: ports turn the others away before they read what was sent. */
export function mayEver(standings: readonly Standing[], action: Action): boolean {
  const rules: readonly Rule[] = ACCESS[action]
  return rules.some((rule) => standings.some(({ role }) => rule.roles.includes(role)))
}
