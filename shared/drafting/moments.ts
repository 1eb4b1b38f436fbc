/** The moments of a draft that somebody may want back, found in its journal: for the draft worker. */
import { LetterBook } from './authorship/letter-book.ts'
import type { SentEntry } from './authorship/letter-book.ts'
import type { Template } from './template.ts'

/** What made a moment: of two at the same text the first of this list stands. */
export const MOMENT_KINDS = ['handed-in', 'before-restore', 'restored', 'before-loss', 'pause', 'begun'] as const
export type MomentKind = (typeof MOMENT_KINDS)[number]

/** An entry of the journal as moments need it; `sent` is null for what is no update. */
export type JournalEntry = {
  readonly seq: number
  readonly at: number
  readonly kind: string
  /** Of a `restore-point`: to which entry the update behind it goes back. */
  readonly to: number | null
  readonly sent: SentEntry | null
}
export type Moment = {
  /** The text after this entry. */
  readonly seq: number
  /** When it came to read so; milliseconds since 1970. */
  readonly at: number
  readonly kind: MomentKind
  /** Letters that stood then. */
  readonly letters: number
  /** `handed-in`: 1 is the first time. `restored`: the time of the moment that was brought back. */
  readonly nth: number | null
  readonly of: number | null
}

/** Nobody wrote for this long: five minutes. */
const PAUSE_MS = 300_000
/** Letters that go before it counts as a loss: this many, and this share of what stood. */
const LOSS_LETTERS = 60
const LOSS_SHARE = 0.2
const MOST = 200

type Found = Omit<Moment, 'letters' | 'at'>

/**
 * The newest first: each handing in, what stood before and after each restore, what stood before much went (a fifth of the text and sixty
 * letters, however many entries it took), the end of each stretch of writing, and the beginning. `entries` are all of the journal.
 */
export function momentsOf(template: Template, entries: readonly JournalEntry[]): Moment[] {
  const updates = entries.filter(({ sent }) => sent !== null)
  const standing = lettersAfter(
    template,
    updates.flatMap(({ sent }) => (sent === null ? [] : [sent])),
  )
  const found = [...marked(entries, updates), ...losses(updates, standing), ...pauses(updates)]
  const best = new Map<number, Found>()
  for (const moment of found) {
    const known = best.get(moment.seq)
    const ranks = (kind: MomentKind): number => MOMENT_KINDS.indexOf(kind)
    if (known === undefined || ranks(moment.kind) < ranks(known.kind)) best.set(moment.seq, moment)
  }
  return [...best.values()]
    .sort((a, b) => b.seq - a.seq)
    .slice(0, MOST)
    .map((moment) => {
      const nth = updates.findIndex(({ seq }) => seq === moment.seq)
      return { ...moment, at: updates[nth]?.at ?? 0, letters: standing[nth] ?? 0 }
    })
}

/** How many letters stood after each update. */
function lettersAfter(template: Template, entries: readonly SentEntry[]): number[] {
  const book = new LetterBook(template, entries)
  const changes = new Int32Array(entries.length + 2)
  for (const number of book.order) {
    const [born, gone] = [book.born[number] ?? 0, book.gone[number] ?? 0]
    if ((book.units[number] ?? 0) === 0 || born === 0) continue
    changes[born] = (changes[born] ?? 0) + 1
    if (gone > 0) changes[gone] = (changes[gone] ?? 0) - 1
  }
  let sum = 0
  return entries.map((_entry, i) => (sum += changes[i + 1] ?? 0))
}

/** What the journal itself says: the beginning, closing, restoring. Each is the last update up to there. */
function marked(entries: readonly JournalEntry[], updates: readonly JournalEntry[]): Found[] {
  const found: Found[] = []
  let last = updates[0]?.seq ?? 0
  let handedIn = 0
  let restoring: number | null = null
  if (updates[0] !== undefined) found.push({ seq: last, kind: 'begun', nth: null, of: null })
  for (const { seq, kind, to, sent } of entries) {
    if (kind === 'close') found.push({ seq: last, kind: 'handed-in', nth: ++handedIn, of: null })
    if (kind === 'restore-point' && to !== null) {
      found.push({ seq: last, kind: 'before-restore', nth: null, of: null })
      restoring = to
    }
    if (sent === null) continue
    last = seq
    if (restoring === null) continue
    const back = updates.filter((update) => update.seq <= (restoring ?? 0)).at(-1)
    const of = back?.at ?? null
    found.push({ seq, kind: 'restored', nth: null, of })
    restoring = null
  }
  return found
}

/** Where the text was longest before much of it went. What goes on going is the same loss until as much has been written again. */
function losses(updates: readonly JournalEntry[], standing: readonly number[]): Found[] {
  const found: Found[] = []
  let peak = { letters: 0, seq: 0 }
  let trough: number | null = null
  updates.forEach(({ seq }, i) => {
    const letters = standing[i] ?? 0
    if (trough !== null) {
      trough = Math.min(trough, letters)
      if (letters < trough + LOSS_LETTERS) return
      trough = null
      peak = { letters, seq }
    } else if (letters >= peak.letters) peak = { letters, seq }
    else if (peak.letters - letters >= Math.max(LOSS_LETTERS, peak.letters * LOSS_SHARE)) {
      found.push({ seq: peak.seq, kind: 'before-loss', nth: null, of: null })
      trough = letters
    }
  })
  return found
}

/** The end of each stretch of writing but the last, which is what stands now. */
function pauses(updates: readonly JournalEntry[]): Found[] {
  return updates.flatMap(({ seq, at }, i): Found[] => {
    const next = updates[i + 1]
    return next !== undefined && next.at - at >= PAUSE_MS ? [{ seq, kind: 'pause', nth: null, of: null }] : []
  })
}
