/** Documents and their index entries in the embedded store: finding, and changing one document whole or not at all. */
import { createCatalog, type Catalog, type Collection } from './catalog.ts'
import { indexEntries, indexValues, type Entries } from './keys.ts'
import { Damage, type Kv, type Row } from './kv.ts'
import { compileFilter, type Predicate } from './match.ts'
import { docKey, planFor, type Index, type Plan, type Sort } from './planner.ts'
import { Refusal } from './refusal.ts'
import { compare, decode, encode, leaves, typeOf, TYPE, type Doc } from './values.ts'

/** Most bytes that one answer, or one sort, may hold. */
const RESULT_LIMIT = 256 * 1024 * 1024

export type Found = Row & { readonly doc: Doc }
export type FindOptions = { readonly sort?: Sort; readonly skip?: number; readonly limit?: number }

export type Documents = {
  readonly catalog: Catalog
  /** Documents that match, in the wanted order; everything is read at once, so later writes do not show. */
  readonly find: (collection: Collection, filter: Doc, options?: FindOptions) => Found[]
  /** How many match, without keeping them. */
  readonly count: (collection: Collection, filter: Doc, limit?: number) => number
  /** Throws Refusal 11000 with keyPattern and keyValue. */
  readonly insert: (collection: Collection, doc: Doc) => void
  /** Says whether anything changed. Throws Refusal 66 when `_id` would change. */
  readonly replace: (collection: Collection, before: Found, doc: Doc) => boolean
  readonly remove: (collection: Collection, before: Found) => void
  /** Fills a new index from the documents that are there. */
  readonly addIndex: (collection: Collection, index: Omit<Index, 'id' | 'multikey' | 'long'>) => void
  /** For tests: how a filter would be answered. */
  readonly plan: (collection: Collection, filter: Doc, sort: Sort) => Plan
}

type IndexedEntries = { readonly index: Index; readonly entries: Entries }

