/** kill -9 at seeded moments while three people type words over each kind of network: everything shown as saved is found, once. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DraftSync } from '../../client/sync/draft-sync.ts'
import { COUNTS, times } from '../support/counts.ts'
import { countFault } from '../support/fault-tally.ts'
import { openDraft } from '../support/open-draft.ts'
import { pretendBrowser, type PretendedBrowser } from '../support/pretend-browser.ts'
import { startProxy, type Proxy } from '../support/proxy.ts'
import { randomOf } from '../../shared/random.ts'
import { pause, until } from '../support/waiting.ts'
import { tallyOf, textOf, typeWord, wordsOf } from '../support/words.ts'
import { startCollab, type CollabProcess } from './start-collab.ts'

const SEEDS = times({ once: 1, issue: 2, long: 50 })
const FIRST = Number(process.env['KILL_FIRST'] ?? 1)
const KILLS = times({ once: 1, issue: 2, long: 2 })
const WRITERS = ['alice', 'bob', 'carol']

/** What stands between the writers and the server: nothing, or a proxy that refuses WebSockets in one of two ways, or gathers besides. */
const ALL = [
  null,
  { upgrades: 'refused' },
  { upgrades: 'never answered' },
  { upgrades: 'refused', gathers: true },
] as const
/** The suite has the two others in kill.test.ts, and in a browser the one that never answers, which takes its 5 s each time (proxy.test.ts). */
const NETWORKS = COUNTS === 'once' ? ALL.slice(-1) : ALL

describe('kill -9 behind networks', function () {
  this.timeout(150_000)
  let dataDir = ''
  let server: CollabProcess | null = null
  let proxy: Proxy | null = null
  /** In the suite pages are told when the server is back; counted, they find out by themselves. */
  let browser: PretendedBrowser | null = null
  const open: DraftSync[] = []
  afterEach(async () => {
    for (const sync of open.splice(0)) sync.destroy()
    browser?.end()
    browser = null
    server?.child.kill('SIGKILL')
    server = null
    await proxy?.close()
    proxy = null
    await rm(dataDir, { recursive: true, force: true })
  })
  for (const network of NETWORKS)
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++)
      it(`[SY20]${network === null ? '' : '[SY40]'} what was shown as saved is found once after kill -9 (${nameOf(network)}, seed ${seed})`, async () => {
        const draw = randomOf(seed)
        dataDir = await mkdtemp(join(tmpdir(), 'rangruam-kill-'))
        server = await startCollab(dataDir)
        const { port } = server
        proxy = network === null ? null : await startProxy(port, network)
        const entrance = proxy?.port ?? port
        // Who only looks what is stored needs no proxy for it, and the suite has no time for three attempts.
        const entranceOfReaders = COUNTS === 'once' ? port : entrance
        /** Every word is typed once; words shown as saved at any look. */
        const typed = new Set<string>()
        const saved = new Set<string>()
        let looks = 0
        const enter = async (who: string, by = entrance): Promise<DraftSync> => {
          const sync = await openDraft(by, who)
          open.push(sync)
          return sync
        }
        browser = COUNTS === 'once' ? pretendBrowser() : null
        const writers = await Promise.all(WRITERS.map((who) => enter(who)))
        const own = new Map<string, string[]>(WRITERS.map((who) => [who, []]))
        let typing = true
        const type = async (who: string, sync: DraftSync): Promise<void> => {
          for (let n = 0; typing; n++) {
            const word = `<${who}${n}>`
            typeWord(sync, word, draw())
            typed.add(word)
            own.get(who)?.push(word)
            await pause(2 + draw() * 6)
            // Who never pauses sees nothing saved: now and then one looks up until it is, as people do.
            const end = Date.now() + 3_000
            while (n % 20 === 19 && typing && sync.status.save !== 'saved' && Date.now() < end) await pause(20)
            looks += 1
            if (sync.status.save === 'saved') for (const each of own.get(who) ?? []) saved.add(each)
          }
        }
        await until('all synced', () => writers.every((sync) => sync.status.synced), 20_000)
        const hands = WRITERS.map((who, at) => type(who, writers[at]!))
        for (let kill = 0; kill < KILLS; kill++) {
          await pause(300 + draw() * 900)
          server.child.kill('SIGKILL')
          await once(server.child, 'exit')
          // What was shown as saved is in the store now, whatever the clients still hold.
          const before = new Set(saved)
          server = await startCollab(dataDir, port)
          browser?.online()
          const fresh = await enter(`reader${kill}`, entranceOfReaders)
          await until('the reader is synced', () => fresh.status.synced, 20_000)
          const text = textOf(fresh)
          const found = new Set(wordsOf(text))
          const lost = [...before].filter((word) => !found.has(word))
          assert.deepEqual(lost, [], `seed ${seed}: shown as saved, not found after kill ${kill + 1}`)
        }
        await pause(300)
        typing = false
        await Promise.all(hands)
        await until('everything is saved at rest', () => writers.every((sync) => sync.status.save === 'saved'), 20_000)
        const end = await enter('last', entranceOfReaders)
        await until('the last reader is synced', () => end.status.synced, 20_000)
        const text = textOf(end)
        await until('all hold the same text', () => writers.every((sync) => textOf(sync) === text), 20_000)
        const { lost, doubled } = tallyOf([...typed], wordsOf(text))
        console.log(
          `      seed ${seed}: typed ${typed.size} words, shown as saved ${saved.size}, looks ${looks}, lost ${lost}, doubled ${doubled}`,
        )
        const acknowledged = typed.size
        countFault('kill -9, words over each network', { times: KILLS, typed: typed.size, acknowledged, lost, doubled })
        assert.ok(saved.size > 0 && looks > 0)
        if (proxy === null) return
        const { frames, upgrades, requests } = proxy
        console.log(
          `      over HTTP ${frames.up} frames up, ${frames.down} down in ${requests} requests; ${upgrades.document} upgrades not got`,
        )
        assert.ok(frames.up > 0 && frames.down > 0 && upgrades.document > 0)
      })
})

function nameOf(network: (typeof NETWORKS)[number]): string {
  if (network === null) return 'WebSockets'
  return `upgrades ${network.upgrades}${'gathers' in network ? ', answers gathered' : ''}`
}
