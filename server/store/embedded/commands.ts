/** The commands of the embedded store: which there are, and how an answer or a refusal looks on the wire. */
import { allowOnly, directions, docAt, docsAt, flagAt, textAt, type Command } from './arguments.ts'
import type { Collection } from './catalog.ts'
import { Damage, sqliteCode } from './kv.ts'
import type { Documents } from './documents.ts'
import { compileFilter } from './match.ts'
import { listReply, readingCommands } from './reading.ts'
import { Refusal } from './refusal.ts'
import { asNumber, DOCUMENT_LIMIT, isDoc, type Doc } from './values.ts'
import { engineRefusal, type Writer } from './writer.ts'
import { writingCommands } from './writing.ts'

/** Largest frame on the wire, bytes. */
export const MESSAGE_LIMIT = 48_000_000

/** Answers a decoded command; never throws. `loud` hears of damage and of everything that is not a plain refusal. */
export function createCommands(
  documents: Documents,
  writer: Writer,
  loud: (error: unknown) => void,
): (given: Doc) => Promise<Doc | Buffer> {
  const commands: Readonly<Record<string, Command>> = {
    ...connectionCommands(),
    ...catalogCommands(documents, writer),
    ...readingCommands(documents),
    ...writingCommands(documents, writer),
  }
  return async (given) => {
    const name = Object.keys(given)[0] ?? ''
    try {
      const command = Object.hasOwn(commands, name) ? commands[name] : undefined
      if (command === undefined) throw new Refusal(59, `no such command: '${name}'`)
      const answer = await command(given, textAt(given, '$db'))
      return Buffer.isBuffer(answer) ? answer : { ...answer, ok: 1 }
    } catch (error) {
      if (!(error instanceof Refusal) && (error instanceof Damage || sqliteCode(error) !== 13)) loud(error)
      const { code, codeName, message, more } = engineRefusal(error)
      return { ok: 0, errmsg: message, code, codeName, ...more }
    }
  }
}

function connectionCommands(): Readonly<Record<string, Command>> {
  const hello: Command = () => ({
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    maxBsonObjectSize: DOCUMENT_LIMIT,
    maxMessageSizeBytes: MESSAGE_LIMIT,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
  })
  return {
    hello,
    ismaster: hello,
    isMaster: hello,
    ping: () => ({}),
    buildInfo: () => ({
      version: '7.0.0',
      versionArray: [7, 0, 0, 0],
      maxBsonObjectSize: DOCUMENT_LIMIT,
      modules: ['rangruam-embedded'],
    }),
    connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
    endSessions: () => ({}),
  }
}

