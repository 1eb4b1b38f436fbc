/** Restoring: one update that turns a draft back into what it was at an entry, as a forward edit that keeps ids and authors. */
import * as Y from 'yjs'
import type { SectionId, Template } from './template.ts'
import { followCopies } from './authorship/copies.ts'
import { LetterBook } from './authorship/letter-book.ts'
import type { SentEntry } from './authorship/letter-book.ts'
import { placesOfCopies } from './authorship/places-of-copies.ts'
import { standingLetters } from './authorship/standing.ts'
import { withoutLetters } from './canonical.ts'
import type { Clause, DraftContent } from './canonical.ts'
import { isMadeUp, newClauseId } from './clause-ids.ts'
import { newDraftDoc } from './document.ts'
import { patchDraft } from './patch.ts'
import type { LettersOf } from './patch.ts'
import { readDraft } from './read.ts'
import type { RestoredCopy, RestoreRecord } from './restored.ts'
import type { ClauseId } from '../ids.ts'

export type RestoreWish = {
  /** Back to what stood after this entry. */
  readonly to: number
  /** The last entry that whoever asks has before them. The update is made for the text of that moment, so what came since stays. */
  readonly seen: number
  /** Sections that are left as they are. */
  readonly locked: readonly SectionId[]
}
export type Restored = {
  readonly update: Uint8Array
  readonly record: RestoreRecord
}
/** `same`: the text reads so already. `changed`: with what came since `seen`, letters would stand twice, elsewhere or nowhere. */
export type RestoreOutcome = Restored | 'same' | 'changed'

/** The text after entry `seq`, as a document of its own. */
export function docAt(entries: readonly SentEntry[], seq: number): Y.Doc {
  const doc = newDraftDoc()
  doc.transact(() => {
    for (const entry of entries) if (entry.seq <= seq) Y.applyUpdate(doc, entry.bytes)
  })
  return doc
}

/**
 * The update for the text at `seen`. `entries` are all updates of the journal: a base has forgotten what was deleted.
 * Letters that are written anew stand under a client id minted for whoever first typed them, everything else under an id of its own;
 * the record says of each which older letter it is a copy of, so authorship follows it as it follows moves and undo. `mint` gives client
 * ids that nobody has, above those of all who wrote.
 */
export function restoreDraft(
  template: Template,
  entries: readonly SentEntry[],
  wish: RestoreWish,
  mint: () => number = idsAbove(entries),
): RestoreOutcome {
  const book = new LetterBook(template, entries)
  followCopies(book)
  const then = docAt(entries, wish.to)
  const doc = docAt(entries, wish.seen)
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  const old = standingLetters(book, entries.filter(({ seq }) => seq <= wish.to).length)
  const names = new Map<ClauseId, ClauseId>()
  const touched = touchedSince(book, entries, wish.seen)
  const target = targetOf(readDraft(then, template), doc, template, wish.locked, touched, names)
  const minted = new Map<string, number>()
  const copies: RestoredCopy[] = []
  const own = mint()
  doc.clientID = own
  const lettersOf: LettersOf = (clause, part) => {
    const sources = old.get(names.get(clause) ?? clause)?.get(part) ?? []
    return (text, at, letters, formats, from) => {
      let end = at
      for (const run of runsByAuthor(book, letters, sources.slice(from, from + letters.length))) {
        const client = minted.get(run.person) ?? mint()
        minted.set(run.person, client)
        doc.clientID = client
        const since = Y.getState(doc.store, client)
        text.insert(end, run.letters, formats)
        copies.push(...copiesOf(book, client, clockOfLetters(doc, client, since), run.sources))
        end += run.letters.length
      }
      doc.clientID = own
    }
  }
  const edits = patchDraft(doc, target, template, 'restore', { letters: lettersOf, stay: touched })
  then.destroy()
  doc.destroy()
  if (edits === 0 || made.length === 0) return 'same'
  const authors = [...minted].map(([person, client]) => ({ client, person }))
  const update = Y.mergeUpdates(made)
  const before = entries.filter(({ seq }) => seq <= wish.seen)
  if (copies.length > 0 && before.length < entries.length) {
    const back = { seq: Infinity, by: 'server', bytes: update, copies }
    const [meant, found] = [before, entries].map((all) => placesOfCopies(template, [...all, back], copies))
    if (meant !== found) return 'changed'
  }
  return { update, record: { to: wish.to, seen: wish.seen, authors, copies } }
}

/** Client ids are 32 bits wide. */
const HIGHEST_ID = 2 ** 32 - 1

/**
 * Ids above those of all who wrote. Of two who write at one place unseen, yjs puts the lower id first: so letters that somebody has typed
 * since at the end of a clause stay with it, before a clause that is brought back behind it. Where there is no room above, any id.
 */
