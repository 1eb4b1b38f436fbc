/** The nine digits as people type them, and names as they are compared. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readJoinCode, showJoinCode } from '../../../shared/people/join-code.ts'
import { judgePassword } from '../../../shared/people/password.ts'
import { thaiDigits } from '../../../shared/thai/digits.ts'
import { personNameKey } from '../../../shared/thai/person-name.ts'

const nineDigits = fc.integer({ min: 0, max: 999_999_999 }).map((n) => String(n).padStart(9, '0'))

describe('join code', () => {
  it('[PE21] any code is read back however it is written', () => {
    fc.assert(
      fc.property(
        nineDigits,
        fc.constantFrom(' ', '-', '\u00a0', '\u2009', '\u200b', ''),
        fc.boolean(),
        (code, between, thai) => {
          const written = showJoinCode(code).replaceAll(' ', between)
          assert.equal(readJoinCode(thai ? thaiDigits(written) : written), code)
        },
      ),
    )
  })

  it('[PE21] eight or ten digits, letters and other scripts’ digits are no code', () => {
    for (const typed of ['12345678', '1234567890', '12345678a', '１２３４５６７８９', '123,456,789', '']) {
      assert.equal(readJoinCode(typed), null, typed)
    }
  })
})

describe('names compared', () => {
  const same: readonly (readonly [string, string])[] = [
    ['นาย สมชาย ใจดี', 'สมชายใจดี'],
    ['นางสาวน้ำฝน', 'น้ํ\u0e32ฝน'],
    ['เเสงดาว', 'แสงดาว'],
    ['ว่าที่ ร.ต.หญิง กานดา', 'กานดา'],
    ['Mr. John Doe', 'john doe'],
  ]
  for (const [left, right] of same) {
    it(`[PE23] ${left} = ${right}`, () => assert.equal(personNameKey(left), personNameKey(right)))
  }
  it('[PE23] different people stay different, and a name that begins like a title is kept', () => {
    assert.notEqual(personNameKey('บุญมี สมมติ'), personNameKey('บุญมา สมมติ'))
    assert.notEqual(personNameKey('นาง'), '')
  })
})

describe('password', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['short', 'too-short'],
    ['aaaaaaaaaaaa', 'too-plain'],
    ['1234567890', 'too-plain'],
    ['preecha-2562', 'too-plain'],
    ['สี่คำ ยาว ๆ', 'fine'],
    ['correct horse', 'fine'],
    ['x'.repeat(201), 'too-long'],
  ]
  for (const [password, verdict] of cases) {
    it(`[PE11] ${password.slice(0, 20)}: ${verdict}`, () => assert.equal(judgePassword(password, 'preecha'), verdict))
  }
})
