/** Rules of the chain and of answers, without a store. */
import assert from 'node:assert/strict'
import { missingFrom } from '../../../shared/review/answers.ts'
import { approvedNumber, firstState, possible, signed, type Step } from '../../../shared/review/steps.ts'

const step = (position: string): Step => ({ position, person: null, verb: 'endorse', capacity: 'self' })

describe('the chain of a review', () => {
  it('[RV10] three steps: each signature moves one on, only the last endorses', () => {
    const chain = [step('ผอ.กอง'), step('รองอธิบดี'), step('อธิบดี')]
    let at = { state: firstState(null), step: 0 }
    assert.equal(at.state, 'submitted')
    for (const expected of ['submitted', 'submitted', 'endorsed']) {
      at = signed(at.state, at.step, chain)
      assert.equal(at.state, expected)
    }
    assert.equal(at.step, 3)
  })

  it('[RV9] after a return the next version begins as revised; a returned one takes no act', () => {
    assert.equal(firstState('returned'), 'revised')
    assert.equal(firstState('published'), 'submitted')
    for (const act of ['answer', 'return', 'approve', 'publish'] as const)
      assert.equal(possible('returned', act), false)
    assert.equal(possible(null, 'answer'), false)
    assert.equal(possible('revised', 'approve'), true)
    assert.equal(possible('endorsed', 'publish'), true)
  })

  it('[RV6] the number of an approved version', () => {
    for (const [from, to] of [
      ['0.1', '1.0'],
      ['0.13', '1.0'],
      ['1.2', '2.0'],
    ] as const)
      assert.equal(approvedNumber(from), to)
  })

  it('[RV3] what is missing from an answer', () => {
    assert.equal(missingFrom('accept', ''), null)
    assert.equal(missingFrom('change', ' '), 'change')
    assert.equal(missingFrom('decline', '\n'), 'reason')
    assert.equal(missingFrom('decline', 'งบไม่พอ'), null)
  })
})
