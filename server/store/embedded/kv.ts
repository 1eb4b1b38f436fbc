/** The SQLite file of the embedded store: checksummed documents, index entries, catalog, and the journal's tables. */
import { DatabaseSync, backup, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite'
import { rename, rm } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { StoreError } from '../store-error.ts'

/** Says that a file is ours (PRAGMA application_id), and which tables it has (PRAGMA user_version). */
const APPLICATION_ID = 0x52616e67
const FORMAT = 1

/** Journal rows are read and written only by server/journal. `seq` without gaps within (draft, generation). */
const TABLES = `
  CREATE TABLE docs (k BLOB NOT NULL UNIQUE, v BLOB NOT NULL);
  CREATE TABLE idx (k BLOB PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE catalog (id INTEGER PRIMARY KEY AUTOINCREMENT, spec TEXT NOT NULL);
  CREATE TABLE entries (draft TEXT NOT NULL, generation INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, sender TEXT NOT NULL,
    at INTEGER NOT NULL, crc INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (draft, generation, seq)) WITHOUT ROWID;
  CREATE TABLE bases (draft TEXT NOT NULL, generation INTEGER NOT NULL, upto INTEGER NOT NULL, crc INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (draft, generation));
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};`

/** Bytes in the file are not what was written: never answered with, always loud. */
export class Damage extends Error {
  constructor(what: string) {
    super(`the store's file is damaged: ${what}`)
    this.name = 'Damage'
  }
}

export type Range = { readonly low: Buffer; readonly high: Buffer; readonly reverse: boolean }
export type Row = { readonly key: Buffer; readonly value: Buffer }

export type Kv = {
  /** For the journal's statements and for tests; hold the Kv, or the collector closes the file and frees its lock. */
  readonly db: DatabaseSyncInstance
  readonly getDoc: (key: Buffer) => Buffer | undefined
  readonly putDoc: (key: Buffer, value: Buffer) => void
  readonly deleteDoc: (key: Buffer) => void
  readonly scanDocs: (range: Range) => Iterable<Row>
  readonly countDocs: (range: Range) => number
  /** An entry's key ends with its document's key. */
  readonly putEntry: (prefix: Buffer, docKey: Buffer) => void
  readonly hasEntry: (prefix: Buffer, docKey: Buffer) => boolean
  readonly deleteEntry: (prefix: Buffer, docKey: Buffer) => void
  /** The document keys of entries. */
  readonly scanEntries: (range: Range) => Iterable<Buffer>
  readonly deleteRange: (table: 'docs' | 'idx', range: Range) => void
  readonly catalog: () => Array<{ readonly id: number; readonly spec: string }>
  readonly addSpec: (spec: string) => number
  readonly setSpec: (id: number, spec: string) => void
  readonly deleteSpec: (id: number) => void
  /** All or nothing, durable when it returns. */
  readonly transaction: (work: () => void) => void
  /** A copy of the whole file, made while writing goes on; the target appears only when it is complete. */
  readonly backup: (file: string) => Promise<void>
  readonly close: () => void
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** SQLite's primary result code, or undefined for other errors. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode
  return typeof code === 'number' ? code & 0xff : undefined
}

/** Opens or makes the file. Throws StoreError locked, unwritable, damaged or newer. */
export function openKv(file: string): Kv {
  let db: DatabaseSyncInstance | undefined
  try {
    db = new DatabaseSync(file, { timeout: 0 })
    // Exclusive first: set after WAL mode it would leave the shared-memory file, and the lock, to others.
    db.exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;
      PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY; BEGIN EXCLUSIVE`)
    prepareTables(db, file)
    db.exec('COMMIT')
    return kvOver(db)
  } catch (error) {
    db?.close()
    throw openingError(file, error)
  }
}

function prepareTables(db: DatabaseSyncInstance, file: string): void {
  const id = pragma(db, 'application_id')
  const format = pragma(db, 'user_version')
  if (id === 0 && format === 0 && db.prepare('SELECT count(*) AS n FROM sqlite_schema').get().n === 0) db.exec(TABLES)
  else if (id !== APPLICATION_ID) throw new StoreError('damaged', `${file} is not a Rangruam data file, or is damaged`)
  else if (format > FORMAT) throw new StoreError('newer', `${file} was written by a newer version of Rangruam`)
}

function pragma(db: DatabaseSyncInstance, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0])
}

function openingError(file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const code = sqliteCode(error)
  const words = error instanceof Error ? error.message : String(error)
  if (code === 5 || code === 6) return new StoreError('locked', `another process is using ${file}`)
  if (code === 11 || code === 26) return new StoreError('damaged', `${file} is damaged: ${words}`)
  if (code === 8 || code === 14 || code === 23)
    return new StoreError('unwritable', `${file} cannot be written: ${words}`)
  return new StoreError('failed', `${file} could not be opened: ${words}`)
}

function kvOver(db: DatabaseSyncInstance): Kv {
  const getDoc = db.prepare('SELECT v FROM docs WHERE k = ?')
  const putDoc = db.prepare('INSERT INTO docs (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v')
  const deleteDoc = db.prepare('DELETE FROM docs WHERE k = ?')
  const putEntry = db.prepare('INSERT OR REPLACE INTO idx (k, v) VALUES (?, ?)')
  const deleteEntry = db.prepare('DELETE FROM idx WHERE k = ?')
  const hasEntry = db.prepare('SELECT 1 FROM idx WHERE k = ?')
  const countDocs = db.prepare('SELECT count(*) AS n FROM docs WHERE k >= ? AND k < ?')
  const catalog = db.prepare('SELECT id, spec FROM catalog ORDER BY id')
  const addSpec = db.prepare('INSERT INTO catalog (spec) VALUES (?)')
  const setSpec = db.prepare('UPDATE catalog SET spec = ? WHERE id = ?')
  const deleteSpec = db.prepare('DELETE FROM catalog WHERE id = ?')
  // Scans nest, and one statement cannot be read twice at once: each takes one from its pool and gives it back.
  const pools = new Map<string, StatementSyncInstance[]>()
  function* scan(table: 'docs' | 'idx', { low, high, reverse }: Range): Iterable<{ k: Uint8Array; v: Uint8Array }> {
    const sql = `SELECT k, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k ${reverse ? 'DESC' : 'ASC'}`
    const pool = pools.get(sql) ?? []
    pools.set(sql, pool)
    const statement = pool.pop() ?? db.prepare(sql)
    try {
      yield* statement.iterate(low, high) as Iterable<{ k: Uint8Array; v: Uint8Array }>
    } finally {
      pool.push(statement)
    }
  }
  return {
    db,
    getDoc: (key) => {
      const row = getDoc.get(key) as { v: Uint8Array } | undefined
      return row === undefined ? undefined : unsealed(key, asBuffer(row.v))
    },
    putDoc: (key, value) => void putDoc.run(key, Buffer.concat([sum(key, value), value])),
    deleteDoc: (key) => void deleteDoc.run(key),
    *scanDocs(range) {
      for (const { k, v } of scan('docs', range)) yield { key: asBuffer(k), value: unsealed(asBuffer(k), asBuffer(v)) }
    },
    countDocs: (range) => Number((countDocs.get(range.low, range.high) as { n: number }).n),
    putEntry: (prefix, docKey) => {
      const key = Buffer.concat([prefix, docKey])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(docKey.length)
      putEntry.run(key, Buffer.concat([sum(key, length), length]))
    },
    hasEntry: (prefix, docKey) => hasEntry.get(Buffer.concat([prefix, docKey])) !== undefined,
    deleteEntry: (prefix, docKey) => void deleteEntry.run(Buffer.concat([prefix, docKey])),
    *scanEntries(range) {
      for (const { k, v } of scan('idx', range)) {
        const key = asBuffer(k)
        yield Buffer.from(key.subarray(key.length - unsealed(key, asBuffer(v)).readUInt16BE()))
      }
    },
    deleteRange: (table, range) =>
      void db.prepare(`DELETE FROM ${table} WHERE k >= ? AND k < ?`).run(range.low, range.high),
    catalog: () => catalog.all() as Array<{ id: number; spec: string }>,
    addSpec: (spec) => Number(addSpec.run(spec).lastInsertRowid),
    setSpec: (id, spec) => void setSpec.run(spec, id),
    deleteSpec: (id) => void deleteSpec.run(id),
    transaction: (work) => {
      db.exec('BEGIN IMMEDIATE')
      try {
        work()
        db.exec('COMMIT')
      } catch (error) {
        // Some engine errors (disk full) have rolled back already.
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
    backup: async (file) => {
      const partial = `${file}.partial`
      await rm(partial, { force: true })
      await backup(db, partial, { rate: 2000 })
      await rename(partial, file)
    },
    close: () => closeWhole(db),
  }
}

/**
 * Leaves one whole file without a log, and its lock free at once: prepared statements cannot be ended by hand, and SQLite keeps a
 * closed file locked until the collector has taken the last of them.
 */
function closeWhole(db: DatabaseSyncInstance): void {
  try {
    db.exec('PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT 1 FROM sqlite_schema')
  } finally {
    db.close()
  }
}

/** CRC-32 over key and value: SQLite serves flipped bytes of a page without noticing, `quick_check` too. */
function sum(key: Buffer, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(value, crc32(key)))
  return bytes
}

function unsealed(key: Buffer, sealed: Buffer): Buffer {
  const value = sealed.subarray(4)
  if (sealed.length < 6 || !sum(key, value).equals(sealed.subarray(0, 4)))
    throw new Damage(`record ${key.toString('hex').slice(0, 80)}`)
  return value
}
