/** Rules of merging on a real journal: deciding writes text and decision at once, freezing asks the ledger, nothing is lost. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { corpusDrafts } from '../../bench/corpus.ts'
import { readFileSync } from 'node:fs'
import { plainText, type DraftContent } from '../../../shared/drafting/canonical.ts'
import { SECTION_IDS, type SectionId } from '../../../shared/drafting/template.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { TopicView } from '../../../shared/merging/contract.ts'
import { contentOf, openMergingBench, viewer, WORKSHOP, type MergingBench } from './merging-bench.ts'
import type { CorpusDraft } from '../../../server/demo/corpus-draft.ts'
import { content, text } from '../../shared/merging/builders.ts'

const editor = viewer('editor')
const refused = (code: string) => (error: unknown) => error instanceof Error && error.message === code

/** Decides everything that is left as an editor in a hurry would: like clauses combined with a reason, the rest adopted. */
async function decideAll(bench: MergingBench): Promise<void> {
  const inputs = []
  for (const section of SECTION_IDS) {
    for (const topic of (await bench.merging.topics(editor, WORKSHOP, section)).topics) {
      const left = topic.clauses.filter((clause) => clause.decision === null)
      if (left.length === 0) continue
      const clauses = left.map((clause) => clause.ref)
      const text = left[0]?.pieces.map((piece) => piece.text).join('') ?? ''
      const kind = left.length > 1 && section !== 'authors' ? ('combine' as const) : ('adopt' as const)
      inputs.push({ clauses, kind, reason: 'ตามข้อมูล', text })
    }
  }
  await bench.merging.decideTogether(editor, WORKSHOP, inputs)
}

