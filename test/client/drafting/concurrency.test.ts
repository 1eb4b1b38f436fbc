/** Three people edit one draft at once, slow and cut off at times, through the real binding: nothing is lost, all ends are equal. */
import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { ACTIONS, runConcurrently, seedOf } from './concurrency-run.ts'
import type { Action, RunResult } from './concurrency-run.ts'

const SEEDS = 20
const STEPS = 60

function runs(actions: readonly Action[], first: number): RunResult[] {
  return Array.from({ length: SEEDS }, (_, i) => runConcurrently(first + i, STEPS, actions))
}

/** What every run must show, whatever was done in it. */
function assertSound(result: RunResult): void {
  const of = `seed ${result.seed}`
  assert.equal(result.diverged, false, `${of}: the ends differ`)
  assert.equal(result.viewWrong, 0, `${of}: a view shows something else than Yjs holds`)
  assert.deepEqual(result.lost, [], `${of}: letters that nobody deleted are gone`)
  assert.deepEqual(result.missingBlocks, [], `${of}: a recommendation vanished that nobody deleted`)
}

const total = (results: readonly RunResult[], action: Action): number =>
  results.reduce((sum, { effects }) => sum + effects[action], 0)

describe('Editing at once', function () {
  this.timeout(60_000)

  it('[DR20] splits, joins and kinds lose and double no letter', () => {
    const results = runs(['split', 'join', 'kind'], 1)
    for (const result of results) {
      assertSound(result)
      assert.deepEqual(result.doubled, [], `seed ${result.seed}: letters stand twice`)
    }
    for (const action of ['type', 'split', 'join', 'kind'] as const)
      assert.ok(
        total(results, action) >= SEEDS,
        `too few steps of kind ${action} took effect: the test would show nothing`,
      )
  })

  it('[DR21] moves and deletions leave every letter in a clause or offered to its writer', () => {
    const results = runs(['move', 'delete'], 101)
    for (const result of results) assertSound(result)
    assert.ok(total(results, 'move') >= SEEDS && total(results, 'delete') >= SEEDS)
    assert.ok(
      results.some(({ offered }) => offered > 0),
      'no letter was orphaned: the test would show nothing',
    )
  })

  it('[DR27] who removes or moves while others’ letters wait at the gate names none of them: they are put back or offered', () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const results = Array.from({ length: SEEDS }, (_, i) =>
        runConcurrently(301 + i, STEPS, ['move', 'delete', 'range'], { log: [] }, seedOf(), () => mock.timers.tick(1)),
      )
      for (const result of results) assertSound(result)
      for (const action of ['type', 'move', 'delete', 'range'] as const) assert.ok(total(results, action) >= SEEDS)
    } finally {
      mock.timers.reset()
    }
  })

  it('[DR22] everything mixed, with ranges, undo, redo and paste, converges and loses nothing', () => {
    const results = runs(ACTIONS, 201)
    for (const result of results) assertSound(result)
    for (const action of ACTIONS) assert.ok(total(results, action) > 0, `no step of kind ${action} took effect`)
  })
})
