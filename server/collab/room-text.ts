/** What a room holds of its draft: base and tail as ready frames, what the guard knows, and what is closed or locked; no Y.Doc. */
import type { SectionId } from '../../shared/drafting/template.ts'
import type { Base, Entry } from '../journal/journal.ts'
import { step1Frame, updateFrame } from './frames.ts'
import { KnownText } from './known-text.ts'

/** Longest stretch of learning entries before other work gets its turn. */
const SLICE_MS = 8

export class RoomText {
  /** The last durable entry that was taken in. */
  seq = 0
  /** The seq of the `close` that stands, or null. */
  closedAt: number | null = null
  /** Locked sections, each with the seq of the `lock` that stands. */
  readonly locked = new Map<SectionId, number>()
  /** What the draft has, with what was taken and is not yet durable. */
  readonly known: KnownText
  private base: Base | null = null
  private baseFrame: Uint8Array | null = null
  private tail: { seq: number; bytes: Uint8Array; frame: Uint8Array }[] = []
  private tailBytes = 0

  private constructor(known: KnownText) {
    this.known = known
  }

  /**
   * Loads a draft in slices of a few milliseconds, so that a long journal holds up no other room. `entries` are all there are: the
   * guard learns from them, because a base has no senders and has forgotten what deleted things were.
   */
  static async load(known: KnownText, base: Base | null, entries: readonly Entry[]): Promise<RoomText> {
    const text = new RoomText(known)
    if (base !== null) {
      text.seq = base.upTo
      text.useBase(base)
      if (entries[0]?.seq !== 1) known.learn(base.bytes, null)
    }
    let rested = performance.now()
    for (const entry of entries) {
      text.takeIn(entry, true)
      if (performance.now() - rested < SLICE_MS) continue
      await new Promise((resolve) => setImmediate(resolve))
      rested = performance.now()
    }
    return text
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
    return step1Frame(this.known.stateVector)
  }

  /** Replaces base and tail by a newer base. */
  useBase(base: Base): void {
    if (this.base !== null && base.upTo <= this.base.upTo) return
    this.baseFrame = updateFrame(base.bytes)
    this.base = { ...base, bytes: endOf(this.baseFrame, base.bytes.length) }
    this.tail = this.tail.filter(({ seq }) => seq > base.upTo)
    this.tailBytes = this.tail.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** A durable entry; gives the frame that goes to others, or null where there is none. `learn`: the guard has not judged it here. */
  takeIn(entry: Entry, learn: boolean): Uint8Array | null {
    const held = this.base?.upTo ?? 0
    this.seq = Math.max(this.seq, entry.seq)
    if (entry.kind === 'close') this.closedAt = entry.seq
    if (entry.kind === 'reopen') this.closedAt = null
    if (entry.kind === 'lock') this.locked.set(sectionOf(entry), entry.seq)
    if (entry.kind === 'unlock') this.locked.delete(sectionOf(entry))
    if (entry.kind !== 'update') return null
    if (learn) this.known.learn(entry.bytes, entry.by)
    if (entry.seq <= held) return null
    const frame = updateFrame(entry.bytes)
    this.tail.push({ seq: entry.seq, bytes: endOf(frame, entry.bytes.length), frame })
    this.tailBytes += entry.bytes.length
    return frame
  }
}

const sectionOf = (entry: Entry): SectionId => new TextDecoder().decode(entry.bytes) as SectionId

/** The update within its frame: the bytes of a draft are held once, not twice. */
const endOf = (frame: Uint8Array, length: number): Uint8Array => frame.subarray(frame.length - length)
