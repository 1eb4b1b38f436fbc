/** The built server ended at seeded moments while a crowd types: kill -9, and SIGTERM. What was called saved is in the store, and stays, once. */
import assert from 'node:assert/strict'
import { openStore } from '../../server/store/store.ts'
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts'
import { COUNTS, times } from '../support/counts.ts'
import { countFault, type FaultCount } from '../support/fault-tally.ts'
import { pretendBrowser, type PretendedBrowser } from '../support/pretend-browser.ts'
import { startProxy, type Proxy } from '../support/proxy.ts'
import { randomOf } from '../../shared/random.ts'
import { startReferenceServer, type ReferenceServer } from '../support/reference-server.ts'
import { pause } from '../support/waiting.ts'
import { Crowd, missing, surplus, textsOf } from './crowd.ts'
import { makeCrowdSite, type CrowdSite } from './crowd-site.ts'

const PEOPLE = 24
const GROUPS = 3
const EDITS_PER_SECOND = 280
/** What the issue demands of the moment of each kill. */
const LEAST_PER_SECOND = 200
const LEAST_PEOPLE = 20
/** So many of them come through a proxy that refuses WebSockets. */
const BY_HTTP_EVERY = 8
/** On one folder, then a fresh one, so that texts stay of a size that people write: 50 and 10 for the issue, 500 and 100 in full. */
const KILLS = times({ once: 1, issue: 10, long: 10 })
const STOPS = times({ once: 1, issue: 2, long: 2 })
const FOLDERS = times({ once: 1, issue: 5, long: 50 })
const FIRST = Number(process.env['KILL_FIRST'] ?? 1)

type Ending = 'kill -9' | 'SIGTERM'
const ofEach = (ending: Ending, count: number): Ending[] => Array.from({ length: count }, () => ending)

describe('the server ends while people type', function () {
  this.timeout(300_000)
  let site: CrowdSite | null = null
  let server: BuiltServer | null = null
  let proxy: Proxy | null = null
  let crowd: Crowd | null = null
  /** In the suite pages are told when the server is back; counted, they find out by themselves. */
  let browser: PretendedBrowser | null = null
  let reference: ReferenceServer | null = null
  afterEach(async () => {
    crowd?.leave()
    browser?.end()
    await proxy?.close()
    await server?.kill()
    crowd = proxy = server = browser = null
  })
  after(async () => {
    await site?.close()
    if (reference?.kind === 'running') await reference.stop()
  })

  /** Ends the server in these ways while the crowd types, looks each time into the store that it left, and at the end at everybody's text. */
  async function endedWhileTyping(endings: readonly Ending[], seed: number, mongodbUri?: string): Promise<void> {
    const draw = randomOf(seed)
    // A database has its own workshop; folders are copies of one.
    const own = mongodbUri === undefined ? null : await makeCrowdSite(PEOPLE, GROUPS, mongodbUri)
    const { seats, drafts, copy, storeOf } = own ?? (site ??= await makeCrowdSite(PEOPLE, GROUPS))
    const dataDir = await copy()
    server = await startBuiltServer(dataDir, {
      DEMO: '0',
      ...(mongodbUri === undefined ? {} : { MONGODB_URI: mongodbUri }),
    })
    proxy = await startProxy(server.port, { upgrades: 'refused' })
    const ports = Array.from({ length: BY_HTTP_EVERY }, (_, at) => (at === 0 ? proxy!.port : server!.port))
    browser = COUNTS === 'once' ? pretendBrowser() : null
    crowd = await Crowd.enter(seats, ports, EDITS_PER_SECOND, draw)
    const counts: (readonly [Ending, Partial<FaultCount>])[] = []
    let [slowest, typedBefore, acknowledgedBefore] = [Infinity, 0, 0]
    crowd.begin()
    for (const how of endings) {
      const [before, from] = [crowd.typed, performance.now()]
      await pause(300 + draw() * 1000)
      slowest = Math.min(slowest, (crowd.typed - before) / ((performance.now() - from) / 1000))
      const crashes = server.alive() ? 0 : 1
      if (how === 'kill -9') await server.kill()
      else assert.equal(await server.stop(), 0)
      await crowd.disconnected()
      const called = crowd.acknowledgedEdits()
      const [typed, acknowledged] = [crowd.typed - typedBefore, crowd.acknowledged - acknowledgedBefore]
      typedBefore += typed
      acknowledgedBefore += acknowledged
      // A copy: opening it mends what the server itself must mend.
      const left = await openStore({ dataDir: storeOf(dataDir), mongodbUri })
      const falselyAcknowledged = missing(called, await textsOf(left.journal, drafts).finally(() => left.close()))
      counts.push([how, { typed, acknowledged, falselyAcknowledged, crashes }])
      await server.start()
      browser?.online()
      await crowd.synced()
    }
    crowd.rest()
    await crowd.saved()
    await crowd.agreed()
    const { typed, acknowledged, writers } = crowd
    const [all, held] = [crowd.edits(), crowd.held()]
    crowd.leave()
    assert.ok(server.alive())
    assert.equal(await server.stop(), 0)
    const end = await openStore({ dataDir, mongodbUri })
    const texts = await textsOf(end.journal, drafts).finally(() => end.close())
    const [lost, doubled] = [missing(all, texts) + missing(all, held), surplus(all, texts) + surplus(all, held)]
    await own?.close()
    const { frames, upgrades } = proxy
    console.log(
      `      seed ${seed}: ${writers.length} people, at least ${slowest.toFixed(0)} edits/s at each end; typed ${typed}, acknowledged ${acknowledged}, ` +
        `lost ${lost}, doubled ${doubled}; over HTTP ${frames.up} frames up, ${frames.down} down, ${upgrades.document} upgrades not got`,
    )
    for (const [at, [how, count]] of counts.entries())
      countFault(`${how}${mongodbUri === undefined ? '' : ', MongoDB'}`, {
        times: 1,
        ...count,
        ...(at === 0 ? { lost, doubled } : {}),
      })
    assert.ok(writers.length >= LEAST_PEOPLE && slowest >= LEAST_PER_SECOND)
    assert.ok(acknowledged === typed && frames.up > 0 && frames.down > 0 && upgrades.document > 0)
  }

  for (let seed = FIRST; seed < FIRST + FOLDERS; seed++)
    it(`[SY20][SY40] ${KILLS} × kill -9 and ${STOPS} × SIGTERM at ${LEAST_PER_SECOND} edits/s of ${PEOPLE} people: what was called saved is in the store, and everything typed is there once (seed ${seed})`, () =>
      endedWhileTyping([...ofEach('kill -9', KILLS), ...ofEach('SIGTERM', STOPS)], seed))

  // The suite has the database under the relay; here it is the server that dies.
  if (COUNTS !== 'once')
    it('[SY20] the same with the journal in MongoDB', async function () {
      reference = await startReferenceServer()
      if (reference.kind === 'absent') {
        console.log(`      not run: ${reference.reason}`)
        return this.skip()
      }
      await endedWhileTyping([...ofEach('kill -9', 5), ...ofEach('SIGTERM', 1)], FIRST, reference.uri('killed'))
    })
})
