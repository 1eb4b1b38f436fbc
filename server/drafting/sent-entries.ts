/** A draft's journal as authorship and moments read it: updates with their senders, and what a restore says of the update behind it. */
import type { SentEntry } from '../../shared/drafting/authorship/letter-book.ts'
import type { JournalEntry } from '../../shared/drafting/moments.ts'
import { restoreOf, type RestoreRecord } from '../../shared/drafting/restored.ts'
import type { Entry } from '../journal/journal.ts'

/** What a `restore-point` entry says; null for others. */
export function recordOf({ kind, bytes }: Pick<Entry, 'kind' | 'bytes'>): RestoreRecord | null {
  return kind === 'restore-point' ? restoreOf(new TextDecoder().decode(bytes)) : null
}

/** All entries, in order. A restore-point and its update are appended together, so they stand side by side. */
export function journalOf(entries: readonly Entry[]): JournalEntry[] {
  let record: RestoreRecord | null = null
  return entries.map((entry) => {
    const { seq, at, kind, by, bytes } = entry
    const before = record
    record = recordOf(entry)
    const sent = { seq, by, bytes, ...(before === null ? {} : { copies: before.copies }) }
    return { seq, at, kind, to: record?.to ?? null, sent: kind === 'update' ? sent : null }
  })
}

/** The updates alone. */
export function sentOf(entries: readonly Entry[]): SentEntry[] {
  return journalOf(entries).flatMap(({ sent }) => (sent === null ? [] : [sent]))
}
