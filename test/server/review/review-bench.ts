/** Review on a real store, over the merging bench: the nine demo drafts decided and frozen as 0.1. */
import { SECTION_IDS } from '../../../shared/drafting/template.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { createAnnouncer } from '../../../server/announce/events.ts'
import { createReviewRoom } from '../../../server/review/review-room.ts'
import { corpusDrafts } from '../../bench/corpus.ts'
import { contentOf, openMergingBench, viewer, WORKSHOP, type MergingBench } from '../merging/merging-bench.ts'

export const editor = viewer('editor')
export const policymaker = viewer('policymaker')
export const secretary = viewer('secretary')

/** Like clauses combined with a reason, the rest adopted. */
export async function decideAll({ merging }: MergingBench): Promise<void> {
  const inputs = []
  for (const section of SECTION_IDS) {
    for (const topic of (await merging.topics(editor, WORKSHOP, section)).topics) {
      const left = topic.clauses.filter((clause) => clause.decision === null)
      if (left.length === 0) continue
      const text = left[0]?.pieces.map((piece) => piece.text).join('') ?? ''
      const kind = left.length > 1 && section !== 'authors' ? ('combine' as const) : ('adopt' as const)
      inputs.push({ clauses: left.map((clause) => clause.ref), kind, reason: 'ตามข้อมูลของกลุ่ม', text })
    }
  }
  await merging.decideTogether(editor, WORKSHOP, inputs)
}

export async function openReviewBench(groups = 9) {
  const bench = await openMergingBench()
  for (const draft of corpusDrafts().slice(0, groups)) bench.submit(draft.group, contentOf(draft))
  await decideAll(bench)
  const frozen = await bench.versions.freeze(editor, WORKSHOP, { title: 'ข้อเสนอเชิงนโยบายตัวอย่าง', legalUnknown: true })
  let clock = Date.UTC(2019, 2, 18, 3)
  const room = createReviewRoom({
    store: bench.store,
    announcer: createAnnouncer((error) => {
      throw error
    }),
    versions: bench.versions,
    key: bench.key,
    sources: { title: async () => 'เวทีตัวอย่าง', nameOf: async (person) => `ชื่อของ ${person}` },
    workshopOf: async () => ({
      title: 'เวทีตัวอย่าง',
      place: 'กรุงเทพมหานคร',
      begins: '2019-02-27',
      ends: '2019-03-01',
      department: 'กรมพัฒนาสังคมและสวัสดิการ',
      participants: 83,
      groups: corpusDrafts().map((draft) => ({ number: draft.group, name: draft.group_name })),
    }),
    failed: (error) => {
      throw error
    },
    now: () => (clock += 1000),
  })
  return { ...room, bench, version: frozen.id as VersionId, close: () => bench.close() }
}
export type ReviewBench = Awaited<ReturnType<typeof openReviewBench>>
