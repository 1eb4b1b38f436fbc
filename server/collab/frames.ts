/** Frames of the document socket, as the stock y-websocket 3.1 client reads and writes them, and our four own messages. */
import * as encoding from 'lib0/encoding'
import { headSize, putHead } from '../../shared/drafting/carried-frames.ts'
import { ByteReader, Malformed } from './byte-reader.ts'
import type { RefusalCode } from './rules.ts'

/** First number of a frame. */
export const MESSAGE = {
  sync: 0,
  presence: 1,
  auth: 2,
  queryPresence: 3,
  acknowledged: 100,
  refused: 101,
  flush: 102,
  ping: 103,
} as const
/** Second number of a sync frame. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** Close codes of 4400-4499: the stock client does not reconnect by itself. */
export const CLOSE = {
  malformed: 4400,
  signInNeeded: 4401,
  forbidden: 4403,
  notFound: 4404,
  oldGeneration: 4409,
  /** The page was loaded from another version of the product. */
  otherSchema: 4410,
  tooLarge: 4413,
} as const

/** A frame as the room takes it. The payload is a view of the frame's bytes. */
export type Frame =
  /** `payload` is the state vector: what the other side has. */
  | { readonly kind: 'step1'; readonly payload: Uint8Array }
  | { readonly kind: 'update'; readonly step: number; readonly payload: Uint8Array }
  | { readonly kind: 'presence'; readonly payload: Uint8Array }
  | { readonly kind: 'query-presence' }
  /** A tab answers that what it had when asked is durable, or asks whether anybody is there. */
  | { readonly kind: 'flush' | 'ping'; readonly number: number }

/** Throws Malformed. */
export function readFrame(bytes: Uint8Array): Frame {
  const reader = new ByteReader(bytes)
  const message = reader.uint()
  if (message === MESSAGE.queryPresence) {
    reader.end()
    return { kind: 'query-presence' }
  }
  if (message === MESSAGE.flush || message === MESSAGE.ping) {
    const number = reader.uint()
    reader.end()
    return { kind: message === MESSAGE.flush ? 'flush' : 'ping', number }
  }
  if (message !== MESSAGE.sync && message !== MESSAGE.presence) throw new Malformed('unknown message')
  const step = message === MESSAGE.sync ? reader.uint() : 0
  const payload = reader.block()
  reader.end()
  if (message === MESSAGE.presence) return { kind: 'presence', payload }
  if (step === SYNC.step1) return { kind: 'step1', payload }
  if (step !== SYNC.step2 && step !== SYNC.update) throw new Malformed('unknown sync step')
  return { kind: 'update', step, payload }
}

/**
 * A message for a socket, whole: WebSocket's own two to ten bytes, then the frame. It is the same for everybody who gets it, so it is made
 * once and handed to each socket as it is: through `ws.send` every reader cost a header, a vectored write and 3 µs more.
 */
export type Message = Buffer

/**
 * A message with its head, for `length` bytes of frame from `at` on. What a draft keeps has memory of its own: a piece of Node's pool
 * would hold all that was sent beside it. What is only sent comes from the pool, which is quicker.
 */
function emptyMessage(length: number, kept = false): { readonly message: Message; readonly at: number } {
  const size = headSize(length) + length
  const message = kept ? Buffer.from(new ArrayBuffer(size)) : Buffer.allocUnsafe(size)
  return { message, at: putHead(message, length) }
}

function framed(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function messageOf(write: (encoder: encoding.Encoder) => void): Message {
  const frame = framed(write)
  const { message, at } = emptyMessage(frame.length)
  message.set(frame, at)
  return message
}

const uintSize = (value: number): number => (value < 128 ? 1 : 1 + uintSize(Math.floor(value / 128)))

function putUint(message: Buffer, at: number, value: number): number {
  let left = value
  while (left > 127) {
    message[at++] = (left & 127) | 128
    left = Math.floor(left / 128)
  }
  message[at++] = left
  return at
}

function numberMessage(kind: number, number: number): Message {
  const { message, at } = emptyMessage(uintSize(kind) + uintSize(number))
  putUint(message, putUint(message, at, kind), number)
  return message
}

function syncMessage(step: number, payload: Uint8Array, kept = false): Message {
  const { message, at } = emptyMessage(2 + uintSize(payload.length) + payload.length, kept)
  message[at] = MESSAGE.sync
  message[at + 1] = step
  message.set(payload, putUint(message, at + 2, payload.length))
  return message
}

/** An update for others, or the base for a joiner. It ends with the update's bytes. */
export const updateMessage = (update: Uint8Array): Message => syncMessage(SYNC.update, update, true)

/** Asks for everything beyond the state vector. */
export function step1Message(state: ReadonlyMap<number, number>): Message {
  return syncMessage(
    SYNC.step1,
    framed((encoder) => {
      encoding.writeVarUint(encoder, state.size)
      for (const [client, clock] of state) {
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
      }
    }),
  )
}

/** An empty answer: it makes the stock client's `synced` true after base and tail came as updates. */
export const EMPTY_STEP2: Message = syncMessage(SYNC.step2, new Uint8Array([0, 0]))

/** How many update-bearing frames of this connection are durable. */
export const acknowledgedMessage = (count: number): Message => numberMessage(MESSAGE.acknowledged, count)

/** An edit was not taken: the reason, and the seq of the entry that forbids it (of the last entry where none does). */
export const refusedMessage = (code: RefusalCode, seq: number): Message =>
  messageOf((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.refused)
    encoding.writeVarString(encoder, code)
    encoding.writeVarUint(encoder, seq)
  })

/** Asks a tab to send what it has; it answers with the same frame once that is durable. */
export const flushMessage = (turn: number): Message => numberMessage(MESSAGE.flush, turn)

/** Answers a page that asked whether anybody is there. */
export const pingMessage = (number: number): Message => numberMessage(MESSAGE.ping, number)

/** One client's presence: `state` is JSON, 'null' when it left. */
export type PresenceLine = { readonly client: number; readonly clock: number; readonly state: string }

/** A line as it stands in a message. */
export function presenceLine({ client, clock, state }: PresenceLine): Uint8Array {
  const size = Buffer.byteLength(state)
  const line = Buffer.allocUnsafe(uintSize(client) + uintSize(clock) + uintSize(size) + size)
  line.write(state, putUint(line, putUint(line, putUint(line, 0, client), clock), size))
  return line
}

/** Presence as y-protocols' awareness reads it. No lines: a frame that only keeps a quiet connection alive. */
export function presenceMessage(lines: readonly Uint8Array[]): Message {
  const payload = lines.reduce((sum, { length }) => sum + length, uintSize(lines.length))
  const { message, at } = emptyMessage(1 + uintSize(payload) + payload)
  let next = putUint(message, putUint(message, putUint(message, at, MESSAGE.presence), payload), lines.length)
  for (const line of lines) {
    message.set(line, next)
    next += line.length
  }
  return message
}
