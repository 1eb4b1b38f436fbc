/** What a room took and has not yet appended, in order, and how much of that a room and the whole process hold. */
import type { NewEntry } from '../journal/journal.ts'
import type { Member } from './member.ts'

/** Most bytes of one append. */
const BATCH_BYTES = 4 * 1024 * 1024
/** What a room holds for a store that does not answer: ten people typing without a pause need half an hour for it. */
const MOST_OF_ROOM = 4 * 1024 * 1024
/** What all rooms together hold. */
const MOST_OF_PROCESS = 64 * 1024 * 1024
/** What a frame that waits costs besides its bytes. */
const FRAME_COST = 400

/** An update-bearing frame that was taken: its update, the how-manieth of its connection it is. */
export type Taken = {
  readonly member: Member
  readonly nth: number
  readonly step: number
  readonly bytes: Uint8Array
  readonly at: number
  /** Null where nothing is new: it is only acknowledged, in its turn. */
  readonly entry: NewEntry | null
  /** The count to acknowledge once it is durable; 0 while the connection's count stands still. */
  readonly ackTo: number
}

/** What the rooms of a process hold together for the store. */
export class Backlog {
  readonly mostOfRoom: number
  private readonly most: number
  private bytes = 0
  private waiting: (() => void)[] = []

  constructor(mostOfRoom = MOST_OF_ROOM, most = MOST_OF_PROCESS) {
    this.mostOfRoom = mostOfRoom
    this.most = most
  }

  get isFull(): boolean {
    return this.bytes > this.most
  }

  /** Calls back once when half of it is free. */
  whenFree(call: () => void): void {
    this.waiting.push(call)
  }

  change(bytes: number): void {
    this.bytes += bytes
    if (this.waiting.length === 0 || this.bytes > this.most / 2) return
    const calls = this.waiting
    this.waiting = []
    for (const call of calls) call()
  }
}

export class Pending {
  private readonly backlog: Backlog
  private bytes = 0
  private waiting: Taken[] = []
  /** What the append on its way carries. */
  private sent: readonly Taken[] = []

  constructor(backlog: Backlog) {
    this.backlog = backlog
  }

  /** How many frames wait for an append; those on their way are not among them. */
  get length(): number {
    return this.waiting.length
  }

  /** The store does not keep up: nothing more is taken. */
  get isFull(): boolean {
    return this.bytes > this.backlog.mostOfRoom || this.backlog.isFull
  }

  get isHalfFree(): boolean {
    return this.bytes <= this.backlog.mostOfRoom / 2
  }

  /** Everything that is not known to be durable. */
  get all(): readonly Taken[] {
    return [...this.sent, ...this.waiting]
  }

  push(taken: Taken): void {
    this.waiting.push(taken)
    this.count(costOf(taken))
  }

  /** What one append may carry: at least one, where there is any. It is held until `settle` or `takeAll`. */
  nextBatch(): readonly Taken[] {
    let size = 0
    let count = 0
    while (count < this.waiting.length && (count === 0 || size < BATCH_BYTES)) {
      size += this.waiting[count]?.bytes.length ?? 0
      count += 1
    }
    this.sent = this.waiting.splice(0, count)
    return this.sent
  }

  /** The append on its way is durable. */
  settle(): void {
    const cost = this.sent.reduce((sum, taken) => sum + costOf(taken), 0)
    this.sent = []
    this.count(-cost)
  }

  takeAll(): readonly Taken[] {
    const { all } = this
    this.sent = []
    this.waiting = []
    this.count(-this.bytes)
    return all
  }

  private count(bytes: number): void {
    this.bytes += bytes
    this.backlog.change(bytes)
  }
}

const costOf = ({ bytes, entry }: Taken): number => bytes.length + (entry?.bytes.length ?? 0) + FRAME_COST
