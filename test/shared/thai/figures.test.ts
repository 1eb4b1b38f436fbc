/** Rules of reading figures from Thai sentences. */
import assert from 'node:assert/strict'
import { figures } from '../../../shared/thai/figures.ts'

const read = (text: string): string =>
  figures(text)
    .map(({ kind, value, bound, old }) => `${kind} ${value}${bound === null ? '' : ` ${bound}`}${old ? ' old' : ''}`)
    .join(', ')

describe('figures', () => {
  for (const [text, found] of [
    ['เดือนละ 1,000 บาท', 'baht 1000'],
    ['หลังละไม่เกิน ๒๒,๕๐๐ บาท', 'baht 22500 max'],
    ['20 ล้านบาท', 'baht 20000000'],
    ['จากเดือนละ 800 บาท เป็น 1,000 บาท', 'baht 800 old, baht 1000'],
    ['ไม่น้อยกว่าร้อยละ 5', 'percent 5 min'],
    ['เฉลี่ย 62% ของเวลา', 'percent 62'],
    ['อายุ 60 ปีขึ้นไป', 'age 720 min'],
    ['คนแก่อายุ 60 ขึ้นไป', 'age 720 min'],
    ['เด็กแรกเกิดถึง 6 ปี', 'age 72 max'],
    ['รับเด็กตั้งแต่ 1 ปี 6 เดือน', 'age 18 min'],
    ['ภายใน 48 ชั่วโมง', 'within 48 max'],
    ['ภายใน 3 วันทำการ', 'within 72 max'],
    ['ภายใน 12 เดือน', 'within 8760 max'],
    ['ภายใน 1 ปี', 'within 8760 max'],
    ['ทุก 6 เดือน', 'every 2'],
    ['ปีละ 2 ครั้ง', 'every 2'],
    ['2 ครั้งต่อปี', 'every 2'],
    ['ทุกไตรมาส', 'every 4'],
    ['หลักสูตร 30 ชั่วโมง', 'length 30'],
    ['เปิดถึง 17.00 น.', 'clock 1020'],
    ['ไม่น้อยกว่าสองคน', 'heads 2 min'],
    ['ไม่เกินคนละ 10 ราย', 'heads 10 max'],
    ['สมทบ 2 เท่า', 'ratio 2'],
    ['ฝ่ายละเท่ากัน (1:1:1)', 'ratio 1'],
    ['เดือนละ 300 บาท', 'baht 300'],
    ['พ.ศ. 2562', ''],
  ] as const) {
    it(`[TH5] ${text} is ${found === '' ? 'no figure' : found}`, () => assert.equal(read(text), found))
  }
  it('[TH5] a figure says where its letters stand, Thai digits too', () => {
    const text = 'ให้เดือนละ ๑,๐๐๐ บาท'
    const [figure] = figures(text)
    assert.equal(text.slice(figure?.start, figure?.end), '๑,๐๐๐ บาท')
  })
})
