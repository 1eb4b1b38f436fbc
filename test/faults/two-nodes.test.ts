/** Two nodes on one MongoDB (mongo-java-server here) and a real redis-server: this process is one, the built server the other, which is killed. */
import assert from 'node:assert/strict'
import type { Viewer } from '../../server/people/viewer.ts'
import { allTyped } from '../support/all-typed.ts'
import { COUNTS, times } from '../support/counts.ts'
import { killedOverHttp } from '../support/killed-over-http.ts'
import { startProxy, type Proxy } from '../support/proxy.ts'
import { randomOf } from '../../shared/random.ts'
import { seenBy, startTwoNodes, tellPresence, type NewsPage, type TwoNodes, type Writer } from '../support/two-nodes.ts'
import { pause, until } from '../support/waiting.ts'
import { textOf, typeWord } from '../support/words.ts'

const NODE_KILLS = times({ once: 1, issue: 3, long: 20 })
const REDIS_LOSSES = times({ once: 2, issue: 10, long: 50 })
const MESSAGES_LOST = times({ once: 1, issue: 10, long: 50 })
const PARTITIONS = times({ once: 1, issue: 5, long: 50 })
/** What is promised to hold on all nodes within 1 s is asserted at ten times that. */
const PROMISED_MS = 10_000
/** The same of the people of a node that died: they go within 10 s. */
const GONE_MS = 100_000
const NAMES = ['ก', 'ข', 'ค', 'ง', 'จ', 'ฉ', 'ช', 'ซ', 'ฌ', 'ญ', 'ด', 'ต']

