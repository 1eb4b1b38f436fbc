/** The way through the phases and the timer that never changes them. */
import assert from 'node:assert/strict'
import {
  isAgenda,
  phaseAfter,
  phaseAt,
  phaseBefore,
  phaseOfGroup,
  PHASES,
  USUAL_AGENDA,
} from '../../../shared/workshop/phases.ts'
import { extended, NO_TIMER, paused, resumed, started, timeLeft } from '../../../shared/workshop/timer.ts'

const MINUTE = 60_000

describe('phases and time', () => {
  it('[WO1] an agenda may leave out and reorder phases, but has none twice and none unknown', () => {
    assert.equal(isAgenda(PHASES), true)
    assert.equal(isAgenda(USUAL_AGENDA), true)
    assert.equal(isAgenda(['draft', 'register']), true)
    assert.equal(isAgenda([]), false)
    assert.equal(isAgenda(['draft', 'draft']), false)
    assert.equal(isAgenda(['lunch']), false)
  })

  it('[WO1] the next and the former phase follow the agenda, also from a phase that it leaves out', () => {
    assert.equal(phaseAfter(USUAL_AGENDA, 'group'), 'draft')
    assert.equal(phaseAfter(USUAL_AGENDA, 'practice'), 'draft')
    assert.equal(phaseAfter(USUAL_AGENDA, 'archive'), null)
    assert.equal(phaseBefore(USUAL_AGENDA, 'draft'), 'group')
    assert.equal(phaseBefore(USUAL_AGENDA, 'register'), null)
  })

  it('[WO2] a confirmed move holds from its moment on and not before', () => {
    const move = { to: 'draft', at: 1_000 } as const
    assert.equal(phaseAt('group', move, 999), 'group')
    assert.equal(phaseAt('group', move, 1_000), 'draft')
    assert.equal(phaseAt('group', null, 5_000), 'group')
    assert.equal(phaseOfGroup('draft', 'submit'), 'submit')
    assert.equal(phaseOfGroup('draft', null), 'draft')
  })

  it('[WO3] time runs, is held, goes on and is lengthened; run out, five minutes more are five minutes', () => {
    const timer = started(10 * MINUTE, 0)
    assert.equal(timeLeft(timer, 4 * MINUTE), 6 * MINUTE)
    const held = paused(timer, 4 * MINUTE)
    assert.equal(timeLeft(held, 60 * MINUTE), 6 * MINUTE)
    assert.equal(timeLeft(resumed(held, 60 * MINUTE), 61 * MINUTE), 5 * MINUTE)
    assert.equal(timeLeft(extended(held, 5 * MINUTE, 60 * MINUTE), 99 * MINUTE), 11 * MINUTE)
    assert.equal(timeLeft(extended(timer, 5 * MINUTE, 30 * MINUTE), 30 * MINUTE), 5 * MINUTE)
    assert.equal(timeLeft(timer, 11 * MINUTE), 0)
    assert.equal(timeLeft(NO_TIMER, 0), null)
  })
})
