/** A connection of the fuzz: sends one frame at a time and says what became of it, by the rule that refused it. */
import { once } from 'node:events'
import * as decoding from 'lib0/decoding'
import WebSocket from 'ws'
import { Malformed } from '../../server/collab/byte-reader.ts'
import { readFrame } from '../../server/collab/frames.ts'
import { framed } from '../support/raw-client.ts'

const ANSWER_MS = 30_000
/** An empty step 2: its acknowledgement says that everything before it was judged. */
const BARRIER = framed(0, 1, new Uint8Array([0, 0]))

/** Whether the server's frame parser takes it, so that the guard or presence sees it. */
export function passesFrameParser(frame: Uint8Array): boolean {
  try {
    readFrame(frame)
    return true
  } catch (error) {
    if (error instanceof Malformed) return false
    throw error
  }
}

export class Attacker {
  private readonly socket: WebSocket
  private updates = 0
  private acknowledged = 0
  private seen: string[] = []
  private closed: string | null = null
  private wake: () => void = () => undefined

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('error', () => undefined)
    socket.on('close', (code, reason) => {
      this.closed = reason.length > 0 ? reason.toString() : `code ${code}`
      this.wake()
    })
    socket.on('message', (data) => {
      const decoder = decoding.createDecoder(new Uint8Array(data as Buffer))
      const message = decoding.readVarUint(decoder)
      if (message === 100) this.acknowledged = decoding.readVarUint(decoder)
      else if (message === 101) this.seen.push(decoding.readVarString(decoder))
      else if (message === 0 && decoding.readVarUint(decoder) === 0) this.seen.push('missing')
      this.wake()
    })
  }

  static async connect(port: number, draft: string, who: string): Promise<Attacker> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/collab/${draft}.1?ack=1`, {
      headers: { cookie: `who=${who}` },
    })
    const attacker = new Attacker(socket)
    await once(socket, 'open')
    return attacker
  }

  get isOpen(): boolean {
    return this.closed === null && this.socket.readyState === WebSocket.OPEN
  }

  /** What became of a frame: the rule or code that refused it, `missing`, or `taken`. A string is a text frame. */
  async send(frame: Uint8Array | string, times = 1): Promise<string> {
    this.seen = []
    if (typeof frame !== 'string' && passesFrameParser(frame) && readFrame(frame).kind === 'update') this.updates += 1
    for (let n = 0; n < times; n++) this.socket.send(frame)
    this.socket.send(BARRIER)
    this.updates += 1
    const end = Date.now() + ANSWER_MS
    while (this.closed === null && this.acknowledged < this.updates) {
      if (Date.now() > end)
        throw new Error(`no answer to ${typeof frame === 'string' ? frame : Buffer.from(frame).toString('hex')}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ANSWER_MS)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return this.closed ?? this.seen[0] ?? 'taken'
  }

  close(): void {
    this.socket.terminate()
  }
}
