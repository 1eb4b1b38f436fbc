/** The journal in MongoDB, for a department: one document an append, unique on (draft, generation, seq), majority and journalled. */
import type { mongo } from 'mongoose'
import { inTime } from '../store/in-time.ts'
import {
  checkBatch,
  sameEntries,
  type AppendOutcome,
  type Entry,
  type EntryKind,
  type Journal,
  type NewEntry,
} from './journal.ts'

const DURABLE = { w: 'majority', journal: true, wtimeoutMS: 3_000 } as const
/** Where the database does not confirm in this time, an append rejects, and the room tries again. */
const APPEND_MS = 4_000
/** A whole draft on a slow network. */
const READ_MS = 15_000
/**
 * What a primary has that most do not have yet can be taken back when it fails. So nothing of a draft is read, nor one's own write
 * recognised after a lost answer, before it can no longer be: else "saved" would be said of an entry that vanishes.
 */
const SAFE = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const
const DUPLICATE = 11000

/**
 * All entries of one append stand in one document, so they come all or none without a transaction. `seq` is that of the first;
 * `last` of the last. The next append begins at last + 1, so two writers who saw the same end collide on `seq`.
 */
type Batch = {
  draft: Entry['draft']
  generation: number
  seq: number
  last: number
  entries: Array<{ kind: EntryKind; by: Entry['by']; at: number; bytes: mongo.Binary | Uint8Array }>
}
type StoredBase = { draft: Entry['draft']; generation: number; upTo: number; bytes: mongo.Binary | Uint8Array }

type Waiting = {
  readonly batch: Batch
  readonly resolve: (won: boolean) => void
  readonly reject: (error: unknown) => void
}

/** Makes the two collections' indexes, then answers. Rejects when the database does. */
export async function createMongodbJournal(db: mongo.Db): Promise<Journal> {
  const batches = db.collection<Batch>('journal_entries')
  const bases = db.collection<StoredBase>('journal_bases')
  await batches.createIndex({ draft: 1, generation: 1, seq: 1 }, { unique: true })
  // Nodes read on from what they have many times a second: without it each reading would look through the whole draft.
  await batches.createIndex({ draft: 1, generation: 1, last: 1 })
  await bases.createIndex({ draft: 1, generation: 1 }, { unique: true })
  const insert = groupedInsert(batches)
  /** Ends of drafts as this process left them: saves asking while nobody else writes; a wrong one only collides. */
  const ends = new Map<string, number>()

  async function read(draft: Entry['draft'], generation: number, after: number): Promise<Entry[]> {
    const found = await inTime(
      batches
        .find({ draft, generation, last: { $gt: after } }, SAFE)
        .sort({ last: 1 })
        .toArray(),
      READ_MS,
    )
    return found.flatMap(entriesOf).filter(({ seq }) => seq > after)
  }

  async function last(draft: Entry['draft'], generation: number): Promise<number> {
    const asked = batches
      .find({ draft, generation }, SAFE)
      .sort({ seq: -1 })
      .limit(1)
      .project<Pick<Batch, 'last'>>({ last: 1 })
      .toArray()
    const [newest] = await inTime(asked, APPEND_MS)
    return newest?.last ?? 0
  }

  return {
    read,
    last,
    append: async (after, entries): Promise<AppendOutcome> => {
      const { draft, generation } = checkBatch(entries)
      const key = `${generation} ${draft}`
      const present = ends.get(key) === after ? after : await last(draft, generation)
      if (present < after) throw new Error(`draft ${draft} ends at entry ${present}, but ${after} was seen`)
      const upTo = after + entries.length
      if (present === after && (await insert(batchOf(after, entries)))) {
        ends.set(key, upTo)
        return { kind: 'appended', last: upTo }
      }
      // Others came first, or it is this very batch, sent again after a lost answer.
      const stored = await read(draft, generation, after)
      if (stored.length === 0)
        throw new Error(`entry ${after + 1} of draft ${draft} is there and most machines do not have it yet`)
      if (sameEntries(stored.slice(0, entries.length), entries)) return { kind: 'appended', last: upTo }
      return { kind: 'behind', last: stored.at(-1)?.seq ?? after }
    },
    base: async (draft, generation) => {
      const found = await inTime(bases.findOne({ draft, generation }, SAFE), READ_MS)
      return found === null ? null : { draft, generation, upTo: found.upTo, bytes: plainBytes(found.bytes) }
    },
    putBase: async ({ draft, generation, upTo, bytes }) => {
      try {
        const updated = bases.updateOne(
          { draft, generation, upTo: { $lt: upTo } },
          { $set: { upTo, bytes: Buffer.from(bytes) } },
          { upsert: true, writeConcern: DURABLE },
        )
        const outcome = await inTime(updated, READ_MS)
        return outcome.modifiedCount + outcome.upsertedCount > 0
      } catch (error) {
        // The base that is there reaches as far or further, so the upsert met its key.
        if ((error as { code?: unknown }).code === DUPLICATE) return false
        throw error
      }
    },
  }
}

/** Appends of different drafts that come in one turn go out as one unordered insertMany; each hears of its own fate. */
function groupedInsert(batches: mongo.Collection<Batch>): (batch: Batch) => Promise<boolean> {
  let queue: Waiting[] = []
  async function flush(): Promise<void> {
    const sent = queue
    queue = []
    try {
      const inserted = batches.insertMany(
        sent.map(({ batch }) => batch),
        { ordered: false, writeConcern: DURABLE },
      )
      await inTime(inserted, APPEND_MS)
      for (const { resolve } of sent) resolve(true)
    } catch (error) {
      const failures = refusedOf(error)
      for (const [at, { resolve, reject }] of sent.entries()) {
        const code = failures?.get(at)
        if (failures === undefined || (code !== undefined && code !== DUPLICATE)) reject(error)
        else resolve(code === undefined)
      }
    }
  }
  return (batch) =>
    new Promise((resolve, reject) => {
      // A timer, not `setImmediate`: in that phase a connection that just ended looks whole, and what is written to it has no answer (in-time.ts).
      if (queue.length === 0) setTimeout(() => void flush(), 0)
      queue.push({ batch, resolve, reject })
    })
}

/** Codes by place, when the error is only that some documents were refused; undefined when nothing is certain. */
function refusedOf(error: unknown): Map<number, number> | undefined {
  const { writeErrors, result } = error as {
    writeErrors?: ReadonlyArray<{ index: number; code: number }> | { index: number; code: number }
    result?: { getWriteConcernError?: () => unknown }
  }
  if (writeErrors === undefined || result?.getWriteConcernError?.() !== undefined) return undefined
  const list = 'index' in writeErrors ? [writeErrors] : writeErrors
  return list.length === 0 ? undefined : new Map(list.map(({ index, code }) => [index, code]))
}

function batchOf(after: number, entries: readonly NewEntry[]): Batch {
  const { draft, generation } = checkBatch(entries)
  const stored = entries.map(({ kind, by, at, bytes }) => ({ kind, by, at, bytes: Buffer.from(bytes) }))
  return { draft, generation, seq: after + 1, last: after + entries.length, entries: stored }
}

function entriesOf({ draft, generation, seq, entries }: Batch): Entry[] {
  return entries.map(({ kind, by, at, bytes }, index) => ({
    draft,
    generation,
    seq: seq + index,
    kind,
    by,
    at,
    bytes: plainBytes(bytes),
  }))
}

function plainBytes(bytes: mongo.Binary | Uint8Array): Uint8Array {
  return new Uint8Array(bytes instanceof Uint8Array ? bytes : bytes.value())
}
