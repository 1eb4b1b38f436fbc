/** A workshop room on the embedded store in a folder of its own, with a clock that the test moves. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnnouncer, type AppEvent } from '../../../server/announce/events.ts'
import { createAudit } from '../../../server/people/audit.ts'
import type { Viewer } from '../../../server/people/viewer.ts'
import { openStore, type Store } from '../../../server/store/store.ts'
import { createWorkshopRoom, type WorkshopRoom } from '../../../server/workshop/workshop-room.ts'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../../shared/ids.ts'
import type { Standing } from '../../../shared/people/roles.ts'

export type TestRoom = {
  readonly room: WorkshopRoom
  readonly store: Store
  readonly events: AppEvent[]
  readonly clock: { now: number }
  /** Standings that the room gave to makers of workshops. */
  readonly given: { person: PersonId; standing: Standing }[]
  /** Another room on the same records, as after a restart. */
  again(): WorkshopRoom
  stop(): Promise<void>
}

export const person = (name: string, standings: readonly Standing[]): Viewer => ({
  person: name as PersonId,
  name,
  standings,
  session: `s-${name}`,
})
export const facilitator = (workshop: WorkshopId): Viewer => person('fac', [{ role: 'facilitator', workshop }])
export const member = (workshop: WorkshopId, group: GroupId, role: Standing['role'] = 'participant'): Viewer =>
  person('mem', [
    { role: 'participant', workshop, group },
    { role, workshop, group },
  ])

export const SHORT = {
  title: 'เวทีทดสอบ',
  organiser: 'กรม',
  place: 'โรงแรม',
  begins: '2026-11-24',
  ends: '2026-11-26',
  subject: 'สวัสดิการ',
  template: 'short',
}

export async function startRoom(): Promise<TestRoom> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rangruam-workshop-'))
  const store = await openStore({ dataDir })
  const events: AppEvent[] = []
  const clock = { now: Date.parse('2026-11-24T03:00:00Z') }
  const given: TestRoom['given'] = []
  const rooms: WorkshopRoom[] = []
  const build = (): WorkshopRoom => {
    const announcer = createAnnouncer((error) => {
      throw error
    })
    announcer.subscribe((event) => events.push(event))
    let drafts = 0
    const room = createWorkshopRoom({
      connection: store.connection,
      announcer,
      audit: createAudit({ connection: store.connection }),
      give: async (who, standing) => {
        given.push({ person: who, standing })
      },
      secretsOf: async (people) => new Map(people.map((one) => [one, `secret-of-${one}`])),
      drafts: { createDraft: async ({ group }) => `draft-${++drafts}-${group}` as DraftId },
      signals: { digest: async () => null, online: () => 0, submitted: async () => null },
      onFailure: (error) => {
        throw error
      },
      now: () => clock.now,
    })
    rooms.push(room)
    return room
  }
  return {
    room: build(),
    store,
    events,
    clock,
    given,
    again: build,
    async stop() {
      for (const room of rooms) room.close()
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
