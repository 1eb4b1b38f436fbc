/** How each subject's frames are written and read by the load: the stock client's, Hocuspocus's with a name before each, a bare relay's. */
import * as encoding from 'lib0/encoding'

export type Dialect = 'rangruam' | 'stock' | 'hocuspocus' | 'relay'

/** What a frame of the server says, as far as the load looks. */
export type Heard =
  | { readonly kind: 'question' }
  /** An update or the answer to a step 1; `at` is where its bytes begin in the frame. */
  | { readonly kind: 'update' | 'answer'; readonly bytes: Uint8Array }
  /** So many update-bearing frames are safe, since the beginning. */
  | { readonly kind: 'acknowledged'; readonly count: number }
  /** One more frame was taken, or was not. */
  | { readonly kind: 'status'; readonly taken: boolean }
  /** Lines of presence: how many, then client, clock and state of each. */
  | { readonly kind: 'presence'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused' | 'welcome' | 'other' }

function framed(dialect: Dialect, name: string, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  if (dialect === 'hocuspocus') encoding.writeVarString(encoder, name)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

/** A sync frame: step 0 asks with a state vector, 1 answers, 2 is an update. */
export function syncFrame(dialect: Dialect, name: string, step: 0 | 1 | 2, payload: Uint8Array): Uint8Array {
  return framed(dialect, name, (encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })
}

/** One client's presence. */
export function presenceFrame(
  dialect: Dialect,
  name: string,
  client: number,
  clock: number,
  state: string,
): Uint8Array {
  return framed(dialect, name, (encoder) => {
    encoding.writeVarUint(encoder, 1)
    const inner = encoding.createEncoder()
    encoding.writeVarUint(inner, 1)
    encoding.writeVarUint(inner, client)
    encoding.writeVarUint(inner, clock)
    encoding.writeVarString(inner, state)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
  })
}

/** What a client of Hocuspocus says first. */
export function tokenFrame(name: string): Uint8Array {
  return framed('hocuspocus', name, (encoder) => {
    encoding.writeVarUint(encoder, 2)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, 'bench')
  })
}

/** A cursor over a frame that is trusted: the servers are ours to start. */
export class Cursor {
  at = 0
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
  uint(): number {
    let value = 0
    let factor = 1
    for (;;) {
      const byte = this.bytes[this.at++] ?? 0
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 128
    }
  }
  block(): Uint8Array {
    const length = this.uint()
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
}

/** Reads a frame of the server. */
export function hear(dialect: Dialect, frame: Uint8Array): Heard {
  const cursor = new Cursor(frame)
  if (dialect === 'hocuspocus') cursor.block()
  const message = cursor.uint()
  const isSync = message === 0 || (dialect === 'hocuspocus' && message === 4)
  if (isSync) {
    const step = cursor.uint()
    if (step === 0) return { kind: 'question' }
    return { kind: step === 1 ? 'answer' : 'update', bytes: cursor.block() }
  }
  if (message === 1) return { kind: 'presence', bytes: cursor.block() }
  if (dialect === 'hocuspocus') {
    if (message === 2) return { kind: cursor.uint() === 2 ? 'welcome' : 'refused' }
    if (message === 8) return { kind: 'status', taken: cursor.uint() === 1 }
  }
  if (dialect === 'rangruam') {
    if (message === 100) return { kind: 'acknowledged', count: cursor.uint() }
    if (message === 101) return { kind: 'refused' }
  }
  return { kind: 'other' }
}

/** Names an update by the first operation that it adds, or deletes where it adds none: the same after a server wrote it anew. */
export function nameOf(update: Uint8Array): string {
  const cursor = new Cursor(update)
  if (cursor.uint() > 0) {
    cursor.uint()
    return `${cursor.uint()}+${cursor.uint()}`
  }
  if (cursor.uint() === 0) return ''
  const client = cursor.uint()
  cursor.uint()
  return `${client}-${cursor.uint()}`
}
