/** The disk under the built server gives back other bytes than were written: some of its file damaged, the end of its log torn. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STORE_FILE } from '../../server/store/embedded/start.ts'
import { openStore } from '../../server/store/store.ts'
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts'
import { times } from '../support/counts.ts'
import { countFault } from '../support/fault-tally.ts'
import { randomOf } from '../../shared/random.ts'
import { framed, rawClient } from '../support/raw-client.ts'
import { pause, until } from '../support/waiting.ts'
import { Crowd, missing, surplus, type Writer } from './crowd.ts'
import { makeCrowdSite, type CrowdSite, type Seat } from './crowd-site.ts'

const PEOPLE = 8
const EDITS_PER_SECOND = 300
/** Bits in one file. */
const FLIPS = 4
const TYPING_MS = times({ once: 800, issue: 1_500, long: 1_500 })
const DAMAGES = times({ once: 2, issue: 20, long: 200 })
const TEARS = times({ once: 2, issue: 10, long: 100 })

describe('the disk gives back other bytes', function () {
  this.timeout(300_000)
  let site: CrowdSite
  /** A server's folder after a kill, and what was typed there. */
  let written: { readonly folder: string; readonly typed: ReturnType<Crowd['edits']> }
  let server: BuiltServer | null = null
  before(async () => {
    site = await makeCrowdSite(PEOPLE, 2)
    const folder = await site.copy()
    server = await startBuiltServer(folder, { DEMO: '0' })
    const crowd = await Crowd.enter(site.seats, [server.port], EDITS_PER_SECOND, randomOf(1))
    crowd.begin()
    await pause(TYPING_MS)
    crowd.rest()
    await crowd.saved().finally(() => crowd.leave())
    await server.kill()
    written = { folder, typed: crowd.edits() }
  })
  afterEach(() => server?.kill())
  after(async () => {
    await server?.kill()
    await site.close()
  })

  /** Whether the server ends a connection to this draft and brings no text. */
  async function isWithheld({ draft, cookie }: Seat, port: number): Promise<boolean> {
    const reader = await rawClient(port, null, `/collab/${draft}.1`, { cookie })
    reader.send(framed(0, 0, new Uint8Array([0])))
    await until('the draft is served or not', () => reader.closed() !== null || reader.frames.length > 1)
    reader.socket.terminate()
    return reader.closed() !== null
  }
  /** Starts a server on a folder: for each draft whoever has it open, or null where it is withheld; what is said where it does not start. */
  async function served(folder: string): Promise<readonly (Writer | null)[] | string> {
    const started = await startBuiltServer(folder, { DEMO: '0' }).catch((error: unknown) => String(error))
    if (typeof started === 'string') return started
    server = started
    const seats = site.drafts.map((draft) => site.seats.find((seat) => seat.draft === draft)!)
    const readers = await Promise.all(
      seats.map(async (seat) => {
        if (await isWithheld(seat, started.port)) return null
        const { writers } = await Crowd.enter([seat], [started.port], 1, Math.random)
        return writers[0] ?? null
      }),
    )
    assert.ok(started.alive(), started.output())
    return readers
  }
  /** Every entry of each draft, from a copy. */
  async function entriesOf(folder: string) {
    const { journal, close } = await openStore({ dataDir: site.storeOf(folder) })
    const read = site.drafts.map(async (draft) => [draft, await journal.read(draft, 1, 0)] as const)
    return new Map(await Promise.all(read).finally(close))
  }

  it(`[SY23] damaged bytes × ${DAMAGES}: refused in one line that says what to do, or each draft as it was written, or not at all`, async () => {
    const draw = randomOf(1)
    // Opened and closed, everything is in the file and no log beside it.
    const folder = site.storeOf(written.folder)
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
            const here = new Map([...written.typed].filter(([writer]) => writer.seat.draft === seat.draft))
            const texts = new Map([[seat.draft, sync.back]])
            assert.deepEqual([missing(here, texts), surplus(here, texts)], [0, 0])
            sync.destroy()
          }
        }
      await server?.kill()
    }
    console.log(`      starts refused ${seen.refused}; drafts as written ${seen.served}, not served ${seen.withheld}`)
    assert.ok(seen.refused > 0)
    countFault('damaged file', { times: DAMAGES })
  })

  it(`[SY23] the end of the log torn × ${TEARS}: each draft as it was after some entry, and it can be written`, async () => {
    const { folder } = written
    const draw = randomOf(2)
    const log = readFileSync(join(folder, `${STORE_FILE}-wal`))
    const whole = await entriesOf(folder)
    const lengths: string[] = []
    for (let nth = 0; nth < TEARS; nth++) {
      const torn = site.storeOf(folder)
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
      await pause(100)
      again.rest()
      await again.saved().finally(() => again.leave())
      await server?.kill()
    }
    const all = [...whole.values()].map(({ length }) => length).join('+')
    const { size } = statSync(join(folder, `${STORE_FILE}-wal`))
    console.log(`      log ${size} bytes; entries ${all}, after tearing ${lengths.join(', ')}`)
    countFault('torn log', { times: TEARS })
  })
})
