/** Where copies of older letters stand in a text: for restoring, which must not double a letter, nor write it where it does not stand. */
import type { RestoredCopy } from '../restored.ts'
import type { Template } from '../template.ts'
import { followCopies } from './copies.ts'
import { LetterBook } from './letter-book.ts'
import type { SentEntry } from './letter-book.ts'
import { standingLetters } from './standing.ts'

/** The clauses in which the letters that these are copies of stand once all entries are in, as often as they stand. Equal texts are equal places. */
export function placesOfCopies(
  template: Template,
  entries: readonly SentEntry[],
  copies: readonly RestoredCopy[],
): string {
  const book = new LetterBook(template, entries)
  followCopies(book)
  const places = new Map<number, string[]>()
  for (const { client, clock, length } of copies)
    for (let i = 0; i < length; i++) places.set(book.rootOf(book.numberOf(client, clock + i)), [])
  for (const [clause, parts] of standingLetters(book, entries.length))
    for (const numbers of parts.values()) for (const number of numbers) places.get(book.rootOf(number))?.push(clause)
  return [...places.values()].map((clauses) => clauses.sort().join(' ')).join('\n')
}
