/** Each thing that can be done to a clause, while others type in it: every letter stands once or is offered; `npm run bench -- pairs` counts more. */
import assert from 'node:assert/strict'
import { PAIRS, runPairs } from './pair-run.ts'

const SEEDS = 8

describe('Pairs', function () {
  this.timeout(60_000)

  for (const pair of PAIRS)
    it(`[DR28] ${pair} beside typing: every letter is in the text once or offered to who typed it, and known as theirs`, () => {
      const { ledger, broken } = runPairs(pair, 1, SEEDS)
      assert.deepEqual(broken, [], `seeds of ${pair} whose letters do not add up: ${JSON.stringify(ledger)}`)
      assert.equal(ledger.inPlace + ledger.offered, ledger.typed)
      assert.ok(ledger.took > SEEDS && ledger.typed > 100, `${JSON.stringify(ledger)}: the test would show nothing`)
    })
})
