/** Rows of a roster that may be one person: which pairs a person is asked about; nobody is dropped for being alike. */
import { normalise } from '../thai/normalise.ts'
import { SOUND_ALIKE } from '../thai/roster-words.ts'
import type { RosterEntry } from './roster-entry.ts'

/** Two kept rows (positions in the kept list) that may be the same person, and what their organisations make likely. */
export type RosterAsk = { readonly a: number; readonly b: number; readonly likely: 'same' | 'different' }

/** Most letters between two first names of one surname; on the corpus 2 finds every planted pair and no other. */
const NEAR = 2

const sound = (word: string): string => SOUND_ALIKE.reduce((text, [from, to]) => text.replace(from, to), word)

/** Letters to insert, delete or replace between two words; stops counting above `limit`. */
export function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same))
    }
    row = next
    if (Math.min(...row) > limit) return limit + 1
  }
  return row[right.length]!
}

type Named = { readonly at: number; readonly entry: RosterEntry; readonly first: string; readonly last: string }

function near(left: Named, right: Named): boolean {
  if (left.first === right.first && left.last === right.last) return true
  if (left.last === right.last && left.last !== '') {
    if (left.first[0] !== right.first[0]) return false
    const short = Math.min(left.first.length, right.first.length)
    return distance(left.first, right.first, NEAR) <= Math.min(NEAR, Math.floor(short / 2))
  }
  // The surname misspelt: only within one organisation, where two of nearly one name are rare.
  if (left.first !== right.first || left.entry.organisation !== right.entry.organisation) return false
  return left.last.length >= 4 && right.last.length >= 4 && distance(left.last, right.last, 1) <= 1
}

/** Every pair to ask about, in the order of the file. */
export function suspectedDuplicates(kept: readonly RosterEntry[]): RosterAsk[] {
  const named = kept.map((entry, at): Named => {
    const [first = '', ...rest] = normalise(entry.name).split(' ')
    return { at, entry, first: sound(first), last: sound(rest.join('')) }
  })
  // Only names that share a surname or a first name can be near: looked up, so that thousands of rows stay quick.
  const buckets = new Map<string, Named[]>()
  for (const name of named) {
    for (const key of [`last ${name.last}`, `first ${name.first}`]) {
      const bucket = buckets.get(key)
      if (bucket === undefined) buckets.set(key, [name])
      else bucket.push(name)
    }
  }
  const asks = new Map<string, RosterAsk>()
  for (const bucket of buckets.values()) {
    for (const [index, left] of bucket.entries()) {
      for (const right of bucket.slice(index + 1)) {
        if (!near(left, right)) continue
        const likely = left.entry.organisation === right.entry.organisation ? 'same' : 'different'
        asks.set(`${left.at} ${right.at}`, { a: left.at, b: right.at, likely })
      }
    }
  }
  return [...asks.values()].sort((one, other) => one.a - other.a || one.b - other.b)
}
