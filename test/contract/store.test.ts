/** Runs the store's contract on the embedded store, the reference server, and MONGODB_TEST_URI where it is set. */
import mongoose, { type Connection } from 'mongoose'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '../../server/store/store.ts'
import { startReferenceServer, type ReferenceServer } from '../support/reference-server.ts'
import type { StoreCase } from './store-bench.ts'
import { STORE_CASES } from './store.contract.ts'

/** Declares the cases as tests; `leftOut` says why one cannot be asked of this server. */
function suite(where: string, connection: () => Connection, leftOut: (given: StoreCase) => string | undefined): void {
  let ran = 0
  const skipped = new Map<string, number>()
  for (const given of STORE_CASES) {
    const reason = leftOut(given)
    if (reason !== undefined) {
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
      continue
    }
    it(given.title, async () => {
      const name = `case_${where}_${(ran += 1)}`
      const collection = connection().collection(name)
      await given.run({ connection: connection(), collection: connection().db!.collection(name) })
      await collection.drop().catch(() => undefined)
    })
  }
  after(() => {
    const reasons = [...skipped].map(([reason, count]) => `${count} × ${reason}`).join('; ')
    console.log(`    store contract on ${where}: ${ran} cases${reasons === '' ? '' : `, left out: ${reasons}`}`)
  })
}

describe('the store contract on the embedded store', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'store-contract-'))
  let store: Store
  before(async () => {
    store = await openStore({ dataDir })
  })
  after(async () => {
    await store.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  suite(
    'embedded',
    () => store.connection,
    () => undefined,
  )
})

describe('the store contract on the reference server', function () {
  let server: ReferenceServer
  let connection: Connection
  before(async function () {
    this.timeout(60_000)
    server = await startReferenceServer()
    if (server.kind === 'absent') {
      console.log(`    left out: ${server.reason}`)
      return this.skip()
    }
    connection = await mongoose.createConnection(server.uri('contract')).asPromise()
  })
  after(async () => {
    if (server.kind === 'absent') return
    await connection.close()
    await server.stop()
  })
  suite(
    'reference',
    () => connection,
    ({ referenceFault, embeddedOnly }) => referenceFault ?? embeddedOnly,
  )
})

const real = process.env['MONGODB_TEST_URI']
if (real !== undefined) {
  describe('the store contract on MONGODB_TEST_URI', () => {
    let connection: Connection
    before(async () => {
      connection = await mongoose.createConnection(real).asPromise()
    })
    after(() => connection.close())
    suite(
      'mongodb',
      () => connection,
      ({ embeddedOnly }) => embeddedOnly,
    )
  })
}
