/** Readers that fall asleep over a large draft, and eighty people who come back at once: what the built server takes for it, how soon all are there, what is lost. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import WebSocket from 'ws'
import { openStore } from '../../server/store/store.ts'
import { sectionRoot } from '../../shared/drafting/document.ts'
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts'
import { socketWith } from '../support/collab-server.ts'
import { COUNTS, times } from '../support/counts.ts'
import { countFault } from '../support/fault-tally.ts'
import { pretendBrowser, type PretendedBrowser } from '../support/pretend-browser.ts'
import { randomOf } from '../../shared/random.ts'
import { framed, rawClient } from '../support/raw-client.ts'
import { startRelay, type Relay } from '../support/relay.ts'
import { pause, until } from '../support/waiting.ts'
import { Crowd, missing, surplus, textsOf, Writer } from './crowd.ts'
import { makeCrowdSite, type CrowdSite, type Seat } from './crowd-site.ts'
import { honestLetters } from './mutations.ts'

const PEOPLE = 80
const GROUPS = 9
const SLEEPERS = 10
/** Of the draft that they have open. */
const DRAFT_BYTES = 1_000_000
/** What others paste meanwhile: more than the system itself keeps for a connection, and less than a draft may hold. */
const PASTES = 44
const PASTE = 150_000
const PASTED = 'x'
const EDITS_PER_SECOND = 80
const SLEEPS = times({ once: 1, issue: 3, long: 10 })
const RETURNS = times({ once: 1, issue: 3, long: 10 })
const OFFLINE_MS = times({ once: 500, issue: 5_000, long: 5_000 })
/** Ten times what is promised. */
const MOST_MEGABYTES = 150
const MOST_BACK_MS = 10_000
/** Longest that a paste may wait for its acknowledgement: ten times the promise of 300 ms. */
const MOST_WAIT_MS = 3_000

const megabytesOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

