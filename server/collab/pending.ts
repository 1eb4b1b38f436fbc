/** What a room took and has not yet appended, in order. */
import type { NewEntry } from '../journal/journal.ts'
import type { Member } from './member.ts'

/** Most bytes of one append. */
const BATCH_BYTES = 4 * 1024 * 1024

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

export class Pending {
  /** Bytes of all updates that wait. */
  bytes = 0
  private waiting: Taken[] = []

  get length(): number {
    return this.waiting.length
  }

  push(taken: Taken): void {
    this.waiting.push(taken)
    this.bytes += taken.bytes.length
  }

  /** Takes out what one append may carry: at least one, where there is any. */
  nextBatch(): Taken[] {
    let size = 0
    let count = 0
    while (count < this.waiting.length && (count === 0 || size < BATCH_BYTES)) {
      size += this.waiting[count]?.bytes.length ?? 0
      count += 1
    }
    this.bytes -= size
    return this.waiting.splice(0, count)
  }

  takeAll(): Taken[] {
    const all = this.waiting
    this.waiting = []
    this.bytes = 0
    return all
  }
}