describe('merging', function () {
  this.timeout(120_000)
  let bench: MergingBench
  const contents: DraftContent[] = []
  before(async () => {
    bench = await openMergingBench()
    for (const draft of corpusDrafts()) {
      const content = contentOf(draft)
      contents.push(content)
      bench.submit(draft.group, content)
    }
  })
  after(() => bench.close())

  const topicOf = async (section: SectionId, test: (topic: TopicView) => boolean): Promise<TopicView> => {
    const found = (await bench.merging.topics(editor, WORKSHOP, section)).topics.find(test)
    assert.ok(found !== undefined)
    return found
  }

  const lastSeq = async (): Promise<number> => {
    const { draft, generation } = (await bench.merging.state(WORKSHOP)).state
    return bench.store.journal.last(draft, generation)
  }

  it('[ME50] the matrix counts every clause of every group once', async () => {
    const matrix = await bench.merging.matrix(editor, WORKSHOP)
    const cells = matrix.sections.flatMap((section) => section.cells)
    assert.equal(
      cells.reduce((sum, cell) => sum + cell.total, 0),
      282,
    )
    assert.deepEqual(matrix.progress, { remaining: 282, decided: 0, total: 282, troubled: 0 })
    assert.deepEqual(matrix.barred, ['remaining', 'legal-basis'])
    assert.ok(matrix.sections.find(({ id }) => id === 'recommendations')?.cells.some((cell) => cell.conflict))
  })
  it('[ME51] only who may: a participant neither reads nor decides, a facilitator reads', async () => {
    await assert.rejects(bench.merging.matrix(viewer('participant', 'p', 'g1'), WORKSHOP), refused('forbidden'))
    await bench.merging.matrix(viewer('facilitator'), WORKSHOP)
    const topic = await topicOf('title', () => true)
    const input = { clauses: topic.clauses.map(({ ref }) => ref), kind: 'defer' as const, reason: '' }
    await assert.rejects(bench.merging.decide(viewer('facilitator'), WORKSHOP, input), refused('forbidden'))
  })
  it('[ME31] a resolved conflict and a declined clause demand a reason; wording is demanded where it is made', async () => {
    const topic = await topicOf('recommendations', ({ conflicts }) => conflicts.some(({ kind }) => kind === 'baht'))
    const clauses = topic.clauses.map(({ ref }) => ref)
    const decide = (input: object) =>
      bench.merging.decide(editor, WORKSHOP, { clauses, kind: 'combine', reason: '', text: 'ก', ...input })
    await assert.rejects(decide({}), refused('reason-needed'))
    await assert.rejects(decide({ kind: 'decline' }), refused('reason-needed'))
    await assert.rejects(decide({ reason: 'เพราะ', text: ' ' }), refused('wording-needed'))
    await assert.rejects(decide({ clauses: [{ submission: 's1x1', clause: 'gone' }] }), refused('clause-gone'))
  })
  it('[ME52] one decision is one journal entry that holds both the text and the decisions; deciding again replaces it', async () => {
    const topic = await topicOf('recommendations', ({ conflicts }) => conflicts.some(({ kind }) => kind === 'baht'))
    const clauses = topic.clauses.map(({ ref }) => ref)
    const before = await lastSeq()
    const first = await bench.merging.decide(editor, WORKSHOP, {
      clauses,
      kind: 'combine',
      reason: 'ตามจริง',
      text: 'ให้เดือนละ 1,500 บาท',
    })
    assert.equal(await lastSeq(), before + 1)
    const { state, ledger } = await bench.merging.state(WORKSHOP)
    assert.equal(first.targets.length, 1)
    assert.equal(ledger.troubled, 0)
    assert.equal(Object.keys(state.decisions).length, clauses.length)
    assert.equal(first.progress.remaining, 282 - clauses.length)
    const shown = (await bench.merging.proposal(editor, WORKSHOP)).sections.find(({ id }) => id === 'recommendations')
      ?.clauses[0]
    assert.deepEqual(shown?.groups, topic.clauses.map(({ group }) => group).sort())
    const again = await bench.merging.decide(editor, WORKSHOP, { clauses, kind: 'decline', reason: 'ซ้ำ' })
    assert.deepEqual(again.targets, [])
    const after = await bench.merging.state(WORKSHOP)
    assert.equal(after.ledger.troubled, 0)
    assert.equal(after.state.content.sections.flatMap((section) => section.clauses).length, 0)
    const undone = await bench.merging.undecide(editor, WORKSHOP, clauses)
    assert.equal(undone.progress.remaining, 282)
  })
  it('[ME66] the same decision again writes nothing, and of two made at the sight of an undecided clause the later is refused', async () => {
    const topic = await topicOf('recommendations', ({ conflicts }) => conflicts.some(({ kind }) => kind === 'baht'))
    const clauses = topic.clauses.map(({ ref }) => ref)
    const undecided = clauses.map(() => null)
    const decide = (input: {
      kind?: 'combine' | 'decline'
      reason?: string
      text?: string
      seen?: (number | null)[]
    }) => bench.merging.decide(editor, WORKSHOP, { clauses, kind: 'decline', reason: 'ซ้ำ', ...input })
    const before = await lastSeq()
    const pressed = await Promise.all([decide({ seen: undecided }), decide({ seen: undecided })])
    assert.deepEqual(pressed[0], pressed[1])
    await decide({})
    assert.equal(await lastSeq(), before + 1)
    await assert.rejects(decide({ seen: undecided, reason: 'อื่น' }), refused('decided-meanwhile'))
    const { at } = (await bench.merging.state(WORKSHOP)).state.decisions[topic.clauses[0]?.key ?? ''] ?? { at: 0 }
    const combined = { kind: 'combine', reason: 'ตามจริง', text: 'ให้เดือนละ 1,500 บาท' } as const
    const twice = await Promise.all([1, 2].map(() => decide({ ...combined, seen: clauses.map(() => at) })))
    assert.deepEqual(twice[0], twice[1])
    assert.equal(await lastSeq(), before + 2)
    await assert.rejects(
      decide({ ...combined, text: 'ให้เดือนละ 2,000 บาท', seen: clauses.map(() => at) }),
      refused('decided-meanwhile'),
    )
    // What is seen may be decided anew.
    const now = (await bench.merging.state(WORKSHOP)).state.decisions[topic.clauses[0]?.key ?? '']?.at ?? 0
    await decide({ ...combined, text: 'ให้เดือนละ 2,000 บาท', seen: clauses.map(() => now) })
    assert.equal(await lastSeq(), before + 3)
    assert.equal((await bench.merging.undecide(editor, WORKSHOP, clauses)).progress.remaining, 282)
  })
  it('[ME53] two editors deciding at once both get through: the second is worked out again on what the first left', async () => {
    const titles = await topicOf('title', () => true)
    const monitoring = await topicOf('monitoring', () => true)
    const decide = (topic: TopicView) =>
      bench.merging.decide(viewer('editor', 'other'), WORKSHOP, {
        clauses: topic.clauses.map(({ ref }) => ref),
        kind: 'adopt',
        reason: 'ตามกลุ่ม',
      })
    await Promise.all([decide(titles), decide(monitoring)])
    const { ledger, state } = await bench.merging.state(WORKSHOP)
    assert.equal(ledger.rows.length - ledger.remaining, titles.clauses.length + monitoring.clauses.length)
    assert.equal(
      state.content.sections.flatMap((section) => section.clauses).length,
      titles.clauses.length + monitoring.clauses.length,
    )
  })
  it('[ME54] freezing is refused until every clause is decided, then gives 0.1 whose hash and signature anybody can check', async () => {
    await assert.rejects(bench.versions.freeze(editor, WORKSHOP, {}), refused('not-complete'))
    await decideAll(bench)
    // Pressed twice at once it is one version.
    const pressed = await Promise.allSettled(
      [1, 2].map(() => bench.versions.freeze(editor, WORKSHOP, { title: 'ข้อเสนอ' })),
    )
    const made = pressed.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    assert.equal(made.length, 1)
    const lost = pressed.flatMap((one) => (one.status === 'rejected' ? [String((one.reason as Error).message)] : []))
    assert.ok(
      lost.every((code) => code === 'conflict' || code === 'nothing-new'),
      lost.join(),
    )
    const head = made[0]
    assert.ok(head !== undefined)
    assert.deepEqual([head.number, head.groups.length], ['0.1', 9])
    const version = await bench.versions.read(editor, head.id as VersionId)
    assert.equal(createHash('sha256').update(version.canonical, 'utf8').digest('hex'), head.hash)
    assert.ok(bench.key.verify(head.hash, version.signature))
    assert.ok(
      !version.canonical.includes('editor') && !version.canonical.includes('scribe1'),
      'no person is named in what is hashed',
    )
    assert.ok(bench.events.some((event) => event.kind === 'version-frozen'))
    await assert.rejects(bench.versions.freeze(editor, WORKSHOP, {}), refused('nothing-new'))
  })
  it('[ME55] each group sees what became of each of its clauses, and only its own', async () => {
    const mine = await bench.outcomes.ofGroup(viewer('participant', 'p', 'g4'), WORKSHOP, 'g4' as never)
    assert.equal(mine.rows.length, 31)
    assert.ok(mine.rows.every((row) => row.final.length > 0))
    assert.ok(mine.rows.some((row) => row.final[0]?.groups.length !== 1))
    await assert.rejects(
      bench.outcomes.ofGroup(viewer('participant', 'p', 'g4'), WORKSHOP, 'g5' as never),
      refused('forbidden'),
    )
  })
  it('[ME56] group 4 amends after 0.1: only the delta is open, and 0.2 is compared by Thai words', async () => {
    const file = new URL('../../../server/demo/corpus/amended/group-4.v2.json', import.meta.url)
    const old = contents[3]
    assert.ok(old !== undefined)
    bench.submit(4, contentOf(JSON.parse(readFileSync(file, 'utf8')) as CorpusDraft), 2)
    const open = await bench.merging.ledger(editor, WORKSHOP)
    const changes = open.rows.filter((row) => row.change !== null)
    assert.deepEqual(
      ['changed', 'added', 'withdrawn'].map((kind) => changes.filter((row) => row.change === kind).length),
      [4, 2, 1],
    )
    assert.equal(open.progress.remaining, 6)
    assert.equal(open.progress.troubled, 0)
    await decideAll(bench)
    const head = await bench.versions.freeze(editor, WORKSHOP, {})
    assert.equal(head.number, '0.2')
    const { versions } = await bench.versions.list(editor, WORKSHOP)
    assert.ok(versions[0]?.parents.includes(versions[1]?.hash ?? ''))
    const compared = await bench.versions.compare(editor, WORKSHOP, versions[1]?.id ?? '', versions[0]?.id ?? '')
    const redline = compared.changes
      .flatMap((change) => change.parts.flatMap((part) => part.runs))
      .filter((run) => run.kind !== 'same')
      .map((run) => `${run.kind} ${run.text}`)
    assert.ok(
      redline.some((run) => run.startsWith('added') && run.includes('800')),
      redline.join('\n'),
    )
  })
  it('[ME57] everything is there after the store was closed and opened again', async () => {
    const before = await bench.merging.state(WORKSHOP)
    const { dataDir, key } = bench
    await bench.close(true)
    bench = await openMergingBench(dataDir)
    const after = await bench.merging.state(WORKSHOP)
    assert.deepEqual(after.state.content, before.state.content)
    assert.deepEqual(after.state.decisions, before.state.decisions)
    assert.equal(bench.key.publicKey, key.publicKey)
  })
})

