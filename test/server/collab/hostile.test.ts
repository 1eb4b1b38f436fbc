/** Hostile and broken clients: each is closed with a code, nothing of theirs is stored, and the others go on. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT, startCollabServer, until, type CollabServer } from '../../support/collab-server.ts'
import { bytesOf, framed, handUpdate, rawClient, rootItem } from '../../support/raw-client.ts'

const PATH = `/collab/${DRAFT.id}.1?ack=1`
const ROOT = 'section:background'
const CLIENT = 77
const text = (letters: string) => rootItem(ROOT, 4, (encoder) => encoding.writeVarString(encoder, letters))
const one = (root: string, ref: number, content: (encoder: encoding.Encoder) => void): Uint8Array =>
  handUpdate(CLIENT, 0, [rootItem(root, ref, content)])
const updateFrame = (bytes: Uint8Array): Uint8Array => framed(0, 2, bytes)
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const honest = (letters: string): Uint8Array => {
  const doc = newDraftDoc()
  sectionRoot(doc, 'background').insert(0, letters)
  return Y.encodeStateAsUpdate(doc)
}
const presence = (lines: readonly (readonly [number, string])[]): Uint8Array =>
  bytesOf((encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint8Array(
      encoder,
      bytesOf((inner) => {
        encoding.writeVarUint(inner, lines.length)
        for (const [client, state] of lines) {
          encoding.writeVarUint(inner, client)
          encoding.writeVarUint(inner, 1)
          encoding.writeVarString(inner, state)
        }
      }),
    )
  })

/** QUALITY's list A, as whole frames. */
const HOSTILE: Readonly<Record<string, Uint8Array>> = {
  'empty frame': new Uint8Array(0),
  'unknown type': new Uint8Array([42, 1, 1]),
  'unknown sync step': new Uint8Array([0, 9, 0]),
  'garbage update': updateFrame(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9])),
  'truncated delete set': updateFrame(honest('ก').slice(0, -1)),
  'trailing bytes': updateFrame(new Uint8Array([...honest('ก'), 0])),
  'trailing bytes of the frame': new Uint8Array([...updateFrame(honest('ก')), 7]),
  '2^25 structs': updateFrame(
    bytesOf((encoder) => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, 2 ** 25)
      encoding.writeVarUint(encoder, CLIENT)
      encoding.writeVarUint(encoder, 0)
    }),
  ),
  'zero-length item': updateFrame(handUpdate(CLIENT, 0, [text('')])),
  'zero-length GC': updateFrame(
    handUpdate(CLIENT, 0, [(encoder) => encoding.writeUint8Array(encoder, new Uint8Array([0, 0]))]),
  ),
  'self-origin': updateFrame(
    handUpdate(CLIENT, 0, [
      (encoder) => {
        encoding.writeUint8(encoder, 4 | 0x80)
        encoding.writeVarUint(encoder, CLIENT)
        encoding.writeVarUint(encoder, 0)
        encoding.writeVarString(encoder, 'ก')
      },
    ]),
  ),
  'duplicate client section': updateFrame(
    bytesOf((encoder) => {
      encoding.writeVarUint(encoder, 2)
      for (const clock of [0, 1]) {
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarUint(encoder, CLIENT)
        encoding.writeVarUint(encoder, clock)
        text('ก')(encoder)
      }
      encoding.writeVarUint(encoder, 0)
    }),
  ),
  'clock overflow': updateFrame(handUpdate(CLIENT, 2 ** 31, [text('ก')])),
  'future delete': updateFrame(handUpdate(CLIENT, 0, [text('ก')], [[CLIENT, 5, 3]])),
  'deep JSON': updateFrame(one(ROOT, 5, (encoder) => encoding.writeVarString(encoder, nested(5000)))),
  'deep value': updateFrame(
    one(ROOT, 8, (encoder) => {
      encoding.writeVarUint(encoder, 1)
      for (let i = 0; i < 50; i++) encoding.writeUint8Array(encoder, new Uint8Array([117, 1]))
      encoding.writeUint8(encoder, 126)
    }),
  ),
  BigInt: updateFrame(
    one(ROOT, 8, (encoder) => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeAny(encoder, 5n as never)
    }),
  ),
  'sub-document': updateFrame(
    one(ROOT, 9, (encoder) => {
      encoding.writeVarString(encoder, 'guid')
      encoding.writeAny(encoder, {})
    }),
  ),
  'binary content': updateFrame(one(ROOT, 3, (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array(3)))),
  'unknown root': updateFrame(one('other', 4, (encoder) => encoding.writeVarString(encoder, 'ก'))),
  '__proto__ as root': updateFrame(one('__proto__', 4, (encoder) => encoding.writeVarString(encoder, 'ก'))),
  'decisions in a group’s draft': updateFrame(one('decisions', 4, (encoder) => encoding.writeVarString(encoder, 'ก'))),
  'unknown element': updateFrame(
    one(ROOT, 7, (encoder) => {
      encoding.writeVarUint(encoder, 3)
      encoding.writeVarString(encoder, 'script')
    }),
  ),
  'unknown format': updateFrame(
    one(ROOT, 6, (encoder) => {
      encoding.writeVarString(encoder, 'onclick')
      encoding.writeVarString(encoder, 'true')
    }),
  ),
  'unknown embed': updateFrame(one(ROOT, 5, (encoder) => encoding.writeVarString(encoder, '{"image":"x"}'))),
  'bad UTF-8 in text': updateFrame(
    one(ROOT, 4, (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([0xc3, 0x28]))),
  ),
  'V2 bytes': updateFrame(
    (() => {
      const doc = newDraftDoc()
      sectionRoot(doc, 'background').insert(0, 'กข')
      return Y.encodeStateAsUpdateV2(doc)
    })(),
  ),
  '100,000 presence ids': presence(Array.from({ length: 100_000 }, (_, client) => [client, '{}'] as const)),
  'non-object presence': presence([[CLIENT, '"x"']]),
  'presence that is no JSON': presence([[CLIENT, '{']]),
  'large presence': presence([[CLIENT, JSON.stringify({ x: 'x'.repeat(5000) })]]),
}

