/**
 * `npm run bench -- authorship [--seeds 100] [--json FILE]`: authorship against the record of seeded runs of the real binding, as sent, with
 * restores among it, with several changes in one frame, and with letters that stand many times; then how long 100,000 operations take.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as Y from 'yjs'
import { moveClause } from '../../client/drafting/binding/move.ts'
import { authorsAt } from '../../shared/drafting/authorship/authors.ts'
import type { SentEntry } from '../../shared/drafting/authorship/letter-book.ts'
import { newDraftDoc, sectionRoot } from '../../shared/drafting/document.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import { compare } from '../client/drafting/authorship-run.ts'
import { randomOf } from '../../shared/random.ts'
import { ACTIONS, ALL_ACTIONS, seedOf, type Action } from '../client/drafting/concurrency-run.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, seeds: { type: 'string', default: '100' } } })
const seeds = Number(values.seeds)
const FIRST_SEED = 5_001
const STEPS = 60
const OPERATIONS = 100_000
const RUNS = 3

type Line = { subject: string; measure: string; unit: string; value: number }
const lines: Line[] = []
type Variant = { readonly actions?: readonly Action[]; readonly letters?: number; readonly most?: number }
const VARIANTS: Readonly<Record<string, Variant>> = {
  'as sent': {},
  'as sent, with restores': { actions: ALL_ACTIONS },
  'letters of an alphabet of 20': { letters: 20 },
  'up to 8 changes a frame': { most: 8 },
  'up to 8 changes a frame, alphabet of 20': { most: 8, letters: 20 },
}
for (const [subject, { actions = ACTIONS, ...options }] of Object.entries(VARIANTS)) {
  const sums = { letters: 0, copies: 0, byClientId: 0, wrongTypist: 0, wrongEntry: 0, dead: 0, wrongDeleter: 0 }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
    const found = compare(seed, STEPS, actions, options)
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += found[name]
    if (found.wrongTypist + found.wrongDeleter + found.wrongEntry > 0)
      console.log(
        `${subject}, seed ${seed}: ${found.wrongTypist} typists, ${found.wrongEntry} entries, ${found.wrongDeleter} deleters wrong`,
      )
  }
  console.log(`\n${subject}: ${seeds} seeds x ${STEPS} steps; byClientId = wrong when going by client ids alone`)
  console.table(sums)
  for (const [measure, value] of Object.entries(sums)) lines.push({ subject, measure, unit: 'letters', value })
}

/** Keystrokes of ten people at random places, each an entry, with deletions and every fiftieth change a move. */
function journal(): SentEntry[] {
  const random = randomOf(11)
  const doc = newDraftDoc()
  const first = seedOf()
  Y.applyUpdate(doc, first)
  const entries: SentEntry[] = [{ seq: 1, by: 'server', bytes: first }]
  let operations = 0
  doc.on('update', (bytes: Uint8Array) => {
    for (const struct of Y.decodeUpdate(bytes).structs) operations += struct.length
    entries.push({ seq: entries.length + 1, by: `p${doc.clientID}`, bytes })
  })
  const text = sectionRoot(doc, 'background')
  let at = 1
  for (let change = 0; operations < OPERATIONS; change++) {
    if (change % 20 === 0) {
      doc.clientID = 1 + Math.floor(random() * 10)
      at = 1 + Math.floor(random() * text.length)
    }
    if (change % 50 === 49)
      moveClause(doc, [text], `clause${Math.floor(random() * 5)}`, { section: 0, before: null }, 'bench')
    else if (change % 400 === 13) text.insertEmbed(at, { id: `clause${Math.floor(random() * 5)}` })
    else if (random() < 0.3 && text.length > 1_000) text.delete(Math.floor(random() * (text.length - 20)) + 1, 12)
    else text.insert(Math.min(at++, text.length), 'กขคงจฉช'.charAt(Math.floor(random() * 7)), {})
  }
  console.log(`${entries.length} entries, ${operations} operations, ${text.length} stand`)
  return entries
}

const entries = journal()
let best = Infinity
for (let run = 0; run < RUNS; run++) {
  const from = performance.now()
  authorsAt(SHORT_TEMPLATE, entries, entries.length)
  best = Math.min(best, performance.now() - from)
}
console.log(`authorship of ${OPERATIONS} operations: ${Math.round(best)} ms`)
lines.push({ subject: `${OPERATIONS} operations`, measure: 'time', unit: 'ms', value: best })
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(lines, null, 2)}\n`)
const wrong = lines.filter(
  ({ subject, measure, value }) => subject.startsWith('as sent') && measure.startsWith('wrong') && value > 0,
)
process.exitCode = wrong.length > 0 || best > 1_000 ? 1 : 0
