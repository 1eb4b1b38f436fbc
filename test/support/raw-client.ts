/** A bare WebSocket to the document port that sends any bytes and remembers what came; and the bytes of hostile updates. */
import { once } from 'node:events'
import * as encoding from 'lib0/encoding'
import * as decoding from 'lib0/decoding'
import WebSocket from 'ws'
import { until } from './waiting.ts'

export type RawClient = {
  readonly socket: WebSocket
  readonly frames: Uint8Array[]
  /** The code it was closed with, or null. */
  closed(): number | null
  /** Counts acknowledged so far. */
  acknowledged(): number
  /** Refusals as `code@seq`. */
  refusals(): string[]
  send(bytes: Uint8Array): void
  /** Sends an update in a frame `0,2`. */
  update(bytes: Uint8Array): void
  closedWith(): Promise<number>
}

/** Connects as `who`; resolves when the socket is open. */
export async function rawClient(port: number, who: string | null, path: string, headers = {}): Promise<RawClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    headers: { ...(who === null ? {} : { cookie: `who=${who}` }), ...headers },
  })
  socket.binaryType = 'nodebuffer'
  const frames: Uint8Array[] = []
  let closed: number | null = null
  socket.on('message', (data) => frames.push(new Uint8Array(data as Buffer)))
  socket.on('close', (code) => (closed = code))
  socket.on('error', () => undefined)
  await once(socket, 'open')
  const own = (kind: number): decoding.Decoder[] =>
    frames.flatMap((frame) => {
      const decoder = decoding.createDecoder(frame)
      return decoding.readVarUint(decoder) === kind ? [decoder] : []
    })
  return {
    socket,
    frames,
    closed: () => closed,
    acknowledged: () => Math.max(0, ...own(100).map((decoder) => decoding.readVarUint(decoder))),
    refusals: () => own(101).map((decoder) => `${decoding.readVarString(decoder)}@${decoding.readVarUint(decoder)}`),
    send: (bytes) => socket.send(bytes),
    update: (bytes) => socket.send(framed(0, 2, bytes)),
    async closedWith() {
      await until('the socket is closed', () => closed !== null)
      return closed ?? 0
    },
  }
}

/** A sync frame. */
export function framed(message: number, step: number, payload: Uint8Array): Uint8Array {
  return bytesOf((encoder) => {
    encoding.writeVarUint(encoder, message)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })
}

export function bytesOf(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

/** An update of one client with structs written by hand and no deletions unless given. */
export function handUpdate(
  client: number,
  clock: number,
  structs: readonly ((encoder: encoding.Encoder) => void)[],
  deletes: readonly (readonly [client: number, clock: number, length: number])[] = [],
): Uint8Array {
  return bytesOf((encoder) => {
    encoding.writeVarUint(encoder, structs.length === 0 ? 0 : 1)
    if (structs.length > 0) {
      encoding.writeVarUint(encoder, structs.length)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      for (const write of structs) write(encoder)
    }
    encoding.writeVarUint(encoder, deletes.length)
    for (const [of, from, length] of deletes) {
      encoding.writeVarUint(encoder, of)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, from)
      encoding.writeVarUint(encoder, length)
    }
  })
}

/** An item in a root, its content written by `content`; `ref` is the content's number. */
export function rootItem(
  root: string,
  ref: number,
  content: (encoder: encoding.Encoder) => void,
): (encoder: encoding.Encoder) => void {
  return (encoder) => {
    encoding.writeUint8(encoder, ref)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, root)
    content(encoder)
  }
}

/** A frame of presence: a state, as text, for each client id. */
export const presenceFrame = (lines: readonly (readonly [number, string])[]): Uint8Array =>
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

/** What a page says of itself. */
export const presenceOf = (client: number, state: object): Uint8Array =>
  presenceFrame([[client, JSON.stringify(state)]])
