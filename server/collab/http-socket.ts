/** A connection of the document port that goes over HTTP: frames come by POST, and go out by GET, as server-sent events or held answers. */
import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Closing } from '../../shared/drafting/carried-frames.ts'

/** A stream ends and is asked for again: what the page has by then is forgotten here, and a page that is gone is noticed. */
const STREAM_MS = 25_000
const STREAM_BYTES = 256 * 1024
/** An answer that is held: many proxies cut what is silent for 30 s. */
const HOLD_MS = 20_000
/** How long a page may be without a request for frames before it counts as gone. */
const ABSENT_MS = 10_000
/** How long the code of a closed connection can be asked for again. */
const LINGER_MS = 30_000

type Waiting = { readonly id: number; readonly bytes: Uint8Array }
/** A page that asks for frames: by a stream that stays open, or for one answer. */
type Asking = {
  readonly response: ServerResponse
  readonly poll: boolean
  readonly timer: NodeJS.Timeout
  written: number
  size: number
}

/** Looks like a WebSocket of `ws` as far as the port and a member use one; closed connections emit `close` once, later than the call. */
export class HttpSocket extends EventEmitter {
  open = true
  /** Bytes that the page has not said it has. */
  bufferedAmount = 0
  private waiting: Waiting[] = []
  private lastId = 0
  private received = 0
  private closing: Closing | null = null
  private asking: Asking | null = null
  private flushing = false
  private absent: NodeJS.Timeout
  private readonly forget: () => void

  /** `forget` is called when nobody can ask for anything any more. */
  constructor(forget: () => void) {
    super()
    this.forget = forget
    this.absent = setTimeout(() => this.terminate(), ABSENT_MS)
  }

  /** What it was closed with, or null. */
  get closed(): Closing | null {
    return this.closing
  }

  /** Frames with their heads, one or several. */
  write(bytes: Uint8Array): void {
    if (!this.open) return
    this.lastId += 1
    this.waiting.push({ id: this.lastId, bytes })
    this.bufferedAmount += bytes.length
    this.flushSoon()
  }

  close(code: number, reason: string): void {
    if (!this.open) return
    this.closing = { code, reason }
    this.end(LINGER_MS)
    this.flush()
  }

  terminate(): void {
    if (this.open) {
      this.closing = { code: 1006, reason: 'dropped' }
      this.end(0)
    }
    this.waiting = []
    this.bufferedAmount = 0
    this.asking?.response.destroy()
  }

  /** Whether the page is there is told by its requests: see ABSENT_MS. */
  ping(): void {
    this.emit('pong')
  }

  /** Frames of the page; the first is its `from`-th. What came before is passed over, so that a page may send again. */
  receive(from: number, frames: readonly Uint8Array[]): void {
    // A page never leaves one out: this is another program.
    if (from > this.received + 1) return this.close(1002, 'frames are missing')
    for (const frame of frames.slice(this.received + 1 - from)) {
      if (!this.open) return
      this.received += 1
      this.emit('message', frame, true)
    }
  }

  /** The page has everything up to the message of this number. */
  has(upTo: number): void {
    while (this.waiting[0] !== undefined && this.waiting[0].id <= upTo) {
      this.bufferedAmount -= this.waiting[0].bytes.length
      this.waiting.shift()
    }
  }

  /** Answers with what the page does not have; a request before this one is over. */
  answer(response: ServerResponse, after: number, poll: boolean): void {
    this.has(after)
    this.over()
    clearTimeout(this.absent)
    const timer = setTimeout(() => this.over(), poll ? HOLD_MS : STREAM_MS)
    const asking: Asking = { response, poll, timer, written: after, size: 0 }
    this.asking = asking
    response.on('error', () => response.destroy())
    response.on('close', () => {
      if (this.asking === asking) this.over()
    })
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      // A proxy that packs or gathers would hold back what is to be seen at once.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      'X-Content-Type-Options': 'nosniff',
    })
    // At once: a page that does not see this learns that something on the way gathers.
    if (!poll) response.write(': open\n\n')
    if (this.waiting.length > 0 || this.closing !== null) this.flush()
  }

  /** What is sent in one turn of the event loop goes out together. */
  private flushSoon(): void {
    if (this.flushing || this.asking === null) return
    this.flushing = true
    setImmediate(() => {
      this.flushing = false
      this.flush()
    })
  }

  private flush(): void {
    const { asking } = this
    if (asking === null) return
    let text = ''
    for (const { id, bytes } of this.waiting) {
      if (id <= asking.written) continue
      text += `id: ${id}\ndata: ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')}\n\n`
      asking.written = id
      asking.size += bytes.length
      if (asking.size > STREAM_BYTES) break
    }
    const all = asking.written === this.lastId
    if (all && this.closing !== null) text += `event: close\ndata: ${JSON.stringify(this.closing)}\n\n`
    if (text !== '') asking.response.write(text)
    if (asking.poll || asking.size > STREAM_BYTES || this.closing !== null) this.over()
  }

  /** The request for frames is answered or gone; the next one must come soon. */
  private over(): void {
    if (this.asking === null) return
    const { response, timer } = this.asking
    this.asking = null
    clearTimeout(timer)
    response.end()
    if (this.open) this.absent = setTimeout(() => this.terminate(), ABSENT_MS)
  }

  private end(lingerMs: number): void {
    this.open = false
    clearTimeout(this.absent)
    if (lingerMs === 0) this.forget()
    else setTimeout(this.forget, lingerMs).unref()
    setImmediate(() => this.emit('close'))
  }
}