describe('two nodes', function () {
  this.timeout(times({ once: 150_000, issue: 400_000, long: 2_400_000 }))
  let nodes: TwoNodes | undefined
  let proxy: Proxy | null = null
  let here: TwoNodes['here']
  let there: TwoNodes['there']
  let redis: TwoNodes['redis']
  let towardsRedis: TwoNodes['towardsRedis']
  let made: TwoNodes['made']
  let facilitator: TwoNodes['facilitator']
  let staff: TwoNodes['staff']
  let draftOf: TwoNodes['draftOf']
  let writer: TwoNodes['writer']
  let pageAt: TwoNodes['pageAt']
  let onlineAt: TwoNodes['onlineAt']

  before(async function () {
    const started = await startTwoNodes(NAMES)
    if ('lacking' in started) {
      console.log(`      left out: ${started.lacking}`)
      return this.skip()
    }
    nodes = started
    ;({ here, there, redis, towardsRedis, made, facilitator, staff } = started)
    ;({ draftOf, writer, pageAt, onlineAt } = started)
  })
  afterEach(async () => {
    towardsRedis?.swallow(null)
    await nodes?.closePages()
    await proxy?.close()
    proxy = null
  })
  after(() => nodes?.stop())

  /** Milliseconds until something holds. */
  async function timed(what: string, holds: () => boolean, ms = PROMISED_MS): Promise<number> {
    const from = performance.now()
    await until(what, holds, ms)
    return Math.round(performance.now() - from)
  }

  it('[ND1][ND2] people on both nodes see what the others type and that they are there', async () => {
    const writers = await Promise.all([
      writer(0, 0, 'here'),
      writer(0, 1, 'there'),
      writer(0, 2, 'here'),
      writer(0, 3, 'there'),
    ])
    const [alice, bob] = writers as [Writer, Writer, Writer, Writer]
    for (const one of writers) tellPresence(one)
    await until('all see all', () => writers.every((one) => seenBy(one) === writers.length - 1))
    const ways: number[] = []
    for (let n = 0; n < 20; n++) {
      const [from, to] = n % 2 === 0 ? [alice, bob] : [bob, alice]
      typeWord(from.sync, `<way${n}>`, 1)
      ways.push(await timed('the letter is there', () => textOf(to.sync).includes(`<way${n}>`)))
    }
    const words = await allTyped(writers, { name: 'two nodes: nothing', times: 1 }, () => pause(1_000))
    assert.deepEqual([await onlineAt('here', draftOf(0)), await onlineAt('there', draftOf(0))], [4, 4])
    ways.sort((a, b) => a - b)
    console.log(
      `      a letter from node to node: median ${ways[10]} ms, longest ${ways.at(-1)} ms; ${words} words by 4 at once`,
    )
  })

  it('[ND3] kill -9 of one node: its pages go on with the other, nobody loses a letter, the wall goes on', async () => {
    for (let kill = 0; kill < NODE_KILLS; kill++) {
      const [stays, moves, also, leaves] = await Promise.all([
        writer(0, 0, 'here'),
        writer(0, 1, 'there'),
        writer(0, 2, 'there'),
        writer(0, 3, 'there'),
      ])
      for (const one of [stays, moves, also, leaves]) tellPresence(one)
      await until('all are seen', () => seenBy(stays) === 3)
      const wall = await pageAt('here', staff)
      let told = 0
      let ghost = 0
      const words = await allTyped(
        [stays, moves, also],
        { name: 'two nodes: kill -9 of a node', times: 1 },
        async () => {
          await pause(300)
          await there.kill()
          // This one does not come back: its caret goes when the node is found to be gone.
          leaves.sync.destroy()
          wall.heard.length = 0
          told = await timed('the wall hears of progress', () => wall.heard.includes('digest-changed'))
          await until('pages of the killed node are back', () => moves.entrance.led + also.entrance.led >= 2, 30_000)
          ghost = await timed('who is gone is not shown any more', () => seenBy(stays) === 2, GONE_MS)
          assert.equal(await onlineAt('here', draftOf(0)), 3)
        },
      )
      console.log(
        `      ${words} words; the wall heard after ${told} ms; the caret of who left with the node: ${ghost} ms more`,
      )
      await nodes!.closePages()
      await there.start()
      await until('the nodes know each other', () => here.app.nodes?.others.size === 1, 20_000)
    }
  })

  it('[ND4] a revoked person, an ended session, a closed phase and a locked group hold on the other node', async () => {
    const { rooms } = here.app
    const figures: Record<string, number> = {}
    const revoked = await writer(1, 0, 'there')
    const page = await pageAt('there', revoked.cookie)
    await rooms.workshop.participants.remove(facilitator, made.workshop, revoked.person)
    figures['revoked'] = await timed('the document is closed', () => revoked.sync.status.closed === 4401)
    await until('the page of news is closed', () => !page.socket.connected, PROMISED_MS)

    const leaves = await writer(1, 1, 'there')
    const viewer = await rooms.people.sessions.authenticate(leaves.cookie)
    await rooms.people.sessions.end(viewer!)
    figures['session'] = await timed('the document is closed', () => leaves.sync.status.closed === 4401)

    /** Types until it is refused. */
    const refused = async ({ sync }: Writer): Promise<number> => {
      const typing = setInterval(() => sync.status.refused === null && typeWord(sync, '<z>', 1), 10)
      return timed('typing is refused', () => sync.status.refused !== null).finally(() => clearInterval(typing))
    }
    const shut = await writer(1, 2, 'there')
    await rooms.workshop.phases.move(facilitator, made.workshop, 'merge', 0)
    figures['phase'] = await refused(shut)
    await rooms.workshop.phases.move(facilitator, made.workshop, 'draft', 0)

    const lagging = await writer(1, 3, 'there')
    await rooms.workshop.phases.setGroupPhase(facilitator, made.groups[1]!.id, 'merge')
    figures['group'] = await refused(lagging)
    await rooms.workshop.phases.setGroupPhase(facilitator, made.groups[1]!.id, null)

    const locked = await writer(1, 4, 'there')
    typeWord(locked.sync, '<before>', 1)
    await rooms.drafting.submissions.submit(facilitator, draftOf(1))
    figures['handed in'] = await refused(locked)
    const [handedIn] = await rooms.drafting.submissions.ofWorkshop(made.workshop)
    assert.ok(JSON.stringify(handedIn?.content).includes('<before>'), 'tabs of the other node were asked first')
    console.log(`      milliseconds until it held on the other node: ${JSON.stringify(figures)}`)
  })

  it('[ND1][ND8][ND9] news reach the pages of both nodes once; a move waits on both and is carried out once; what an editor has in hand is seen', async () => {
    const { rooms } = here.app
    const pages = await Promise.all([pageAt('here', staff), pageAt('there', staff)])
    await rooms.workshop.broadcasts.send(facilitator, made.workshop, 'พัก')
    await until('both hear', () => pages.every(({ heard }) => heard.includes('broadcast-sent')), PROMISED_MS)
    await rooms.workshop.phases.move(facilitator, made.workshop, 'merge', 1)
    await until('both hear of the move', () => pages.every(({ heard }) => heard.includes('phase-moved')), PROMISED_MS)

    const editors: string[] = []
    for (const name of ['บก.1', 'บก.2']) {
      const person = await rooms.people.accounts.createDemo(name, 'editor', made.workshop)
      editors.push((await rooms.people.sessions.start(person, 'staff', undefined)).split(';')[0]!)
    }
    const [first, second] = editors as [string, string]
    const editor = (await rooms.people.sessions.authenticate(first))!
    rooms.merging.decidingNow.tell(editor, made.workshop, ['1 2'])
    const address = `http://127.0.0.1:${there.port}/api/workshops/${made.workshop}/merge/in-hand`
    const seen = async (): Promise<string> => (await fetch(address, { headers: { cookie: second } })).text()
    await until('the other editor sees it', async () => (await seen()).includes('บก.1'), PROMISED_MS)
    await rooms.workshop.phases.move(facilitator, made.workshop, 'draft', 0)
    const moves = ({ heard }: NewsPage): number => heard.filter((kind) => kind === 'phase-moved').length
    await until('both hear', () => pages.every((page) => moves(page) >= 2), PROMISED_MS)
    for (const page of pages) {
      assert.equal(page.heard.filter((kind) => kind === 'broadcast-sent').length, 1)
      assert.equal(moves(page), 2)
    }
    const administrator: Viewer = { person: null, name: '', standings: [{ role: 'administrator' }], session: null }
    assert.deepEqual((await rooms.people.health(administrator)).nodes, { link: 'connected', others: 1 })
  })

  it('[ND5] Redis killed and started again while people type: nothing is lost, and pages look again', async () => {
    const writers = await Promise.all([writer(0, 0, 'here'), writer(0, 1, 'there'), writer(0, 2, 'there')])
    const page = await pageAt('there', staff)
    const draw = randomOf(5)
    const words = await allTyped(writers, { name: 'two nodes: Redis lost', times: REDIS_LOSSES }, async () => {
      for (let loss = 0; loss < REDIS_LOSSES; loss++) {
        await pause(100 + draw() * 200)
        await redis.kill()
        await pause(100 + draw() * 500)
        await redis.start()
      }
      await until('connected again', () => here.app.nodes?.connected === true, 20_000)
    })
    await until('the page looked again', () => page.heard.includes('missed'), 20_000)
    const ways: number[] = []
    for (let n = 0; n < 5; n++) {
      typeWord(writers[0]!.sync, `<after${n}>`, 1)
      ways.push(await timed('the letter is there', () => textOf(writers[1]!.sync).includes(`<after${n}>`)))
    }
    console.log(
      `      ${REDIS_LOSSES} losses, ${words} words; afterwards a letter takes ${Math.max(...ways)} ms at most`,
    )
    assert.ok(there.alive())
  })

  it('[ND6] what Redis loses without a word is found in the journal, and whoever misses a number looks again', async () => {
    const [near, far] = await Promise.all([writer(0, 0, 'here'), writer(0, 1, 'there')])
    const page = await pageAt('there', staff)
    const ways: number[] = []
    // The other node sees Redis answer all the while, and whoever is there types nothing that would collide.
    towardsRedis.swallow('"event":{"kind":"draft-appended"')
    for (let n = 0; n < MESSAGES_LOST; n++) {
      const before = towardsRedis.swallowed()
      typeWord(near.sync, `<unheard${n}>`, 1)
      ways.push(await timed('it is found', () => textOf(far.sync).includes(`<unheard${n}>`)))
      assert.ok(towardsRedis.swallowed() > before, 'the news of it was lost')
    }
    await until('the other node tells its pages to look again', () => page.heard.includes('missed'), PROMISED_MS)
    console.log(`      ${MESSAGES_LOST} messages lost without a word; found after ${Math.max(...ways)} ms at most`)
  })

  it('[ND6] a node cut off from Redis finds in the journal what it was not told', async () => {
    const writers = await Promise.all([writer(0, 0, 'here'), writer(0, 1, 'there')])
    const [near, far] = writers as [Writer, Writer]
    let longest = 0
    await allTyped(writers, { name: 'two nodes: partition', times: PARTITIONS }, async () => {
      for (let cut = 0; cut < PARTITIONS; cut++) {
        if (cut % 2 === 0) towardsRedis.cut()
        else towardsRedis.stall()
        typeWord(near.sync, `<cut${cut}>`, 1)
        longest = Math.max(longest, await timed('it is found', () => textOf(far.sync).includes(`<cut${cut}>`)))
        towardsRedis.mend()
        await pause(300)
      }
    })
    console.log(
      `      ${PARTITIONS} partitions; what was typed on the other side was there after ${longest} ms at most`,
    )
  })

  // Until a node looks by itself the suite has no time.
  if (COUNTS !== 'once')
    it('[ND6] a node cut off from Redis obeys what was decided meanwhile', async () => {
      towardsRedis.hold()
      const gone = await writer(0, 4, 'there')
      await here.app.rooms.workshop.participants.remove(facilitator, made.workshop, gone.person)
      const took = await timed('the document is closed', () => gone.sync.status.closed === 4401)
      towardsRedis.mend()
      console.log(`      revoked while the other node was cut off: closed after ${took} ms`)
    })

  // The last: the other node stays dead.
  it('[ND10] kill -9 of a node that pages reach over HTTP only: they go on with the other, nothing is lost or doubled', async () => {
    proxy = await startProxy([there.port, here.app.port], { upgrades: 'refused' })
    const { answered } = proxy
    await killedOverHttp(nodes!, proxy, 'two nodes: kill -9, pages over HTTP only')
    assert.ok(
      answered.every((requests) => requests > 0),
      'both nodes had somebody',
    )
  })
})
