/** The built server gets SIGTERM while its database does not answer: what people typed is in a file of the data folder, and the next start takes it in. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { unpackSpool } from '../../server/journal/spool.ts'
import { openStore, type Store } from '../../server/store/store.ts'
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts'
import { COUNTS, times } from '../support/counts.ts'
import { startDatabase, type Database } from '../support/database.ts'
import { countFault } from '../support/fault-tally.ts'
import { pretendBrowser, type PretendedBrowser } from '../support/pretend-browser.ts'
import { randomOf } from '../../shared/random.ts'
import { pause, steady, until } from '../support/waiting.ts'
import { Crowd, missing, surplus, textsOf } from './crowd.ts'
import { makeCrowdSite, type CrowdSite } from './crowd-site.ts'

const PEOPLE = 6
const EDITS_PER_SECOND = 200
const TYPED_MS = 300
const ENDINGS = times({ once: 1, issue: 10, long: 50 })
/** Ten times what is promised. */
const ENDED_MS = 100_000

type Told = {
  readonly file: string
  readonly taken: number
  readonly known: number
  readonly unreadable: number
  readonly others: Readonly<Record<string, number>>
  readonly drafts: readonly string[]
}

describe('SIGTERM while the database does not answer', function () {
  this.timeout(180_000)
  let database: Database
  let site: CrowdSite | null = null
  let store: Store | null = null
  let server: BuiltServer | null = null
  /** In the suite pages are told when the server is back; counted, they find out by themselves. */
  let browser: PretendedBrowser | null = null
  const crowds: Crowd[] = []
  before(async function () {
    const started = await startDatabase()
    if (started.kind === 'absent') {
      console.log(`      left out: ${started.reason}`)
      return this.skip()
    }
    database = started
  })
  afterEach(async () => {
    for (const crowd of crowds.splice(0)) crowd.leave()
    browser?.end()
    await server?.kill()
    await store?.close()
    await site?.close()
    server = store = site = browser = null
  })
  after(() => database?.stop())

  async function ended(how: 'hold' | 'cut', seed: number): Promise<void> {
    const name = `ending${seed}`
    site = await makeCrowdSite(PEOPLE, 3, database.past(name))
    store = await openStore({ dataDir: 'unused', mongodbUri: database.past(name) })
    const { drafts, seats } = site
    const { journal } = store
    const folder = await site.copy()
    server = await startBuiltServer(folder, { DEMO: '0', MONGODB_URI: database.through(name) })
    const draw = randomOf(seed)
    browser = COUNTS === 'once' ? pretendBrowser() : null
    // In the order of the file: whoever never comes back, whose draft is closed, and who sends again.
    for (const draft of drafts) {
      const here = seats.filter((seat) => seat.draft === draft)
      crowds.push(await Crowd.enter(here, [server.port], EDITS_PER_SECOND / 3, draw))
    }
    const [gone, shut, back] = crowds as [Crowd, Crowd, Crowd]
    for (const crowd of crowds) crowd.begin()
    await pause(TYPED_MS)
    database.relay[how]()
    await pause(TYPED_MS * (1 + draw()))
    for (const crowd of crowds) crowd.rest()
    const isBehind = (): boolean => crowds.every(({ typed, acknowledged }) => acknowledged < typed)
    await until('something is not saved', isBehind)
    // The server has read what came before this question, though it cannot save it.
    for (let n = 0; n < 2; n++) await fetch(`http://127.0.0.1:${server.port}/healthz`)
    const from = performance.now()
    assert.equal(await server.stop(), 1)
    const tookMs = performance.now() - from
    const called = crowds.map((crowd) => crowd.acknowledgedEdits())
    for (const crowd of [gone, shut]) crowd.leave()

    const file = files(folder)[0]!
    const line = await said(server, 'the next start takes it in')
    const path = join(folder, file)
    assert.equal((JSON.parse(line) as { file: string }).file, path)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    const { entries, unreadable } = unpackSpool(readFileSync(path))
    assert.equal(unreadable, 0)
    assert.equal(new Set(entries.map(({ draft }) => draft)).size, 3)
    assert.equal(entries.at(-1)?.draft, drafts[2])
    truncateSync(path, statSync(path).size - 5)

    database.relay.mend()
    // Inserts that the network held come now, from whoever is no more.
    await steady(async () => (await Promise.all(drafts.map((draft) => journal.last(draft, 1)))).join())
    const texts = await textsOf(journal, drafts)
    const falselyAcknowledged = called.reduce((sum, edits) => sum + missing(edits, texts), 0)
    const closed = drafts[1]!
    const last = await journal.last(closed, 1)
    const close = { draft: closed, generation: 1, kind: 'close', by: 'server', at: 0, bytes: new Uint8Array() } as const
    assert.equal((await journal.append(last, [close])).kind, 'appended')
    await server.start()
    browser?.online()
    const told = await said(server, 'kept aside in this file')
    const { taken, known, unreadable: torn, others, ...more } = JSON.parse(told) as Told
    const { 'draft-closed': refused = 0, ...otherwise } = others
    assert.deepEqual([more.file, more.drafts, otherwise], [`${path}.aside`, [closed], {}])
    assert.ok(taken > 0 && refused > 0 && torn > 0)
    // An insert whose answer was lost may have come.
    assert.equal(taken + known + refused, entries.length - 1)
    assert.deepEqual(files(folder), [`${file}.aside`])

    await back.saved()
    const now = await textsOf(journal, drafts)
    const typed = new Map([...gone.edits(), ...back.edits()])
    const open = new Map([...now].filter(([draft]) => draft !== closed))
    const [lost, doubled] = [missing(typed, open), surplus(typed, open)]
    assert.equal(await journal.last(closed, 1), last + 1)
    console.log(
      `      ended after ${tookMs.toFixed(0)} ms; ${entries.length} edits in the file, taken ${taken}, known ${known}, refused ${refused}, torn 1; lost ${lost}, doubled ${doubled}`,
    )
    countFault(`SIGTERM, database ${how === 'hold' ? 'silent' : 'refusing'}`, {
      times: 1,
      typed: gone.typed + back.typed,
      acknowledged: gone.acknowledged + back.acknowledged,
      falselyAcknowledged,
      lost,
      doubled,
    })
    assert.ok(tookMs < ENDED_MS)
  }

  for (let seed = 1; seed <= ENDINGS; seed++) {
    const how = seed % 2 === 1 ? 'hold' : 'cut'
    it(`[SY62][SY63][SY64] ${how === 'hold' ? 'silent' : 'refusing'}: it ends with 1 and names the file; started again every word is there once, also of who never comes back; what a closed draft or a torn end withholds is said (seed ${seed})`, () =>
      ended(how, seed))
  }
})

/** The line of a server's log with these words. */
async function said(server: BuiltServer, words: string): Promise<string> {
  const found = (): string | undefined => server.errors().find((line) => line.includes(words))
  await until(words, () => found() !== undefined).catch((error: unknown) => {
    throw new Error(server.output(), { cause: error })
  })
  return found() ?? ''
}

const files = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('unsaved-'))
