/** Rules of digits, dates, one spelling for searching, and citations of laws. */
import assert from 'node:assert/strict'
import { citation, sameLaw } from '../../../shared/thai/citation.ts'
import { buddhistDate, buddhistYear } from '../../../shared/thai/dates.ts'
import { arabicDigits, numberOf, thaiDigits } from '../../../shared/thai/digits.ts'
import { normalise } from '../../../shared/thai/normalise.ts'

describe('Thai digits, dates, spelling, citations', () => {
  it('[TH3] digits both ways, number words to twelve', () => {
    assert.equal(thaiDigits('พ.ศ. 2562'), 'พ.ศ. ๒๕๖๒')
    assert.equal(arabicDigits('๒๗ ก.พ. ๒๕๖๒'), '27 ก.พ. 2562')
    assert.equal(numberOf('สิบสอง'), 12)
    assert.equal(numberOf('๑,๒๐๐'), 1200)
    assert.equal(numberOf('หลาย'), null)
  })
  it('[TH4] dates are of the Buddhist Era and of Bangkok, whatever the zone of the machine', () => {
    const lateInUtc = Date.UTC(2019, 1, 26, 20, 5)
    assert.equal(buddhistDate(lateInUtc, { style: 'long', digits: 'thai' }), '๒๗ กุมภาพันธ์ ๒๕๖๒')
    assert.equal(buddhistDate(lateInUtc, { time: true }), '27 ก.พ. 2562 03:05 น.')
    assert.equal(buddhistDate(lateInUtc, { language: 'en' }), '27 Feb 2562')
    assert.equal(buddhistYear(Date.UTC(2018, 11, 31, 18)), 2562)
  })
  it('[TH6] one spelling for what a keyboard or a copied page writes in several ways', () => {
    assert.equal(normalise('นํ้า'), normalise('น้ำ'))
    assert.equal(normalise('เเก้'), 'แก้')
    assert.equal(normalise('ที\u200bี่'), 'ที่')
    assert.equal(normalise('ผู้  สูง\u200bอายุ ๖๐'), 'ผู้ สูงอายุ 60')
  })
  it('[TH7] two spellings of one law are one; another section or year is another', () => {
    const law = (text: string) => {
      const read = citation(text)
      assert.ok(read !== null, text)
      return read
    }
    const full = law('พ.ร.บ.กำหนดแผนและขั้นตอนการกระจายอำนาจให้แก่ อปท. พ.ศ. ๒๕๔๒ ม. ๑๖ (๑๐)')
    assert.ok(sameLaw(full, law('มาตรา 16 (10) พ.ร.บ.กำหนดแผนฯ กระจายอำนาจ 2542 สังคมสงเคราะห์')))
    assert.ok(!sameLaw(full, law('พ.ร.บ.กำหนดแผนและขั้นตอนการกระจายอำนาจฯ 2542 มาตรา 17')))
    assert.ok(!sameLaw(law('พ.ร.บ.ผู้สูงอายุ พ.ศ. 2546'), law('พ.ร.บ.คุ้มครองเด็ก พ.ศ. 2546')))
    assert.equal(citation('ข้อบัญญัติท้องถิ่นของเรา'), null)
  })
})
