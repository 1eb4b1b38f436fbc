/** Two workshops with somebody in every role, for trying the running server against the access table. */
import type { ClauseId, DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Place } from '../../shared/people/access.ts'
import { GLOBAL_ROLES, GROUP_ROLES, STAFF_ROLES, type Standing } from '../../shared/people/roles.ts'
import type { Phase } from '../../shared/workshop/phases.ts'
import type { SessionKind } from '../../server/people/session-model.ts'
import type { Viewer } from '../../server/people/viewer.ts'
import { startTestApp, type TestApp } from './app.ts'

/** Somebody who tries: null person has no session. */
export type Subject = {
  readonly title: string
  readonly person: PersonId | null
  readonly kind: SessionKind
  readonly standings: readonly Standing[]
}

export type AccessWorld = {
  readonly test: TestApp
  readonly subjects: readonly Subject[]
  /** Values of `:name` parts of paths, and of properties with these names. */
  readonly ids: Readonly<Record<string, string>>
  /** Where a path with these parts is. */
  placeOf(parts: readonly string[], phase: Phase): Place
  /** Puts the workshop into a phase at once, without a countdown. */
  setPhase(phase: Phase): Promise<void>
  /** A Cookie header of a fresh session. */
  cookieOf(subject: Subject): Promise<string>
}

/** argon2 is not what is tried here: accounts are made once each. */
const PASSWORD = 'ยาวพอสำหรับทดสอบ'

export async function startAccessWorld(): Promise<AccessWorld> {
  const test = await startTestApp()
  const { rooms, store } = test.app
  const { people, workshop } = rooms
  const viewer = (...standings: Standing[]): Viewer => ({
    person: 'organiser' as PersonId,
    name: '',
    standings,
    session: null,
  })
  const given = { organiser: '', place: '', begins: '2026-01-01', ends: '2026-01-03', subject: '', template: 'short' }
  const make = (title: string): Promise<WorkshopId> =>
    workshop.workshops.create(viewer({ role: 'administrator' }), { ...given, title })
  const here = await make('เวทีนี้')
  const elsewhere = await make('เวทีอื่น')

  const seated = async (place: WorkshopId, count: number, groups: number): Promise<GroupId[]> => {
    const blank = { prefix: '', position: '', lgoType: 'sao', district: '', province: 'น่าน', notices: [] } as const
    const roster = Array.from({ length: count }, (_, row) => ({
      ...blank,
      name: `คน ${row}`,
      organisation: 'ก',
      row: row + 2,
    }))
    await workshop.participants.put(place, roster)
    await workshop.groups.make(viewer({ role: 'facilitator', workshop: place }), place, groups, 1)
    return (await workshop.groups.ofWorkshop(place)).map(({ id }) => id)
  }
  const [group, otherGroup] = await seated(here, 14, 2)
  const [foreignGroup] = await seated(elsewhere, 5, 1)
  const found = await workshop.groups.find(group!)
  const draft = found!.draft as DraftId

  const subjects: Subject[] = [{ title: 'nobody', person: null, kind: 'staff', standings: [] }]
  const members = await workshop.participants.inGroup(group!)
  for (const [at, role] of GROUP_ROLES.entries()) {
    const person = members[at]!.id
    await workshop.participants.setRole(here, person, role)
    const roles = role === 'participant' ? [role] : (['participant', role] as const)
    const standings = roles.map((held) => ({ role: held, workshop: here, group: group! }))
    subjects.push({ title: role, person, kind: 'participant', standings })
  }
  for (const [title, place, theirs] of [
    ['participant of another group', here, otherGroup!],
    ['participant of another workshop', elsewhere, foreignGroup!],
  ] as const) {
    const [one] = await workshop.participants.inGroup(theirs)
    const standings = [{ role: 'participant', workshop: place, group: theirs }] as const
    subjects.push({ title, person: one!.id, kind: 'participant', standings })
  }
  const staff = async (title: string, standing: Standing): Promise<void> => {
    const account = { name: title, signInName: title, password: PASSWORD, standings: [standing] }
    subjects.push({ title, person: await people.accounts.create(account), kind: 'staff', standings: [standing] })
  }
  for (const role of STAFF_ROLES) {
    const everywhere = GLOBAL_ROLES.some((global) => global === role)
    await staff(role, everywhere ? { role } : { role, workshop: here })
    if (!everywhere) await staff(`${role} elsewhere`, { role, workshop: elsewhere })
  }
  await staff('facilitator of nothing yet', { role: 'facilitator' })

  const administrator = viewer({ role: 'administrator' })
  const invitation = await people.invitations.invite(administrator, 'ใคร', { role: 'facilitator' })
  const code = await people.codes.show(viewer({ role: 'facilitator', workshop: here }), here)
  await people.joining.name({ code: code.code, name: 'รอ หน้าประตู' }, '10.0.0.1')
  const [waiting] = await people.joining.waitingNames(viewer({ role: 'facilitator', workshop: here }), here)
  const spare = await people.accounts.create({ name: 'ว่าง', signInName: 'spare', password: PASSWORD, standings: [] })
  const call = await workshop.help.call(viewer({ role: 'participant', workshop: here, group: group! }), group!, '')
  // One clause handed in and declined makes a complete ledger, so that a version can be frozen; then the draft is open again.
  const organiser = viewer({ role: 'facilitator', workshop: here })
  const workshops = store.connection.model('workshop')
  await workshops.updateOne({ _id: here }, { $set: { phase: 'draft' } })
  const { content } = await rooms.drafting.drafts.read(draft)
  const clause = {
    id: 'aaaaaaaaaaaa' as ClauseId,
    kind: 'text',
    level: 0,
    runs: [{ text: 'ผู้สูงอายุอยู่ลำพัง', marks: [] }],
  } as const
  const sections = content.sections.map((section) =>
    section.id === 'background' ? { ...section, clauses: [clause] } : section,
  )
  await rooms.drafting.drafts.patch(draft, { ...content, sections }, 'server')
  await rooms.drafting.submissions.submit(organiser, draft)
  const editor = viewer({ role: 'editor', workshop: here })
  const [handedIn] = await rooms.drafting.submissions.ofWorkshop(here)
  await rooms.merging.merging.decide(editor, here, {
    clauses: [{ submission: handedIn!._id, clause: clause.id }],
    kind: 'decline',
    reason: 'ซ้ำ',
  })
  const version = await rooms.merging.versions.freeze(editor, here, { legalUnknown: true })
  await rooms.drafting.submissions.reopen(organiser, draft)
  const ids = {
    workshop: here,
    group: group!,
    draft,
    moment: '1',
    person: spare,
    invitation: invitation.id,
    waiting: waiting!.id,
    call: call.id,
    section: 'recommendations',
    clause: '9.1',
    version: version.id,
  }
  const groupModel = store.connection.model('group')
  return {
    test,
    subjects,
    ids,
    placeOf(parts, phase) {
      if (parts.includes('group') || parts.includes('draft') || parts.includes('call')) {
        return { workshop: here, group: group!, phase }
      }
      return parts.includes('workshop') || parts.includes('version') ? { workshop: here, phase } : {}
    },
    async setPhase(phase) {
      await workshops.updateOne({ _id: here }, { $set: { phase, pending: null } })
      await groupModel.updateOne({ _id: group! }, { $set: { phase: null } })
    },
    async cookieOf({ person, kind }) {
      if (person === null) return ''
      return (await people.sessions.start(person, kind, undefined)).split(';')[0] ?? ''
    },
  }
}
