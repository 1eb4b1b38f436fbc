/** Bringing back an older text: exact, with ids and authors, beside what others write since. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { authorsAt } from '../../../shared/drafting/authorship/authors.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { plainText, type Clause } from '../../../shared/drafting/canonical.ts'
import { sectionRoot } from '../../../shared/drafting/document.ts'
import { restoreDraft } from '../../../shared/drafting/restore.ts'
import { emptyRecommendation } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE, type SectionId } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { clause, content } from './build-draft.ts'
import { clausesOf, PatchedJournal } from './patched-journal.ts'

const type = (section: SectionId, at: number, words: string) => (doc: Y.Doc) =>
  sectionRoot(doc, section).insert(at, words, {})

function measure(id: string, words: string): Clause {
  const empty = emptyRecommendation(id as ClauseId)
  return {
    ...empty,
    fields: { ...empty.fields, measure: [{ text: words, strong: true }] },
    amount: 600,
    lgoTypes: ['sao'],
  }
}
const FULL = content(
  {
    title: [clause('t', 'เบี้ยยังชีพ')],
    background: [
      clause('a', 'น้ำท่วมทุกปี'),
      clause('b', 'คนจน', 'bullet'),
      clause('c', [{ text: 'ตาม ' }, { cite: 'law1' }]),
    ],
    recommendations: [measure('r', 'จ่าย 1,000 บาท')],
  },
  ['elderly'],
)
const EMPTY = content({})

describe('Restoring a draft', () => {
  it('[RE1] after everything was deleted the text reads as it did: ids, order, kinds, marks, fields, ticks; once more changes nothing', () => {
    const journal = new PatchedJournal()
    const full = journal.write('ann', FULL)
    journal.write('bob', EMPTY)
    journal.restore('cy', full)
    assert.equal(canonicalJson(journal.read()), canonicalJson(FULL))
    assert.equal(journal.restore('cy', full), null)
    assert.equal(journal.entries.length, 4)
  })

  it('[RE1] clauses that were moved, reworded, split and joined read as they did, and what stays is not rewritten', () => {
    const journal = new PatchedJournal()
    const full = journal.write('ann', FULL)
    const other = content({
      title: [clause('t', 'เบี้ยยังชีพผู้สูงอายุ')],
      background: [clause('b', 'คน'), clause('x', 'จน'), clause('a', 'น้ำท่วมบางปี', 'quote')],
      recommendations: [measure('s', 'ใหม่'), measure('r', 'จ่าย 1,500 บาท')],
    })
    journal.write('bob', other)
    const back = journal.restore('cy', full)
    assert.equal(canonicalJson(journal.read()), canonicalJson(FULL))
    const letters = back?.record.copies.reduce((sum, { length }) => sum + length, 0) ?? 0
    assert.ok(letters > 0 && letters < 25, `${letters} letters were written anew`)
    journal.restore('cy', journal.last - 1)
    assert.equal(canonicalJson(journal.read()), canonicalJson(other))
  })

  it('[RE1] doubled ids and letters outside any clause come back under ids of their own', () => {
    const journal = new PatchedJournal()
    journal.write('ann', FULL)
    const odd = journal.edit('ann', (doc) => {
      const text = sectionRoot(doc, 'background')
      text.insertEmbed(text.length, { id: 'a' })
      text.insert(text.length, 'สอง', {})
      text.insert(0, 'หน้า', {})
    })
    journal.write('bob', EMPTY)
    journal.restore('cy', odd)
    const ids = journal.background().map((one) => one.split(':')[0])
    assert.deepEqual(
      journal.background().map((one) => one.split(':')[1]),
      ['หน้า', 'น้ำท่วมทุกปี', 'คนจน', 'ตาม พ.ร.บ. law1', 'สอง'].map((text) =>
        text.startsWith('ตาม') ? plainText([{ text: 'ตาม ' }, { cite: 'law1' }]) : text,
      ),
    )
    assert.ok(ids.every((id) => !id?.includes('~')) && new Set(ids).size === 5, ids.join(' '))
    assert.deepEqual(journal.typed(ids[0] ?? ''), ['หน้า ann@3'])
  })

  it('[RE2] a restored letter is its first typist’s and of that entry; what was deleted by whom is said of who asked', () => {
    const journal = new PatchedJournal()
    const written = journal.write('ann', content({ background: [clause('a', 'น้ำท่วม')] }))
    const at = journal.edit('bob', type('background', 8, 'ทุกปี'))
    journal.write('dan', content({ background: [clause('z', 'ลบหมด')] }))
    const back = journal.restore('cy', at)
    const expected = [`น้ำท่วม ann@${written}`, `ทุกปี bob@${at}`]
    assert.deepEqual(journal.typed('a'), expected)
    const people = back?.record.authors.map(({ person }) => person).sort()
    assert.deepEqual(people, ['ann', 'bob'])
    const clients = new Set(back?.record.authors.map(({ client }) => client))
    const letters = Y.decodeUpdate(back?.update ?? new Uint8Array()).structs.filter(
      (struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentString,
    )
    assert.ok(letters.length >= 2 && letters.every(({ id }) => clients.has(id.client)))
    const gone = authorsAt(SHORT_TEMPLATE, journal.entries, journal.last)
      .flatMap((section) => section.clauses.flatMap(({ parts }) => parts.flatMap(({ runs }) => runs)))
      .filter(({ deleted }) => deleted !== null)
    assert.deepEqual(
      gone.map(({ text, typedBy, deleted }) => [text, typedBy, deleted?.by]),
      [['ลบหมด', 'dan', 'cy']],
    )
    journal.restore('dan', journal.last - 1)
    journal.restore('cy', journal.last - 1)
    assert.deepEqual(journal.typed('a'), expected, 'after undoing the restore and undoing that')
  })

  it('[RE2] an emoji of two people’s halves of a cluster stays whole', () => {
    const journal = new PatchedJournal()
    journal.write('ann', content({ background: [clause('a', '👵')] }))
    const at = journal.edit('bob', type('background', 3, '🏽ก็'))
    journal.write('dan', EMPTY)
    journal.restore('cy', at)
    assert.deepEqual(journal.background(), ['a:👵🏽ก็'])
  })

  it('[RE3] what others typed since the text that was looked at stays, in a clause that stays', () => {
    const journal = new PatchedJournal()
    const full = journal.write('ann', content({ background: [clause('a', 'จ่าย 1,000 บาท')] }))
    const seen = journal.write('bob', content({ background: [clause('a', 'จ่าย 1,500 บาท')] }))
    journal.edit('dan', type('background', 1, 'ต้อง'))
    journal.restore('cy', full, seen)
    assert.deepEqual(journal.background(), ['a:ต้องจ่าย 1,000 บาท'])
  })

  it('[RE3] a clause or measure that goes stays with what somebody wrote in it since, though their page is closed', () => {
    const journal = new PatchedJournal()
    const before = journal.write('ann', content({ background: [clause('a', 'ก')] }))
    const target = content({
      background: [clause('a', 'ก'), clause('n', 'ใหม่')],
      recommendations: [measure('m', 'ใหม่')],
    })
    const seen = journal.write('bob', target)
    journal.edit('dan', (doc) => {
      type('background', 4, 'จริง')(doc)
      const [block] = sectionRoot(doc, 'recommendations').toDelta() as { insert: Y.XmlElement }[]
      const field = block?.insert
        .toArray()
        .find((child) => child instanceof Y.XmlElement && child.getAttribute('name') === 'measure')
      ;((field as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'เพิ่ม', {})
    })
    journal.restore('cy', before, seen)
    assert.deepEqual(journal.background(), ['a:ก', 'n:จริง'])
    const [kept] = clausesOf(journal.read(), 'recommendations')
    assert.equal(kept?.kind === 'recommendation' ? plainText(kept.fields.measure) : '', 'เพิ่ม')
  })

  it('[RE3] what somebody types at the end of a clause stays in it, whoever has the higher client id', () => {
    for (const client of [1, 2 ** 32 - 5]) {
      const journal = new PatchedJournal()
      const then = journal.write('ann', content({ background: [clause('b', 'ข'), clause('c', 'ค')] }))
      const seen = journal.write('bob', content({ background: [clause('a', '')] }))
      journal.edit(
        'dan',
        (doc) => {
          doc.clientID = client
          type('background', 1, 'จริง')(doc)
        },
        seen,
      )
      journal.restore('cy', then, seen)
      assert.deepEqual([...journal.background()].sort(), ['a:จริง', 'b:ข', 'c:ค'])
    }
  })

  it('[RE3] such a clause keeps its place, and the others are put around it', () => {
    const journal = new PatchedJournal()
    const of = (ids: string) => content({ background: [...ids].map((id) => clause(id, id.toUpperCase())) })
    const [then, seen] = [journal.write('ann', of('bcda')), journal.write('bob', of('anbcd'))]
    journal.edit('dan', type('background', 3, 'จริง'))
    journal.restore('cy', then, seen)
    assert.deepEqual(journal.background(), ['b:B', 'c:C', 'd:D', 'a:A', 'n:จริง'])
  })

  it('[RE6] words are not written where their clause or measure has gone since, nor a second time; other edits are no hindrance', () => {
    const journal = new PatchedJournal()
    const text = (a: string, m: string) =>
      content({
        background: [clause('a', a), clause('b', 'คนจน'), clause('c', 'คนแก่')],
        recommendations: [measure('m', m)],
      })
    const outcome = (to: number, seen: number) =>
      restoreDraft(SHORT_TEMPLATE, journal.entries, { to, seen, locked: [] })
    const [full, seen] = [journal.write('ann', text('น้ำท่วมทุกปี', 'จ่ายทุกปี')), journal.write('bob', text('', ''))]
    const beside = journal.edit('dan', type('background', 3, 'เพิ่ม'))
    assert.ok(typeof outcome(full, seen) === 'object')
    const [background, recommendations] = [clausesOf(journal.read(), 'background'), [measure('m', '')]]
    const since = (change: Parameters<typeof content>[0]): ReturnType<typeof outcome> => {
      journal.entries.length = beside
      journal.write('dan', content({ background, recommendations, ...change }))
      return outcome(full, seen)
    }
    assert.equal(since({ background: [...background.slice(1), ...background.slice(0, 1)] }), 'changed', 'moved')
    assert.equal(since({ recommendations: [] }), 'changed', 'deleted')
    journal.entries.length = beside
    journal.restore('dan', full)
    assert.equal(outcome(full, seen), 'changed', 'brought back')
  })

  it('[RE4] locked sections stay as they are, and what stands in them is not brought back elsewhere', () => {
    const journal = new PatchedJournal()
    const full = journal.write('ann', FULL)
    const moved = content({ background: [clause('b', 'ย้าย')], title: [clause('a', 'อยู่ในหัวข้อที่ล็อก')] })
    journal.write('bob', moved)
    journal.restore('cy', full, journal.last, ['title'])
    assert.deepEqual(clausesOf(journal.read(), 'title'), clausesOf(moved, 'title'))
    assert.deepEqual(
      journal.background().map((one) => one.split(':')[0]),
      ['b', 'c'],
    )
  })
})
