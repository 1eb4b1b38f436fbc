/** A people room over the embedded store, with a roster of a few invented people standing in for the workshop room. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnnouncer, type AppEvent } from '../../../server/announce/events.ts'
import { createPeople, type People } from '../../../server/people/people.ts'
import type { RosterPerson, WorkshopCard } from '../../../server/people/roster-ports.ts'
import type { Viewer } from '../../../server/people/viewer.ts'
import { openStore, type Store } from '../../../server/store/store.ts'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../../shared/ids.ts'
import type { Role } from '../../../shared/people/roles.ts'
import { personNameKey } from '../../../shared/thai/person-name.ts'

export const WORKSHOP = 'w1' as WorkshopId
export const OTHER_WORKSHOP = 'w2' as WorkshopId
export const GROUP = 'g4' as GroupId

const person = (id: string, name: string, organisation: string, roles: Role[] = ['participant']): RosterPerson => ({
  id: id as PersonId,
  workshop: WORKSHOP,
  name,
  organisation,
  group: GROUP,
  roles,
})
export const ROSTER: readonly RosterPerson[] = [
  person('p1', 'สมหญิง ตัวอย่าง', 'อบต.ทุ่งสาธิต'),
  person('p2', 'บุญมี สมมติ', 'ทต.ดอนจำลอง', ['participant', 'scribe']),
  person('p3', 'บุญมี สมมติ', 'อบต.ทุ่งสาธิต'),
]
const card = (id: WorkshopId): WorkshopCard => ({
  id,
  title: 'เวทีทดสอบ',
  organiser: 'กรมตัวอย่าง',
  place: 'ห้องประชุม',
  begins: '2019-02-27',
  ends: '2019-03-01',
  phase: 'register',
  demo: id === OTHER_WORKSHOP,
})

export type PeopleUnderTest = {
  readonly people: People
  readonly store: Store
  readonly events: AppEvent[]
  /** Whether a workshop that is no demo exists; the demo's cards hang on it. */
  real: boolean
  /** Whether the demo is whole. */
  made: boolean
  stop(): Promise<void>
}

/** argon2 with the least work it allows: tests of rules, not of its strength. */
const CHEAP = { memoryCost: 1_024, timeCost: 1 }

export async function startPeople(https = false): Promise<PeopleUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rangruam-people-'))
  const store = await openStore({ dataDir })
  const events: AppEvent[] = []
  const announcer = createAnnouncer((error) => {
    throw error
  })
  announcer.subscribe((event) => events.push(event))
  const tested: { real: boolean; made: boolean } = { real: false, made: true }
  const people = createPeople({
    connection: store.connection,
    announcer,
    https,
    demo: true,
    passwordCost: CHEAP,
    store: { where: store.where, ready: async () => true },
    versionToReview: async () => null,
    roster: {
      byName: async (workshop, key) =>
        ROSTER.filter((one) => one.workshop === workshop && personNameKey(one.name) === key),
      byId: async (id) => ROSTER.find((one) => one.id === id) ?? null,
      anyWithRole: async (_workshop, role) => ROSTER.find(({ roles }) => roles.includes(role)) ?? null,
      groupCard: async (id) => ({
        id,
        number: 4,
        topic: 'คนไร้ที่พึ่ง',
        table: '',
        facilitator: 'อรทัย',
        draft: 'd4' as DraftId,
        members: ROSTER.map(({ id: member, name }) => ({ id: member, name })),
      }),
    },
    workshops: {
      card: async (id) => (id === WORKSHOP || id === OTHER_WORKSHOP ? card(id) : null),
      demo: async () => OTHER_WORKSHOP,
      demoMade: async () => tested.made,
      realExists: async () => tested.real,
      titles: async () => [{ id: WORKSHOP, title: 'เวทีทดสอบ' }],
      size: async () => ({ people: ROSTER.length, groups: 1 }),
    },
  })
  return Object.assign(tested, {
    people,
    store,
    events,
    async stop() {
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  })
}

/** Somebody with one role, without a session. */
export function viewerWith(role: Role, workshop?: WorkshopId): Viewer {
  const standing = workshop === undefined ? { role } : { role, workshop }
  return { person: `v-${role}` as PersonId, name: role, standings: [standing], session: null }
}

/** The Cookie header that a browser sends after this Set-Cookie. */
export function cookieOf(setCookie: string): string {
  return setCookie.split(';')[0] ?? ''
}

/** What a refused call says: its code, or null when it was not refused. */
export async function refusal(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}
