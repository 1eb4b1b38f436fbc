/** A journal in memory for tests of rooms and services: the contract of server/journal, with a place to make it fail or wait. */
import {
  checkBatch,
  sameEntries,
  type Base,
  type Entry,
  type Journal,
  type NewEntry,
} from '../../server/journal/journal.ts'
import type { DraftId } from '../../shared/ids.ts'

export type MemoryJournal = Journal & {
  /** Entries of all drafts, in the order they came. */
  readonly all: Entry[]
  /** Awaited before each append takes hold; a rejection is the store's failure. */
  before: (after: number, entries: readonly NewEntry[]) => Promise<void>
}

export function createMemoryJournal(): MemoryJournal {
  const all: Entry[] = []
  const bases: Base[] = []
  const of = (draft: DraftId, generation: number): Entry[] =>
    all.filter((entry) => entry.draft === draft && entry.generation === generation)
  const journal: MemoryJournal = {
    all,
    before: async () => undefined,
    async append(after, entries) {
      const { draft, generation } = checkBatch(entries)
      await journal.before(after, entries)
      const stored = of(draft, generation)
      if (stored.length < after) throw new Error('a seq that nobody wrote')
      if (stored.length > after) {
        const own = sameEntries(stored.slice(after, after + entries.length), entries)
        return own ? { kind: 'appended', last: after + entries.length } : { kind: 'behind', last: stored.length }
      }
      entries.forEach((entry, at) => all.push({ ...entry, seq: after + 1 + at }))
      return { kind: 'appended', last: after + entries.length }
    },
    read: async (draft, generation, after) => of(draft, generation).slice(after),
    last: async (draft, generation) => of(draft, generation).length,
    base: async (draft, generation) =>
      bases.find((base) => base.draft === draft && base.generation === generation) ?? null,
    async putBase(base) {
      const at = bases.findIndex(({ draft, generation }) => draft === base.draft && generation === base.generation)
      if (at >= 0 && (bases[at]?.upTo ?? 0) >= base.upTo) return false
      if (at >= 0) bases[at] = base
      else bases.push(base)
      return true
    },
  }
  return journal
}
