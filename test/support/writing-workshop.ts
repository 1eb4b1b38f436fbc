/** A workshop whose groups write, made over the services of a whole server: for tests that begin there. */
import type { App } from '../../server/app.ts'
import type { Viewer } from '../../server/people/viewer.ts'
import type { Grouping } from '../../server/workshop/groups.ts'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'

const ABOUT = { title: 'ท', organiser: 'ก', place: 'ข', begins: '2026-01-01', ends: '2026-01-02', subject: '' }
const BLANK = {
  prefix: '',
  position: '',
  organisation: 'อบต.ก',
  lgoType: 'sao',
  district: '',
  province: '',
  notices: [],
} as const

export type WritingWorkshop = {
  readonly workshop: WorkshopId
  readonly facilitator: Viewer
  /** Each with its draft and the people seated in it, none of them scribe. */
  readonly groups: Grouping['groups']
}

/** The short template, the phase of drafting, everybody of `names` seated in so many groups. */
export async function makeWritingWorkshop(
  { rooms }: App,
  names: readonly string[],
  groups: number,
): Promise<WritingWorkshop> {
  const { workshop: room, people } = rooms
  const workshop = await room.workshops.createDemo({ ...ABOUT, template: 'short' })
  const facilitator = await viewerOf({ rooms }, await people.accounts.createDemo('วิทยากร', 'facilitator', workshop))
  await room.participants.put(
    workshop,
    names.map((name, row) => ({ ...BLANK, name, row })),
  )
  const made = await room.groups.make(facilitator, workshop, groups, 1)
  await room.phases.move(facilitator, workshop, 'draft', 0)
  return { workshop, facilitator, groups: made.groups }
}

/** A person with the standings of this moment. */
export async function viewerOf({ rooms }: Pick<App, 'rooms'>, person: PersonId): Promise<Viewer> {
  const { people, workshop } = rooms
  const who = (await people.accounts.viewerOf(person)) ?? (await workshop.participants.viewerOf(person))
  if (who === null) throw new Error(`nobody is ${person}`)
  return { person, session: null, ...who }
}

/** A fresh session of a person as `name=value`. */
export async function cookieOf({ rooms }: Pick<App, 'rooms'>, person: PersonId): Promise<string> {
  return (await rooms.people.sessions.start(person, 'participant', undefined)).split(';')[0] ?? ''
}
