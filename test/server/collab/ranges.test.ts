/** Deleted clocks as ranges, beside a plain set of clocks. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Ranges } from '../../../server/collab/ranges.ts'

const CLOCKS = 60
const steps = fc.array(
  fc.record({ adds: fc.boolean(), from: fc.nat(CLOCKS), length: fc.integer({ min: 1, max: 12 }) }),
  { maxLength: 40 },
)
const clocksOf = (parts: readonly number[]): number[] =>
  parts.flatMap((from, at) => (at % 2 === 0 ? Array.from({ length: parts[at + 1]! - from }, (_, i) => from + i) : []))

describe('ranges of clocks', () => {
  it('[SY35] hold what a set of clocks holds, give what was new, and take it back', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const ranges = new Ranges()
        const model = new Set<number>()
        for (const { adds, from, length } of given) {
          const clocks = Array.from({ length }, (_, i) => from + i)
          const lacking = clocks.filter((clock) => !model.has(clock))
          assert.deepEqual(clocksOf(ranges.lacking(from, from + length)), lacking)
          if (adds) assert.deepEqual(clocksOf(ranges.add(from, from + length)), lacking)
          else ranges.remove(from, from + length)
          for (const clock of clocks)
            if (adds) model.add(clock)
            else model.delete(clock)
          const held = Array.from({ length: CLOCKS + 20 }, (_, clock) => clock).filter((clock) => ranges.has(clock))
          assert.deepEqual(
            held,
            [...model].sort((a, b) => a - b),
          )
          const runs = held.filter((clock, at) => clock !== (held[at - 1] ?? -2) + 1).length
          assert.equal(ranges.size, runs, 'ranges that touch are one')
        }
      }),
      { numRuns: 500 },
    )
  })
})
