/**
 * Counts what three people who edit at once lose, double, orphan and are offered: real views and sockets in Chromium, delays and offline
 * spells, and the same letters through y-prosemirror's form beside it. `--seeds 200 --steps 60 --first 1 --json FILE`, and `--mix NAME` for one of the mixes.
 */
import { writeFile } from 'node:fs/promises'
import { ACTIONS } from '../browser/editor-harness/ledger.ts'
import type { Form } from '../browser/editor-harness/run.ts'
import { startTogether } from '../browser/together.ts'
import type { TogetherRun } from '../browser/together.ts'
import { isBroken, MIXES, sumsOf } from '../browser/together-sums.ts'
import type { Measure } from '../browser/together-sums.ts'

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

function count(name: string, fallback: number): number {
  const value = Number(option(name) ?? fallback)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`)
  return value
}

const seeds = count('seeds', 200)
const steps = count('steps', 60)
const first = count('first', 1)
const file = option('json')
const FORMS: Readonly<Record<string, Form>> = { rangruam: 'ours', 'y-prosemirror': 'elements' }
/** What the form for comparison has no notion of. */
const OURS_ONLY: ReadonlySet<Measure> = new Set(['offered', 'put back', 'server differs', 'sections drawn anew'])

type Line = { subject: string; measure: string; unit: string; value: number }
const lines: Line[] = []
const bad: string[] = []
const together = await startTogether()
const mixes = Object.entries(MIXES).filter(([mix]) => (option('mix') ?? mix) === mix)
for (const [mix, actions] of mixes) {
  const table: Record<string, Record<string, number | string>> = {}
  const started = performance.now()
  for (const [name, form] of Object.entries(FORMS)) {
    const runs: TogetherRun[] = []
    for (let seed = first; seed < first + seeds; seed++) {
      const run = await together.run(form, seed, steps, actions)
      runs.push(run)
      if (form === 'ours' && (isBroken(run) || (mix.startsWith('split') && run.doubled.length > 0)))
        bad.push(`${mix}, seed ${seed}: ${JSON.stringify(run)}`)
    }
    for (const [measure, value] of Object.entries(sumsOf(runs))) {
      const applies = form === 'ours' || !OURS_ONLY.has(measure as Measure)
      ;(table[measure] ??= {})[name] = applies ? value : '-'
      const unit = measure.startsWith('step ') ? 'steps' : 'count'
      if (applies) lines.push({ subject: `${name}: ${mix}`, measure, unit, value })
    }
  }
  const seconds = Math.round((performance.now() - started) / 1_000)
  console.log(
    `\n${mix}: ${seeds} seeds x ${steps} steps, both forms in ${seconds} s; "step ..." = steps that took effect`,
  )
  console.table(table)
}
await together.close()
const wanted = ACTIONS.filter((action) => action === 'type' || mixes.some(([, actions]) => actions.includes(action)))
const idle = wanted.filter((action) => !lines.some(({ measure, value }) => measure === `step ${action}` && value > 0))
if (idle.length > 0) bad.push(`no step of kind ${idle.join(', ')} took effect`)
bad.push(...together.troubles.map((trouble) => `reported: ${trouble}`))
if (bad.length > 0) console.log(`BROKEN\n${bad.join('\n')}`)
if (file !== undefined) await writeFile(file, `${JSON.stringify(lines, null, 2)}\n`)
process.exitCode = bad.length > 0 ? 1 : 0
