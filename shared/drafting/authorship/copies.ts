/** Finds which letters of a journal are copies (undone deletions, moved clauses, letters put back) and of which letters. */
import * as Y from 'yjs'
import { diffSequences } from '../sequence.ts'
import type { LetterBook, Opener } from './letter-book.ts'
import { findPutBack, type Inserted } from './put-back-copies.ts'

/** Sets `copyOf` of every letter that is a copy, entry by entry. A restore says itself what it brought back. */
export function followCopies(book: LetterBook): void {
  book.decoded.forEach(({ structs, ds }, at) => {
    const entry = at + 1
    const said = book.entries[at]?.copies
    if (said !== undefined) {
      for (const { client, clock, length, sourceClient, sourceClock } of said)
        for (let i = 0; i < length; i++)
          book.link(book.numberOf(client, clock + i), book.numberOf(sourceClient, sourceClock + i))
      return
    }
    const items = structs.filter((struct): struct is Y.Item => struct instanceof Y.Item)
    const strings: Inserted[] = []
    for (const item of items)
      if (item.content instanceof Y.ContentString && item.parentSub === null) {
        const number = book.numberOf(item.id.client, item.id.clock)
        if (book.born[number] === entry) strings.push({ item, number, text: item.content.str })
      }
    if (strings.length === 0 && !items.some(({ content }) => content instanceof Y.ContentType)) return
    for (const string of strings) followUndo(book, string, entry)
    for (const [i, item] of items.entries()) {
      const opener = book.openers.get(book.numberOf(item.id.client, item.id.clock))
      if (opener === undefined || book.born[opener.index] !== entry) continue
      if (opener.sort === 'clause') followClause(book, opener, item, items.slice(i + 1), entry)
      else if (opener.sort === 'element' && opener.id !== null) followElement(book, opener, item, entry)
    }
    const rest = strings.filter(({ number }) => book.copyOf[number] === -1)
    if (rest.length > 0) findPutBack(book, rest, entry, ds.clients.size > 0)
  })
}

/**
 * Yjs inserts what an undo brings back left of the dead original, which it names as its right neighbour; what is typed skips dead
 * letters. The sender must have deleted the original.
 */
function followUndo(book: LetterBook, { item, number, text }: Inserted, entry: number): void {
  const source = deadRight(book, item, entry)
  if (source < 0) return
  for (let i = 0; i < text.length; i++)
    if (book.units[source + i] !== text.charCodeAt(i) || (book.named[source + i] ?? 0) === 0) return
  for (let i = 0; i < text.length; i++) book.link(number + i, source + i)
}

/** The number of an item's right neighbour when the entry's sender deleted it, else -1. */
function deadRight(book: LetterBook, { rightOrigin }: Y.Item, entry: number): number {
  if (rightOrigin === null) return -1
  const source = book.numberOf(rightOrigin.client, rightOrigin.clock)
  if (source < 0 || (book.named[source] ?? 0) === 0) return -1
  return book.deletedByIn(source, book.entries[entry - 1]?.by ?? '', entry) > 0 ? source : -1
}

/** The opener with the same id that this one took the place of: deleted by the same entry, else the one deleted last. */
function sourceOf(book: LetterBook, opener: Opener, entry: number): { source: Opener; by: number } | null {
  let best: { source: Opener; by: number } | null = null
  for (const other of book.openersOf.get(opener.id ?? '') ?? []) {
    if (other === opener || other.sort !== opener.sort) continue
    const born = book.born[other.index] ?? 0
    const inSame = born === entry
    if (born > entry || (inSame && other.index > opener.index)) continue
    const by = book.isNamedIn(other.index, entry) ? entry : (book.gone[other.index] ?? 0)
    if (by === 0 || by > entry) continue
    const isLater = best === null || by > best.by || (by === best.by && isMadeLater(book, other, best.source))
    if (isLater) best = { source: other, by }
  }
  return best
}

function isMadeLater(book: LetterBook, one: Opener, other: Opener): boolean {
  const [a, b] = [book.born[one.index] ?? 0, book.born[other.index] ?? 0]
  return a === b ? one.index > other.index : a > b
}

/** A moved clause: its opening is made anew with the same id, and the letters follow it clock by clock. */
function followClause(book: LetterBook, opener: Opener, item: Y.Item, behind: readonly Y.Item[], entry: number): void {
  if (deadRight(book, item, entry) >= 0 && isSameClause(book, deadRight(book, item, entry), opener)) return
  const found = sourceOf(book, opener, entry)
  if (found === null) return
  const target = lettersBehind(book, item, behind)
  const { source, by } = found
  if (target.length === 0) return
  const next = lettersAfter(book, source, by, target.length, false)
  if (link(book, next, target.slice(0, next.length))) return
  const within = lettersAfter(book, source, by, Infinity, true)
  if (link(book, within, target.slice(0, within.length)) || by !== entry) return
  align(book, within, target)
  const free = target.filter((number) => book.copyOf[number] === -1)
  if (free.length > 0) align(book, lettersAfter(book, source, by, Infinity, false), free)
}

