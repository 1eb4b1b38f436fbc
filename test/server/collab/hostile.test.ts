/** Hostile and broken clients, over both transports: each is closed with a code, nothing of theirs is stored or acknowledged, and the room goes on. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { countFault } from '../../support/fault-tally.ts'
import { framed, handUpdate, rawClient, rootItem, type RawClient } from '../../support/raw-client.ts'
import { rawHttpClient } from '../../support/raw-http-client.ts'
import { until } from '../../support/waiting.ts'
import { HOSTILE, honest } from './hostile-frames.ts'

const PATH = `/collab/${DRAFT.id}.1?ack=1`
const STEP1 = framed(0, 0, new Uint8Array([0]))
/** The answer of somebody who has nothing to the server's question: from then on nothing may run ahead. */
const ANSWER = framed(0, 1, new Uint8Array([0, 0]))
const BYSTANDER = 9
const LETTER = 'ก'

/** Whoever attacks, by whichever transport. */
type Attacker = Pick<RawClient, 'acknowledged' | 'refusals' | 'closed' | 'closedWith' | 'frames'> & {
  send(frame: Uint8Array): void
}

/** What ws itself refuses, before a frame is one. */
const BROKEN: readonly (readonly [name: string, bytes: Uint8Array, code: number])[] = [
  ['bad opcode', new Uint8Array([0x8b, 0x80, 0, 0, 0, 0]), 1002],
  ['RSV bit', new Uint8Array([0xc2, 0x80, 0, 0, 0, 0]), 1002],
  ['bad UTF-8', new Uint8Array([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]), 1007],
  ['a message in endless pieces', endlessPieces(), 1008],
  ['text frame', new Uint8Array([0x81, 0x81, 0, 0, 0, 0, 0x68]), 4400],
]

function endlessPieces(): Uint8Array {
  const bytes = new Uint8Array(7 * 4097)
  bytes.set([0x02, 0x81])
  for (let at = 7; at < bytes.length; at += 7) bytes.set([0x00, 0x81], at)
  return bytes
}

