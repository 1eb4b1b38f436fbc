/** MongoDB goes away and comes back while people write: behind a relay that cuts, refuses, swallows, and loses answers. */
import assert from 'node:assert/strict'
import { io, type Socket } from 'socket.io-client'
import type { DraftSync } from '../../client/sync/draft-sync.ts'
import type { NewEntry } from '../../server/journal/journal.ts'
import { openStore, type Store } from '../../server/store/store.ts'
import { sectionRoot } from '../../shared/drafting/document.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import { startTestApp } from '../support/app.ts'
import { DRAFT, startCollabServer, type CollabServer } from '../support/collab-server.ts'
import { COUNTS, times } from '../support/counts.ts'
import { startDatabase, type Database } from '../support/database.ts'
import { countFault } from '../support/fault-tally.ts'
import { openDraft } from '../support/open-draft.ts'
import { pause, steady, until } from '../support/waiting.ts'
import { tallyOf, textOf, wordsOf } from '../support/words.ts'
import { cookieOf, makeWritingWorkshop } from '../support/writing-workshop.ts'

/** How long it is down, and how often besides for a moment. */
const DOWN_MS = times({ once: 900, issue: 5_000, long: 60_000 })
const RESTARTS = times({ once: 1, issue: 10, long: 50 })
/** Between two words of one person. */
const WORD_MS = times({ once: 15, issue: 50, long: 100 })
const WRITERS = ['alice', 'bob', 'carol', 'dao']
/** Ten times what a question may take at most before it is given up. */
const GIVEN_UP_MS = 30_000
/** Longer than a journal waits for an insert: it is given up, and both arrive. */
const SILENT_MS = 4_300
/** How the command begins, on the wire. */
const INSERT = 'insert\0'
/** So many answers to it are lost. */
const ANSWERS = 3

