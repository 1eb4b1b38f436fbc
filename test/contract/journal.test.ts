/** Runs the journal's contract on the embedded store, the reference server, and MONGODB_TEST_URI where it is set; and looks at what MongoDB is asked for. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import type { Journal, NewEntry } from '../../server/journal/journal.ts'
import { createMongodbJournal } from '../../server/journal/mongodb-journal.ts'
import { openStore, type Store } from '../../server/store/store.ts'
import type { DraftId } from '../../shared/ids.ts'
import { startReferenceServer, type ReferenceServer } from '../support/reference-server.ts'
import { JOURNAL_CASES } from './journal.contract.ts'

function suite(where: string, journal: () => Journal): void {
  let ran = 0
  const run = Date.now().toString(36)
  for (const given of JOURNAL_CASES) {
    it(given.title, () => given.run(journal(), `${run}-${(ran += 1)}` as DraftId))
  }
  after(() => console.log(`    journal contract on ${where}: ${ran} cases`))
}

const entry: NewEntry = {
  draft: 'late' as DraftId,
  generation: 1,
  kind: 'update',
  by: 'server',
  at: 1,
  bytes: new Uint8Array([1]),
}

describe('the journal contract on the embedded store', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'journal-contract-'))
  let store: Store
  before(async () => {
    store = await openStore({ dataDir })
  })
  after(() => rmSync(dataDir, { recursive: true, force: true }))
  suite('embedded', () => store.journal)

  it('[JO10] a journal whose store is gone rejects', async () => {
    await store.close()
    await assert.rejects(store.journal.append(0, [entry]))
    await assert.rejects(store.journal.read(entry.draft, 1, 0))
  })
})

describe('the journal contract on the reference server', () => {
  let server: ReferenceServer
  let store: Store
  before(async function () {
    this.timeout(60_000)
    server = await startReferenceServer()
    if (server.kind === 'absent') {
      console.log(`    left out: ${server.reason}`)
      return this.skip()
    }
    store = await openStore({ dataDir: 'unused', mongodbUri: server.uri('journal') })
  })
  const uriOf = (database: string): string => (server.kind === 'running' ? server.uri(database) : '')
  const said = (bytes: string): NewEntry => ({
    ...entry,
    draft: 'one' as DraftId,
    bytes: new TextEncoder().encode(bytes),
  })
  suite('reference', () => store.journal)

  it('[JO11] reads ask the primary for what most machines have, and writes wait for their journals', async () => {
    const connection = await mongoose.createConnection(uriOf('asked'), { monitorCommands: true }).asPromise()
    const asked: Record<string, unknown>[] = []
    connection.getClient().on('commandStarted', ({ command }) => asked.push(command as Record<string, unknown>))
    try {
      const journal = await createMongodbJournal(connection.db!)
      await journal.append(0, [said('a')])
      await journal.append(0, [said('b')])
      await journal.base('one' as DraftId, 1)
      await journal.putBase({ draft: 'one' as DraftId, generation: 1, upTo: 1, bytes: new Uint8Array() })
      const finds = asked.filter(({ find }) => find !== undefined)
      assert.ok(finds.length >= 3)
      for (const { readConcern } of finds) assert.deepEqual({ ...(readConcern as object) }, { level: 'majority' })
      const writes = asked.filter(({ insert, update }) => insert !== undefined || update !== undefined)
      assert.equal(writes.length, 2)
      for (const { writeConcern } of writes) assert.deepEqual(writeConcern, { w: 'majority', j: true, wtimeout: 3000 })
    } finally {
      await connection.close()
    }
  })

  it('[JO11] one’s own write that most machines do not have yet is not called appended', async () => {
    const connection = await mongoose.createConnection(uriOf('most')).asPromise()
    const db = connection.db!
    let haveMost = true
    const nothing = { sort: () => nothing, limit: () => nothing, project: () => nothing, toArray: async () => [] }
    const masked = new Proxy(db, {
      get: (target, key) =>
        key !== 'collection'
          ? (target[key as keyof typeof target] as unknown)
          : (name: string) =>
              new Proxy(target.collection(name), {
                get: (collection, method) => {
                  if (method === 'find' && !haveMost) return () => nothing
                  const value = collection[method as keyof typeof collection] as unknown
                  return typeof value === 'function' ? (value.bind(collection) as unknown) : value
                },
              }),
    })
    try {
      const journal = await createMongodbJournal(masked)
      const plain = await createMongodbJournal(db)
      await plain.append(0, [said('a')])
      haveMost = false
      await assert.rejects(journal.append(0, [said('a')]), /most machines do not have it yet/)
      haveMost = true
      assert.deepEqual(await journal.append(0, [said('a')]), { kind: 'appended', last: 1 })
    } finally {
      await connection.close()
    }
  })

  it('[JO10] a journal whose database is gone rejects', async function () {
    this.timeout(15_000)
    if (server.kind === 'running') await server.stop()
    await assert.rejects(store.journal.append(0, [entry]))
    await store.close()
  })
})

const real = process.env['MONGODB_TEST_URI']
if (real !== undefined) {
  describe('the journal contract on MONGODB_TEST_URI', () => {
    let store: Store
    before(async () => {
      store = await openStore({ dataDir: 'unused', mongodbUri: real })
    })
    after(() => store.close())
    suite('mongodb', () => store.journal)
  })
}
