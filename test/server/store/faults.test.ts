/** What happens to the embedded store when things break: killed, damaged, full, entered twice, spoken to in nonsense, its thread gone. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkAll } from '../../../server/store/embedded/check.ts'
import { openKv } from '../../../server/store/embedded/kv.ts'
import { startEmbedded, STORE_FILE } from '../../../server/store/embedded/start.ts'
import { createWriter } from '../../../server/store/embedded/writer.ts'
import { createEntryTable } from '../../../server/journal/entry-table.ts'
import { StoreError } from '../../../server/store/store-error.ts'
import { openStore, type Store } from '../../../server/store/store.ts'
import type { DraftId } from '../../../shared/ids.ts'
import { frame, killedUnderLoad, madeFile, randomFrom, servesOnlyTruth, spoken } from '../../support/store-faults.ts'
import { openInside } from '../../support/store-values.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

describe(`the embedded store under faults (SEED=${seed})`, function () {
  this.timeout(60_000)
  let folder: string
  const opened: Store[] = []
  const open = async (dataDir: string): Promise<Store> => {
    const store = await openStore({ dataDir, loud: () => undefined })
    opened.push(store)
    return store
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-faults-'))
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()))
    rmSync(folder, { recursive: true, force: true })
  })

  for (const round of [1, 2, 3]) {
    it(`[ST90] kill -9 under load loses nothing that was acknowledged (round ${round})`, async () => {
      const random = randomFrom(seed + round)
      const acknowledged = await killedUnderLoad(folder, 200 + random(1500))
      const file = join(folder, STORE_FILE)
      const kv = openKv(file)
      checkAll(kv)
      kv.close()
      const store = await open(folder)
      const records = store.connection.collection<{ _id: string; n: number }>('records')
      const found = new Set((await records.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id))
      const lost = acknowledged.filter((line) => line.startsWith('record ') && !found.has(line.slice(7)))
      const ends = new Map<string, number>()
      for (const line of acknowledged) {
        const [kind, draft, seq] = line.split(' ')
        if (kind === 'entry') ends.set(draft!, Number(seq))
      }
      for (const [draft, end] of ends) {
        const entries = await store.journal.read(draft as DraftId, 1, 0)
        assert.ok(entries.length >= end, `${draft}: ${end} acknowledged, ${entries.length} found`)
        for (const { seq, bytes } of entries) assert.equal(new TextDecoder().decode(bytes), `${draft} ${seq}`)
      }
      assert.deepEqual(lost, [])
      assert.ok(
        acknowledged.length > 150 && ends.size > 0,
        `only ${acknowledged.length} were acknowledged before the kill`,
      )
    })
  }

  it('[ST91] flipped bytes in the file are never answered with', async () => {
    const random = randomFrom(seed)
    const { file, truth } = madeFile(folder)
    let loud = 0
    for (let copy = 0; copy < 12; copy += 1) {
      const broken = join(folder, `broken-${copy}.sqlite`)
      const bytes = readFileSync(file)
      for (let flip = 0; flip < 3; flip += 1) {
        const at = 4096 + random(bytes.length - 4096)
        bytes[at] = bytes[at]! ^ (1 << random(8))
      }
      writeFileSync(broken, bytes)
      if (!servesOnlyTruth(broken, truth)) loud += 1
    }
    assert.ok(loud > 0, 'no flip was noticed')
  })

  it('[ST91] a draft whose last entries are gone is not answered as a shorter one', async () => {
    const draft = 'd'.repeat(12) as DraftId
    const entry = { draft, generation: 1, kind: 'update', by: 'server', at: 0, bytes: new Uint8Array([0, 0]) } as const
    const store = await openStore({ dataDir: folder })
    await store.journal.append(0, [entry, entry, entry])
    await store.journal.putBase({ draft, generation: 1, upTo: 2, bytes: new Uint8Array([0, 0]) })
    await store.close()
    const kv = openKv(join(folder, STORE_FILE))
    kv.db.exec('DELETE FROM entries WHERE seq > 1')
    kv.close()
    const again = await open(folder)
    await assert.rejects(again.journal.read(draft, 1, 0), /damaged.*no entry behind 1, and had 2/)
  })

  it('[ST91] a log that was cut or flipped leaves a clean prefix', () => {
    const random = randomFrom(seed)
    const { kv, documents, file, close } = openInside()
    const sizes: number[] = []
    for (let n = 0; n < 30; n += 1) {
      kv.transaction(() => documents.insert(documents.catalog.ensure('db', 'c'), { _id: n, pad: 'x'.repeat(500) }))
      sizes.push(statSync(`${file}-wal`).size)
    }
    const main = readFileSync(file)
    const log = readFileSync(`${file}-wal`)
    close()
    for (let copy = 0; copy < 12; copy += 1) {
      const at = 32 + random(log.length - 32)
      const broken = join(folder, `cut-${copy}.sqlite`)
      writeFileSync(broken, main)
      const damaged = copy % 2 === 0 ? log.subarray(0, at) : Buffer.from(log)
      if (copy % 2 === 1) damaged[at] = damaged[at]! ^ 0x40
      writeFileSync(`${broken}-wal`, damaged)
      const again = openKv(broken)
      // Nothing after the damage, all before the last commit that precedes it.
      const whole = sizes.filter((size) => size <= at).length
      const { documents: found } = checkAll(again)
      assert.ok(found === whole || found === whole + 1, `cut at ${at}: ${found} documents, ${whole} commits before it`)
      again.close()
    }
  })

  it('[ST92] a full disk refuses writes, reads go on, and writing resumes', async () => {
    const { kv, documents, close } = openInside()
    const failures: unknown[] = []
    const writer = createWriter(
      kv,
      () => documents.catalog.load(),
      (error) => failures.push(error),
    )
    const insert = (n: number, size: number): Promise<void> =>
      writer.write(() => documents.insert(documents.catalog.ensure('db', 'c'), { _id: n, pad: 'x'.repeat(size) }))
    const journal = createEntryTable(kv, writer)
    const entry = (size: number) => ({
      draft: 'd' as DraftId,
      generation: 1,
      kind: 'update' as const,
      by: 'server' as const,
      at: 1,
      bytes: new Uint8Array(size),
    })
    await insert(1, 10)
    const pages = Number(Object.values(kv.db.prepare('PRAGMA page_count').get() as object)[0])
    kv.db.exec(`PRAGMA max_page_count=${pages + 10}`)
    await assert.rejects(insert(2, 100_000), { code: 14031 })
    await assert.rejects(journal.append(0, [entry(100_000)]), { code: 14031 })
    assert.equal(documents.count(documents.catalog.get('db', 'c')!, {}), 1)
    kv.db.exec('PRAGMA max_page_count=1000000')
    await insert(2, 100_000)
    assert.deepEqual(await journal.append(0, [entry(100_000)]), { kind: 'appended', last: 1 })
    assert.equal(documents.count(documents.catalog.get('db', 'c')!, {}), 2)
    assert.equal(failures.length, 2)
    close()
  })

  it('[ST93] a second process on the folder is refused, and the first goes on', async () => {
    const store = await open(folder)
    await assert.rejects(openStore({ dataDir: folder }), { code: 'locked' })
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/store-process.ts'], {
      env: { ...process.env, DATA_DIR: folder },
    })
    let words = ''
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 1)
    assert.match(words, /^another process is using .*rangruam\.sqlite\n$/)
    await store.connection.collection('c').insertOne({ a: 1 })
    assert.equal(await store.connection.collection('c').countDocuments(), 1)
  })

  it('[ST94] an unwritable folder, a foreign file and a cut one are told apart in one line', async () => {
    const locked = join(folder, 'file')
    writeFileSync(locked, '')
    await assert.rejects(openStore({ dataDir: join(locked, 'below') }), { code: 'unwritable' })
    const foreign = join(folder, 'foreign')
    mkdirSync(foreign)
    writeFileSync(join(foreign, STORE_FILE), 'this is no database '.repeat(1000))
    await assert.rejects(
      openStore({ dataDir: foreign }),
      (error: unknown) => error instanceof StoreError && error.code === 'damaged' && !error.message.includes('\n'),
    )
    const other = join(folder, 'other')
    mkdirSync(other)
    const kv = openKv(join(other, STORE_FILE))
    kv.db.exec('PRAGMA user_version = 99')
    kv.close()
    await assert.rejects(openStore({ dataDir: other }), { code: 'newer' })
  })

  it('[ST95] a database that does not answer is told within five seconds, without its password', async () => {
    const started = Date.now()
    await assert.rejects(
      openStore({ dataDir: folder, mongodbUri: 'mongodb://someone:secret@127.0.0.1:9/x' }),
      (error: unknown) => {
        assert.ok(error instanceof StoreError && error.code === 'unreachable' && error.message.includes('127.0.0.1:9'))
        return !error.message.includes('secret') && !error.message.includes('\n')
      },
    )
    assert.ok(Date.now() - started < 5500)
  })

  it('[ST96] the folder and its sockets are this user’s alone, and a long path still works', async () => {
    const long = join(folder, 'ก'.repeat(30), 'x'.repeat(60))
    for (const dataDir of [join(folder, 'short'), long]) {
      const { uri, close } = await startEmbedded({ dataDir, loud: () => undefined, fatal: assert.fail })
      const socket = decodeURIComponent(uri.slice('mongodb://'.length, uri.lastIndexOf('/')))
      assert.ok(Buffer.byteLength(socket) <= 100 && statSync(socket).isSocket(), socket)
      assert.equal(statSync(dirname(socket)).mode & 0o777, 0o700)
      assert.equal(statSync(dataDir).mode & 0o777, 0o700)
      await close()
      assert.ok(!existsSync(socket))
      const store = await open(dataDir)
      await store.connection.collection('c').insertOne({ a: 1 })
      assert.equal(await store.connection.collection('c').countDocuments(), 1)
    }
  })

  it('[ST97] nonsense on the wire ends its own connection and nothing else', async () => {
    const random = randomFrom(seed)
    const store = await open(folder)
    const honest = frame({ ping: 1, $db: 'x' })
    for (let attempt = 0; attempt < 150; attempt += 1) {
      const bytes =
        attempt % 3 === 0 ? Buffer.from(Array.from({ length: random(200) }, () => random(256))) : Buffer.from(honest)
      if (attempt % 3 === 1) bytes[random(bytes.length)] = random(256)
      if (attempt % 3 === 2) bytes.writeInt32LE(random(60), 0)
      await spoken(join(folder, 'store.sock'), bytes)
    }
    await store.connection.collection('c').insertOne({ a: 1 })
    assert.equal(await store.connection.collection('c').countDocuments(), 1)
  })

  it('[ST98] when the thread dies, open questions reject and the process is told', async () => {
    const told: StoreError[] = []
    const embedded = await startEmbedded({ dataDir: folder, loud: () => undefined, fatal: (error) => told.push(error) })
    const asked = embedded.call('last', 'd' as DraftId, 1)
    await embedded.worker.terminate()
    await Promise.allSettled([asked])
    await assert.rejects(embedded.call('last', 'd' as DraftId, 1), StoreError)
    assert.equal(told.length, 1)
    // Its lock died with it.
    await open(folder)
  })

  it('[ST90] what is on its way when the store closes is kept', async () => {
    const store = await openStore({ dataDir: folder })
    const entry = {
      draft: 'd' as DraftId,
      generation: 1,
      kind: 'update' as const,
      by: 'server' as const,
      at: 1,
      bytes: new Uint8Array(5),
    }
    const [appended] = await Promise.all([store.journal.append(0, [entry]), store.close()])
    assert.equal(appended.kind, 'appended')
    assert.ok(!existsSync(join(folder, `${STORE_FILE}-wal`)))
    assert.equal(await (await open(folder)).journal.last(entry.draft, 1), 1)
  })
})
