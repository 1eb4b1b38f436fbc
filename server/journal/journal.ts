/** The journal of drafts: numbered entries and one base per draft; one interface, two stores (embedded, MongoDB), one contract suite. */
import type { DraftId, PersonId } from '../../shared/ids.ts'

export const ENTRY_KINDS = ['update', 'close', 'reopen', 'lock', 'unlock', 'restore-point'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/**
 * One durable entry. `seq` counts from 1 without gaps within (draft, generation). `by` is the sender of the frame: the only
 * source of who deleted. `at` is milliseconds since 1970. `bytes`: a Yjs V1 update for `update`; for `lock`/`unlock` the UTF-8
 * section id; for `restore-point` what shared/drafting/restored.ts says of the update that was appended with it; else empty.
 */
export type Entry = {
  readonly draft: DraftId
  readonly generation: number
  readonly seq: number
  readonly kind: EntryKind
  readonly by: PersonId | 'server'
  readonly at: number
  readonly bytes: Uint8Array
}
export type NewEntry = Omit<Entry, 'seq'>

/** A compacted copy of entries 1…upTo as one Yjs V1 update. */
export type Base = {
  readonly draft: DraftId
  readonly generation: number
  readonly upTo: number
  readonly bytes: Uint8Array
}

/** `appended`: every entry is durable, the last has this seq. `behind`: others came first; read them, judge again, retry. */
export type AppendOutcome =
  { readonly kind: 'appended'; readonly last: number } | { readonly kind: 'behind'; readonly last: number }

export interface Journal {
  /**
   * Appends entries after `after` (the last seq that the caller has seen), all or none, durably (fsync; MongoDB: majority, j).
   * Rejects only on a failing store, and then nothing may be acknowledged.
   */
  append(after: number, entries: readonly NewEntry[]): Promise<AppendOutcome>
  /** Entries with seq > after, in order. */
  read(draft: DraftId, generation: number, after: number): Promise<Entry[]>
  /** The last seq, 0 when there is none. */
  last(draft: DraftId, generation: number): Promise<number>
  /** The base, or null. */
  base(draft: DraftId, generation: number): Promise<Base | null>
  /** Replaces the base only where the stored `upTo` is smaller; says whether it did. */
  putBase(base: Base): Promise<boolean>
}

/** A draft stops growing here, base and what came since: a MongoDB document holds 16 MB. */
export const LARGEST_DRAFT = 8 * 1024 * 1024
/** Most bytes that one `append` may carry, for the same reason. Rooms send far less in a turn. */
export const BATCH_LIMIT = 12 * 1024 * 1024

/** The draft and generation that all entries of an append share. Throws RangeError for none, a mixture, or more than BATCH_LIMIT. */
export function checkBatch(entries: readonly NewEntry[]): { readonly draft: DraftId; readonly generation: number } {
  const [first] = entries
  if (first === undefined) throw new RangeError('an append needs at least one entry')
  const { draft, generation } = first
  if (entries.some((entry) => entry.draft !== draft || entry.generation !== generation)) {
    throw new RangeError('the entries of one append belong to one draft and generation')
  }
  const size = entries.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (size > BATCH_LIMIT) throw new RangeError(`an append of ${size} bytes is larger than ${BATCH_LIMIT}`)
  return { draft, generation }
}

/** Whether stored entries say exactly what is to be appended: then it is one's own write, tried again. */
export function sameEntries(stored: readonly Entry[], given: readonly NewEntry[]): boolean {
  return (
    stored.length === given.length &&
    stored.every((entry, at) => {
      const other = given[at]!
      return (
        entry.kind === other.kind &&
        entry.by === other.by &&
        entry.at === other.at &&
        sameBytes(entry.bytes, other.bytes)
      )
    })
  )
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at])
}