export function idsAbove(entries: readonly SentEntry[]): () => number {
  const doc = docAt(entries, Infinity)
  const highest = Math.max(0, ...doc.store.clients.keys())
  doc.destroy()
  let next = highest + 1 + Math.floor(Math.random() * ((HIGHEST_ID - highest) / 2))
  return () => (next <= HIGHEST_ID ? next++ : newClientId())
}

const newClientId = (): number => new Y.Doc().clientID

type AuthorRun = { person: string; letters: string; sources: number[] }

/** Neighbouring letters with one first author; letters without a source, which do not occur, are nobody's. Never inside an emoji. */
function runsByAuthor(book: LetterBook, letters: string, sources: readonly number[]): AuthorRun[] {
  const runs: AuthorRun[] = []
  for (let i = 0; i < letters.length; i++) {
    const unit = letters.charAt(i)
    const source = book.units[sources[i] ?? -1] === unit.charCodeAt(0) ? (sources[i] ?? -1) : -1
    const person = source < 0 ? 'server' : (book.entries[(book.born[book.rootOf(source)] ?? 0) - 1]?.by ?? 'server')
    const last = runs.at(-1)
    const within = last !== undefined && (last.person === person || /[\uDC00-\uDFFF]/.test(unit))
    if (within) {
      last.letters += unit
      last.sources.push(source)
    } else runs.push({ person, letters: unit, sources: [source] })
  }
  return runs
}

/** The clock of the first letter that a client inserted from a clock on: marks that open before it have clocks too. */
function clockOfLetters(doc: Y.Doc, client: number, since: number): number {
  const structs = doc.store.clients.get(client) ?? []
  const item = structs.slice(Y.findIndexSS(structs, since)).find((struct) => {
    return (
      struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.id.clock + struct.length > since
    )
  })
  return Math.max(since, item?.id.clock ?? since)
}

/** The sources of consecutive letters as ranges. */
function copiesOf(book: LetterBook, client: number, clock: number, sources: readonly number[]): RestoredCopy[] {
  const copies: RestoredCopy[] = []
  sources.forEach((number, i) => {
    if (number < 0) return
    const source = book.idOf(number)
    const last = copies.at(-1)
    const follows =
      last !== undefined &&
      last.clock + last.length === clock + i &&
      last.sourceClient === source.client &&
      last.sourceClock + last.length === source.clock
    if (follows) copies[copies.length - 1] = { ...last, length: last.length + 1 }
    else copies.push({ client, clock: clock + i, length: 1, sourceClient: source.client, sourceClock: source.clock })
  })
  return copies
}

/** Clauses in which letters stand that came behind an entry. */
function touchedSince(book: LetterBook, entries: readonly SentEntry[], seen: number): ReadonlySet<ClauseId> {
  const before = entries.filter(({ seq }) => seq <= seen).length
  const touched = new Set<ClauseId>()
  if (before === entries.length) return touched
  for (const [clause, parts] of standingLetters(book, entries.length))
    for (const letters of parts.values())
      if (letters.some((number) => (book.born[number] ?? 0) > before)) touched.add(clause)
  return touched
}

/**
 * What the text shall read as: the old text with an id of its own for every clause (`names`: fresh → what it read as), without locked
 * sections and what stands in these now. A clause that goes and that somebody has written in since stays at its place, emptied: what
 * was written in it since is all that it holds then.
 */
function targetOf(
  old: DraftContent,
  doc: Y.Doc,
  template: Template,
  locked: readonly SectionId[],
  touched: ReadonlySet<ClauseId>,
  names: Map<ClauseId, ClauseId>,
): DraftContent {
  const now = readDraft(doc, template)
  const isLocked = ({ id }: { readonly id: SectionId }): boolean => locked.includes(id)
  const lockedIds = new Set(now.sections.filter(isLocked).flatMap(({ clauses }) => clauses.map(({ id }) => id)))
  const wanted = new Set(old.sections.flatMap(({ clauses }) => clauses.map(({ id }) => id)))
  const sections = old.sections
    .filter((section) => !isLocked(section))
    .map((section) => {
      const clauses = section.clauses
        .filter(({ id }) => !lockedIds.has(id))
        .map((clause): Clause => {
          if (!isMadeUp(clause.id)) return clause
          const id = newClauseId()
          names.set(id, clause.id)
          return { ...clause, id }
        })
      const live = now.sections.find(({ id }) => id === section.id)?.clauses ?? []
      live.forEach((clause, at) => {
        if (wanted.has(clause.id) || !touched.has(clause.id) || isMadeUp(clause.id)) return
        const above = live.slice(0, at).map(({ id }) => id)
        const place = clauses.reduce((last, { id }, i) => (above.includes(id) ? i : last), -1)
        clauses.splice(place + 1, 0, withoutLetters(clause))
      })
      return { ...section, clauses }
    })
  return { ...old, sections }
}
