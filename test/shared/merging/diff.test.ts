/** Rules of comparing texts by Thai words and contents clause by clause. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { compareContents, diffWords } from '../../../shared/merging/diff.ts'
import { amendment } from '../../bench/corpus.ts'
import { content, text } from './builders.ts'

const redline = (from: string, to: string): string =>
  diffWords(from, to)
    .map(({ kind, text: run }) => (kind === 'same' ? run : kind === 'added' ? `+${run}+` : `-${run}-`))
    .join('')

describe('diff', () => {
  for (const [from, to, shown] of [
    ['เดือนละ 600 บาท', 'เดือนละ 800 บาท', 'เดือนละ -600-+800+ บาท'],
    ['จัดที่พักชั่วคราว 7 วัน', 'จัดที่พักชั่วคราว 15 วัน', 'จัดที่พักชั่วคราว -7-+15+ วัน'],
    ['องค์กรปกครองส่วนท้องถิ่นจ่าย', 'เทศบาลตำบลจ่าย', '-องค์กรปกครองส่วนท้องถิ่น-+เทศบาลตำบล+จ่าย'],
  ] as const) {
    it(`[ME10] by Thai words: ${shown}`, () => assert.equal(redline(from, to), shown))
  }
  it('[ME10] the redline gives back both texts, and no run begins with a mark of the letter before', () => {
    const thai = fc.string({ unit: fc.constantFrom(...'กขมนรปาิี่้์เแไ 12'), maxLength: 30 })
    fc.assert(
      fc.property(thai, thai, (from, to) => {
        const runs = diffWords(from, to)
        const side = (left: 'added' | 'removed') =>
          runs
            .filter(({ kind }) => kind !== left)
            .map((run) => run.text)
            .join('')
        assert.equal(side('added'), from)
        assert.equal(side('removed'), to)
        for (const { text: run } of runs.slice(2)) assert.doesNotMatch(run, /^[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/)
      }),
    )
  })
  it('[ME11] by clause id: changed, added, removed, moved; moved is not removed and added', () => {
    const before = content({ background: [text('a', 'หนึ่ง'), text('b', 'สอง'), text('c', 'สาม'), text('d', 'สี่')] })
    const after = content({ background: [text('c', 'สาม'), text('a', 'หนึ่ง'), text('b', 'สองใหม่'), text('e', 'ห้า')] })
    assert.deepEqual(
      compareContents(before, after).map((change) =>
        change.kind === 'removed'
          ? `removed ${change.from.clause.id}`
          : change.kind === 'added'
            ? `added ${change.to.clause.id}`
            : `${change.kind}${change.moved ? ' moved' : ''} ${change.to.clause.id}`,
      ),
      ['unchanged moved c', 'unchanged a', 'changed b', 'removed d', 'added e'],
    )
  })
  it('[ME12] group 4’s amendment is found whole by likeness alone, ids unlike', () => {
    for (const [kind, { planted, found, shown }] of Object.entries(amendment())) {
      assert.deepEqual([found, shown], [planted, planted], kind)
    }
  })
})
