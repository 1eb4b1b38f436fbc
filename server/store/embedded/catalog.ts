/** Names of the embedded store: databases, collections and their indexes, kept as rows of JSON beside the documents. */
import { allUnder } from './keys.ts'
import { Damage, type Kv } from './kv.ts'
import type { Index } from './planner.ts'
import { Refusal } from './refusal.ts'

export type Collection = { readonly id: number; readonly db: string; readonly name: string; readonly indexes: Index[] }

type CollectionSpec = { readonly kind: 'collection'; readonly db: string; readonly name: string }
type IndexSpec = { readonly kind: 'index'; readonly collection: number } & Omit<Index, 'id'>

export type Catalog = {
  /** Reads everything anew: at start, and after a rollback. */
  readonly load: () => void
  readonly get: (db: string, name: string) => Collection | undefined
  readonly ensure: (db: string, name: string) => Collection
  readonly list: (db?: string) => Collection[]
  readonly drop: (collection: Collection) => void
  readonly addIndex: (collection: Collection, index: Omit<Index, 'id' | 'multikey' | 'long'>) => Index
  readonly dropIndex: (collection: Collection, index: Index) => void
  /** Remembers that an index holds arrays or cut keys; never unlearned. */
  readonly mark: (collection: Collection, index: Index, multikey: boolean, long: boolean) => void
}

export function createCatalog(kv: Kv): Catalog {
  let collections = new Map<string, Collection>()
  const keyOf = (db: string, name: string): string => `${db}.${name}`

  function load(): void {
    collections = new Map()
    const byId = new Map<number, Collection>()
    for (const { id, spec } of kv.catalog()) {
      const record = recordOf(id, spec)
      if (record.kind === 'collection') {
        const collection = { id, db: record.db, name: record.name, indexes: [] }
        byId.set(id, collection)
        collections.set(keyOf(record.db, record.name), collection)
      } else {
        const { kind: _kind, collection, ...index } = record
        byId.get(collection)?.indexes.push({ id, ...index })
      }
    }
  }

  function save(collection: Collection, index: Omit<Index, 'id'>): string {
    const { key, name, unique, multikey, long } = index
    const spec: IndexSpec = { kind: 'index', collection: collection.id, key, name, unique, multikey, long }
    return JSON.stringify(spec)
  }

  function dropIndex(collection: Collection, index: Index): void {
    kv.deleteRange('idx', allUnder(index.id))
    kv.deleteSpec(index.id)
    collection.indexes.splice(collection.indexes.indexOf(index), 1)
  }

  load()
  return {
    load,
    get: (db, name) => collections.get(keyOf(db, name)),
    ensure: (db, name) => {
      const present = collections.get(keyOf(db, name))
      if (present !== undefined) return present
      if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('system.') || db === '') {
        throw new Refusal(73, `Invalid namespace specified: ${keyOf(db, name)}`)
      }
      const id = kv.addSpec(JSON.stringify({ kind: 'collection', db, name } satisfies CollectionSpec))
      const collection = { id, db, name, indexes: [] }
      collections.set(keyOf(db, name), collection)
      return collection
    },
    list: (db) => [...collections.values()].filter((collection) => db === undefined || collection.db === db),
    drop: (collection) => {
      while (collection.indexes[0] !== undefined) dropIndex(collection, collection.indexes[0])
      kv.deleteRange('docs', allUnder(collection.id))
      kv.deleteSpec(collection.id)
      collections.delete(keyOf(collection.db, collection.name))
    },
    addIndex: (collection, given) => {
      const fresh = { ...given, multikey: false, long: false }
      const index: Index = { id: kv.addSpec(save(collection, fresh)), ...fresh }
      collection.indexes.push(index)
      return index
    },
    dropIndex,
    mark: (collection, index, multikey, long) => {
      if ((!multikey || index.multikey) && (!long || index.long)) return
      index.multikey ||= multikey
      index.long ||= long
      kv.setSpec(index.id, save(collection, index))
    },
  }
}

/** Throws Damage where the row is no JSON any more. */
function recordOf(id: number, spec: string): CollectionSpec | IndexSpec {
  try {
    return JSON.parse(spec) as CollectionSpec | IndexSpec
  } catch {
    throw new Damage(`row ${id} of the catalog`)
  }
}
