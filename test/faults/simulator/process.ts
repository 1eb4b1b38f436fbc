/** The simulator as a process of its own, because it puts its own clock in the place of everybody's: node … process.ts FIRST COUNT [store] [--log], or process.ts stories. */
import './ambient.ts'
import { realNow } from './ambient.ts'
import { simulate } from './run.ts'
import { STORIES } from './stories.ts'
import { exactly, retryUnrecognised, seqUnchecked, type StoreFaults } from './store.ts'

/** Stores that break the contract, for the tests that must fail. */
const STORES: Readonly<Record<string, StoreFaults>> = {
  honest: { rule: exactly, sync: 'before answers' },
  'sync skipped': { rule: exactly, sync: 'some time later' },
  'retry unrecognised': { rule: retryUnrecognised, sync: 'before answers' },
  'seq unchecked': { rule: seqUnchecked, sync: 'before answers' },
}

const [first = '1', count = '1', store = 'honest', ...more] = process.argv.slice(2)
if (first === 'stories') {
  for (const [story, run] of Object.entries(STORIES)) console.log(JSON.stringify({ story, violations: await run() }))
} else await seeds()

async function seeds(): Promise<void> {
  const faults = STORES[store]
  if (faults === undefined) throw new Error(`no such store: ${store}`)
  const stopsAtFirst = more.includes('--until-violation')
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
    const from = realNow()
    const { log, ...outcome } = await simulate(seed, faults, more.includes('--log'))
    for (const line of log) console.log(line)
    console.log(JSON.stringify({ ...outcome, ms: Math.round(realNow() - from) }))
    if (stopsAtFirst && outcome.violations.length > 0) break
  }
}
