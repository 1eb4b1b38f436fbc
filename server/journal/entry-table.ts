/** The journal's tables within the embedded store's file, on the worker's side: appending joins the turn's one commit. */
import { crc32 } from 'node:zlib'
import { Damage, type Kv } from '../store/embedded/kv.ts'
import { Refusal } from '../store/embedded/refusal.ts'
import type { Writer } from '../store/embedded/writer.ts'
import {
  checkBatch,
  sameEntries,
  type AppendOutcome,
  type Base,
  type Entry,
  type Journal,
  type NewEntry,
} from './journal.ts'

/** The journal as the worker answers it. */
export type EntryTable = Journal & {
  /** All entries of a draft at once, for checking a file. Throws Damage at the first that is not as it was written. */
  readonly readNow: (draft: Entry['draft'], generation: number) => Entry[]
}

type EntryRow = { seq: number; kind: Entry['kind']; sender: Entry['by']; at: number; crc: number; bytes: Uint8Array }

export function createEntryTable(kv: Kv, writer: Writer): EntryTable {
  const { db } = kv
  const insert = db.prepare(
    'INSERT INTO entries (draft, generation, seq, kind, sender, at, crc, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const range = db.prepare(
    'SELECT seq, kind, sender, at, crc, bytes FROM entries WHERE draft = ? AND generation = ? AND seq > ? AND seq <= ? ORDER BY seq',
  )
  const lastSeq = db.prepare('SELECT max(seq) AS last FROM entries WHERE draft = ? AND generation = ?')
  const baseUpTo = db.prepare('SELECT upto AS last FROM bases WHERE draft = ? AND generation = ?')
  const getBase = db.prepare('SELECT upto, crc, bytes FROM bases WHERE draft = ? AND generation = ?')
  const putBase = db.prepare(
    `INSERT INTO bases (draft, generation, upto, crc, bytes) VALUES (?, ?, ?, ?, ?) ON CONFLICT (draft, generation)
     DO UPDATE SET upto = excluded.upto, crc = excluded.crc, bytes = excluded.bytes WHERE excluded.upto > upto`,
  )

  /** Where drafts end, as the last job left them: the file is ours alone, and asking it cost a third of an insert. */
  const ends = new Map<string, number>()

  function last(draft: string, generation: number): number {
    return (lastSeq.get(draft, generation) as { last: number | null }).last ?? 0
  }

  function readUpTo(draft: Entry['draft'], generation: number, after: number, upTo: number): Entry[] {
    return (range.all(draft, generation, after, upTo) as EntryRow[]).map(
      ({ seq, kind, sender, at, crc, bytes }, index) => {
        const entry: Entry = { draft, generation, seq, kind, by: sender, at, bytes }
        if (!isSum(crc, entry) || seq !== after + 1 + index) throw new Damage(`entry ${seq} of draft ${draft}`)
        return entry
      },
    )
  }

  /** All after `after`. A damaged page may hide the last ones from a range, but not also from the index's end and from the base. */
  function read(draft: Entry['draft'], generation: number, after: number): Entry[] {
    const entries = readUpTo(draft, generation, after, Number.MAX_SAFE_INTEGER)
    const base = baseUpTo.get(draft, generation) as { last: number } | undefined
    const end = Math.max(last(draft, generation), base?.last ?? 0)
    const found = entries.at(-1)?.seq ?? after
    if (found < end) throw new Damage(`draft ${draft} has no entry behind ${found}, and had ${end}`)
    return entries
  }

  function appendNow(after: number, entries: readonly NewEntry[]): AppendOutcome {
    const { draft, generation } = entries[0]!
    const key = keyOf(entries)
    const present = ends.get(key) ?? last(draft, generation)
    if (present < after) throw new Refusal(2, `draft ${draft} ends at entry ${present}, but ${after} was seen`)
    const upTo = after + entries.length
    if (present > after) {
      // It may be this very batch, sent again.
      const own = present >= upTo && sameEntries(readUpTo(draft, generation, after, upTo), entries)
      return own ? { kind: 'appended', last: upTo } : { kind: 'behind', last: present }
    }
    for (const [index, given] of entries.entries()) {
      const entry = { ...given, seq: after + 1 + index }
      insert.run(draft, generation, entry.seq, entry.kind, entry.by, entry.at, entrySum(entry), entry.bytes)
    }
    ends.set(key, upTo)
    return { kind: 'appended', last: upTo }
  }

  return {
    append: async (after, entries) => {
      checkBatch(entries)
      try {
        return await writer.write(() => appendNow(after, entries))
      } catch (error) {
        // The commit may have been rolled back.
        ends.delete(keyOf(entries))
        throw error
      }
    },
    readNow: (draft, generation) => read(draft, generation, 0),
    read: async (draft, generation, after) => read(draft, generation, after),
    last: async (draft, generation) => last(draft, generation),
    base: async (draft, generation): Promise<Base | null> => {
      const row = getBase.get(draft, generation) as { upto: number; crc: number; bytes: Uint8Array } | undefined
      if (row === undefined) return null
      const base = { draft, generation, upTo: row.upto, bytes: row.bytes }
      if (row.crc !== baseSum(base)) throw new Damage(`the base of draft ${draft}`)
      return base
    },
    putBase: (base) =>
      writer.write(
        () => Number(putBase.run(base.draft, base.generation, base.upTo, baseSum(base), base.bytes).changes) > 0,
      ),
  }
}

const keyOf = ([first]: readonly NewEntry[]): string => `${first?.generation} ${first?.draft}`

/** An empty view is left out: Node's crc32 gives the sum so far for some and 0 for others, by what lies below them. */
function entrySum({ draft, generation, seq, kind, by, at, bytes }: Entry): number {
  const sum = crc32(JSON.stringify([draft, generation, seq, kind, by, at]))
  return bytes.length === 0 ? sum : crc32(bytes, sum)
}

/** Entries without bytes were written with 0 once. */
const isSum = (crc: number, entry: Entry): boolean => crc === entrySum(entry) || (crc === 0 && entry.bytes.length === 0)

function baseSum({ draft, generation, upTo, bytes }: Base): number {
  return crc32(bytes, crc32(JSON.stringify([draft, generation, upTo])))
}
