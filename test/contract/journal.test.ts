/** Runs the journal's contract on the embedded store, the reference server, and MONGODB_TEST_URI where it is set. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal, NewEntry } from '../../server/journal/journal.ts'
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
  suite('reference', () => store.journal)

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
