/** Who typed and who deleted what of a draft, at any entry of its journal: for the draft worker. */
import { readIds } from '../clause-ids.ts'
import type { SectionId, Template } from '../template.ts'
import type { ClauseId } from '../../ids.ts'
import { followCopies } from './copies.ts'
import { LetterBook } from './letter-book.ts'
import type { Opener, SectionSpan, SentEntry } from './letter-book.ts'

/** The seq of the first and the last entry of something that several did. */
export type EntrySpan = { readonly first: number; readonly last: number }
/** Neighbouring letters of one typist; `deleted` ones stood here once, and nothing that stands is a copy of them. */
export type AuthoredRun = {
  readonly text: string
  /** Sender of the entries that first brought the letters. */
  readonly typedBy: string
  readonly typedAt: EntrySpan
  readonly deleted: { readonly by: string; readonly at: EntrySpan } | null
}
/** Runs of a clause, or of one field (`measure`) or cell (`row:cell`, from 1) of it. */
export type AuthoredPart = { readonly part: string | null; readonly runs: AuthoredRun[] }
/** A clause by the id that it reads as; null: what stood where no clause is now. */
export type AuthoredClause = { readonly clause: ClauseId | null; readonly parts: AuthoredPart[] }
export type AuthoredSection = { readonly section: SectionId; readonly clauses: readonly AuthoredClause[] }

type OpenPart = { part: string | null; runs: AuthoredRun[] }
type OpenClause = { clause: ClauseId | null; parts: OpenPart[] }

/**
 * Authorship of a whole draft as it stood after entry `seq` (of all entries, when that is none of them). `entries` are every update of
 * the journal: a base has forgotten what was deleted, and who sent what.
 */
export function authorsAt(template: Template, entries: readonly SentEntry[], seq: number): AuthoredSection[] {
  const book = new LetterBook(template, entries)
  followCopies(book)
  const entry = entries.filter((one) => one.seq <= seq).length
  const shown = shownAt(book, entry)
  const seen = new Map<string, number>()
  return book.spans.map((span) => ({ section: span.section, clauses: clausesOf(book, span, entry, seen, shown) }))
}

/** Marks the deleted letters to show: of a letter and its copies the one that went last, where none stands. */
function shownAt(book: LetterBook, entry: number): Uint8Array {
  const shown = new Uint8Array(book.copyOf.length)
  const last = new Map<number, number>()
  for (const number of book.order) {
    const born = book.born[number] ?? 0
    if ((book.units[number] ?? 0) === 0 || born === 0 || born > entry) continue
    const root = book.rootOf(number)
    const other = last.get(root)
    if (other === undefined || goesLater(book, number, other, entry)) last.set(root, number)
  }
  for (const number of last.values()) shown[number] = 1
  return shown
}

/** What stands goes last. */
function goesLater(book: LetterBook, one: number, other: number, entry: number): boolean {
  const until = (number: number): number => (book.standsAt(number, entry) ? Infinity : (book.gone[number] ?? 0))
  const [a, b] = [until(one), until(other)]
  return a === b ? (book.born[one] ?? 0) > (book.born[other] ?? 0) : a > b
}

/** Names clauses as `nameBlocks` does: of doubles the first keeps the id, letters without an opening are `<section>~<n>`. */
function clausesOf(
  book: LetterBook,
  { section, from, to }: SectionSpan,
  entry: number,
  seen: Map<string, number>,
  shown: Uint8Array,
): AuthoredClause[] {
  const clauses: OpenClause[] = []
  const readId = readIds(section, seen)
  let open: OpenClause | null = null
  const begin = (clause: ClauseId | null): OpenClause => {
    open = { clause, parts: [] }
    clauses.push(open)
    return open
  }
  for (let at = from; at < to; at++) {
    const number = book.order[at] ?? 0
    const stands = book.standsAt(number, entry)
    const opener = book.openers.get(number)
    if (opener?.sort === 'element') {
      if (opener.name === 'recommendation' || opener.name === 'table') {
        const clause = begin(stands ? readId(opener.id) : null)
        addElement(book, opener, entry, shown, clause)
      }
      if (stands) open = null
      at = Math.max(at, opener.end - 1)
    } else if (opener?.sort === 'clause') {
      if (stands) begin(readId(opener.id))
    } else {
      const letter = letterAt(book, number, entry, shown)
      if (letter === null) continue
      let clause: OpenClause = open ?? begin(null)
      if (clause.clause === null && stands) {
        // Letters outside any clause: what was deleted before them is shown with them.
        clause = { clause: readId(null), parts: [] }
        open = clause
        clauses.push(clause)
      }
      add(partOf(clause, null), letter)
    }
  }
  return clauses.filter(({ clause, parts }) => clause !== null || parts.some(({ runs }) => runs.length > 0))
}

function addElement(
  book: LetterBook,
  { index, end }: Opener,
  entry: number,
  shown: Uint8Array,
  clause: OpenClause,
): void {
  let [row, cell] = [0, 0]
  let part: string | null = null
  for (let at = (book.place[index] ?? 0) + 1; at < end; at++) {
    const number = book.order[at] ?? 0
    const opener = book.openers.get(number)
    if (opener?.sort !== 'element') {
      const letter = letterAt(book, number, entry, shown)
      if (letter !== null) add(partOf(clause, part), letter)
      continue
    }
    if (opener.name.startsWith('field:')) part = opener.name.slice('field:'.length)
    if (!book.standsAt(opener.index, entry)) continue
    if (opener.name === 'row') [row, cell] = [row + 1, 0]
    if (opener.name === 'cell') part = `${row}:${++cell}`
  }
}

function partOf(clause: OpenClause, part: string | null): OpenPart {
  const found = clause.parts.find((one) => one.part === part)
  if (found !== undefined) return found
  const made: OpenPart = { part, runs: [] }
  clause.parts.push(made)
  return made
}

/** One letter as a run, or null where there is nothing to show. */
function letterAt(book: LetterBook, number: number, entry: number, shown: Uint8Array): AuthoredRun | null {
  const unit = book.units[number] ?? 0
  const born = book.born[number] ?? 0
  if (unit === 0 || born === 0 || born > entry) return null
  const stands = book.standsAt(number, entry)
  // What came and went in one entry never stood.
  if (!stands && (shown[number] !== 1 || (book.gone[number] === born && book.isNamedIn(number, born)))) return null
  const typed = book.entries[(book.born[book.rootOf(number)] ?? 0) - 1]
  const gone = stands ? undefined : book.entries[book.goneWith(number, entry) - 1]
  if (typed === undefined) return null
  return {
    text: String.fromCharCode(unit),
    typedBy: typed.by,
    typedAt: { first: typed.seq, last: typed.seq },
    deleted: gone === undefined ? null : { by: gone.by, at: { first: gone.seq, last: gone.seq } },
  }
}

function add({ runs }: OpenPart, letter: AuthoredRun): void {
  const last = runs.at(-1)
  if (last === undefined || last.typedBy !== letter.typedBy || last.deleted?.by !== letter.deleted?.by) {
    runs.push(letter)
    return
  }
  runs[runs.length - 1] = {
    text: last.text + letter.text,
    typedBy: last.typedBy,
    typedAt: spanOf(last.typedAt, letter.typedAt),
    deleted:
      last.deleted === null || letter.deleted === null
        ? null
        : { by: last.deleted.by, at: spanOf(last.deleted.at, letter.deleted.at) },
  }
}

const spanOf = (a: EntrySpan, b: EntrySpan): EntrySpan => ({
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
})
