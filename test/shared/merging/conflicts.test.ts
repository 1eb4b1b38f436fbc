/** Rules of naming conflicts between like clauses. */
import assert from 'node:assert/strict'
import { conflictsBetween, differencesBetween, parallel, readClause } from '../../../shared/merging/conflicts.ts'
import { rec, text } from './builders.ts'

const measures = (a: string, b: string): string =>
  conflictsBetween(
    readClause('recommendations', rec('a', { measure: a })),
    readClause('recommendations', rec('b', { measure: b })),
  ).join(', ')

describe('conflicts', () => {
  for (const [a, b, found] of [
    ['เดือนละ 1,000 บาท', 'คนละ 1,500 บาทต่อเดือน', 'baht'],
    ['เดือนละ 1,000 บาท', 'คนละ ๑,๐๐๐ บาทต่อเดือน', ''],
    ['เพิ่มจากเดือนละ 800 บาท เป็น 1,000 บาท', 'คงไว้ที่ 800 บาทต่อเดือน', 'baht'],
    ['อายุ 60 ปีขึ้นไป', 'อายุ 55 ปีขึ้นไป', 'age'],
    ['ภายใน 48 ชั่วโมง', 'ภายใน 24 ชั่วโมง', 'within'],
    ['ประชุมทุก 3 เดือน', 'ประชุมทุก 6 เดือน', 'every'],
    ['ประชุมทุก 6 เดือน', 'ประชุมปีละ 2 ครั้ง', ''],
    ['ไม่น้อยกว่าร้อยละ 5', 'ไม่น้อยกว่าร้อยละ 10', 'percent'],
    ['CG 1 คนดูแลไม่เกิน 7 คน', 'ดูแลไม่เกินคนละ 10 ราย', 'heads'],
    ['ไม่เกิน 10 คน', 'ไม่เกินสิบคน', ''],
    ['ให้ อปท. ทุกแห่งมีนักสังคมสงเคราะห์', 'อบต. ขนาดใหญ่ต้องมีนักสังคมสงเคราะห์', 'scope'],
    ['โอนภารกิจคัดกรองให้ อปท.', 'ยังไม่ควรโอนภารกิจคัดกรองให้ อปท.', 'stance'],
    ['ไม่ควรโอนภารกิจ', 'ยังไม่ควรโอนภารกิจ', ''],
  ] as const) {
    it(`[ME4] ${a} · ${b} → ${found || 'no conflict'}`, () => {
      assert.equal(measures(a, b), found)
      assert.equal(measures(b, a), found)
    })
  }
  it('[ME4] who leads, level, instrument and local-government types conflict; what is not said does not', () => {
    const base = readClause(
      'recommendations',
      rec('a', { measure: 'ก', lead: 'อปท.', levelOf: 'lgo', lgoTypes: ['sao'] }),
    )
    const other = readClause(
      'recommendations',
      rec('b', { measure: 'ก', lead: 'พมจ.', levelOf: 'province', lgoTypes: ['pao'] }),
    )
    assert.deepEqual(conflictsBetween(base, other), ['lead', 'level', 'lgo-types'])
    assert.deepEqual(conflictsBetween(base, readClause('recommendations', rec('c', { measure: 'ก' }))), [])
    const law = readClause('recommendations', rec('d', { measure: 'ก', instrument: 'law' }))
    assert.deepEqual(
      conflictsBetween(law, readClause('recommendations', rec('e', { measure: 'ก', levelOf: 'department' }))),
      ['instrument'],
    )
  })
  it('[ME4] a deadline in the measure is held against the other one’s timeframe', () => {
    const a = readClause('recommendations', rec('a', { measure: 'มีนักสังคมสงเคราะห์ภายใน 5 ปี', timeframe: 'ภายใน 5 ปี' }))
    const b = readClause('recommendations', rec('b', { measure: 'มีนักสังคมสงเคราะห์', timeframe: 'ภายใน 3 ปี' }))
    assert.deepEqual(conflictsBetween(a, b), ['within'])
    assert.deepEqual(
      conflictsBetween(b, readClause('recommendations', rec('c', { measure: 'มี', timeframe: 'ภายใน 1 ปี' }))),
      [],
    )
    assert.deepEqual(differencesBetween(a, b), ['timeframe'])
  })
  it('[ME5] figures that tell of different places do not contradict each other', () => {
    const a = readClause('evidence', text('a', 'มีผู้สูงอายุ 1,944 คน'))
    assert.deepEqual(conflictsBetween(a, readClause('evidence', text('b', 'มีผู้สูงอายุ 212 คน'))), [])
  })
  it('[ME6] the same words for other people from other money are two measures', () => {
    const old = readClause('recommendations', rec('a', { measure: 'ปรับสภาพบ้านผู้สูงอายุ', source: 'กองทุนผู้สูงอายุ' }))
    const disabled = readClause('recommendations', rec('b', { measure: 'ปรับสภาพบ้านคนพิการ', source: 'กองทุนคนพิการ' }))
    assert.ok(parallel(old, disabled))
    const both = readClause('recommendations', rec('c', { measure: 'ปรับสภาพบ้านคนพิการและผู้สูงอายุ', source: 'งบ อปท.' }))
    assert.ok(!parallel(old, both))
  })
})
