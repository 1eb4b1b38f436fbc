/** The front page's demo cards, and where each person begins. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { GROUP_ROLES, type Role } from '../../shared/people/roles.ts'
import { Problem } from '../problem.ts'
import type { Accounts } from './accounts.ts'
import type { Audit } from './audit.ts'
import { require } from './permission.ts'
import type { RosterPort, WorkshopPort } from './roster-ports.ts'
import type { SessionKind } from './session-model.ts'
import type { Sessions } from './sessions.ts'
import type { Viewer } from './viewer.ts'

/** Whom the demo lets one be, in the way of a proposal. No role that holds everywhere. */
const DEMO_ROLES = [
  'participant',
  'scribe',
  'facilitator',
  'editor',
  'policymaker',
  'secretary',
  'commentator',
  'observer',
] as const satisfies readonly Role[]
const GROUP: readonly Role[] = GROUP_ROLES
const DEMO_SETTING = 'demo'

const settingSchema = new Schema<{ _id: string; on: boolean; v: number }>({ _id: String, on: Boolean, v: Number })

export type DemoCard = {
  readonly role: Role
  readonly person: PersonId
  readonly name: string
  readonly kind: SessionKind
}

export type FrontDeps = {
  readonly connection: Connection
  /** DEMO of the environment. */
  readonly demo: boolean
  readonly accounts: Accounts
  readonly roster: RosterPort
  readonly workshops: WorkshopPort
  readonly sessions: Sessions
  readonly audit: Audit
}

export type Front = ReturnType<typeof createFront>

export function createFront({ connection, demo, accounts, roster, workshops, sessions, audit }: FrontDeps) {
  const settings = connection.model('setting', settingSchema)

  /** The demo workshop while its cards are shown: until a real workshop exists, unless an administrator said otherwise. */
  const shownDemo = async (): Promise<WorkshopId | null> => {
    const workshop = demo ? await workshops.demo() : null
    if (workshop === null || !(await workshops.demoMade())) return null
    const said = await settings.findById(DEMO_SETTING).lean()
    return (said?.on ?? !(await workshops.realExists())) ? workshop : null
  }
  const cardOf = async (role: Role, workshop: WorkshopId): Promise<DemoCard | null> => {
    if (GROUP.includes(role)) {
      const person = await roster.anyWithRole(workshop, role)
      return person === null ? null : { role, person: person.id, name: person.name, kind: 'participant' }
    }
    const account = await accounts.demoPerson(role, workshop)
    return account === null ? null : { role, person: account.id, name: account.name, kind: 'staff' }
  }

  return {
    /** The cards; none while the demo is not shown, or is still `preparing`. */
    async cards(): Promise<{ cards: DemoCard[]; workshop: WorkshopId | null; preparing: boolean }> {
      const workshop = await shownDemo()
      const preparing = workshop === null && demo && (await workshops.demo()) !== null && !(await workshops.demoMade())
      if (workshop === null) return { cards: [], workshop, preparing }
      const cards = await Promise.all(DEMO_ROLES.map((role) => cardOf(role, workshop)))
      return { cards: cards.filter((card) => card !== null), workshop, preparing }
    },

    /** Signs in as the demo's person with this role. Throws Problem 403 `demo-closed`. */
    async signIn(role: Role, cookie: string | undefined): Promise<{ person: PersonId; cookie: string }> {
      const workshop = DEMO_ROLES.some((demoRole) => demoRole === role) ? await shownDemo() : null
      const card = workshop === null ? null : await cardOf(role, workshop)
      if (card === null) throw new Problem(403, 'demo-closed')
      await audit.record({ what: `demo-entered:${role}`, who: card.person, workshop: workshop ?? undefined })
      return { person: card.person, cookie: await sessions.start(card.person, card.kind, cookie) }
    },

    /** An administrator shows the demo again, or hides it. */
    async switchDemo(viewer: Viewer, on: boolean): Promise<void> {
      require(viewer, 'system.read', {})
      await settings.updateOne({ _id: DEMO_SETTING }, { $set: { on, v: 1 } }, { upsert: true })
      await audit.record({ what: on ? 'demo-shown' : 'demo-hidden', who: viewer.person })
    },

    /** Whether the cards are shown now. */
    async demoShown(): Promise<boolean> {
      return (await shownDemo()) !== null
    },
  }
}
