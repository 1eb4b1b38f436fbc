/** Counts what three people who edit at once lose, double, orphan and are offered, over many seeds: `--seeds 200 --steps 60`. */
import { ACTIONS, runConcurrently } from '../client/drafting/concurrency-run.ts'
import type { Action, RunResult } from '../client/drafting/concurrency-run.ts'

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`)
  const value = at < 0 ? fallback : Number(process.argv[at + 1])
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`)
  return value
}

const SETS: Readonly<Record<string, readonly Action[]>> = {
  'split, join, kind': ['split', 'join', 'kind'],
  'move, delete, kind': ['move', 'delete', 'kind'],
  everything: ACTIONS,
}

const seeds = option('seeds', 200)
const steps = option('steps', 60)
const first = option('first', 1)
const sum = (results: readonly RunResult[], of: (result: RunResult) => number): number =>
  results.reduce((total, result) => total + of(result), 0)

let failed = false
for (const [name, actions] of Object.entries(SETS)) {
  const started = performance.now()
  const results = Array.from({ length: seeds }, (_, i) => runConcurrently(first + i, steps, actions))
  const bad = results.filter((r) => r.lost.length > 0 || r.diverged || r.viewWrong > 0 || r.missingBlocks.length > 0)
  failed ||= bad.length > 0
  console.log(`\n${name}: ${seeds} seeds x ${steps} steps, ${Math.round(performance.now() - started)} ms`)
  console.table({
    'letters typed': sum(results, (r) => r.typed),
    lost: sum(results, (r) => r.lost.length),
    doubled: sum(results, (r) => r.doubled.length),
    'orphaned and offered': sum(results, (r) => r.offered),
    'in another clause only': sum(results, (r) => r.strayed.length),
    'ends that differ': sum(results, (r) => Number(r.diverged)),
    'views that differ': sum(results, (r) => r.viewWrong),
    'sections drawn anew': sum(results, (r) => r.redraws),
    'blocks vanished': sum(results, (r) => r.missingBlocks.length),
  })
  console.log('steps that took effect:', ACTIONS.map((a) => `${a} ${sum(results, (r) => r.effects[a])}`).join(', '))
  if (bad.length > 0) console.log('bad seeds:', bad.map(({ seed }) => seed).join(' '))
}
process.exitCode = failed ? 1 : 0
