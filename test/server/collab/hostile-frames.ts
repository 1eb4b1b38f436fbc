/** What hostile and broken clients send, by name, as whole frames: each is closed with 44xx over either transport. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { bytesOf, framed, handUpdate, presenceFrame, rootItem } from '../../support/raw-client.ts'

const ROOT = 'section:background'
const CLIENT = 77
const text = (letters: string) => rootItem(ROOT, 4, (encoder) => encoding.writeVarString(encoder, letters))
const one = (root: string, ref: number, content: (encoder: encoding.Encoder) => void): Uint8Array =>
  handUpdate(CLIENT, 0, [rootItem(root, ref, content)])
const updateFrame = (bytes: Uint8Array): Uint8Array => framed(0, 2, bytes)
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
/** One honest edit of somebody new. */
export const honest = (letters: string): Uint8Array => {
  const doc = newDraftDoc()
  sectionRoot(doc, 'background').insert(0, letters)
  return Y.encodeStateAsUpdate(doc)
}

/** An update of two clients, a letter each. */
const twoClients = (...clients: readonly [number, number]): Uint8Array =>
  updateFrame(
    bytesOf((encoder) => {
      encoding.writeVarUint(encoder, 2)
      for (const [at, client] of clients.entries()) {
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, client === CLIENT ? at : 0)
        text('ก')(encoder)
      }
      encoding.writeVarUint(encoder, 0)
    }),
  )

export const HOSTILE: Readonly<Record<string, Uint8Array>> = {
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
  'duplicate client section': twoClients(CLIENT, CLIENT),
  'a lower client first': twoClients(CLIENT, CLIENT + 1),
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
  '100,000 presence ids': presenceFrame(Array.from({ length: 100_000 }, (_, client) => [client, '{}'] as const)),
  'non-object presence': presenceFrame([[CLIENT, '"x"']]),
  'presence that is no JSON': presenceFrame([[CLIENT, '{']]),
  'large presence': presenceFrame([[CLIENT, JSON.stringify({ x: 'x'.repeat(5000) })]]),
}
