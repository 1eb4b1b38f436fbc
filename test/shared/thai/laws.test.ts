/** The list of laws: finding by a few letters, naming everywhere the same, never an unverified one as law. */
import assert from 'node:assert/strict'
import { plainText } from '../../../shared/drafting/canonical.ts'
import { citeOf, findLaws, isVerified, LAWS, lawName, sectionOf } from '../../../shared/thai/laws.ts'

describe('the list of laws', () => {
  it('[TH20] a law is found by letters of its name, its short name or its year', () => {
    assert.deepEqual(
      findLaws('อบต').map(({ id }) => id),
      ['sao-2537'],
    )
    assert.deepEqual(
      findLaws('เบี้ย 2553').map(({ id }) => id),
      ['disability-allowance-2553'],
    )
    assert.equal(findLaws('').length, LAWS.length)
    assert.deepEqual(findLaws('ไม่มีเลย'), [])
    assert.equal(new Set(LAWS.map(({ id }) => id)).size, LAWS.length)
  })

  it('[TH21] a citation is named by law, year and section; what no source names says that it is unverified', () => {
    assert.equal(lawName(citeOf('sao-2537', '67')), 'พ.ร.บ.สภาตำบลและ อบต. พ.ศ. 2537 มาตรา 67')
    assert.equal(isVerified(citeOf('sao-2537', '68')), false)
    assert.match(lawName(citeOf('sao-2537', '68')), /มาตรา 68 \(ยังไม่ตรวจสอบ\)$/)
    assert.match(lawName('child-2546'), /ยังไม่ตรวจสอบ/)
    assert.equal(lawName('nobody-knows'), 'nobody-knows')
    assert.equal(isVerified('nobody-knows'), false)
  })

  it('[TH21] clauses read as words name their citations too', () => {
    assert.equal(plainText([{ text: 'ตาม ' }, { cite: 'welfare-2546' }]), 'ตาม พ.ร.บ.ส่งเสริมการจัดสวัสดิการสังคม พ.ศ. 2546')
  })

  it('[TH22] a section is read in either kind of digits and with its word', () => {
    assert.equal(sectionOf('มาตรา ๑๖ (๑๐)'), '16(10)')
    assert.equal(sectionOf('ม.67'), '67')
    assert.equal(sectionOf(' '), '')
    assert.equal(sectionOf('หลายมาตรา'), null)
  })
})
