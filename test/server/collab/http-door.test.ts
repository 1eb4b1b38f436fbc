/** Documents over HTTP: the same frames, order, codes, permission and bounds as over a WebSocket. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { carried } from '../../../shared/drafting/carried-frames.ts'
import { DRAFT, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { framed, presenceOf, rawClient } from '../../support/raw-client.ts'
import { fetchWith, rawHttpClient, type RawHttpClient } from '../../support/raw-http-client.ts'
import { pause, until } from '../../support/waiting.ts'

const PATH = `/collab/${DRAFT.id}.1?ack=1`
const STEP1 = framed(0, 0, new Uint8Array([0]))
const PING = (number: number): Uint8Array => new Uint8Array([103, number])

/** Updates that type these words, one each, in the background; by one client. */
function typed(client: number, words: readonly string[]): Uint8Array[] {
  const doc = newDraftDoc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
  for (const word of words) sectionRoot(doc, 'background').insert(sectionRoot(doc, 'background').length, word)
  return updates
}

describe('documents over HTTP', function () {
  this.timeout(20_000)
  let server: CollabServer
  beforeEach(async () => {
    server = await startCollabServer()
  })
  afterEach(() => server.close())
  const enter = (who: string, path = PATH, poll = false): Promise<RawHttpClient> =>
    rawHttpClient(server.port, path, { cookie: `who=${who}` }, poll)
  /** How often words stand in what the journal keeps. */
  const stored = async (words: string): Promise<number> => {
    const doc = newDraftDoc()
    for (const { kind, bytes } of await server.journal.read(DRAFT.id, 1, 0))
      if (kind === 'update') Y.applyUpdate(doc, bytes)
    return sectionRoot(doc, 'background').toString().split(words).length - 1
  }

  for (const poll of [false, true])
    it(`[SY40] what one writes over HTTP a WebSocket sees, and the other way round${poll ? ', by held answers' : ''}`, async () => {
      const alice = await enter('alice', PATH, poll)
      const bob = await rawClient(server.port, 'bob', PATH)
      await alice.bring([STEP1])
      bob.send(STEP1)
      await until('both have the text', () => alice.frames.length >= 3 && bob.frames.length >= 3)
      const [before, ofBob] = [alice.frames.length, bob.frames.length]
      const [first] = typed(7, ['จากอลิซ'])
      await alice.bring([framed(0, 1, first!)])
      await until(
        'alice is acknowledged and bob sees it',
        () => alice.acknowledged() === 1 && bob.frames.length > ofBob,
      )
      const [second] = typed(8, ['จากบ๊อบ'])
      bob.send(framed(0, 1, second!))
      await until('alice sees it', () => alice.frames.length > before + 1)
      assert.deepEqual([await stored('จากอลิซ'), await stored('จากบ๊อบ')], [1, 1])
      bob.socket.close()
      await alice.leave()
    })

  it('[SY41] frames that are sent again are taken once and counted once; a frame left out ends the connection', async () => {
    const alice = await enter('alice')
    const updates = typed(9, ['ก', 'ข', 'ค', 'ง'])
    const frames = updates.map((bytes, at) => framed(0, at === 0 ? 1 : 2, bytes))
    await alice.bring(frames.slice(0, 2))
    // The answer was lost: the page sends them again, with what came meanwhile.
    assert.equal(await alice.bring(frames.slice(0, 3), 1), 204)
    assert.equal(await alice.bring(frames.slice(1), 2), 204)
    await until('all is acknowledged', () => alice.acknowledged() === 4)
    assert.equal(await stored('กขคง'), 1)
    assert.equal((await server.journal.read(DRAFT.id, 1, 0)).length, 1 + 4)
    await alice.bring([PING(1)], 9)
    assert.equal(await alice.closedWith(), 1002)
  })

  it('[SY41] what goes down is kept until the page says that it has it', async () => {
    const ask = fetchWith({ cookie: 'who=carol' })
    const place = `http://127.0.0.1:${server.port}/collab/${DRAFT.id}.1`
    const { connection } = (await (await ask(`${place}?ack=1`, { method: 'POST' })).json()) as { connection: string }
    const get = async (after: number): Promise<string> =>
      (await ask(`${place}/${connection}?after=${after}&poll=1`)).text()
    await ask(`${place}/${connection}?from=1`, { method: 'POST', body: new Blob([carried(PING(5))]) })
    const first = await get(0)
    assert.match(first, /^id: 1\n/)
    assert.equal(await get(0), first, 'an answer that was lost comes again')
    const next = get(1)
    await ask(`${place}/${connection}?from=2`, { method: 'POST', body: new Blob([carried(PING(6))]) })
    assert.match(await next, /^id: 2\n/)
    assert.doesNotMatch(await next, /id: 1\n/)
  })

  it('[SY42] codes are the same as of a WebSocket', async () => {
    server.access.set('nobody', 'none')
    for (const [who, path, code, status] of [
      ['', PATH, 4401, 401],
      ['nobody', PATH, 4403, 403],
      ['alice', '/collab/other.1', 4404, 404],
      ['alice', '/collab/__proto__', 4404, 404],
      ['alice', `/collab/${DRAFT.id}.2`, 4409, 409],
      ['alice', `${PATH}&schema=0`, 4410, 410],
    ] as const) {
      const client = await enter(who, path)
      assert.deepEqual([client.closed(), client.status, client.href], [code, status, null], path)
    }
    const foreign = await rawHttpClient(server.port, PATH, { cookie: 'who=alice', origin: 'http://evil.example' })
    assert.deepEqual([foreign.status, foreign.href], [403, null])
    for (const [frame, code] of [
      [new Uint8Array([9]), 4400],
      [new Uint8Array(), 4400],
      [framed(0, 2, new Uint8Array([1, 1])), 4400],
      [new Uint8Array(2 * 1024 * 1024 + 11), 1009],
    ] as const) {
      const client = await enter('alice')
      await client.bring([frame]).catch(() => undefined)
      assert.equal(await client.closedWith(), code)
    }
    const broken = await enter('alice')
    const { href } = broken
    await fetchWith({ cookie: 'who=alice' })(`${href}?from=1`, { method: 'POST', body: 'no frames' })
    assert.equal(await broken.closedWith(), 4400)
    const many = await enter('alice')
    await many.bring(Array.from({ length: 2_001 }, () => PING(1)))
    assert.equal(await many.closedWith(), 4400)
    assert.equal((await server.journal.read(DRAFT.id, 1, 0)).length, 1)
  })

  it('[SY43] a connection is of the session that opened it; the code it ended with can be asked for again', async () => {
    const alice = await enter('alice')
    const ask = fetchWith({ cookie: 'who=mallory' })
    const body = new Blob([carried(framed(0, 1, typed(6, ['ผิดคน'])[0]!))])
    for (const init of [{ method: 'POST', body }, { method: 'GET' }, { method: 'DELETE' }]) {
      const answer = await ask(`${alice.href}?from=1&poll=1`, init)
      assert.equal(answer.status, 410)
    }
    assert.equal(await stored('ผิดคน'), 0)
    assert.equal(await alice.bring([framed(0, 1, typed(5, ['ถูกคน'])[0]!)]), 204)
    // Another cookie beside it is the same session.
    const same = await fetchWith({ cookie: 'lang=en; who=alice' })(`${alice.href}?from=2`, { method: 'POST' })
    assert.equal(same.status, 204)
    server.announcer.announce({ kind: 'session-ended', session: 'alice' })
    assert.equal(await alice.closedWith(), 4401)
    const again = await fetchWith({ cookie: 'who=alice' })(`${alice.href}?after=0&poll=1`)
    assert.match(await again.text(), /event: close\ndata: {"code":4401/)
    assert.equal(await alice.bring([PING(1)]), 401)
  })

  it('[SY42] permission is decided again for whoever is connected over HTTP; a reader is told why', async () => {
    const alice = await enter('alice')
    server.access.set('alice', 'read')
    const { workshop } = DRAFT
    server.announcer.announce({ kind: 'roster-changed', workshop })
    await pause(20)
    await alice.bring([framed(0, 1, typed(4, ['อ่านอย่างเดียว'])[0]!)])
    await until('the refusal came', () => alice.refusals().length > 0)
    assert.deepEqual(alice.refusals(), ['read-only@1'])
    assert.equal(alice.closed(), null)
    assert.equal(await stored('อ่านอย่างเดียว'), 0)
    server.announcer.announce({ kind: 'person-revoked', person: 'alice' as never })
    assert.equal(await alice.closedWith(), 4401)
  })

  it('[SY44] who does not read is dropped, and a person has twenty connections at most', async () => {
    const ask = fetchWith({ cookie: 'who=sleeper' })
    const place = `http://127.0.0.1:${server.port}/collab/${DRAFT.id}.1`
    const connect = async (): Promise<string> =>
      ((await (await ask(`${place}?ack=1`, { method: 'POST' })).json()) as { connection: string }).connection
    const sleeper = await connect()
    await ask(`${place}/${sleeper}?from=1`, { method: 'POST', body: new Blob([carried(STEP1)]) })
    const writer = await enter('writer')
    let status = 204
    // 60 kB each: what waits for the sleeper passes 1 MB.
    const updates = typed(
      3,
      Array.from({ length: 25 }, () => 'ก'.repeat(20_000)),
    )
    for (const [at, bytes] of updates.entries()) {
      await writer.bring([framed(0, at === 0 ? 1 : 2, bytes)])
      await until('it is durable', () => writer.acknowledged() === at + 1)
      const answer = await ask(`${place}/${sleeper}?from=2`, { method: 'POST' })
      status = answer.status
      if (status !== 204) break
    }
    assert.equal(status, 410, 'the sleeper was dropped')
    const all: string[] = []
    for (let n = 0; n < 21; n++) all.push(await connect())
    const statuses = await Promise.all(
      all.map(async (one) => (await ask(`${place}/${one}?from=1`, { method: 'POST' })).status),
    )
    assert.deepEqual(statuses, [410, ...Array.from({ length: 20 }, () => 204)])
  })

  it('[SY44] a page that is left brings its last frames, and is gone for the others at once', async () => {
    const alice = await enter('alice')
    await alice.bring([STEP1, presenceOf(12, {})])
    await until('alice is there', () => server.collab.peopleIn(DRAFT.id).length === 1)
    const body = new Blob([carried(framed(0, 1, typed(12, ['ลาก่อน'])[0]!))])
    const asAlice = fetchWith({ cookie: 'who=alice' })
    const left = await asAlice(`${alice.href}?from=3&last=1`, { method: 'POST', body })
    assert.equal(left.status, 204)
    await until('alice is gone', () => server.collab.peopleIn(DRAFT.id).length === 0, 5_000)
    assert.equal((await asAlice(`${alice.href}?after=0`)).status, 410)
    await until('the last words are durable', () => server.journal.all.length > 1)
    assert.equal(await stored('ลาก่อน'), 1)
  })

  it('[SY44] many frames in one answer and large ones arrive whole and in order', async () => {
    const writer = await enter('writer')
    const reader = await enter('reader')
    await reader.bring([STEP1])
    const words = Array.from({ length: 40 }, (_, n) => `<${n}>${'ข'.repeat(n % 8 === 0 ? 15_000 : 5)}`)
    const updates = typed(2, words)
    await writer.bring(updates.map((bytes, at) => framed(0, at === 0 ? 1 : 2, bytes)))
    await until('all is acknowledged', () => writer.acknowledged() === words.length)
    const doc = newDraftDoc()
    const shown = (): string => {
      for (const frame of reader.frames.splice(0))
        if (frame[0] === 0 && frame[1] !== 0) {
          const inner = frame.subarray(2)
          const lengthBytes = inner.findIndex((byte) => byte < 128) + 1
          Y.applyUpdate(doc, inner.subarray(lengthBytes))
        }
      return sectionRoot(doc, 'background').toString()
    }
    await until('the reader has all', () => shown().includes(words.join('')))
  })
})