export function createDocuments(kv: Kv): Documents {
  const catalog = createCatalog(kv)

  function* rows(plan: Plan): Iterable<Row> {
    if (plan.kind === 'docs') return yield* kv.scanDocs(plan.range)
    if (plan.kind === 'points') {
      for (const key of plan.keys) {
        const value = kv.getDoc(key)
        if (value !== undefined) yield { key, value }
      }
      return
    }
    const seen = plan.repeats ? new Set<string>() : undefined
    for (const range of plan.ranges) {
      for (const key of kv.scanEntries(range)) {
        const name = seen === undefined ? '' : key.toString('latin1')
        if (seen?.has(name)) continue
        seen?.add(name)
        const value = kv.getDoc(key)
        if (value === undefined) throw new Damage(`index ${plan.index} names a document that is not there`)
        yield { key, value }
      }
    }
  }

  function* matching(matches: Predicate, plan: Plan): Iterable<Found> {
    for (const { key, value } of rows(plan)) {
      const doc = decode(value)
      if (matches(doc)) yield { key, value, doc }
    }
  }

  function find(collection: Collection, filter: Doc, { sort = [], skip = 0, limit = 0 }: FindOptions = {}): Found[] {
    const matches = compileFilter(filter) // Refuses before the planner looks at anything.
    const plan = planFor(collection.id, collection.indexes, filter, sort)
    const sorted = sort.length === 0 || (plan.kind !== 'points' && plan.sorted)
    const found: Found[] = []
    let bytes = 0
    let passed = 0
    for (const row of matching(matches, plan)) {
      if (sorted && passed < skip) {
        passed += 1
        continue
      }
      bytes += row.value.length
      if (bytes > RESULT_LIMIT) throw new Refusal(292, 'the result is larger than 256 MB')
      found.push(row)
      if (sorted && found.length === limit) break
    }
    if (sorted) return found
    const ordered = sortFound(found, sort)
    return ordered.slice(skip, limit === 0 ? undefined : skip + limit)
  }

  function entriesOf(collection: Collection, doc: Doc): IndexedEntries[] {
    return collection.indexes.map((index) => ({ index, entries: indexEntries(index, doc) }))
  }

  /** Everything that may refuse comes before the first write, so a refused change leaves nothing. */
  function refuseDuplicates(collection: Collection, all: readonly IndexedEntries[], key: Buffer, doc: Doc): void {
    for (const { index, entries } of all) {
      if (index.unique) refuseDuplicate(collection, index, entries, key, doc)
    }
  }

  function refuseDuplicate(collection: Collection, index: Index, entries: Entries, key: Buffer, doc: Doc): void {
    for (const prefix of entries.prefixes) {
      const high = Buffer.concat([prefix, Buffer.from([0xff])])
      for (const other of kv.scanEntries({ low: prefix, high, reverse: false })) {
        if (!other.equals(key)) throw duplicate(collection, index.name, index.key, doc)
      }
    }
  }

  function putEntries(collection: Collection, all: readonly IndexedEntries[], key: Buffer): void {
    for (const { index, entries } of all) {
      catalog.mark(collection, index, entries.multikey, entries.long)
      for (const prefix of entries.prefixes) kv.putEntry(prefix, key)
    }
  }

  function deleteEntries(all: readonly IndexedEntries[], key: Buffer): void {
    for (const { entries } of all) for (const prefix of entries.prefixes) kv.deleteEntry(prefix, key)
  }

  return {
    catalog,
    find,
    plan: (collection, filter, sort) => planFor(collection.id, collection.indexes, filter, sort),
    count: (collection, filter, limit = 0) => {
      const matches = compileFilter(filter)
      const plan = planFor(collection.id, collection.indexes, filter, [])
      if (Object.keys(filter).length === 0 && plan.kind === 'docs') {
        const all = kv.countDocs(plan.range)
        return limit === 0 ? all : Math.min(all, limit)
      }
      let counted = 0
      for (const _row of matching(matches, plan)) {
        counted += 1
        if (counted === limit) break
      }
      return counted
    },
    insert: (collection, doc) => {
      const key = idKey(collection, doc)
      const bytes = encode(doc)
      if (kv.getDoc(key) !== undefined) throw duplicate(collection, '_id_', [['_id', 1]], doc)
      const all = entriesOf(collection, doc)
      refuseDuplicates(collection, all, key, doc)
      kv.putDoc(key, bytes)
      putEntries(collection, all, key)
    },
    replace: (collection, before, doc) => {
      const old = decode(before.value)
      if (compare(old['_id'], doc['_id']) !== 0)
        throw new Refusal(66, `the immutable field '_id' of ${collection.name} cannot change`)
      const bytes = encode(doc)
      if (bytes.equals(before.value)) return false
      const all = entriesOf(collection, doc)
      refuseDuplicates(collection, all, before.key, doc)
      deleteEntries(entriesOf(collection, old), before.key)
      kv.putDoc(before.key, bytes)
      putEntries(collection, all, before.key)
      return true
    },
    remove: (collection, before) => {
      deleteEntries(entriesOf(collection, decode(before.value)), before.key)
      kv.deleteDoc(before.key)
    },
    addIndex: (collection, given) => {
      const index = catalog.addIndex(collection, given)
      try {
        const all = planFor(collection.id, [], {}, [])
        for (const { key, value } of rows(all)) {
          const doc = decode(value)
          const entries = indexEntries(index, doc)
          if (index.unique) refuseDuplicate(collection, index, entries, key, doc)
          putEntries(collection, [{ index, entries }], key)
        }
      } catch (error) {
        if (error instanceof Refusal) catalog.dropIndex(collection, index)
        throw error
      }
    },
  }
}

function idKey(collection: Collection, doc: Doc): Buffer {
  const type = typeOf(doc['_id'])
  if (type === TYPE.array || type === TYPE.other || !Object.hasOwn(doc, '_id'))
    throw new Refusal(53, `an '_id' of this type is not possible`)
  const key = docKey(collection.id, doc['_id'])
  if (key.length >= 480) throw new Refusal(17280, `the '_id' is too long`)
  return key
}

function duplicate(collection: Collection, name: string, key: Index['key'], doc: Doc): Refusal {
  const keyPattern: Doc = Object.fromEntries(key)
  const keyValue: Doc = Object.fromEntries(key.map(([path]) => [path, leaves(doc, path.split('.'))[0] ?? null]))
  const shown = key.map(([path]) => `${path}: ${JSON.stringify(keyValue[path])}`).join(', ')
  const message = `E11000 duplicate key error collection: ${collection.db}.${collection.name} index: ${name} dup key: { ${shown} }`
  return new Refusal(11000, message, { keyPattern, keyValue })
}

/** By the least (ascending) or greatest (descending) of the values at each path; equals keep their order. */
function sortFound(found: readonly Found[], sort: Sort): Found[] {
  const keyed = found.map((row) => ({
    row,
    keys: sort.map(([path, direction]) => {
      const { values } = indexValues(leaves(row.doc, path.split('.')))
      return values.reduce((best, value) => (compare(value, best) * direction < 0 ? value : best))
    }),
  }))
  keyed.sort((a, b) => {
    for (const [at, [, direction]] of sort.entries()) {
      const order = compare(a.keys[at], b.keys[at]) * direction
      if (order !== 0) return order
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}
