/** Reading commands of the embedded store: find, getMore, killCursors, count, distinct, and countDocuments' aggregate. */
import { Long } from 'bson'
import { allowOnly, countAt, directions, docAt, flagAt, textAt, type Command } from './arguments.ts'
import type { Documents } from './documents.ts'
import { indexValues, component } from './keys.ts'
import { compileProjection } from './project.ts'
import { Refusal } from './refusal.ts'
import { asNumber, decode, encode, EMPTY_ARRAY, isDoc, leaves, type Doc } from './values.ts'

const BATCH_BYTES = 16 * 1024 * 1024
const CURSOR_LIFE_MS = 10 * 60_000

type Cursor = { readonly ns: string; readonly rows: Buffer[]; usedAt: number }

export function readingCommands(documents: Documents): Readonly<Record<string, Command>> {
  const cursors = new Map<string, Cursor>()
  let lastCursor = 0

  function open(ns: string, rows: Buffer[], size: number, single: boolean): Buffer {
    const first = take(rows, size)
    if (single || rows.length === 0) return batchReply('firstBatch', ns, Long.ZERO, first)
    const now = Date.now()
    for (const [id, cursor] of cursors) if (now - cursor.usedAt > CURSOR_LIFE_MS) cursors.delete(id)
    lastCursor += 1
    cursors.set(String(lastCursor), { ns, rows, usedAt: now })
    return batchReply('firstBatch', ns, Long.fromNumber(lastCursor), first)
  }

  return {
    find: (given, db) => {
      allowOnly(given, 'find', ['find', 'filter', 'projection', 'sort', 'skip', 'limit', 'batchSize', 'singleBatch'])
      const name = textAt(given, 'find')
      const project = compileProjection(docAt(given, 'projection'))
      const sort = directions(docAt(given, 'sort'), 2)
      const collection = documents.catalog.get(db, name)
      const options = { sort, skip: countAt(given, 'skip'), limit: countAt(given, 'limit') }
      const found = documents.find(collection ?? NO_COLLECTION, docAt(given, 'filter'), options)
      // Without a projection the stored bytes go out as they are.
      const rows = found.map(({ value, doc }) => (project === null ? value : encode(project(doc))))
      return open(`${db}.${name}`, rows, countAt(given, 'batchSize', 101), flagAt(given, 'singleBatch'))
    },
    getMore: (given, db) => {
      allowOnly(given, 'getMore', ['getMore', 'collection', 'batchSize'])
      const id = String(given['getMore'])
      const cursor = cursors.get(id)
      if (cursor === undefined || cursor.ns !== `${db}.${textAt(given, 'collection')}`)
        throw new Refusal(43, `cursor id ${id} not found`)
      cursor.usedAt = Date.now()
      const batch = take(cursor.rows, countAt(given, 'batchSize') || Infinity)
      if (cursor.rows.length > 0) return batchReply('nextBatch', cursor.ns, Long.fromString(id), batch)
      cursors.delete(id)
      return batchReply('nextBatch', cursor.ns, Long.ZERO, batch)
    },
    killCursors: (given) => {
      allowOnly(given, 'killCursors', ['killCursors', 'cursors'])
      const asked = Array.isArray(given['cursors']) ? given['cursors'] : []
      const killed = asked.filter((id) => cursors.delete(String(id)))
      const missing = asked.filter((id) => !killed.includes(id))
      return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] }
    },
    count: (given, db) => {
      allowOnly(given, 'count', ['count', 'query', 'limit', 'skip'])
      const limit = countAt(given, 'limit')
      const skip = countAt(given, 'skip')
      return { n: counted(documents, db, textAt(given, 'count'), docAt(given, 'query'), skip, limit) }
    },
    distinct: (given, db) => {
      allowOnly(given, 'distinct', ['distinct', 'key', 'query'])
      const path = textAt(given, 'key').split('.')
      const collection = documents.catalog.get(db, textAt(given, 'distinct')) ?? NO_COLLECTION
      const values = new Map<string, unknown>()
      for (const { doc } of documents.find(collection, docAt(given, 'query'))) {
        const found = leaves(doc, path).filter((leaf) => leaf !== undefined)
        if (found.length === 0) continue
        for (const value of indexValues(found).values) {
          if (value !== EMPTY_ARRAY) values.set(component(value).toString('latin1'), value)
        }
      }
      return { values: [...values.values()] }
    },
    aggregate: (given, db) => {
      allowOnly(given, 'aggregate', ['aggregate', 'pipeline', 'cursor'])
      const shape = countingShape(given['pipeline'])
      const name = textAt(given, 'aggregate')
      const n = counted(documents, db, name, shape.filter, shape.skip, shape.limit)
      return open(`${db}.${name}`, n === 0 ? [] : [encode({ _id: 1, n })], 1, true)
    },
  }
}

