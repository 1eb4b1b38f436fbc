/** Reading a draft, whatever concurrency left in it. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { newChoice } from '../../../shared/drafting/build.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { emptyRecommendation } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { clause, content, docOf } from './build-draft.ts'

const read = (doc: Y.Doc) => readDraft(doc, SHORT_TEMPLATE)
const background = (doc: Y.Doc) => read(doc).sections.find(({ id }) => id === 'background')?.clauses ?? []

/** Everything a document can hold. */
const full = content(
  {
    title: [clause('t1', 'ชื่อข้อเสนอ')],
    background: [
      clause('b1', [{ text: 'ปกติ ' }, { text: 'หนา', strong: true }, { text: ' เอน', em: true }, { cite: 'law7' }]),
      clause(
        'b2',
        [
          {
            text: 'ที่มา',
            from: [
              { submission: 's1', clause: 'c1' },
              { submission: 's2', clause: 'c9' },
            ],
          },
        ],
        'quote',
      ),
      {
        id: 'tb' as ClauseId,
        kind: 'table',
        rows: [
          [[{ text: 'ก' }], []],
          [[{ text: 'ข', strong: true }], [{ text: 'ค' }]],
        ],
      },
    ],
    recommendations: [
      {
        ...emptyRecommendation('r1' as ClauseId),
        fields: {
          ...emptyRecommendation('r1' as ClauseId).fields,
          measure: [{ text: 'จ่ายเงิน' }],
          kpi: [{ text: 'ร้อยละ 80' }],
        },
        levelOf: 'lgo',
        priority: 'high',
        amount: 1500,
        unit: 'บาท/คน/เดือน',
        lgoTypes: ['town', 'sao'],
      },
    ],
  },
  ['elderly', 'bedridden'],
)

describe('Reading a draft', () => {
  it('[DR1] a seed reads as the content it was made from', () => assert.deepEqual(read(docOf(full)), full))

  it('[DR2] reading writes nothing', () => {
    const doc = docOf(full)
    const before = Y.encodeStateAsUpdate(doc)
    doc.on('update', () => assert.fail('reading changed the document'))
    read(doc)
    assert.deepEqual(Y.encodeStateAsUpdate(doc), before)
  })

  it('[DR3] letters before the first clause read as a clause of their own id', () => {
    const doc = docOf(content({ background: [clause('b1', 'แรก')] }))
    sectionRoot(doc, 'background').insert(0, 'ลอย')
    assert.deepEqual(background(doc), [clause('background~1', 'ลอย'), clause('b1', 'แรก')])
  })

  it('[DR3] letters behind a recommendation read as a clause of their own id', () => {
    const doc = docOf(full)
    const text = sectionRoot(doc, 'recommendations')
    text.insert(text.length, 'ลอย')
    assert.deepEqual(
      read(doc)
        .sections.find(({ id }) => id === 'recommendations')
        ?.clauses.at(-1),
      clause('recommendations~1', 'ลอย'),
    )
  })

  it('[DR4] of two clauses with one id the later reads as id~2, also across sections', () => {
    const doc = docOf(content({ title: [clause('x', 'ก')], background: [clause('x', 'ข'), clause('x', 'ค')] }))
    assert.deepEqual(
      background(doc).map(({ id }) => id),
      ['x~2', 'x~3'],
    )
  })

  it("[DR5] a choice ticked twice reads once, known ones in the list's order, unknown ones behind", () => {
    const doc = docOf(content({}, ['elderly']))
    for (const value of ['elderly', 'later', 'children'])
      sectionRoot(doc, 'target_groups').insertEmbed(0, newChoice('targetGroups', value))
    assert.deepEqual(read(doc).sections.find(({ id }) => id === 'target_groups')?.choices, [
      'children',
      'elderly',
      'later',
    ])
  })

  it('[DR6] sources that arrive in another order read the same', () => {
    const a = docOf(content({ background: [clause('b1', 'คำ')] }))
    const b = newDraftDoc()
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    sectionRoot(a, 'background').format(1, 2, { 'from:s1:c1': true })
    sectionRoot(b, 'background').format(1, 2, { 'from:s2:c1': true })
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    assert.equal(canonicalJson(read(a)), canonicalJson(read(b)))
    assert.deepEqual(background(a), [
      clause('b1', [
        {
          text: 'คำ',
          from: [
            { submission: 's1', clause: 'c1' },
            { submission: 's2', clause: 'c1' },
          ],
        },
      ]),
    ])
  })

  it('[DR7] unknown kinds, levels and attributes are read as the nearest known', () => {
    const doc = docOf(content({}))
    sectionRoot(doc, 'background').insertEmbed(0, { id: 'z' }, { kind: 'future', level: 9 })
    assert.deepEqual(background(doc), [{ id: 'z', kind: 'text', level: 3, runs: [] }])
  })

  /** How many updates a mere reader makes when two people's formats overlap and one deletes the letters. */
  const writesOfReader = (reader: Y.Doc): number => {
    const a = docOf(content({ background: [clause('b1', 'ข้อความยาว')] }))
    const b = newDraftDoc()
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    const base = Y.encodeStateAsUpdate(a)
    const sent: Uint8Array[] = []
    for (const doc of [a, b]) doc.on('update', (update: Uint8Array) => sent.push(update))
    sectionRoot(a, 'background').format(1, 6, { strong: true })
    sectionRoot(b, 'background').format(3, 2, { strong: true })
    sectionRoot(a, 'background').delete(1, 8)
    sectionRoot(reader, 'background')
    let writes = 0
    reader.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') writes++
    })
    for (const update of [base, ...sent]) Y.applyUpdate(reader, update, 'net')
    return writes
  }

  it('[DR8] who only reads writes nothing: Yjs does not tidy formats', () => {
    // Client ids are random and decide whether there is something to tidy: many rounds.
    let [tidy, untidy] = [0, 0]
    for (let round = 0; round < 40; round++) {
      untidy += writesOfReader(newDraftDoc())
      tidy += writesOfReader(new Y.Doc())
    }
    assert.equal(untidy, 0)
    assert.ok(tidy > 0, 'with tidying on a reader writes: else this test shows nothing')
  })
})
