/** Frames of the document socket, as the stock y-websocket 3.1 client reads and writes them, and our four own messages. */
import * as encoding from 'lib0/encoding'

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

/** Why an edit was refused (message 101); the client shows a text for each. */
export type RefusalCode = 'draft-closed' | 'read-only' | 'too-large'

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

function framed(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  return framed((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })
}

/** An update for others, or the base for a joiner. */
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(SYNC.update, update)

/** Asks for everything beyond the state vector. */
export function step1Frame(state: ReadonlyMap<number, number>): Uint8Array {
  return syncFrame(
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
export const EMPTY_STEP2: Uint8Array = syncFrame(SYNC.step2, new Uint8Array([0, 0]))

/** How many update-bearing frames of this connection are durable. */
export const acknowledgedFrame = (count: number): Uint8Array =>
  framed((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.acknowledged)
    encoding.writeVarUint(encoder, count)
  })

/** An edit was not taken: the reason, and the seq of the entry that forbids it (of the last entry where none does). */
export const refusedFrame = (code: RefusalCode, seq: number): Uint8Array =>
  framed((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.refused)
    encoding.writeVarString(encoder, code)
    encoding.writeVarUint(encoder, seq)
  })

/** Asks a tab to send what it has; it answers with the same frame once that is durable. */
export const flushFrame = (turn: number): Uint8Array =>
  framed((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.flush)
    encoding.writeVarUint(encoder, turn)
  })

/** One client's presence: `state` is JSON, 'null' when it left. */
export type PresenceLine = { readonly client: number; readonly clock: number; readonly state: string }

/** Presence as y-protocols' awareness reads it. No lines: a frame that only keeps a quiet connection alive. */
export const presenceFrame = (lines: readonly PresenceLine[]): Uint8Array =>
  framed((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.presence)
    encoding.writeVarUint8Array(
      encoder,
      framed((inner) => {
        encoding.writeVarUint(inner, lines.length)
        for (const { client, clock, state } of lines) {
          encoding.writeVarUint(inner, client)
          encoding.writeVarUint(inner, clock)
          encoding.writeVarString(inner, state)
        }
      }),
    )
  })
