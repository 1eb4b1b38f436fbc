/** How often a fault is tried: once in the suite, as the issue of the sync engine counts with `npm run faults`, in full with `npm run faults:long`. */

export type Counts = 'once' | 'issue' | 'long'

const said = process.env['COUNTS']

/** What test/run.mjs says in COUNTS. */
export const COUNTS: Counts = said === 'issue' || said === 'long' ? said : 'once'

/** The number for this run. */
export function times(each: Readonly<Record<Counts, number>>): number {
  return each[COUNTS]
}
