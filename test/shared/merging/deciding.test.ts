/** Rules of deciding on the real document: whatever is decided, taken back and amended in any order, text and decisions agree. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import * as Y from 'yjs'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import { seedDraft } from '../../../shared/drafting/seed.ts'
import { LONG_TEMPLATE } from '../../../shared/drafting/template.ts'
import { decide, undecide } from '../../../shared/merging/deciding.ts'
import { DECISION_KINDS, takesIn } from '../../../shared/merging/decisions.ts'
import { followed, type Followed } from '../../../shared/merging/delta.ts'
import { ledger, type GroupSources } from '../../../shared/merging/ledger.ts'
import { changeProposal, readProposal } from '../../../shared/merging/proposal-doc.ts'
import { unitsOf, type Unit } from '../../../shared/merging/sources.ts'
import { heading, id, rec, source, text } from './builders.ts'

const groupOne = source(1, {
  background: [heading('h1', 'ปัญหา'), text('a1', 'ผู้สูงอายุไม่มีรายได้ประจำ'), text('a2', 'ถนนไม่มีไฟส่องสว่าง')],
  recommendations: [rec('r1', { measure: 'ให้เบี้ยยังชีพเดือนละ 1,000 บาท', lead: 'อปท.' })],
})
const groupTwo = source(2, {
  background: [text('b1', 'คนแก่ขาดรายได้'), text('b2', 'เด็กเล็กไม่มีคนดูแล')],
  recommendations: [rec('r2', { measure: 'ให้เบี้ยยังชีพเดือนละ 1,500 บาท', lead: 'พมจ.' })],
})
/** Group 1 hands in again: one clause reworded, one gone, one new, one as it was. */
const amended = source(
  1,
  {
    background: [text('a1', 'ผู้สูงอายุไม่มีรายได้ประจำและไม่มีเงินออม'), text('a3', 'ไม่มีรถไปโรงพยาบาล')],
    recommendations: [rec('r1', { measure: 'ให้เบี้ยยังชีพเดือนละ 1,000 บาท', lead: 'อปท.' })],
  },
  's1b',
)
const before: GroupSources[] = [
  { current: groupOne, earlier: [] },
  { current: groupTwo, earlier: [] },
]
const after: GroupSources[] = [
  { current: amended, earlier: [groupOne] },
  { current: groupTwo, earlier: [] },
]

/** Made once: neither changes between the thousands of steps. */
const SEED = seedDraft(LONG_TEMPLATE)
const historiesIn = new Map<readonly GroupSources[], ReadonlyMap<string, Followed>>(
  [before, after].map((groups) => [
    groups,
    new Map(groups.flatMap(({ current, earlier }) => [...followed(current, earlier).histories])),
  ]),
)

type Step = {
  readonly section: 'background' | 'recommendations'
  readonly picks: readonly number[]
  readonly what: number
}
const step: fc.Arbitrary<Step> = fc.record({
  section: fc.constantFrom('background' as const, 'recommendations' as const),
  picks: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 4 }),
  what: fc.nat(DECISION_KINDS.length),
})

/** A proposal's document as the server keeps it, each change arriving as an update in another copy. */
function openDocument() {
  const doc = newDraftDoc()
  const copy = newDraftDoc()
  doc.on('update', (update: Uint8Array) => Y.applyUpdate(copy, update))
  Y.applyUpdate(doc, SEED)
  let made = 0
  let updates = 0
  doc.on('update', () => (updates += 1))
  return {
    read: () => readProposal(copy),
    updates: () => updates,
    run(groups: readonly GroupSources[], { section, picks, what }: Step) {
      const all = groups.flatMap(({ current }) => unitsOf(current)).filter((unit) => unit.section === section)
      const units = picks.flatMap((pick): Unit[] => (all[pick] === undefined ? [] : [all[pick]]))
      if (units.length === 0) return
      const histories = historiesIn.get(groups)!
      const proposal = readProposal(doc)
      const kind = DECISION_KINDS[what]
      if (kind === undefined) {
        const keys = units.flatMap(({ key }) => [key, ...(histories.get(key)?.same ?? [])])
        return changeProposal(doc, undecide(proposal, keys))
      }
      const newId = () => id(`n${(made += 1)}`)
      const given = {
        kind,
        reason: 'เพราะ',
        text: 'ถ้อยคำที่รวมแล้ว',
        units,
        histories,
        choices: [],
        by: 'p',
        at: 1,
        newId,
      }
      changeProposal(doc, decide(proposal, given))
    },
  }
}

describe('deciding', function () {
  this.timeout(60_000)

  it('[ME52] in any order of deciding, deciding again, taking back and amending, text and decisions agree', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 8 }), (first, second) => {
        const document = openDocument()
        for (const [groups, steps] of [
          [before, first],
          [after, second],
        ] as const) {
          for (const one of steps) {
            const count = document.updates()
            document.run(groups, one)
            assert.ok(document.updates() - count <= 1, 'one change is one update')
            const { content, decisions } = document.read()
            const { rows, troubled } = ledger(groups, decisions, content)
            assert.equal(
              troubled,
              0,
              JSON.stringify(rows.filter((row) => row.trouble !== null).map((row) => [row.key, row.trouble])),
            )
            for (const row of rows) {
              const inText = row.decision !== null && takesIn(row.decision.kind)
              assert.equal(row.where.length > 0, inText, `${row.key} ${row.decision?.kind}`)
            }
            const ids = content.sections.flatMap(({ clauses }) => clauses.map((clause) => clause.id))
            assert.equal(new Set(ids).size, ids.length, 'no clause twice')
          }
        }
      }),
      { numRuns: 300 },
    )
  })
  it('[ME52] a combined clause stays for the others when one of its clauses is taken back', () => {
    const document = openDocument()
    document.run(before, { section: 'background', picks: [0, 2], what: 1 })
    document.run(before, { section: 'background', picks: [0], what: DECISION_KINDS.length })
    const { content, decisions } = document.read()
    assert.deepEqual(Object.keys(decisions), ['s2/b1'])
    const [clause] = content.sections.flatMap(({ clauses }) => clauses).filter(({ id: clauseId }) => clauseId === 'n1')
    assert.ok(clause?.kind === 'text')
    assert.deepEqual(clause.runs, [{ text: 'ถ้อยคำที่รวมแล้ว', from: [{ submission: 's2', clause: 'b1' }] }])
  })
  it('[ME22] deciding an amended clause puts its new words in the place of the old ones, under the same id', () => {
    const document = openDocument()
    document.run(before, { section: 'background', picks: [0], what: 0 })
    document.run(before, { section: 'background', picks: [3], what: 0 })
    const clauses = () =>
      document.read().content.sections.find(({ id: section }) => section === 'background')?.clauses ?? []
    const holding = (words: string) =>
      clauses().find(
        (clause) => clause.kind === 'text' && clause.runs.some((run) => 'text' in run && run.text.includes(words)),
      )
    const old = holding('ผู้สูงอายุไม่มีรายได้ประจำ')?.id
    const order = clauses().map((clause) => clause.id)
    document.run(after, { section: 'background', picks: [0], what: 0 })
    assert.equal(holding('เงินออม')?.id, old)
    // The amended text has no heading above it any more.
    assert.deepEqual(
      clauses().map((clause) => clause.id),
      order.slice(1),
    )
  })
})
