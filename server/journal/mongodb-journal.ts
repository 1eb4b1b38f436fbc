/** The journal in MongoDB, for a department: one document an append, unique on (draft, generation, seq), majority and journalled. */
import type { mongo } from 'mongoose'
import {
  checkBatch,
  sameEntries,
  type AppendOutcome,
  type Entry,
  type EntryKind,
  type Journal,
  type NewEntry,
} from './journal.ts'

const DURABLE = { w: 'majority', journal: true } as const
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
    const found = await batches
      .find({ draft, generation, last: { $gt: after } })
      .sort({ last: 1 })
      .toArray()
    return found.flatMap(entriesOf).filter(({ seq }) => seq > after)
  }

  async function last(draft: Entry['draft'], generation: number): Promise<number> {
    const [newest] = await batches
      .find({ draft, generation })
      .sort({ seq: -1 })
      .limit(1)
      .project<Pick<Batch, 'last'>>({ last: 1 })
      .toArray()
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
      if (sameEntries(stored.slice(0, entries.length), entries)) return { kind: 'appended', last: upTo }
      return { kind: 'behind', last: stored.at(-1)?.seq ?? after }
    },
    base: async (draft, generation) => {
      const found = await bases.findOne({ draft, generation })
      return found === null ? null : { draft, generation, upTo: found.upTo, bytes: plainBytes(found.bytes) }
    },
    putBase: async ({ draft, generation, upTo, bytes }) => {
      try {
        const outcome = await bases.updateOne(
          { draft, generation, upTo: { $lt: upTo } },
          { $set: { upTo, bytes: Buffer.from(bytes) } },
          { upsert: true, writeConcern: DURABLE },
        )
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
      await batches.insertMany(
        sent.map(({ batch }) => batch),
        { ordered: false, writeConcern: DURABLE },
      )
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
      if (queue.length === 0) setImmediate(() => void flush())
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