describe('hostile clients', () => {
  let server: CollabServer
  before(async () => {
    server = await startCollabServer()
  })
  after(() => server.close())

  for (const [name, frame] of Object.entries(HOSTILE))
    it(`[SY10] ${name}: closed with 44xx, never acknowledged, not stored`, async () => {
      const stored = server.journal.all.length
      const client = await rawClient(server.port, 'mallory', PATH)
      // It has answered the server's question: from then on nothing may run ahead.
      client.send(framed(0, 1, new Uint8Array([0, 0])))
      client.send(frame)
      const code = await client.closedWith()
      assert.ok(code >= 4400 && code < 4500, `closed with ${code}`)
      assert.ok(client.acknowledged() <= 1)
      assert.equal(server.journal.all.length, stored)
    })

  it('[SY10] a text frame is closed with 4400, an oversize frame with 1009, broken WebSocket frames with 1002 and 1007', async () => {
    const texts = await rawClient(server.port, 'mallory', PATH)
    texts.socket.send('hello')
    assert.equal(await texts.closedWith(), 4400)
    const large = await rawClient(server.port, 'mallory', PATH)
    large.send(new Uint8Array(2 * 1024 * 1024 + 1))
    assert.equal(await large.closedWith(), 1009)
    for (const [bytes, code] of [
      [[0x8b, 0x80, 0, 0, 0, 0], 1002], // opcode 11
      [[0xc2, 0x80, 0, 0, 0, 0], 1002], // RSV1
      [[0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28], 1007], // bad UTF-8
    ] as const) {
      const broken = await rawClient(server.port, 'mallory', PATH)
      ;(broken.socket as unknown as { _socket: { write(bytes: Uint8Array): void } })._socket.write(
        new Uint8Array(bytes),
      )
      assert.equal(await broken.closedWith(), code)
    }
  })

  it('[SY10] a message in endless pieces is closed with 1008', async () => {
    const client = await rawClient(server.port, 'mallory', PATH)
    const { _socket: socket } = client.socket as unknown as { _socket: { write(bytes: Uint8Array): void } }
    socket.write(new Uint8Array([0x02, 0x81, 0, 0, 0, 0, 0]))
    const pieces = new Uint8Array(7 * 4096)
    for (let at = 0; at < pieces.length; at += 7) pieces.set([0x00, 0x81], at)
    socket.write(pieces)
    assert.equal(await client.closedWith(), 1008)
  })

  it('[SY11] somebody else’s client id is closed with 4403', async () => {
    const alice = await rawClient(server.port, 'alice', PATH)
    alice.update(handUpdate(500, 0, [text('ก')]))
    await until('acknowledged', () => alice.acknowledged() === 1)
    const mallory = await rawClient(server.port, 'mallory', PATH)
    mallory.update(handUpdate(500, 1, [text('ข')]))
    assert.equal(await mallory.closedWith(), 4403)
    alice.socket.close()
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
