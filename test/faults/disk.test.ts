/** The disk under the built server: full while people type, bytes of its file damaged, the end of its log torn. */
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../server/store/store.ts'
import { STORE_FILE } from '../../server/store/embedded/start.ts'
import { randomOf } from '../client/drafting/concurrency-run.ts'
import { sectionRoot } from '../../shared/drafting/document.ts'
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts'
import { until } from '../support/collab-server.ts'
import { COUNTS, times } from '../support/counts.ts'
import { countFault } from '../support/fault-tally.ts'
import { framed, rawClient } from '../support/raw-client.ts'
import { fillDisk, mountSmallDisk, unmountDisk } from '../support/small-disk.ts'
import { Crowd, missing, surplus, textsOf, type Writer } from './crowd.ts'
import { makeCrowdSite, type CrowdSite, type Seat } from './crowd-site.ts'
import { honestLetters } from './mutations.ts'

const PEOPLE = 8
const EDITS_PER_SECOND = 100
/** Room for the store, its log and little more. */
const DISK_MB = 24
const FULL_MS = 1_000
/** Pastes, together more than a room keeps while its store does not answer; of a letter that nobody types. */
const PASTES = 30
const PASTE = 150_000
const PASTED = 'x'
/** Bits in one file. */
const FLIPS = 4
const TYPING_MS = times({ once: 800, issue: 1_500, long: 1_500 })
const DISKS = times({ once: 1, issue: 3, long: 20 })
const DAMAGES = times({ once: 2, issue: 20, long: 200 })
const TEARS = times({ once: 2, issue: 10, long: 100 })

const stores = (path: string, folder: string): boolean => path === folder || path.startsWith(join(folder, STORE_FILE))