describe('readers asleep and crowds that come back', function () {
  this.timeout(300_000)
  let site: CrowdSite
  let server: BuiltServer | null = null
  let crowd: Crowd | null = null
  let relay: Relay | null = null
  let browser: PretendedBrowser | null = null
  before(async () => {
    site = await makeCrowdSite(PEOPLE, GROUPS)
  })
  afterEach(async () => {
    crowd?.leave()
    browser?.end()
    await relay?.close()
    await server?.kill()
    crowd = relay = server = browser = null
  })
  after(() => site.close())

  /** A folder in which the first draft has a long text. */
  async function withLongDraft(): Promise<string> {
    const dataDir = await site.copy()
    const store = await openStore({ dataDir })
    const draft = site.drafts[0]!
    for (let bytes = 0, nth = 0; bytes < DRAFT_BYTES; bytes += PASTE, nth++) {
      const entry = { draft, generation: 1, kind: 'update', by: site.seats[0]!.person, at: 0 } as const
      const last = await store.journal.last(draft, 1)
      await store.journal.append(last, [{ ...entry, bytes: honestLetters(8_000 + nth, PASTED.repeat(PASTE)) }])
    }
    await store.close()
    return dataDir
  }

  /** Ten readers, asleep or not, while others type and paste: by how many MB the server grew, who was dropped, and what they read when they woke. */
  async function pasted(asleep: boolean, seed: number) {
    const running = await startBuiltServer(await withLongDraft(), { DEMO: '0' })
    server = running
    const here = site.seats.filter(({ draft }) => draft === site.drafts[0])
    const pages: WebSocket[] = []
    const readers = await Promise.all(
      Array.from({ length: SLEEPERS }, (_, at) => {
        const seat = here[at % here.length]!
        return Writer.enter(seat, running.port, sleepySocket(seat, pages, asleep))
      }),
    )
    const isIn = (page: WebSocket): boolean => page.readyState === WebSocket.OPEN
    await until('the readers are connected', () => pages.length === SLEEPERS && pages.every(isIn))
    const first = [...pages]
    if (!asleep) await until('the readers have the text', () => readers.every(({ sync }) => sync.status.synced))
    crowd = await Crowd.enter(here.slice(0, 3), [running.port], EDITS_PER_SECOND, randomOf(seed))
    const pasting = await rawClient(running.port, null, `/collab/${here[0]!.draft}.1?ack=1`, {
      cookie: here[0]!.cookie,
    })
    pasting.send(framed(0, 1, new Uint8Array([0, 0])))
    await until('who pastes is there', () => pasting.acknowledged() === 1)
    const before = megabytesOf(running.pid())
    let [peak, longest] = [before, 0]
    crowd.begin()
    for (let nth = 1; nth <= PASTES; nth++) {
      const from = performance.now()
      pasting.update(honestLetters(9_000 + nth, PASTED.repeat(PASTE)))
      await until('the paste is acknowledged', () => pasting.acknowledged() === nth + 1, 30_000)
      longest = Math.max(longest, performance.now() - from)
      peak = Math.max(peak, megabytesOf(running.pid()))
    }
    crowd.rest()
    await crowd.saved()
    await crowd.agreed()
    pasting.socket.terminate()
    const { typed, acknowledged, writers } = crowd
    const woken = performance.now()
    for (const page of first) page.resume()
    const text = (writer: Writer): string => sectionRoot(writer.sync.back, 'background').toString()
    const whole = text(writers[0]!)
    await until('the readers have everything', () => readers.every((reader) => text(reader) === whole), 30_000)
    const backMs = performance.now() - woken
    const dropped = first.filter(({ readyState }) => readyState >= WebSocket.CLOSING).length
    const read = new Map([[here[0]!.draft, readers[0]!.sync.back]])
    const lost = missing(crowd.edits(), read)
    const doubled = surplus(crowd.edits(), read) - (Math.ceil(DRAFT_BYTES / PASTE) + PASTES) * PASTE
    for (const { sync } of readers) sync.destroy()
    crowd.leave()
    assert.equal(await running.stop(), 0)
    return { grown: peak - before, longest, backMs, dropped, count: { typed, acknowledged, lost, doubled } }
  }

  /** The `ws` client of a seat. The first of each sleeper asks for the text, and reads nothing until it is woken. */
  function sleepySocket(seat: Seat, pages: WebSocket[], asleep: boolean): typeof globalThis.WebSocket {
    const Cookied = socketWith(seat.cookie) as unknown as new (url: string | URL) => WebSocket
    class Sleepy extends Cookied {
      constructor(url: string | URL) {
        super(url)
        pages.push(this)
        if (asleep && pages.length <= SLEEPERS) this.once('open', () => this.pause())
      }
    }
    return Sleepy as unknown as typeof globalThis.WebSocket
  }

  for (let seed = 1; seed <= SLEEPS; seed++)
    it(`[SY70] ${SLEEPERS} who fall asleep over a draft of 1 MB: the server grows little, drops them, and awake they have everything; others write on (seed ${seed})`, async () => {
      const asleep = await pasted(true, seed)
      // The suite has no time to look at it twice: then what pasting itself costs counts too.
      const awake = COUNTS === 'once' ? null : await pasted(false, seed)
      const more = asleep.grown - (awake?.grown ?? 0)
      console.log(
        `      the server grew by ${asleep.grown.toFixed(1)} MB with ${SLEEPERS} asleep${awake === null ? '' : `, by ${awake.grown.toFixed(1)} MB with all awake: ${more.toFixed(1)} MB more`}; ` +
          `${asleep.dropped} dropped, all there ${asleep.backMs.toFixed(0)} ms after waking; longest wait of who pastes ${asleep.longest.toFixed(0)} ms`,
      )
      countFault('readers asleep', { times: SLEEPERS, ...asleep.count })
      assert.equal(awake?.dropped ?? 0, 0)
      assert.equal(asleep.dropped, SLEEPERS)
      assert.ok(more <= MOST_MEGABYTES && asleep.longest <= MOST_WAIT_MS)
    })

  for (let seed = 1; seed <= RETURNS; seed++)
    it(`[SY71] ${PEOPLE} who write without a network for ${OFFLINE_MS} ms and come back at once are soon all there, and everything once (seed ${seed})`, async () => {
      const dataDir = await site.copy()
      server = await startBuiltServer(dataDir, { DEMO: '0' })
      relay = await startRelay(server.port)
      browser = pretendBrowser()
      crowd = await Crowd.enter(site.seats, [relay.port], EDITS_PER_SECOND, randomOf(seed))
      crowd.begin()
      await pause(300)
      relay.cut()
      await crowd.disconnected()
      const unsentFrom = crowd.typed
      await pause(OFFLINE_MS)
      crowd.rest()
      const offline = crowd.typed - unsentFrom
      relay.mend()
      const from = performance.now()
      browser.online()
      await crowd.synced()
      const backMs = performance.now() - from
      await crowd.saved()
      const savedMs = performance.now() - from
      await crowd.agreed()
      const { typed, acknowledged } = crowd
      const [all, held] = [crowd.edits(), crowd.held()]
      crowd.leave()
      const crashes = server.alive() ? 0 : 1
      assert.equal(await server.stop(), 0)
      const store = await openStore({ dataDir })
      const texts = await textsOf(store.journal, site.drafts).finally(() => store.close())
      console.log(
        `      ${PEOPLE} offline for ${OFFLINE_MS} ms, ${offline} edits meanwhile: all have the text after ${backMs.toFixed(0)} ms, all is saved after ${savedMs.toFixed(0)} ms`,
      )
      const [lost, doubled] = [missing(all, texts) + missing(all, held), surplus(all, texts) + surplus(all, held)]
      countFault('all come back at once', { times: PEOPLE, typed, acknowledged, lost, doubled, crashes })
      assert.ok(backMs <= MOST_BACK_MS)
    })
})
