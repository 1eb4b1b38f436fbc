/** Copies of a data folder: from a running server, from a stopped folder, and back. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STORE_FILE } from '../../../server/store/embedded/start.ts'
import { openStore, type Store } from '../../../server/store/store.ts'
import type { DraftId } from '../../../shared/ids.ts'

type Ran = { readonly code: number | null; readonly words: string }

function run(what: 'backup' | 'restore', file: string, dataDir: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `server/${what}.ts`, file], {
      env: { ...process.env, DATA_DIR: dataDir },
    })
    let words = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()))
    child.once('close', (code) => resolve({ code, words }))
  })
}

async function fill(store: Store, from: number, to: number): Promise<void> {
  const collection = store.connection.collection<{ _id: number; pad: string }>('c')
  await collection.insertMany(Array.from({ length: to - from }, (_, at) => ({ _id: from + at, pad: 'ก'.repeat(300) })))
}

describe('copies of the data folder', function () {
  this.timeout(30_000)
  let folder: string
  let store: Store
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'store-backup-'))
    store = await openStore({ dataDir: join(folder, 'data') })
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('[ST100] a running server is copied while it writes, and the copy opens as a whole', async () => {
    await fill(store, 0, 2000)
    await store.journal.append(0, [
      { draft: 'd' as DraftId, generation: 1, kind: 'update', by: 'server', at: 1, bytes: new Uint8Array([1]) },
    ])
    const file = join(folder, 'copy.sqlite')
    let writing = true
    const load = (async () => {
      for (let from = 2000; writing; from += 20) await fill(store, from, from + 20)
    })()
    const outcome = await run('backup', file, join(folder, 'data'))
    writing = false
    await load
    assert.deepEqual([outcome.code, /its server is running/.test(outcome.words)], [0, true], outcome.words)
    assert.deepEqual(await run('restore', file, join(folder, 'other')).then(({ code }) => code), 0)
    const copy = await openStore({ dataDir: join(folder, 'other') })
    const count = await copy.connection.collection('c').countDocuments()
    assert.ok(count >= 2000 && count % 20 === 0, `${count}`)
    assert.equal(await copy.journal.last('d' as DraftId, 1), 1)
    await copy.close()
  })

  it('[ST100] the socket for copies is this user’s alone', () => {
    assert.equal(statSync(join(folder, 'data', 'admin.sock')).mode & 0o777, 0o700)
  })

  it('[ST101] a stopped folder is copied too, one that holds nothing is not', async () => {
    await fill(store, 0, 10)
    await store.close()
    const file = join(folder, 'copy.sqlite')
    const outcome = await run('backup', file, join(folder, 'data'))
    assert.deepEqual([outcome.code, /no server is running/.test(outcome.words)], [0, true], outcome.words)
    assert.equal((await run('backup', file, join(folder, 'data'))).code, 1, 'an existing file is not written over')
    assert.equal((await run('backup', join(folder, 'none.sqlite'), join(folder, 'nowhere'))).code, 1)
    assert.ok(!existsSync(join(folder, 'none.sqlite')))
  })

  it('[ST102] a running server’s folder is not restored into', async () => {
    await fill(store, 0, 10)
    const file = join(folder, 'copy.sqlite')
    await store.backup(file)
    const outcome = await run('restore', file, join(folder, 'data'))
    assert.deepEqual([outcome.code, /another process is using/.test(outcome.words)], [1, true], outcome.words)
    assert.equal(await store.connection.collection('c').countDocuments(), 10)
  })

  it('[ST103] restoring into a stopped folder keeps aside what was there', async () => {
    await fill(store, 0, 10)
    const file = join(folder, 'copy.sqlite')
    await store.backup(file)
    await fill(store, 10, 15)
    await store.close()
    assert.equal((await run('restore', file, join(folder, 'data'))).code, 0)
    assert.equal(readdirSync(join(folder, 'data')).filter((name) => name.includes('before-restore')).length, 1)
    store = await openStore({ dataDir: join(folder, 'data') })
    assert.equal(await store.connection.collection('c').countDocuments(), 10)
  })

  it('[ST104] a damaged copy changes nothing; a damaged folder can be restored into', async () => {
    await fill(store, 0, 200)
    const file = join(folder, 'copy.sqlite')
    await store.backup(file)
    await store.close()
    const bytes = readFileSync(file)
    const at = bytes.indexOf('กกกกกกกกกก', bytes.length >> 1)
    assert.ok(at > 0)
    bytes[at] = bytes[at]! ^ 1
    const broken = join(folder, 'broken.sqlite')
    writeFileSync(broken, bytes)
    const outcome = await run('restore', broken, join(folder, 'data'))
    assert.deepEqual([outcome.code, /damaged/.test(outcome.words)], [1, true], outcome.words)
    assert.deepEqual(readdirSync(join(folder, 'data')), [STORE_FILE])
    writeFileSync(join(folder, 'data', STORE_FILE), 'nothing of value '.repeat(500))
    assert.equal((await run('restore', file, join(folder, 'data'))).code, 0)
    store = await openStore({ dataDir: join(folder, 'data') })
    assert.equal(await store.connection.collection('c').countDocuments(), 200)
  })
})
