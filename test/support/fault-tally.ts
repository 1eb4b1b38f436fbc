/** The sum of the faults tried in a run: a table at the end of mocha's run, one line for each fault. */
import assert from 'node:assert/strict'

export type FaultCount = {
  /** How often it was tried. */
  readonly times: number
  readonly typed: number
  /** Edits that the server had called durable. */
  readonly acknowledged: number
  /** Acknowledged edits that were not found at the end. */
  readonly lost: number
  /** Edits found more than once at the end. */
  readonly doubled: number
  /** Edits that were called durable and were not in the store at that moment. */
  readonly falselyAcknowledged: number
  /** Times that the server ended by itself. */
  readonly crashes: number
}

const COLUMNS = ['times', 'typed', 'acknowledged', 'lost', 'doubled', 'falselyAcknowledged', 'crashes'] as const
const HEADS = ['times', 'edits typed', 'acknowledged', 'lost', 'doubled', 'false ack.', 'crashes']
const NOTHING: FaultCount = {
  times: 0,
  typed: 0,
  acknowledged: 0,
  lost: 0,
  doubled: 0,
  falselyAcknowledged: 0,
  crashes: 0,
}
const sums = new Map<string, FaultCount>()

/** Adds to a fault's line, then fails where anything was lost, doubled, falsely acknowledged or broken. Absent numbers are 0. */
export function countFault(fault: string, given: Partial<FaultCount> & { readonly times: number }): void {
  const before = sums.get(fault) ?? NOTHING
  const more = { ...NOTHING, ...given }
  sums.set(fault, Object.fromEntries(COLUMNS.map((key) => [key, before[key] + more[key]])) as FaultCount)
  const { lost, doubled, falselyAcknowledged, crashes } = more
  assert.deepEqual(
    { fault, lost, doubled, falselyAcknowledged, crashes },
    { fault, lost: 0, doubled: 0, falselyAcknowledged: 0, crashes: 0 },
  )
}

after(() => {
  if (sums.size === 0) return
  const rows = [...sums].map(([fault, sum]) => [fault, ...COLUMNS.map((key) => String(sum[key]))])
  const table = [['fault', ...HEADS], ...rows]
  const widths = table[0]!.map((_, at) => Math.max(...table.map((row) => row[at]!.length)))
  for (const row of table)
    console.log(
      `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')}`,
    )
})