function catalogCommands(documents: Documents, writer: Writer): Readonly<Record<string, Command>> {
  const { catalog } = documents

  function present(db: string, name: string): Collection {
    const collection = catalog.get(db, name)
    if (collection === undefined) throw new Refusal(26, `ns does not exist: ${db}.${name}`)
    return collection
  }

  return {
    create: (given, db) => {
      allowOnly(given, 'create', ['create'])
      const name = textAt(given, 'create')
      return writer.write(() => {
        if (catalog.get(db, name) !== undefined) throw new Refusal(48, `Collection ${db}.${name} already exists.`)
        catalog.ensure(db, name)
        return {}
      })
    },
    drop: (given, db) => {
      allowOnly(given, 'drop', ['drop'])
      const name = textAt(given, 'drop')
      return writer.write(() => {
        catalog.drop(present(db, name))
        return { ns: `${db}.${name}` }
      })
    },
    dropDatabase: (given, db) => {
      allowOnly(given, 'dropDatabase', ['dropDatabase'])
      return writer.write(() => {
        for (const collection of catalog.list(db)) catalog.drop(collection)
        return { dropped: db }
      })
    },
    listDatabases: (given) => {
      allowOnly(given, 'listDatabases', ['listDatabases', 'nameOnly', 'authorizedDatabases'])
      const names = [...new Set(catalog.list().map(({ db }) => db))]
      return { databases: names.map((name) => ({ name, sizeOnDisk: 0, empty: false })), totalSize: 0 }
    },
    listCollections: (given, db) => {
      allowOnly(given, 'listCollections', ['listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor'])
      const matches = compileFilter(docAt(given, 'filter'))
      const described = catalog
        .list(db)
        .map(({ name }): Doc => ({ name, type: 'collection', options: {}, info: { readOnly: false } }))
      return listReply(`${db}.$cmd.listCollections`, described.filter(matches))
    },
    listIndexes: (given, db) => {
      allowOnly(given, 'listIndexes', ['listIndexes', 'cursor'])
      const name = textAt(given, 'listIndexes')
      const described = present(db, name).indexes.map((index): Doc => ({
        v: 2,
        key: Object.fromEntries(index.key),
        name: index.name,
        ...(index.unique ? { unique: true } : {}),
      }))
      return listReply(`${db}.${name}`, [{ v: 2, key: { _id: 1 }, name: '_id_' }, ...described])
    },
    createIndexes: (given, db) => {
      allowOnly(given, 'createIndexes', ['createIndexes', 'indexes'])
      const name = textAt(given, 'createIndexes')
      const wanted = docsAt(given, 'indexes').map(indexSpec)
      return writer.write(() => {
        const collection = catalog.ensure(db, name)
        const before = collection.indexes.length + 1
        for (const index of wanted) if (!known(collection, index)) documents.addIndex(collection, index)
        return { numIndexesBefore: before, numIndexesAfter: collection.indexes.length + 1 }
      })
    },
    dropIndexes: (given, db) => {
      allowOnly(given, 'dropIndexes', ['dropIndexes', 'index'])
      const name = textAt(given, 'dropIndexes')
      const { index: asked } = given
      return writer.write(() => {
        const collection = present(db, name)
        const before = collection.indexes.length + 1
        const key = isDoc(asked) ? JSON.stringify(directions(asked, 2)) : undefined
        const gone = collection.indexes.filter(
          (index) => asked === '*' || index.name === asked || JSON.stringify(index.key) === key,
        )
        if (gone.length === 0 && asked !== '*') throw new Refusal(27, `index not found: ${JSON.stringify(asked)}`)
        for (const index of gone) catalog.dropIndex(collection, index)
        return { nIndexesWas: before }
      })
    },
  }
}

type WantedIndex = Pick<Collection['indexes'][number], 'key' | 'name' | 'unique'>

/** Unique, compound and descending; expiring, partial, sparse, text and the like are refused with 67. */
function indexSpec(given: Doc): WantedIndex {
  for (const [option, value] of Object.entries(given)) {
    const harmless = ['key', 'name', 'unique', 'background', 'v'].includes(option) || value === false
    if (!harmless) throw new Refusal(67, `the embedded store has no indexes with the option '${option}'`)
  }
  const key = directions(docAt(given, 'key'), 67)
  if (key.length === 0) throw new Refusal(67, 'Index keys cannot be empty.')
  if (given['v'] !== undefined && asNumber(given['v']) !== 2) throw new Refusal(67, 'the index version must be 2')
  return { key, name: textAt(given, 'name'), unique: flagAt(given, 'unique') }
}

/** Whether the index is there already. Throws Refusal 85 or 86 when its name or its key is taken by another. */
function known(collection: Collection, wanted: WantedIndex): boolean {
  const key = JSON.stringify(wanted.key)
  if (key === '[["_id",1]]') return true
  for (const index of collection.indexes) {
    const same = JSON.stringify(index.key) === key
    if (index.name === wanted.name && same && index.unique === wanted.unique) return true
    if (index.name === wanted.name)
      throw new Refusal(86, `an index named '${index.name}' exists with another key or option`)
    if (same) throw new Refusal(85, `the index '${index.name}' has the same key under another name`)
  }
  return false
}