describe('MongoDB away', function () {
  this.timeout(times({ once: 60_000, issue: 300_000, long: 900_000 }))
  let database: Database
  before(async function () {
    const started = await startDatabase()
    if (started.kind === 'absent') {
      console.log(`    left out: ${started.reason}`)
      return this.skip()
    }
    database = started
  })
  after(() => database?.stop())
  afterEach(() => database?.relay.mend())

  describe('while four people write', () => {
    let store: Store
    let truth: Store
    let server: CollabServer
    const open: DraftSync[] = []
    const enter = async (who: string): Promise<DraftSync> => {
      const sync = await openDraft(server.port, who)
      open.push(sync)
      return sync
    }
    before(async () => {
      store = await openStore({ dataDir: 'unused', mongodbUri: database.through('writing') })
      truth = await openStore({ dataDir: 'unused', mongodbUri: database.past('writing') })
      server = await startCollabServer({ store: store.journal })
    })
    after(async () => {
      for (const sync of open) sync.destroy()
      await server.close()
      await Promise.all([store.close(), truth.close()])
    })

    it(`[SY61][SY60][DV18] down for ${DOWN_MS} ms and ${RESTARTS} times besides, silent for ${SILENT_MS} ms, and answers lost: nothing is called saved meanwhile, and afterwards every word is there once`, async () => {
      const { relay } = database
      const typed: string[] = []
      let isDown = false
      let isTyping = true
      let wronglySaved = 0
      let looks = 0
      const type = async (who: string, sync: DraftSync): Promise<void> => {
        for (let n = 0; isTyping; n++) {
          const word = `<${who}${n}>`
          const root = sectionRoot(sync.back, 'background')
          root.insert(root.length, word)
          typed.push(word)
          if (isDown) {
            looks += 1
            if (sync.status.save === 'saved') wronglySaved += 1
          }
          await pause(WORD_MS)
        }
      }
      const writers = await Promise.all(WRITERS.map(enter))
      const reader = await enter('reader')
      await until('all synced', () => writers.every(({ status }) => status.synced))
      const hands = writers.map((sync, at) => type(WRITERS[at]!, sync))
      const away = async (ms: number, how: 'cut' | 'hold'): Promise<void> => {
        relay[how]()
        // What had been sent may still be done.
        const last = await steady(() => truth.journal.last(DRAFT.id, 1), 100)
        isDown = true
        await pause(ms)
        assert.equal(await truth.journal.last(DRAFT.id, 1), last)
        isDown = false
        relay.mend()
        const wanted = [...typed]
        const isThere = (): boolean => {
          const found = new Set(wordsOf(textOf(reader)))
          return wanted.every((word) => found.has(word))
        }
        await until('what was typed meanwhile is stored', isThere, GIVEN_UP_MS)
      }
      await pause(200)
      await away(DOWN_MS, 'cut')
      for (let n = 0; n < RESTARTS; n++) await away(100 + n * 20, n % 5 === 4 ? 'hold' : 'cut')
      await away(SILENT_MS, 'hold')
      const before = relay.lost()
      for (let n = 0; n < ANSWERS; n++) {
        relay.loseAnswerTo(INSERT)
        await until('an answer is lost', () => relay.lost() > before + n, GIVEN_UP_MS)
      }
      isTyping = false
      await Promise.all(hands)
      await until('all saved', () => writers.every(({ status }) => status.save === 'saved'), GIVEN_UP_MS)
      assert.ok(looks > 50, `${looks} looks`)
      const last = await enter('last')
      await until('the last reader is synced', () => last.status.synced)
      const stored = await truth.journal.read(DRAFT.id, 1, 0)
      assert.deepEqual(
        stored.map(({ seq }) => seq),
        stored.map((_, at) => at + 1),
      )
      const { lost, doubled } = tallyOf(typed, wordsOf(textOf(last)))
      console.log(
        `      ${typed.length} words, ${stored.length} entries, ${looks} looks while it was down; lost ${lost}, doubled ${doubled}`,
      )
      countFault('MongoDB away', {
        times: 1 + RESTARTS + 1 + ANSWERS,
        typed: typed.length,
        acknowledged: typed.length,
        lost,
        doubled,
        falselyAcknowledged: wronglySaved,
      })
    })
  })

  describe('the journal', () => {
    const entry = (bytes: string): NewEntry => ({
      draft: 'one' as DraftId,
      generation: 1,
      kind: 'update',
      by: 'server',
      at: 1,
      bytes: new TextEncoder().encode(bytes),
    })

    it('[SY61][JO4] an append whose answer was lost rejects; sent again it is found to be one’s own and stands once', async () => {
      const { journal, close } = await openStore({ dataDir: 'unused', mongodbUri: database.through('lost') })
      try {
        await journal.append(0, [entry('a')])
        database.relay.loseAnswerTo(INSERT)
        await assert.rejects(journal.append(1, [entry('b')]))
        assert.deepEqual(await journal.append(1, [entry('b')]), { kind: 'appended', last: 2 })
        database.relay.loseAnswerTo(INSERT)
        await assert.rejects(journal.append(2, [entry('c')]))
        assert.deepEqual(await journal.append(2, [entry('d')]), { kind: 'behind', last: 3 })
        assert.equal((await journal.read('one' as DraftId, 1, 0)).length, 3)
      } finally {
        await close()
      }
    })
  })

  it('[ST110][ST111] while it is away routes answer 503 with what to do, the health page says so, pages load, and afterwards all is well by itself', async () => {
    const site = await startTestApp({ mongodbUri: database.through('site') })
    const get = async (path: string) => {
      const from = performance.now()
      const answer = await fetch(site.url + path, { headers: { cookie: `rr=${'a'.repeat(22)}` } })
      return { answer, body: (await answer.json()) as Record<string, unknown>, ms: performance.now() - from }
    }
    try {
      const well = await get('/readyz')
      assert.equal(well.answer.status, 200)
      assert.match(String(well.body['en']), /the one machine of MongoDB \(w: majority of one machine is that machine\)/)
      for (const how of COUNTS === 'once' ? (['cut'] as const) : (['cut', 'hold'] as const)) {
        database.relay[how]()
        const [ready, live, route] = await Promise.all(['/readyz', '/healthz', '/api/me'].map(get))
        assert.equal(live?.answer.status, 200)
        assert.match(await (await fetch(`${site.url}/staff`)).text(), /<html/)
        assert.equal(ready?.answer.status, 503)
        assert.equal(ready?.body['ok'], false)
        assert.match(String(ready?.body['en']), /nothing is saved now.*leave this server running/)
        assert.match(String(ready?.body['th']), /ฐานข้อมูลไม่ตอบ/)
        assert.equal(route?.answer.status, 503)
        assert.equal(route?.body['code'], 'store-failing')
        assert.match(String(route?.body['detailEn']), /Wait and try again, or tell the administrator/)
        assert.equal(route?.answer.headers.get('retry-after'), '5')
        assert.ok(Math.max(ready?.ms ?? 0, route?.ms ?? 0) < GIVEN_UP_MS)
        database.relay.mend()
        await until('it is ready again', async () => (await get('/readyz')).answer.status === 200, GIVEN_UP_MS)
        assert.notEqual((await get('/api/me')).answer.status, 503)
      }
    } finally {
      await site.stop()
    }
  })

  it('[ST113] a page that comes for its news while the database is away, or asks to follow some, hears them afterwards by itself', async () => {
    const site = await startTestApp({ mongodbUri: database.through('news') })
    const { workshop, groups } = await makeWritingWorkshop(site.app, ['ก ก'], 1)
    const [{ draft, people }] = groups as [(typeof groups)[number]]
    const person = people[0]!.id as PersonId
    const cookie = await cookieOf(site.app, person)
    const heard: string[] = []
    const cutOff = new Set<string>()
    const [following, coming] = ['following', 'coming'].map((who) => {
      const options = { path: '/live', transports: ['websocket'], extraHeaders: { cookie }, forceNew: true }
      const page = io(site.url, { ...options, reconnectionDelayMax: 200, autoConnect: false })
      page.io.on('close', () => cutOff.add(who))
      page.on('news', () => heard.push(who))
      return page
    }) as [Socket, Socket]
    const pages = [following, coming]
    const follow = (page: Socket) => page.emit('follow', [`draft:${draft}`, `workshop:${workshop}`])
    try {
      following.connect()
      await until('a page is connected', () => following.connected)
      for (const page of pages) page.on('connect', () => follow(page))
      database.relay.cut()
      coming.connect()
      follow(following)
      await until('both are cut off', () => cutOff.size === 2, GIVEN_UP_MS)
      database.relay.mend()
      await until('both are connected', () => pages.every(({ connected }) => connected), GIVEN_UP_MS)
      const hear = setInterval(() => void site.app.rooms.drafting.drafts.reopen(draft as DraftId, person), 50)
      await until('both hear news', () => new Set(heard).size === 2, GIVEN_UP_MS).finally(() => clearInterval(hear))
    } finally {
      for (const page of pages) page.close()
      await site.stop()
    }
  })
})
