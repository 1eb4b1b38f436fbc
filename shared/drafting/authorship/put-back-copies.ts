/** Finds letters that their own tab put back after somebody else moved or deleted the clause around them. */
import type * as Y from 'yjs'
import type { LetterBook } from './letter-book.ts'

/** Outside such a field a run must be this long to count as put back. */
const LEAST_ALONE = 6

/** Letters that were inserted by one entry, in the order of their clocks. */
export type Inserted = { readonly item: Y.Item; readonly number: number; readonly text: string }

/** A run of letters that one client had, to be put back as a whole. */
type Run = { readonly numbers: readonly number[]; readonly text: string; readonly used: Set<number> }

/**
 * Letters that slid into a foreign clause are taken out and inserted elsewhere in one change; letters that died within a recommendation
 * are inserted by a later one. `deletes`: the entry deleted something.
 */
export function findPutBack(book: LetterBook, strings: readonly Inserted[], entry: number, deletes: boolean): void {
  for (const client of new Set(strings.map(({ item }) => item.id.client))) {
    const own = strings.filter(({ item }) => item.id.client === client)
    const taken = deletes ? takenOut(book, own[0]!.item, entry) : []
    const isAlone = [...(book.decoded[entry - 1]?.ds.clients.keys() ?? [])].every((one) => one === client)
    for (const string of own) if (!explain(book, string, taken, isAlone)) putBackLost(book, string, entry)
  }
}

/** Own letters that the entry deleted, as runs between which nothing else stood. */
function takenOut(book: LetterBook, { id: { client } }: Y.Item, entry: number): Run[] {
  const runs: Run[] = []
  const places: number[] = []
  for (const { clock, len } of book.decoded[entry - 1]?.ds.clients.get(client) ?? [])
    for (let i = 0; i < len; i++) {
      const number = book.numberOf(client, clock + i)
      const place = book.place[number] ?? -1
      if (place >= 0 && (book.units[number] ?? 0) > 0) places.push(place)
    }
  places.sort((a, b) => a - b)
  let numbers: number[] = []
  const close = (): void => {
    if (numbers.length > 0) runs.push({ numbers, text: textOf(book, numbers), used: new Set() })
    numbers = []
  }
  places.forEach((place, i) => {
    const before = places[i - 1]
    if (before !== undefined && !isNothingBetween(book, before, place, entry)) close()
    numbers.push(book.order[place] ?? 0)
  })
  close()
  return runs
}

const textOf = (book: LetterBook, numbers: readonly number[]): string =>
  numbers.map((number) => String.fromCharCode(book.units[number] ?? 0)).join('')

function isNothingBetween(book: LetterBook, from: number, to: number, entry: number): boolean {
  for (let at = from + 1; at < to; at++) if (book.standsAt(book.order[at] ?? 0, entry)) return false
  return true
}

/**
 * Is the inserted text one whole run, or pieces of runs one behind the other? In the place of what was deleted only where the change
 * did nothing else (`isAlone`): a frame of several changes may have deleted a letter and typed the same again.
 */
function explain(book: LetterBook, { item, number, text }: Inserted, runs: readonly Run[], isAlone: boolean): boolean {
  const sources = piecesOf(runs, text)
  if (sources === null) return false
  const origin = item.origin === null ? -1 : book.numberOf(item.origin.client, item.origin.clock)
  if (!isAlone && sources.includes(origin)) return false
  sources.forEach((source, i) => book.link(number + i, source))
  for (const run of runs) for (const source of sources) run.used.add(source)
  return true
}

/** The letters that a text is made of, one piece of a run behind the other; null when it is not. */
function piecesOf(runs: readonly Run[], text: string): number[] | null {
  const sources: number[] = []
  while (sources.length < text.length) {
    const piece = pieceOf(runs, text, sources)
    if (piece.length === 0) return null
    sources.push(...piece)
  }
  return sources
}

/** The letters that give the longest next piece of a text: a whole run, else the longest part of one. */
function pieceOf(runs: readonly Run[], text: string, sources: readonly number[]): readonly number[] {
  const at = sources.length
  const isFree = (run: Run, from: number, length: number): boolean =>
    run.numbers.slice(from, from + length).every((one) => !run.used.has(one) && !sources.includes(one))
  const whole = runs.find((run) => text.startsWith(run.text, at) && isFree(run, 0, run.text.length))
  if (whole !== undefined) return whole.numbers
  for (let length = text.length - at; length > 0; length--)
    for (const run of runs) {
      const from = run.text.indexOf(text.slice(at, at + length))
      if (from >= 0 && isFree(run, from, length)) return run.numbers.slice(from, from + length)
    }
  return []
}

/** The field or cell that a letter stands in (ids of recommendations may have changed meanwhile), or null. */
function partAround(book: LetterBook, number: number): string | null {
  const place = book.place[number] ?? -1
  for (let at = place - 1; at >= 0; at--) {
    const opener = book.openers.get(book.order[at] ?? 0)
    if (opener?.sort === 'clause') return null
    if (opener?.sort === 'element' && opener.end > place) return opener.name
  }
  return null
}

/** Letters of this client that died with a recommendation whose deleter had not seen them. */
function putBackLost(book: LetterBook, { item, number, text }: Inserted, entry: number): void {
  for (const { index, end } of book.deadElements) {
    const gone = book.gone[index] ?? 0
    const deleter = book.entries[gone - 1]
    if (deleter === undefined || gone >= entry) continue
    // Not what one's own tab did; a restore that one asked for was made elsewhere.
    if (deleter.by === book.entries[entry - 1]?.by && deleter.copies === undefined) continue
    const lost = book.order
      .slice((book.place[index] ?? 0) + 1, end)
      .filter((one) => isOf(book, one, item) && !diedNamed(book, one) && (book.born[one] ?? 0) < entry)
    const sources = piecesOf([{ numbers: lost, text: textOf(book, lost), used: new Set() }], text)
    if (sources === null) continue
    if (text.length < LEAST_ALONE && partAround(book, sources[0] ?? 0) !== partAround(book, number)) continue
    sources.forEach((source, i) => book.link(number + i, source))
    return
  }
}

/** Was it deleted with sight? Not what died with the element around it and was named by a later entry, which had not seen it go. */
function diedNamed(book: LetterBook, number: number): boolean {
  const named = book.named[number] ?? 0
  return named > 0 && named === book.gone[number]
}

/** Is it a letter of the item's client? */
function isOf(book: LetterBook, number: number, { id: { client } }: Y.Item): boolean {
  const first = book.numberOf(client, 0)
  return (book.units[number] ?? 0) > 0 && number >= first && number < first + book.clocksOf(client)
}