describe('proposers', function () {
  this.timeout(60_000)
  it('[ME67] stand by name with the clause that is being decided; where nobody is named it is the group', async () => {
    const bench = await openMergingBench()
    try {
      const clauses = [text('a', 'ผู้สูงอายุไม่มีรายได้ประจำ'), text('b', 'ถนนในหมู่บ้านชำรุดมาก')]
      bench.submit(1, content({ background: clauses }), 1, [
        { clause: 'a', people: ['p1', 'p2'] },
        { clause: 'b', people: [] },
      ])
      const { topics } = await bench.merging.topics(editor, WORKSHOP, 'background')
      const shown = topics.flatMap((topic) => topic.clauses.map(({ ref, proposers }) => [ref.clause, proposers]))
      assert.deepEqual(shown, [
        ['a', ['ชื่อของ p1', 'ชื่อของ p2']],
        ['b', []],
      ])
    } finally {
      await bench.close()
    }
  })
})

describe('freezing', function () {
  this.timeout(60_000)
  let bench: MergingBench
  before(async () => {
    bench = await openMergingBench()
    bench.submit(1, content({ background: [text('a', 'ผู้สูงอายุไม่มีรายได้ประจำ')] }))
    const clauses = [{ submission: 's1x1', clause: 'a' }]
    await bench.merging.decide(editor, WORKSHOP, { clauses, kind: 'adopt', reason: '' })
  })
  after(() => bench.close())

  it('[ME54] without a legal basis it is refused, unless the department says that it does not know: then the text says so', async () => {
    await assert.rejects(bench.versions.freeze(editor, WORKSHOP, {}), refused('legal-basis-needed'))
    const head = await bench.versions.freeze(editor, WORKSHOP, { legalUnknown: true })
    const { content: frozen } = await bench.versions.read(editor, head.id as VersionId)
    const legal = frozen.sections.find(({ id }) => id === 'legal_basis')?.clauses[0]
    assert.ok(legal?.kind === 'text' && legal.runs.length === 1)
    assert.match(plainText(legal.runs), /ขอให้กรมตรวจ/)
  })
  it('[ME41] approval may give the same version another number: hash and signature stay, the next one follows it', async () => {
    const before = await bench.versions.last(WORKSHOP)
    assert.ok(before !== null)
    await bench.versions.renumber(before.id, '1.0')
    const after = await bench.versions.find(before.id)
    assert.deepEqual({ ...after, number: before.number }, before)
    assert.equal((await bench.merging.matrix(editor, WORKSHOP)).next, '1.1')
  })
  it('[ME54] it is refused while an adopted clause is not in the text', async () => {
    await bench.proposals.change(WORKSHOP, 'p' as never, ({ content: standing }) => ({
      set: {},
      remove: [],
      content: { ...standing, sections: standing.sections.map((section) => ({ ...section, clauses: [] })) },
    }))
    assert.equal((await bench.merging.ledger(editor, WORKSHOP)).rows[0]?.trouble, 'target-gone')
    await assert.rejects(bench.versions.freeze(editor, WORKSHOP, { legalUnknown: true }), refused('not-complete'))
  })
  it('[ME54] nobody but the editor freezes', async () => {
    await assert.rejects(bench.versions.freeze(viewer('facilitator'), WORKSHOP, {}), refused('forbidden'))
    await assert.rejects(bench.versions.freeze(viewer('policymaker'), WORKSHOP, {}), refused('forbidden'))
  })
})
