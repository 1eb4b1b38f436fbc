/** One person of a bench: a socket that joins, sends recorded frames, and counts what comes; no Y.Doc, so that the load stays small. */
import WebSocket from 'ws'
import { hear, presenceFrame, syncFrame, tokenFrame, type Heard } from './dialect.ts'
import type { Running } from './subject.ts'

const NOTHING = new Uint8Array([0, 0])
const EMPTY_STATE = new Uint8Array([0])

export type BenchClientOptions = {
  readonly server: Running
  readonly room: number
  readonly person: number
  /** Each frame of the server after joining. */
  readonly heard?: (heard: Heard) => void
}

export class BenchClient {
  /** The answer to step 1 came: everything is here. */
  readonly joined: Promise<void>
  readonly room: number
  readonly person: number
  /** Update frames that came while joining, kept for whoever reads the text. */
  readonly document: Uint8Array[] = []
  isJoined = false
  /** Edits of this client that the server said are safe; what came before the first edit does not count. */
  acknowledged = 0
  refusals = 0
  closedWith: number | null = null
  #sent = 0
  #statuses = 0
  #beforeEdits = 0
  readonly #socket: WebSocket
  readonly #server: Running
  readonly #name: string
  readonly #heard: (heard: Heard) => void

  constructor({ server, room, person, heard = () => undefined }: BenchClientOptions) {
    const seat = server.seats[room]
    if (seat === undefined) throw new Error(`no room ${room}`)
    this.room = room
    this.person = person
    this.#server = server
    this.#name = seat.name
    this.#heard = heard
    const cookie = seat.cookies[person]
    this.#socket = new WebSocket(`ws://127.0.0.1:${server.port}/${seat.path}`, {
      perMessageDeflate: false,
      ...(cookie === undefined ? {} : { headers: { cookie } }),
    })
    this.joined = new Promise((resolve, reject) => {
      this.#socket.on('error', (error) => reject(error))
      this.#socket.on('close', (code) => {
        this.closedWith = code
        reject(new Error(`${server.subject} closed room ${room} with ${code}`))
      })
      this.#socket.on('open', () => this.#open(resolve))
      this.#socket.on('message', (frame: Buffer) => this.#take(hear(server.dialect, frame), resolve))
    })
    this.joined.catch(() => undefined)
  }

  #open(resolve: () => void): void {
    if (this.#server.dialect === 'relay') {
      this.isJoined = true
      resolve()
    } else if (this.#server.dialect === 'hocuspocus') this.#socket.send(tokenFrame(this.#name))
    else this.#ask()
  }

  #ask(): void {
    this.#socket.send(syncFrame(this.#server.dialect, this.#name, 0, EMPTY_STATE))
  }

  #take(heard: Heard, resolve: () => void): void {
    if (heard.kind === 'welcome') this.#ask()
    else if (heard.kind === 'question') this.#count(syncFrame(this.#server.dialect, this.#name, 1, NOTHING))
    else if (heard.kind === 'acknowledged') this.acknowledged = Math.max(0, heard.count - this.#beforeEdits)
    else if (heard.kind === 'status' && heard.taken) {
      this.#statuses += 1
      this.acknowledged = Math.max(0, this.#statuses - this.#beforeEdits)
    } else if (heard.kind === 'refused') this.refusals += 1
    if (!this.isJoined && (heard.kind === 'update' || heard.kind === 'answer')) this.document.push(heard.bytes)
    if (!this.isJoined && heard.kind === 'answer') {
      this.isJoined = true
      resolve()
      return
    }
    if (this.isJoined) this.#heard(heard)
  }

  #count(frame: Uint8Array): void {
    this.#sent += 1
    this.#socket.send(frame)
  }

  /** From here on `acknowledged` counts edits: call it when everything that was sent before is answered. */
  beginEdits(): void {
    this.#beforeEdits = this.#sent
    this.acknowledged = 0
  }

  /** Sends an update. */
  send(update: Uint8Array): void {
    this.#count(syncFrame(this.#server.dialect, this.#name, 2, update))
  }

  sendPresence(client: number, clock: number, state: string): void {
    this.#socket.send(presenceFrame(this.#server.dialect, this.#name, client, clock, state))
  }

  close(): void {
    this.#socket.terminate()
  }
}
