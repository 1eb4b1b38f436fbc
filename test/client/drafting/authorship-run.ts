/** Compares authorship with the record that a seeded run keeps of its own: every letter is a different character there. */
import * as Y from 'yjs'
import { authorsAt } from '../../../shared/drafting/authorship/authors.ts'
import { followCopies } from '../../../shared/drafting/authorship/copies.ts'
import { LetterBook } from '../../../shared/drafting/authorship/letter-book.ts'
import type { SentEntry } from '../../../shared/drafting/authorship/letter-book.ts'
import type { RestoredCopy } from '../../../shared/drafting/restored.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { runConcurrently, seedOf } from './concurrency-run.ts'
import type { Action, RunResult } from './concurrency-run.ts'
import type { Wire } from './peer.ts'

function bookOf(entries: readonly SentEntry[]): LetterBook {
  const book = new LetterBook(SHORT_TEMPLATE, entries)
  followCopies(book)
  return book
}

/** `most`: as many neighbouring updates of one person as one frame carries, as after a reconnect. */
export function entriesOf(wire: Wire, first: Uint8Array, most = 1): SentEntry[] {
  const frames: { by: string; updates: Uint8Array[]; copies?: readonly RestoredCopy[] }[] = []
  for (const { from, update, copies } of wire.log) {
    const by = String(from.doc.clientID)
    const last = frames.at(-1)
    if (copies !== undefined) frames.push({ by, updates: [update], copies })
    else if (last?.by === by && last.copies === undefined && last.updates.length < most) last.updates.push(update)
    else frames.push({ by, updates: [update] })
  }
  return [
    { seq: 1, by: 'server', bytes: first },
    ...frames.map(({ by, updates, copies }, i) => {
      const entry = { seq: i + 2, by, bytes: Y.mergeUpdates(updates) }
      return copies === undefined ? entry : { ...entry, copies }
    }),
  ]
}

/** The entries with every typed letter folded into one of `size` Thai letters: nothing but letters changes, so the record still holds. */
function folded(entries: readonly SentEntry[], size: number): SentEntry[] {
  return entries.map((entry) => {
    const bytes = Uint8Array.from(entry.bytes)
    for (const struct of Y.decodeUpdate(entry.bytes).structs) {
      const text = struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : ''
      if (!/[\u4e00-\u9fff]/.test(text)) continue
      const was = new TextEncoder().encode(text)
      const is = new TextEncoder().encode([...text].map((letter) => fold(letter, size)).join(''))
      for (let at = find(bytes, was, 0); at >= 0; at = find(bytes, was, at + 1)) bytes.set(is, at)
    }
    return { ...entry, bytes }
  })
}

function fold(letter: string, size: number): string {
  if (letter < '\u4e00') return letter
  return String.fromCharCode(0x0e01 + ((Math.imul(letter.charCodeAt(0), 2654435761) >>> 8) % size))
}

function find(bytes: Uint8Array, part: Uint8Array, from: number): number {
  return Buffer.from(bytes.buffer).indexOf(part, from)
}

export type Compared = {
  readonly letters: number
  /** Letters that are copies of others. */
  readonly copies: number
  readonly wrongTypist: number
  readonly wrongEntry: number
  readonly dead: number
  readonly wrongDeleter: number
  /** Letters that the sender of their own entry did not type. */
  readonly byClientId: number
}

/** Runs a seed and compares at its end. */
export function compare(
  seed: number,
  steps: number,
  actions: readonly Action[],
  { most = 1, letters = 0 }: { readonly most?: number; readonly letters?: number } = {},
): Compared & { readonly run: RunResult; readonly entries: readonly SentEntry[] } {
  const wire: Wire = { log: [] }
  const first = seedOf()
  const run = runConcurrently(seed, steps, actions, wire, first)
  const entries = entriesOf(wire, first, most)
  const plain = bookOf(entries)
  const found = letters === 0 ? plain : bookOf(folded(entries, letters))
  const firstEntry = new Map<string, number>()
  for (const { seq, bytes } of entries)
    for (const struct of Y.decodeUpdate(bytes).structs)
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
        for (const letter of struct.content.str) if (!firstEntry.has(letter)) firstEntry.set(letter, seq)
  const sums = { letters: 0, copies: 0, wrongTypist: 0, wrongEntry: 0, dead: 0, wrongDeleter: 0, byClientId: 0 }
  for (const number of plain.order) {
    const unit = String.fromCharCode(plain.units[number] ?? 0)
    const [born, gone] = [plain.born[number] ?? 0, plain.gone[number] ?? 0]
    // A space may be the seed's or stand between pasted lines: the record does not know which. What came and went at once never stood.
    if (unit === '\0' || unit === ' ' || unit === '\u200b' || gone === born) continue
    const isTyped = unit >= '\u4e00'
    const typist = isTyped ? String(run.typists.get(unit)) : 'server'
    const typed = found.entries[(found.born[found.rootOf(number)] ?? 0) - 1]
    sums.letters++
    if (found.copyOf[number] !== -1) sums.copies++
    if (entries[born - 1]?.by !== typist) sums.byClientId++
    if (typed?.by !== typist) sums.wrongTypist++
    else if (typed.seq !== (isTyped ? firstEntry.get(unit) : 1)) sums.wrongEntry++
  }
  const shown = authorsAt(SHORT_TEMPLATE, entries, entries.length)
  const runs = shown.flatMap(({ clauses }) => clauses.flatMap(({ parts }) => parts.flatMap((part) => part.runs)))
  for (const { text, deleted } of runs)
    for (const unit of deleted === null ? '' : text) {
      const deleters = run.deleters.get(unit)
      if (deleters === undefined) continue
      sums.dead++
      if (!deleters.has(Number(deleted?.by))) sums.wrongDeleter++
    }
  return { ...sums, run, entries }
}

/** Letters that ever stood, and how many of them authorship gives to another than the record: who typed each of the run's own letters. */
export function wrongTypists(
  entries: readonly SentEntry[],
  typists: ReadonlyMap<string, string>,
): { readonly letters: number; readonly wrong: number } {
  const book = bookOf(entries)
  let [letters, wrong] = [0, 0]
  for (const number of book.order) {
    const unit = String.fromCharCode(book.units[number] ?? 0)
    const [born, gone] = [book.born[number] ?? 0, book.gone[number] ?? 0]
    if (unit < '\u4e00' || gone === born) continue
    letters++
    if (entries[(book.born[book.rootOf(number)] ?? 0) - 1]?.by !== typists.get(unit)) wrong++
  }
  return { letters, wrong }
}