describe('the disk', function () {
  this.timeout(300_000)
  let site: CrowdSite
  let server: BuiltServer | null = null
  let crowd: Crowd | null = null
  const mounted: string[] = []
  before(async () => {
    site = await makeCrowdSite(PEOPLE, 2)
  })
  afterEach(async () => {
    crowd?.leave()
    await server?.kill()
    crowd = server = null
    mounted.splice(0).forEach(unmountDisk)
  })
  after(() => site.close())

  /** A small disk with the site's store on it, under a server at which everybody types; null where this user may not have one. */
  async function typingOnSmallDisk(seed: number) {
    const copied = await site.copy()
    const disk = `${copied}-disk`
    if (!mountSmallDisk(disk, DISK_MB)) {
      console.log('      not run: this user may not mount a small disk')
      return null
    }
    mounted.push(disk)
    const folder = join(disk, 'data')
    cpSync(copied, folder, { recursive: true })
    // Ended by the test's own clean-up from here on, whatever fails.
    server = await startBuiltServer(folder, { DEMO: '0' })
    crowd = await Crowd.enter(site.seats, [server.port], EDITS_PER_SECOND, randomOf(seed))
    crowd.begin()
    await new Promise((resolve) => setTimeout(resolve, 300))
    fillDisk(join(disk, 'filler'))
    await new Promise((resolve) => setTimeout(resolve, FULL_MS))
    return { disk, folder, server, crowd }
  }
  /** What a server has on its disk now, from a copy. */
  async function left(folder: string) {
    const copy = `${await site.copy()}-left`
    cpSync(folder, copy, { recursive: true, filter: (path) => stores(path, folder) })
    const store = await openStore({ dataDir: copy, loud: () => undefined })
    return textsOf(store.journal, site.drafts).finally(() => store.close())
  }
  const everything = ({ writers }: Crowd) => new Map(writers.map((writer) => [writer, writer.edits] as const))

  for (let seed = 1; seed <= DISKS; seed++)
    it(`[SY22] full while people type: nothing is acknowledged, who sends much is told, and with room again all is there once (seed ${seed})`, async function () {
      const typing = await typingOnSmallDisk(seed)
      if (typing === null) return this.skip()
      const { disk, folder } = typing
      ;({ server, crowd } = typing)
      const [seat] = site.seats
      const pasting = await rawClient(server.port, null, `/collab/${seat!.draft}.1?ack=1`, { cookie: seat!.cookie })
      pasting.send(framed(0, 1, new Uint8Array([0, 0])))
      for (let nth = 0; nth < PASTES; nth++) pasting.update(honestLetters(9_000 + nth, PASTED.repeat(PASTE)))
      await until('who sends much is told', () => pasting.refusals().some((told) => told.startsWith('store-away')))
      pasting.socket.terminate()
      const [called, typedThen, acknowledgedThen] = [crowd.acknowledgedEdits(), crowd.typed, crowd.acknowledged]
      const falselyAcknowledged = missing(called, await left(folder))
      assert.ok(acknowledgedThen < typedThen && server.alive())
      rmSync(join(disk, 'filler'))
      crowd.rest()
      await crowd.saved()
      const { typed, acknowledged } = crowd
      const crashes = server.alive() ? 0 : 1
      const texts = await left(folder)
      const all = [...texts.values()].map((doc) => sectionRoot(doc, 'background').toString()).join('')
      const pasted = all.split(PASTED).length - 1
      const lost = missing(everything(crowd), texts)
      const doubled = surplus(everything(crowd), texts) - pasted
      console.log(
        `      full for ${FULL_MS} ms and more: typed ${typedThen} by then, acknowledged ${acknowledgedThen}; at the end typed ${typed}, acknowledged ${acknowledged}, lost ${lost}, doubled ${doubled}`,
      )
      countFault('disk full', { times: 1, typed, acknowledged, lost, doubled, falselyAcknowledged, crashes })
    })

  // In the suite test/server/collab/unsaved.test.ts has a folder that takes nothing.
  if (COUNTS !== 'once')
    it('[SY62] ended while full: neither store nor folder takes it, the log says so, it ends with 1, and whoever comes back brings all', async function () {
      const typing = await typingOnSmallDisk(1)
      if (typing === null) return this.skip()
      const { disk, folder } = typing
      ;({ server, crowd } = typing)
      const { typed, acknowledged } = crowd
      assert.ok(acknowledged < typed)
      const from = performance.now()
      assert.equal(await server.stop(), 1)
      const tookMs = performance.now() - from
      assert.ok(server.errors().some((line) => line.includes('neither the store nor the data folder')))
      const falselyAcknowledged = missing(crowd.acknowledgedEdits(), await left(folder))
      rmSync(join(disk, 'filler'))
      crowd.rest()
      await server.start()
      await crowd.saved()
      const texts = await left(folder)
      const lost = missing(everything(crowd), texts)
      const doubled = surplus(everything(crowd), texts)
      console.log(`      ended after ${tookMs.toFixed(0)} ms; files ${readdirSync(folder).join(', ')}`)
      countFault('SIGTERM, disk full', {
        times: 1,
        typed: crowd.typed,
        acknowledged,
        lost,
        doubled,
        falselyAcknowledged,
      })
    })

  /** A server's folder after a kill, and what was typed: the same for all tests. */
  async function write(seed: number) {
    const folder = await site.copy()
    server = await startBuiltServer(folder, { DEMO: '0' })
    crowd = await Crowd.enter(site.seats, [server.port], EDITS_PER_SECOND * 3, randomOf(seed))
    crowd.begin()
    await new Promise((resolve) => setTimeout(resolve, TYPING_MS))
    crowd.rest()
    await crowd.saved()
    const typed = everything(crowd)
    crowd.leave()
    await server.kill()
    return { folder, typed }
  }
  let made: ReturnType<typeof write> | null = null
  const written = (): ReturnType<typeof write> => (made ??= write(1))
  /** Whether the server ends a connection to this draft for good or with an error, and brings no text. */
  async function isWithheld({ draft, cookie }: Seat, port: number): Promise<boolean> {
    const reader = await rawClient(port, null, `/collab/${draft}.1`, { cookie })
    reader.send(framed(0, 0, new Uint8Array([0])))
    await until('the draft is served or not', () => reader.closed() !== null || reader.frames.length > 1)
    reader.socket.terminate()
    return reader.closed() !== null
  }
  /** The text of each draft that this folder serves; of one that it does not, null. Null for all: it does not start, and says why. */
  async function served(folder: string): Promise<readonly (Writer | null)[] | string> {
    const started = await startBuiltServer(folder, { DEMO: '0' }).catch((error: unknown) => String(error))
    if (typeof started === 'string') return started
    server = started
    const seats = site.drafts.map((draft) => site.seats.find((seat) => seat.draft === draft)!)
    const readers = await Promise.all(
      seats.map(async (seat) => {
        if (await isWithheld(seat, started.port)) return null
        const { writers } = await Crowd.enter([seat], [started.port], 1, Math.random, 3_000).catch(() => ({
          writers: [],
        }))
        return writers[0] ?? null
      }),
    )
    assert.ok(started.alive(), started.output())
    return readers
  }

  it(`[SY23] damaged bytes × ${DAMAGES}: refused in one line that says what to do, or each draft as it was written, or not at all`, async () => {
    const { folder: killed, typed } = await written()
    const draw = randomOf(1)
    // Opened and closed, everything is in the file and no log beside it.
    const folder = await copyOf(killed)
    await (await openStore({ dataDir: folder })).close()
    const whole = readFileSync(join(folder, STORE_FILE))
    const seen = { refused: 0, served: 0, withheld: 0 }
    for (let nth = 0; nth < DAMAGES; nth++) {
      const damaged = `${folder}-damaged${nth}`
      const bytes = Buffer.from(whole)
      // The first one at its head, where SQLite itself sees it; the others anywhere, many at once.
      if (nth === 0) bytes.fill(0x55, 0, 64)
      else
        for (let flip = 0; flip < FLIPS; flip++)
          bytes[Math.floor(draw() * bytes.length)]! ^= 1 << Math.floor(draw() * 8)
      mkdirSync(damaged)
      writeFileSync(join(damaged, STORE_FILE), bytes)
      const readers = await served(damaged)
      if (typeof readers === 'string') {
        seen.refused += 1
        assert.match(readers, /^[^\n]*\nrangruam: [^\n]+\n$/)
        if (nth === 0) assert.match(readers, /damaged.*npm run restore/)
      } else
        for (const reader of readers) {
          if (reader === null) seen.withheld += 1
          else {
            seen.served += 1
            const { seat, sync } = reader
            const here = new Map([...typed].filter(([writer]) => writer.seat.draft === seat.draft))
            const texts = new Map([[seat.draft, sync.back]])
            assert.deepEqual([missing(here, texts), surplus(here, texts)], [0, 0])
            sync.destroy()
          }
        }
      await server?.kill()
      server = null
    }
    console.log(`      starts refused ${seen.refused}; drafts as written ${seen.served}, not served ${seen.withheld}`)
    assert.ok(seen.refused > 0)
    countFault('damaged file', { times: DAMAGES })
  })

  it(`[SY23] the end of the log torn × ${TEARS}: each draft as it was after some entry, and it can be written`, async () => {
    const { folder } = await written()
    const draw = randomOf(2)
    const log = readFileSync(join(folder, `${STORE_FILE}-wal`))
    const whole = await entriesOf(folder)
    const lengths: string[] = []
    for (let nth = 0; nth < TEARS; nth++) {
      const torn = `${folder}-torn${nth}`
      cpSync(folder, torn, { recursive: true, filter: (path) => stores(path, folder) })
      const at = Math.floor(log.length * (0.3 + 0.7 * draw()))
      const kept = Buffer.from(log)
      if (nth % 2 === 0) kept.fill(draw() * 256, at)
      writeFileSync(join(torn, `${STORE_FILE}-wal`), nth % 2 === 0 ? kept : kept.subarray(0, at))
      const some = await entriesOf(torn)
      for (const [draft, entries] of some)
        assert.deepEqual(
          entries,
          whole.get(draft)!.slice(0, entries.length),
          'what is left is a beginning of what was there',
        )
      lengths.push([...some.values()].map(({ length }) => length).join('+'))
      const readers = await served(torn)
      assert.ok(typeof readers !== 'string' && readers.every((reader) => reader !== null))
      for (const { sync } of readers) {
        assert.equal(sync.back.store.pendingStructs ?? sync.back.store.pendingDs, null)
        sync.destroy()
      }
      const again = await Crowd.enter(site.seats, [server!.port], EDITS_PER_SECOND, draw)
      again.begin()
      await new Promise((resolve) => setTimeout(resolve, 100))
      again.rest()
      await again.saved()
      again.leave()
      await server?.kill()
    }
    const all = [...whole.values()].map(({ length }) => length).join('+')
    console.log(
      `      ${readdirSync(folder).length} files, log ${statSync(join(folder, `${STORE_FILE}-wal`)).size} bytes; entries ${all}, after tearing ${lengths.join(', ')}`,
    )
    countFault('torn log', { times: TEARS })
  })

  /** The store of a folder, in a folder of its own. */
  async function copyOf(folder: string): Promise<string> {
    const copy = `${await site.copy()}-copied`
    cpSync(folder, copy, { recursive: true, filter: (path) => stores(path, folder) })
    return copy
  }
  /** Every entry of each draft, from a copy. */
  async function entriesOf(folder: string) {
    const store = await openStore({ dataDir: await copyOf(folder) })
    try {
      return new Map(
        await Promise.all(site.drafts.map(async (draft) => [draft, await store.journal.read(draft, 1, 0)] as const)),
      )
    } finally {
      await store.close()
    }
  }
})