describe('hostile clients', () => {
  let server: CollabServer
  let bystander: RawClient
  let typed = 0
  let times = 0
  before(async () => {
    server = await startCollabServer()
    bystander = await rawClient(server.port, 'bob', PATH)
    bystander.send(STEP1)
    bystander.send(ANSWER)
  })
  after(async () => {
    bystander.socket.close()
    await server.close()
    countFault('hostile frames', { times, typed, acknowledged: bystander.acknowledged() - 1 })
  })

  const overWebSocket = (who: string): Promise<RawClient> => rawClient(server.port, who, PATH)
  async function overHttp(who: string): Promise<Attacker> {
    const client = await rawHttpClient(server.port, PATH, { cookie: `who=${who}` })
    // The door may close while the body is still on its way.
    return { ...client, send: (frame) => void client.bring([frame]).catch(() => undefined) }
  }

  /** Who is in the same room writes on, nothing else was stored, and who comes now reads it all. */
  async function unharmed(stored: number): Promise<void> {
    times += 1
    assert.equal(server.journal.all.length, stored)
    const letter =
      typed === 0
        ? rootItem('section:background', 4, (encoder) => encoding.writeVarString(encoder, LETTER))
        : (encoder: encoding.Encoder) => {
            encoding.writeUint8(encoder, 4 | 0x80)
            for (const number of [BYSTANDER, typed - 1]) encoding.writeVarUint(encoder, number)
            encoding.writeVarString(encoder, LETTER)
          }
    bystander.update(handUpdate(BYSTANDER, typed, [letter]))
    typed += 1
    await until('the bystander is acknowledged', () => bystander.acknowledged() === typed + 1)
    assert.equal(bystander.closed(), null)
    const joiner = await rawClient(server.port, 'joiner', PATH)
    joiner.send(STEP1)
    const isEnd = (frame: Uint8Array): boolean => frame.length === 5 && frame[0] === 0 && frame[1] === 1
    await until('the joiner has the text', () => joiner.frames.some(isEnd))
    joiner.socket.terminate()
    const doc = newDraftDoc()
    for (const frame of joiner.frames)
      if (frame[0] === 0 && frame[1] !== 0)
        Y.applyUpdate(doc, frame.subarray(2 + frame.subarray(2).findIndex((byte) => byte < 128) + 1))
    assert.equal(doc.store.pendingStructs ?? doc.store.pendingDs, null)
    assert.ok(sectionRoot(doc, 'background').toString().includes(LETTER.repeat(typed)))
  }

  for (const [transport, enter] of [
    ['a WebSocket', overWebSocket],
    ['HTTP', overHttp],
  ] as const) {
    describe(`over ${transport}`, () => {
      for (const [name, frame] of Object.entries(HOSTILE))
        it(`[SY10]${transport === 'HTTP' ? '[SY42]' : ''} ${name}: closed with 44xx, never acknowledged, not stored; the room goes on`, async () => {
          const stored = server.journal.all.length
          const mallory: Attacker = await enter('mallory')
          mallory.send(ANSWER)
          await until('the answer is taken', () => mallory.acknowledged() === 1)
          mallory.send(frame)
          const code = await mallory.closedWith()
          assert.ok(code >= 4400 && code < 4500, `closed with ${code}`)
          assert.equal(mallory.acknowledged(), 1)
          await unharmed(stored)
        })

      it('[SY10] an oversize frame: closed with 1009; the room goes on', async () => {
        const stored = server.journal.all.length
        const mallory: Attacker = await enter('mallory')
        mallory.send(new Uint8Array(2 * 1024 * 1024 + 11))
        assert.equal(await mallory.closedWith(), 1009)
        assert.equal(mallory.acknowledged(), 0)
        await unharmed(stored)
      })

      it('[SY11] somebody else’s client id: closed with 4403; the room goes on', async () => {
        const stored = server.journal.all.length
        const mallory: Attacker = await enter('mallory')
        mallory.send(ANSWER)
        await until('the answer is taken', () => mallory.acknowledged() === 1)
        const letter = rootItem('section:title', 4, (encoder) => encoding.writeVarString(encoder, 'ข'))
        mallory.send(framed(0, 2, handUpdate(BYSTANDER, typed, [letter])))
        assert.equal(await mallory.closedWith(), 4403)
        assert.equal(mallory.acknowledged(), 1)
        await unharmed(stored)
      })

      it('[SY5] a missing predecessor: not closed and not acknowledged, but asked for; the room goes on', async () => {
        const stored = server.journal.all.length
        const carol: Attacker = await enter('carol')
        carol.send(ANSWER)
        await until('the answer is taken', () => carol.acknowledged() === 1)
        const before = carol.frames.length
        const client = transport === 'HTTP' ? 700 : 701
        const letter = rootItem('section:title', 4, (encoder) => encoding.writeVarString(encoder, 'ข'))
        carol.send(framed(0, 2, handUpdate(client, 1, [letter])))
        await until('it is asked', () => carol.frames.slice(before).some((frame) => frame[0] === 0 && frame[1] === 0))
        assert.deepEqual([carol.acknowledged(), carol.closed()], [1, null])
        await unharmed(stored)
      })
    })
  }

  for (const [name, bytes, code] of BROKEN)
    it(`[SY10] ${name}: closed with ${code}, nothing acknowledged; the room goes on`, async () => {
      const stored = server.journal.all.length
      const mallory = await overWebSocket('mallory')
      ;(mallory.socket as unknown as { _socket: { write(bytes: Uint8Array): void } })._socket.write(bytes)
      assert.equal(await mallory.closedWith(), code)
      assert.equal(mallory.acknowledged(), 0)
      await unharmed(stored)
    })

  it('[SY12] without a session 4401, no such draft 4404, another generation 4409, not allowed 4403, another site 403', async () => {
    const code = async (who: string | null, path: string): Promise<number> =>
      (await rawClient(server.port, who, path)).closedWith()
    server.access.set('nobody', 'none')
    assert.equal(await code(null, PATH), 4401)
    assert.equal(await code('alice', '/collab/elsewhere.1'), 4404)
    assert.equal(await code('alice', '/collab/__proto__.1'), 4404)
    assert.equal(await code('alice', '/collab/..%2Fx'), 4404)
    assert.equal(await code('alice', `/collab/${DRAFT.id}.2`), 4409)
    assert.equal(await code('nobody', PATH), 4403)
    await assert.rejects(rawClient(server.port, 'alice', PATH, { origin: 'http://evil.example' }), /403/)
  })

  it('[SY13] a socket that is reset during the upgrade ends nothing', async () => {
    for (let i = 0; i < 20; i++) {
      const socket = connect(server.port, '127.0.0.1')
      socket.write(
        `GET ${PATH} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\nCookie: who=alice\r\n\r\n`,
        () => socket.resetAndDestroy(),
      )
      await new Promise((resolve) => socket.on('close', resolve))
    }
    const client = await rawClient(server.port, 'alice', PATH)
    client.update(honest('ยังอยู่'))
    await until('acknowledged', () => client.acknowledged() === 1)
    client.socket.close()
  })
})
