/** Rules of cutting Thai into words. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { clusters, words } from '../../../shared/thai/words.ts'

const MARK = /^[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/
const thai = fc.string({
  unit: fc.constantFrom(...'กขคงจชณดตนบปพมยรลวสหอฮะาิีึืุูเแโใไ่้๊๋์็ำๆฯ 12๓.,()-'),
  maxLength: 60,
})

describe('words', () => {
  for (const [text, cut] of [
    ['องค์กรปกครองส่วนท้องถิ่นต้องบูรณาการ', 'องค์กรปกครองส่วนท้องถิ่น|ต้อง|บูรณาการ'],
    ['เหลือกลุ่มผู้ด้อยโอกาส', 'เหลือ|กลุ่ม|ผู้ด้อยโอกาส'],
    ['อปท. ตาม พ.ร.บ.ผู้สูงอายุ', 'อปท.| |ตาม| |พ.ร.บ.|ผู้สูงอายุ'],
    ['เดือนละ 1,000 บาท', 'เดือน|ละ| |1,000| |บาท'],
  ] as const) {
    it(`[TH1] field terms stay whole: ${text}`, () => assert.equal(words(text).join('|'), cut))
  }
  it('[TH2] joined again, the words are the paragraph; no word begins with a mark of the letter before', () => {
    fc.assert(
      fc.property(thai, (text) => {
        const cut = words(text)
        assert.equal(cut.join(''), text)
        for (const word of cut.slice(1)) assert.doesNotMatch(word, MARK)
      }),
    )
  })
  it('[TH2] the fallback without a segmenter never tears a cluster', () => {
    fc.assert(fc.property(thai, (text) => assert.equal(clusters(text).join(''), text)))
    assert.deepEqual(clusters('ที่นี่'), ['ที่', 'นี่'])
  })
})