function isSameClause(book: LetterBook, number: number, { id }: Opener): boolean {
  return book.openers.get(number)?.id === id
}

/** The letters that the same client inserted right after an opening. */
function lettersBehind(book: LetterBook, opener: Y.Item, behind: readonly Y.Item[]): number[] {
  const letters: number[] = []
  let clock = opener.id.clock + 1
  for (const item of behind) {
    if (item.id.client !== opener.id.client || item.id.clock !== clock) break
    const { content } = item
    const isCite =
      content instanceof Y.ContentEmbed && book.openers.get(book.numberOf(item.id.client, clock))?.sort === 'cite'
    if (!(content instanceof Y.ContentString || content instanceof Y.ContentFormat || isCite)) break
    if (content instanceof Y.ContentString)
      for (let i = 0; i < item.length; i++) letters.push(book.numberOf(item.id.client, clock + i))
    clock += item.length
  }
  return letters
}

/** Letters behind an opening that an entry deleted; `stops`: not beyond the next opening that this entry left alone. */
function lettersAfter(book: LetterBook, { index }: Opener, by: number, most: number, stops: boolean): number[] {
  const letters: number[] = []
  for (let at = (book.place[index] ?? 0) + 1; at < book.order.length && letters.length < most; at++) {
    const number = book.order[at] ?? 0
    const isNamed = book.isNamedIn(number, by)
    const opener = book.openers.get(number)
    if (opener !== undefined && opener.sort !== 'cite') {
      if (stops && (isNamed || book.standsAt(number, by))) break
      if (opener.sort === 'element') at = Math.max(at, opener.end - 1)
    } else if (isNamed && (book.units[number] ?? 0) > 0 && !isTrace(book, number, by)) letters.push(number)
  }
  return letters
}

/** The character that a move leaves behind an opening (`takeBlock`): it comes and goes in one entry. */
function isTrace(book: LetterBook, number: number, entry: number): boolean {
  return book.units[number] === 0x200b && book.born[number] === entry
}

/** Links two equal runs letter by letter; false when they are not equal. */
function link(book: LetterBook, sources: readonly number[], targets: readonly number[]): boolean {
  if (sources.length === 0 || sources.length !== targets.length) return false
  if (sources.some((source, i) => book.units[source] !== book.units[targets[i] ?? 0])) return false
  sources.forEach((source, i) => book.link(targets[i] ?? 0, source))
  return true
}

/** Where a frame holds several changes, a copy is a part of what was deleted and may have been written in since. */
function align(book: LetterBook, sources: readonly number[], targets: readonly number[]): void {
  let [from, to] = [0, 0]
  for (const { op, items } of diffSequences(sources.map(wordOf(book)), targets.map(wordOf(book)))) {
    if (op === 'keep')
      for (let i = 0; i < items.length; i++) {
        const [source, target] = [sources[from + i] ?? 0, targets[to + i] ?? 0]
        if ((book.units[source] ?? 0) > 0) book.link(target, source)
      }
    if (op !== 'insert') from += items.length
    if (op !== 'delete') to += items.length
  }
}

const wordOf =
  (book: LetterBook) =>
  (number: number): string => {
    const opener = book.openers.get(number)
    return opener === undefined ? String.fromCharCode(book.units[number] ?? 0) : `<${opener.name}>`
  }

/** A recommendation or table that was moved, or brought back by an undo: part by part. */
function followElement(book: LetterBook, opener: Opener, item: Y.Item, entry: number): void {
  const right = deadRight(book, item, entry)
  const undone = right >= 0 && isSameClause(book, right, opener) ? book.openers.get(right) : undefined
  const sender = book.entries[entry - 1]?.by ?? ''
  const found =
    undone === undefined
      ? (sourceOf(book, opener, entry) ?? deletedWith(book, opener, entry))
      : { source: undone, by: book.deletedByIn(right, sender, entry) }
  if (found === null) return
  const sources = partsOf(book, found.source, (number) => book.isNamedIn(number, found.by))
  const targets = partsOf(book, opener, (number) => book.born[number] === entry)
  align(book, sources, targets)
}

/** Of two recommendations with one id each may have been given another meanwhile: then the one that the same entry deleted. */
function deletedWith(book: LetterBook, { index, name }: Opener, entry: number): { source: Opener; by: number } | null {
  const source = book.deadElements.find(
    (other) => other.name === name && other.index !== index && book.isNamedIn(other.index, entry),
  )
  return source === undefined ? null : { source, by: entry }
}

/** Letters and inner elements of an element, as they stand. */
function partsOf(book: LetterBook, { index, end }: Opener, counts: (number: number) => boolean): number[] {
  return book.order
    .slice((book.place[index] ?? 0) + 1, end)
    .filter((number) => counts(number) && ((book.units[number] ?? 0) > 0 || book.openers.has(number)))
}
