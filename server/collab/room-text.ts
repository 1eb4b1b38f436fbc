/** What a room holds of its draft: base and tail as ready frames, what is known of clients, and whether it is closed; no Y.Doc. */
import type { Base, Entry } from '../journal/journal.ts'
import { step1Frame, updateFrame } from './frames.ts'
import { learnUpdate, type Known } from './judge.ts'

export class RoomText {
  /** The last durable entry that was taken in. */
  seq = 0
  /** The seq of the `close` that stands, or null. */
  closedAt: number | null = null
  /** What the draft has, with what was taken and is not yet durable. */
  known: Known = { clocks: new Map(), owners: new Map() }
  private base: Base | null = null
  private baseFrame: Uint8Array | null = null
  private tail: { seq: number; bytes: Uint8Array; frame: Uint8Array }[] = []
  private tailBytes = 0

  /** `entries` are all there are: kinds and senders of those that the base holds are read too. */
  constructor(base: Base | null, entries: readonly Entry[]) {
    if (base !== null) {
      this.seq = base.upTo
      this.useBase(base)
      learnUpdate(base.bytes, this.known, null)
    }
    for (const entry of entries) {
      if (entry.kind === 'update') learnUpdate(entry.bytes, this.known, entry.by)
      this.takeIn(entry)
    }
  }

  /** Bytes of base and tail. */
  get size(): number {
    return (this.base?.bytes.length ?? 0) + this.tailBytes
  }

  /** What is compacted next: the base and the updates since. */
  get compactable(): { base: Base | null; updates: Uint8Array[]; upTo: number; bytes: number } {
    return { base: this.base, updates: this.tail.map(({ bytes }) => bytes), upTo: this.seq, bytes: this.tailBytes }
  }

  /** Everything as updates, for a joiner. */
  get frames(): Uint8Array[] {
    return [...(this.baseFrame === null ? [] : [this.baseFrame]), ...this.tail.map(({ frame }) => frame)]
  }

  /** Asks for what the draft does not have. */
  get question(): Uint8Array {
    return step1Frame(this.known.clocks)
  }

  /** Replaces base and tail by a newer base. */
  useBase(base: Base): void {
    if (this.base !== null && base.upTo <= this.base.upTo) return
    this.base = base
    this.baseFrame = updateFrame(base.bytes)
    this.tail = this.tail.filter(({ seq }) => seq > base.upTo)
    this.tailBytes = this.tail.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** A durable entry; gives the frame that goes to others, or null where there is none. */
  takeIn(entry: Entry): Uint8Array | null {
    const held = this.base?.upTo ?? 0
    this.seq = Math.max(this.seq, entry.seq)
    if (entry.kind === 'close') this.closedAt = entry.seq
    if (entry.kind === 'reopen') this.closedAt = null
    if (entry.kind !== 'update' || entry.seq <= held) return null
    const frame = updateFrame(entry.bytes)
    this.tail.push({ seq: entry.seq, bytes: entry.bytes, frame })
    this.tailBytes += entry.bytes.length
    return frame
  }

  /** Forgets what was taken and is not durable. Who used which client id stays known. */
  forgetPending(): void {
    this.known = { clocks: new Map(), owners: this.known.owners }
    if (this.base !== null) learnUpdate(this.base.bytes, this.known, null)
    for (const { bytes } of this.tail) learnUpdate(bytes, this.known, null)
  }
}
