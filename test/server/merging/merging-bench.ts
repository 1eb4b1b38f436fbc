/** Merging on a real store of its own, fed by the demo drafts: what the tests of the services stand on. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DraftContent } from '../../../shared/drafting/canonical.ts'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'
import type { GroupId, PersonId, SubmissionId, WorkshopId } from '../../../shared/ids.ts'
import type { Role } from '../../../shared/people/roles.ts'
import { createAnnouncer, type AppEvent } from '../../../server/announce/events.ts'
import { corpusDraft, type CorpusDraft } from '../../../server/demo/corpus-draft.ts'
import { openMergingRoom } from '../../../server/merging/merging-room.ts'
import type { MergeSubmission } from '../../../server/merging/merge-sources.ts'
import type { Viewer } from '../../../server/people/viewer.ts'
import { createDrafts } from '../../../server/drafting/drafts.ts'
import { createDraftPool } from '../../../server/workers/draft-pool.ts'
import { openStore } from '../../../server/store/store.ts'

export const WORKSHOP = 'w1' as WorkshopId
export const viewer = (role: Role, person: string = role, group?: string): Viewer => ({
  person: person as PersonId,
  name: person,
  session: 's',
  standings: [
    group === undefined ? { role, workshop: WORKSHOP } : { role, workshop: WORKSHOP, group: group as GroupId },
  ],
})

/** A draft of the corpus with ids as the product gives them. */
export const contentOf = (draft: CorpusDraft): DraftContent => corpusDraft(draft, () => newClauseId())

export async function openMergingBench(given?: string) {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'rangruam-merging-')))
  const store = await openStore({ dataDir })
  const submissions: MergeSubmission[] = []
  const events: AppEvent[] = []
  const announcer = createAnnouncer((error) => {
    throw error
  })
  announcer.subscribe((event) => events.push(event))
  let clock = Date.UTC(2019, 2, 5, 3)
  const now = () => (clock += 1000)
  const sources = {
    title: async () => 'เวทีตัวอย่าง',
    groups: async () =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => ({ id: `g${number}` as GroupId, number, name: `กลุ่มที่ ${number}` })),
    submissions: async () => submissions,
    nameOf: async (person: string) => `ชื่อของ ${person}`,
  }
  // The proposal's draft is kept where all drafts are, seeded with a place to write in every section.
  const drafting = createDraftPool()
  const drafts = createDrafts({ connection: store.connection, journal: store.journal, announcer, pool: drafting })
  const room = await openMergingRoom({
    store,
    announcer,
    sources,
    draftOf: (workshop) => drafts.consolidatedOf(workshop),
    now,
  })
  const submit = (group: number, content: DraftContent, n = 1, proposers: MergeSubmission['proposers'] = []): void => {
    submissions.push({
      id: `s${group}x${n}` as SubmissionId,
      group: `g${group}` as GroupId,
      n,
      content,
      at: now(),
      by: `scribe${group}` as PersonId,
      authors: [`scribe${group}` as PersonId],
      proposers,
    })
  }
  return {
    dataDir,
    store,
    ...room,
    events,
    submit,
    async close(keep = false) {
      await room.close()
      await drafting.close()
      await store.close()
      if (!keep) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
export type MergingBench = Awaited<ReturnType<typeof openMergingBench>>
