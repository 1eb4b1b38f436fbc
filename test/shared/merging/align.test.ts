/** Rules of bringing submissions together; the counts of the demo drafts hold under renumbering and shuffling. */
import assert from 'node:assert/strict'
import type { Clause } from '../../../shared/drafting/canonical.ts'
import { align } from '../../../shared/merging/align.ts'
import { unitsOf, type Source } from '../../../shared/merging/sources.ts'
import { corpusDrafts, corpusSource, count, expectedPairs, measure } from '../../bench/corpus.ts'
import { randomOf } from '../../../shared/random.ts'
import { heading, rec, source, text } from './builders.ts'

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

describe('align', () => {
  it('[ME1] every clause that says something is in exactly one topic; a heading goes with the clause that follows', () => {
    const sources = [
      source(1, { background: [heading('h', 'ปัญหา'), text('a', 'ผู้สูงอายุไม่มีรายได้'), text('b', '')] }),
      source(2, { background: [text('c', 'ถนนในหมู่บ้านไม่มีไฟ')], monitoring: [heading('d', 'หัวข้อเปล่า')] }),
    ]
    const topics = align(sources)
    const keys = topics.flatMap((topic) => topic.units.map((unit) => unit.key)).sort()
    assert.deepEqual(keys, ['s1/a', 's2/c', 's2/d'])
    assert.deepEqual(
      unitsOf(sources[0] as Source)[0]?.headings.map((clause) => clause.id),
      ['h'],
    )
  })
  it('[ME2] like clauses of different groups stand together, conflicts first; one group never twice in a topic', () => {
    const topics = align([
      source(1, {
        recommendations: [
          rec('a', { measure: 'จัดรถรับส่งผู้ป่วยไปโรงพยาบาล' }),
          rec('b', { measure: 'ให้เบี้ยยังชีพผู้สูงอายุเดือนละ 1,000 บาท' }),
          rec('c', { measure: 'ให้เบี้ยยังชีพผู้สูงอายุเดือนละ 1,200 บาท' }),
        ],
      }),
      source(2, { recommendations: [rec('d', { measure: 'ให้เบี้ยยังชีพคนแก่ เดือนละ 1,500 บาท' })] }),
    ])
    assert.equal(topics.length, 3)
    assert.equal(topics[0]?.pairs[0]?.relation, 'conflicting')
    assert.deepEqual(topics[0]?.pairs[0]?.conflicts, ['baht'])
  })
  it('[ME3] two citations of the same law are near, whatever stands around them', () => {
    const topics = align([
      source(1, { legal_basis: [text('a', 'พ.ร.บ.สภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. 2537 มาตรา 67')] }),
      source(2, { legal_basis: [text('b', 'ม. ๖๗ พ.ร.บ.สภาตำบลและ อบต. ๒๕๓๗ เรื่องการส่งเสริมสตรี เด็ก เยาวชน')] }),
      source(3, { legal_basis: [text('c', 'พ.ร.บ.ผู้สูงอายุ พ.ศ. 2546')] }),
    ])
    assert.deepEqual(
      topics.map((topic) => topic.units.map((unit) => unit.key).join(' ')),
      ['s1/a s2/b', 's3/c'],
    )
  })
  it('[ME7] the demo drafts: what is found, and never less', function () {
    this.timeout(20_000)
    const counts = measure()
    assert.equal(counts.trap, 'kept apart')
    assert.ok(counts.pairs.found >= 37 && counts.pairs.wrong.length <= 9, JSON.stringify(counts.pairs))
    assert.deepEqual([counts.citations.found, counts.citations.wrong.length], [46, 0])
    assert.ok(counts.conflicts.found >= 32 && counts.conflicting.found >= 22, JSON.stringify(counts.conflicts))
  })
  it('[ME8] with groups renumbered and clauses shuffled the counts stay the same', function () {
    this.timeout(60_000)
    const plain = JSON.stringify(measure(), (_key, value: unknown) =>
      Array.isArray(value) ? [...value].sort() : value,
    )
    for (const seed of [1, 2, 3]) {
      const random = randomOf(seed)
      const numbers = shuffled([1, 2, 3, 4, 5, 6, 7, 8, 9], random)
      const names = new Map<string, string>()
      const sources = shuffled(corpusDrafts(), random).map((draft, index): Source => {
        const made = corpusSource(draft)
        const group = numbers[index] ?? 0
        const sections = made.content.sections.map((section) => ({
          ...section,
          clauses: shuffled(section.clauses, random).map((clause): Clause => {
            const id = `c${Math.floor(random() * 1e12)}` as Clause['id']
            names.set(`x${group}/${id}`, clause.id)
            return { ...clause, id }
          }),
        }))
        return { submission: `x${group}`, group, content: { ...made.content, sections } }
      })
      const counts = count(align(sources), expectedPairs, (key) => names.get(key) ?? key)
      const shown = JSON.stringify(counts, (_key, value: unknown) => (Array.isArray(value) ? [...value].sort() : value))
      assert.equal(shown, plain, `seed ${seed}`)
    }
  })
})
