/** `npm run bench -- pairs [--seeds 200] [--first 1] [--json FILE]`: what is done to a clause beside typing in it, letter by letter, over many seeds. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { PAIRS, runPairs } from '../client/drafting/pair-run.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seeds: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
  },
})
const seeds = Number(values.seeds)
const table: Record<string, object> = {}
const lines: { subject: string; measure: string; unit: string; value: number }[] = []
let isBroken = false
for (const pair of PAIRS) {
  const { ledger, broken } = runPairs(pair, Number(values.first), seeds)
  table[pair] = ledger
  for (const [measure, value] of Object.entries(ledger)) lines.push({ subject: pair, measure, unit: 'count', value })
  if (broken.length > 0) console.log(`${pair}: the letters of these seeds do not add up: ${broken.join(', ')}`)
  isBroken ||= broken.length > 0
}
console.log(`\n${seeds} seeds each, an action beside two who type in the same clause; letters, but for rounds`)
console.table(table)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(lines, null, 2)}\n`)
process.exitCode = isBroken ? 1 : 0