/** Stands for a collection that is not there: nothing is found in it. */
const NO_COLLECTION = { id: 0, db: '', name: '', indexes: [] }

function counted(documents: Documents, db: string, name: string, filter: Doc, skip: number, limit: number): number {
  const n = documents.count(documents.catalog.get(db, name) ?? NO_COLLECTION, filter, limit === 0 ? 0 : skip + limit)
  return Math.max(0, n - skip)
}

/** `$match`, `$skip`, `$limit`, and `$group` with `$sum: 1`: what the driver's countDocuments sends. Everything else is refused. */
function countingShape(pipeline: unknown): { filter: Doc; skip: number; limit: number } {
  const shape = { filter: {} as Doc, skip: 0, limit: 0 }
  const stages = Array.isArray(pipeline) ? pipeline.filter(isDoc) : []
  let grouped = false
  for (const stage of stages) {
    const name = Object.keys(stage)[0] ?? ''
    if (name === '$changeStream') throw new Refusal(40573, 'The $changeStream stage is only supported on replica sets')
    if (!['$match', '$skip', '$limit', '$group'].includes(name))
      throw new Refusal(40324, `Unrecognized pipeline stage name: '${name}'`)
    if (name === '$match') shape.filter = docAt(stage, name)
    else if (name === '$skip') shape.skip = countAt(stage, name)
    else if (name === '$limit') shape.limit = countAt(stage, name)
    else grouped = isCounting(stage[name])
  }
  const order = stages.map((stage) => Object.keys(stage).join()).join()
  if (!grouped || !/^(\$match,)?(\$skip,)?(\$limit,)?\$group$/.test(order)) {
    throw new Refusal(168, 'aggregate is served for counting documents only')
  }
  return shape
}

function isCounting(group: unknown): boolean {
  if (!isDoc(group) || Object.keys(group).join() !== '_id,n' || !isDoc(group['n'])) return false
  return asNumber(group['_id']) === 1 && Object.keys(group['n']).join() === '$sum' && asNumber(group['n']['$sum']) === 1
}

/** Removes and returns the first rows: at most `size`, at most 16 MB, at least one. */
function take(rows: Buffer[], size: number): Buffer[] {
  let bytes = 0
  let count = 0
  while (count < rows.length && count < size) {
    bytes += rows[count]!.length
    if (bytes > BATCH_BYTES && count > 0) break
    count += 1
  }
  return rows.splice(0, count)
}

/** A cursor reply around documents whose bytes are known already. */
export function batchReply(field: 'firstBatch' | 'nextBatch', ns: string, id: Long, rows: readonly Buffer[]): Buffer {
  const list = wrapped(rows.flatMap((row, at) => [Buffer.from(`\x03${at}\0`, 'latin1'), row]))
  const batch = Buffer.concat([Buffer.from(`\x04${field}\0`, 'latin1'), list])
  const cursor = wrapped([batch, encode({ id, ns }).subarray(4, -1)])
  return wrapped([Buffer.from('\x03cursor\0', 'latin1'), cursor, encode({ ok: 1 }).subarray(4, -1)])
}

function wrapped(elements: readonly Buffer[]): Buffer {
  const length = Buffer.alloc(4)
  const body = Buffer.concat([length, ...elements, Buffer.from([0])])
  body.writeInt32LE(body.length)
  return body
}

/** For listCollections and listIndexes: everything in the first batch. */
export function listReply(ns: string, docs: readonly Doc[]): Doc {
  return decode(batchReply('firstBatch', ns, Long.ZERO, docs.map(encode)))
}
