/** Which letters stand in each clause of a draft at an entry: for restoring, which writes them anew and says what they are copies of. */
import { readIds } from '../clause-ids.ts'
import type { ClauseId } from '../../ids.ts'
import type { LetterBook, Opener, SectionSpan } from './letter-book.ts'

/** Numbers of letters in order, by clause (the id that it reads as) and then by part: a field, a cell as `row:cell` from 1, or null. */
export type StandingLetters = ReadonlyMap<ClauseId, ReadonlyMap<string | null, readonly number[]>>

/** The letters that stand once this many entries are in; clauses are named as `nameBlocks` names them. */
export function standingLetters(book: LetterBook, entry: number): StandingLetters {
  const found = new Map<ClauseId, Map<string | null, number[]>>()
  const seen = new Map<string, number>()
  for (const span of book.spans) listSection(book, span, entry, seen, found)
  return found
}

function listSection(
  book: LetterBook,
  { section, from, to }: SectionSpan,
  entry: number,
  seen: Map<string, number>,
  found: Map<ClauseId, Map<string | null, number[]>>,
): void {
  const readId = readIds(section, seen)
  let open: ClauseId | null = null
  const put = (clause: ClauseId, part: string | null, number: number): void => {
    const parts = found.get(clause) ?? new Map<string | null, number[]>()
    found.set(clause, parts)
    const letters = parts.get(part)
    if (letters === undefined) parts.set(part, [number])
    else letters.push(number)
  }
  for (let at = from; at < to; at++) {
    const number = book.order[at] ?? 0
    const opener = book.openers.get(number)
    const stands = book.standsAt(number, entry)
    if (opener?.sort === 'element') {
      if (stands) {
        open = null
        if (opener.name === 'recommendation' || opener.name === 'table') {
          const clause = readId(opener.id)
          listElement(book, opener, entry, (part, letter) => put(clause, part, letter))
        }
      }
      at = Math.max(at, opener.end - 1)
    } else if (!stands) continue
    else if (opener?.sort === 'clause') open = readId(opener.id)
    else {
      open ??= readId(null)
      if ((book.units[number] ?? 0) > 0) put(open, null, number)
    }
  }
}

function listElement(
  book: LetterBook,
  { index, end }: Opener,
  entry: number,
  put: (part: string | null, number: number) => void,
): void {
  let [row, cell] = [0, 0]
  let part: string | null = null
  for (let at = (book.place[index] ?? 0) + 1; at < end; at++) {
    const number = book.order[at] ?? 0
    if (!book.standsAt(number, entry)) continue
    const opener = book.openers.get(number)
    if (opener?.sort === 'element') {
      if (opener.name.startsWith('field:')) part = opener.name.slice('field:'.length)
      if (opener.name === 'row') [row, cell] = [row + 1, 0]
      if (opener.name === 'cell') part = `${row}:${++cell}`
    } else if ((book.units[number] ?? 0) > 0) put(part, number)
  }
}
