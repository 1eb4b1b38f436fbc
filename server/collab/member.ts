/** One connection in a room: its socket, what it may do, and how far its edits are durable. */
import type { Viewer } from '../people/viewer.ts'
import type { PersonId } from '../../shared/ids.ts'
import { CLOSE, type Message } from './frames.ts'
import type { Rule } from './rules.ts'

/** What a viewer may do to a draft now. */
export type DraftAccess = 'write' | 'read' | 'none'

/** A reader that has this much waiting is dropped and comes back: sixty sleeping readers cost a peer 361 MB. */
const MOST_WAITING = 1024 * 1024

/** The state vector of an empty document. */
const NOTHING = new Uint8Array(1)

/** What a member's connection must do: WsSocket and HttpSocket do it. */
export type MemberSocket = {
  readonly open: boolean
  readonly bufferedAmount: number
  /** Whole messages, one or several. */
  write(messages: Uint8Array): void
  close(code: number, reason: string): void
  terminate(): void
  ping(): void
}

export class Member {
  readonly viewer: Viewer
  readonly person: PersonId
  /** Who this is, for presence: {id, name} as JSON. */
  readonly user: string
  /** Whether it asked for messages 100, 101 and 102 (`?ack=1`); the stock client would print an error for them. */
  readonly asksAck: boolean
  access: DraftAccess
  /** What it may do was to be decided again, and the store does not answer: nothing is taken until then. */
  isUndecided = false
  /** Its step 1 was answered: it gets what becomes durable. */
  joined = false
  /** Update-bearing frames that came. */
  received = 0
  /** The first and the newest update-bearing frame that were not taken and that no step 2 has covered; 0 when there are none. */
  private missedFrom = 0
  private missedTo = 0
  acknowledged = 0
  /** A step 2 came: it has sent what it had when it connected. Until then a deletion may name letters that are still to come. */
  answered = false
  /** It sent what stands on what the room did not have, and was asked again when the journal had been read to its end. */
  isLookedUp = false
  /** The one client id whose presence it may tell: the first that it told. */
  presenceId: number | null = null
  /** Something came since the last ping. */
  alive = true
  private told = false
  private state = NOTHING
  private readonly socket: MemberSocket
  private allowance = MOST_WAITING

  constructor(socket: MemberSocket, viewer: Viewer, person: PersonId, asksAck: boolean, access: DraftAccess) {
    this.socket = socket
    this.viewer = viewer
    this.person = person
    this.user = JSON.stringify({ id: person, name: viewer.name })
    this.asksAck = asksAck
    this.access = access
  }

  /** A step 1 came: the state vector of what it has. */
  says(state: Uint8Array): void {
    this.state = new Uint8Array(state)
  }

  /** The state vector that is to be answered now. */
  takeState(): Uint8Array {
    const { state } = this
    this.state = NOTHING
    return state
  }

  get open(): boolean {
    return this.socket.open
  }

  /** Some frame was not taken: the count stands still until a step 2 that came behind it. */
  get gap(): boolean {
    return this.missedFrom > 0
  }

  /** The `nth` frame was not taken. */
  miss(nth: number): void {
    this.missedFrom = this.missedFrom === 0 ? nth : Math.min(this.missedFrom, nth)
    this.missedTo = Math.max(this.missedTo, nth)
  }

  /** The `nth` frame is a step 2 that was taken: it carries what was missed before it, and nothing of what came behind it. */
  cover(nth: number): void {
    if (nth > this.missedTo) this.missedFrom = this.missedTo = 0
    else if (nth > this.missedFrom) this.missedFrom = nth + 1
    this.isLookedUp = false
  }

  /** What to acknowledge once the `nth` frame is durable: itself, or 0 where one before it was missed. */
  ackTo(nth: number): number {
    return this.missedFrom === 0 || nth < this.missedFrom ? nth : 0
  }

  /** Sends a message, or several that stand one behind the other; drops a connection that does not read. */
  send(message: Message): void {
    if (!this.open) return
    const waiting = this.socket.bufferedAmount
    if (waiting > this.allowance) {
      this.socket.terminate()
      return
    }
    if (waiting === 0) this.allowance = MOST_WAITING
    this.told = true
    this.socket.write(message)
  }

  /**
   * Sends what a joiner needs, however large: it counts on top of what may wait. Whoever asks again and does not read is dropped, for each
   * answer would be allowed on top of the last. The base is everybody's and stands first, as it is.
   */
  sendDocument([base, ...rest]: readonly Message[]): void {
    if (!this.open || base === undefined) return
    const waiting = this.socket.bufferedAmount
    if (waiting > MOST_WAITING) {
      this.socket.terminate()
      return
    }
    const others = Buffer.concat(rest)
    this.allowance = MOST_WAITING + waiting + base.length + others.length
    this.socket.write(base)
    if (others.length > 0) this.socket.write(others)
  }

  /** Ends the connection with a code of frames.ts CLOSE. Reasons are short and plain: a close reason holds 123 bytes. */
  close(code: number, reason: string): void {
    if (this.open) this.socket.close(code, reason)
  }

  /** Ends a connection that broke a rule. */
  malformed(rule: Rule): void {
    this.close(rule === 'foreign client id' ? CLOSE.forbidden : CLOSE.malformed, rule)
  }

  /** Ends a connection of which nothing came since the last time, and asks again; `quiet` is for a page that was told nothing meanwhile. */
  heartbeat(quiet: Message): void {
    if (!this.alive) {
      this.socket.terminate()
      return
    }
    this.alive = false
    if (this.open) this.socket.ping()
    if (!this.told) this.send(quiet)
    this.told = false
  }

  terminate(): void {
    this.socket.terminate()
  }
}
