/** The disk under the built server is full while people type: what is said, what is kept, and what is there when there is room again. */
import assert from 'node:assert/strict'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../server/store/store.ts'
import { sectionRoot } from '../../shared/drafting/document.ts'
import { startBuiltServer } from '../support/built-server.ts'
import { COUNTS, times } from '../support/counts.ts'
import { countFault } from '../support/fault-tally.ts'
import { randomOf } from '../../shared/random.ts'
import { framed, rawClient } from '../support/raw-client.ts'
import { fillDisk, mountSmallDisk, unmountDisk } from '../support/small-disk.ts'
import { pause, until } from '../support/waiting.ts'
import { Crowd, missing, surplus, textsOf } from './crowd.ts'
import { makeCrowdSite, type CrowdSite } from './crowd-site.ts'
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
const DISKS = times({ once: 1, issue: 3, long: 20 })

describe('the disk is full', function () {
  this.timeout(300_000)
  let site: CrowdSite
  /** What ends what a test began, the last first. */
  const ends: (() => unknown)[] = []
  before(async () => {
    site = await makeCrowdSite(PEOPLE, 2)
  })
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })
  after(() => site.close())

  /** A small disk with the site's store on it, under a server at which everybody types, and full; null where this user may not have one. */
  async function typingOnFullDisk(seed: number) {
    const copied = await site.copy()
    const disk = `${copied}-disk`
    if (!mountSmallDisk(disk, DISK_MB)) {
      console.log('      not run: this user may not mount a small disk')
      return null
    }
    ends.push(() => unmountDisk(disk))
    const [folder, filler] = [join(disk, 'data'), join(disk, 'filler')]
    cpSync(copied, folder, { recursive: true })
    const server = await startBuiltServer(folder, { DEMO: '0' })
    ends.push(() => server.kill())
    const crowd = await Crowd.enter(site.seats, [server.port], EDITS_PER_SECOND, randomOf(seed))
    ends.push(() => crowd.leave())
    crowd.begin()
    await pause(300)
    fillDisk(filler)
    await pause(FULL_MS)
    return { folder, server, crowd, makeRoom: () => rmSync(filler) }
  }
  /** What a server has on its disk now. */
  async function left(folder: string) {
    const store = await openStore({ dataDir: site.storeOf(folder), loud: () => undefined })
    return textsOf(store.journal, site.drafts).finally(() => store.close())
  }

  for (let seed = 1; seed <= DISKS; seed++)
    it(`[SY22] while people type: nothing is acknowledged, who sends much is told, and with room again all is there once (seed ${seed})`, async function () {
      const typing = await typingOnFullDisk(seed)
      if (typing === null) return this.skip()
      const { folder, server, crowd } = typing
      const [seat] = site.seats
      const pasting = await rawClient(server.port, null, `/collab/${seat!.draft}.1?ack=1`, { cookie: seat!.cookie })
      pasting.send(framed(0, 1, new Uint8Array([0, 0])))
      for (let nth = 0; nth < PASTES; nth++) pasting.update(honestLetters(9_000 + nth, PASTED.repeat(PASTE)))
      await until('who sends much is told', () => pasting.refusals().some((told) => told.startsWith('store-away')))
      pasting.socket.terminate()
      const [called, typedThen, acknowledgedThen] = [crowd.acknowledgedEdits(), crowd.typed, crowd.acknowledged]
      const falselyAcknowledged = missing(called, await left(folder))
      assert.ok(acknowledgedThen < typedThen && server.alive())
      typing.makeRoom()
      crowd.rest()
      await crowd.saved()
      const { typed, acknowledged } = crowd
      const crashes = server.alive() ? 0 : 1
      const texts = await left(folder)
      const all = [...texts.values()].map((doc) => sectionRoot(doc, 'background').toString()).join('')
      const pasted = all.split(PASTED).length - 1
      const lost = missing(crowd.edits(), texts)
      const doubled = surplus(crowd.edits(), texts) - pasted
      console.log(
        `      full for ${FULL_MS} ms and more: typed ${typedThen} by then, acknowledged ${acknowledgedThen}; at the end typed ${typed}, acknowledged ${acknowledged}, lost ${lost}, doubled ${doubled}`,
      )
      countFault('disk full', { times: 1, typed, acknowledged, lost, doubled, falselyAcknowledged, crashes })
    })

  // In the suite test/server/collab/unsaved.test.ts has a folder that takes nothing.
  if (COUNTS !== 'once')
    it('[SY62] ended while full: neither store nor folder takes it, the log says so, it ends with 1, and whoever comes back brings all', async function () {
      const typing = await typingOnFullDisk(1)
      if (typing === null) return this.skip()
      const { folder, server, crowd } = typing
      assert.ok(crowd.acknowledged < crowd.typed)
      const from = performance.now()
      assert.equal(await server.stop(), 1)
      const tookMs = performance.now() - from
      assert.ok(server.errors().some((line) => line.includes('neither the store nor the data folder')))
      const falselyAcknowledged = missing(crowd.acknowledgedEdits(), await left(folder))
      typing.makeRoom()
      crowd.rest()
      await server.start()
      await crowd.saved()
      const { typed, acknowledged } = crowd
      const texts = await left(folder)
      const [lost, doubled] = [missing(crowd.edits(), texts), surplus(crowd.edits(), texts)]
      console.log(`      ended after ${tookMs.toFixed(0)} ms; files ${readdirSync(folder).join(', ')}`)
      countFault('SIGTERM, disk full', { times: 1, typed, acknowledged, lost, doubled, falselyAcknowledged })
    })
})
