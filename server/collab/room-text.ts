/** What a room holds of its draft: base and tail as ready messages, what the guard knows, and what is closed or locked; no Y.Doc. */
import type { SectionId } from '../../shared/drafting/template.ts'
import { LARGEST_DRAFT, type Base, type Entry, type Journal } from '../journal/journal.ts'
import type { DraftPlace } from './draft-place.ts'
import { step1Message, updateMessage, type Message } from './frames.ts'
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
  private baseMessage: Message | null = null
  private tail: { seq: number; bytes: Uint8Array; message: Message }[] = []
  private tailBytes = 0
  /** The last entry announced a restore. */
  private restoring = false

  private constructor(known: KnownText) {
    this.known = known
  }

  /** A draft as its journal has it. Rejects when the journal does. */
  static async read({ id, generation, template, group }: DraftPlace, journal: Journal): Promise<RoomText> {
    const base = await journal.base(id, generation)
    const entries = await journal.read(id, generation, 0)
    return RoomText.load(new KnownText(template, group === null), base, entries)
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

  hasRoomFor(bytes: Uint8Array): boolean {
    return this.size + bytes.length <= LARGEST_DRAFT
  }

  /** What came since the base. */
  get tailSize(): { readonly updates: number; readonly bytes: number } {
    return { updates: this.tail.length, bytes: this.tailBytes }
  }

  /** Base and tail, as updates. */
  get updates(): Uint8Array[] {
    return [...(this.base === null ? [] : [this.base.bytes]), ...this.tail.map(({ bytes }) => bytes)]
  }

  /** What the entries after `seq` brought; null where a base has them. */
  since(seq: number): Message[] | null {
    if (this.base !== null && this.base.upTo > seq) return null
    return this.tail.filter((entry) => entry.seq > seq).map(({ message }) => message)
  }

  /** Everything as updates, for a joiner. */
  get messages(): Message[] {
    return [...(this.baseMessage === null ? [] : [this.baseMessage]), ...this.tail.map(({ message }) => message)]
  }

  /** Asks for what the draft does not have. */
  get question(): Message {
    return step1Message(this.known.stateVector)
  }

  /** Replaces base and tail by a newer base. */
  useBase(base: Base): void {
    if (this.base !== null && base.upTo <= this.base.upTo) return
    this.baseMessage = updateMessage(base.bytes)
    this.base = { ...base, bytes: endOf(this.baseMessage, base.bytes.length) }
    this.tail = this.tail.filter(({ seq }) => seq > base.upTo)
    this.tailBytes = this.tail.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** A durable entry; gives the message that goes to others, or null where there is none. `learn`: the guard has not judged it here. */
  takeIn(entry: Entry, learn: boolean): Message | null {
    const held = this.base?.upTo ?? 0
    this.seq = Math.max(this.seq, entry.seq)
    if (entry.kind === 'close') this.closedAt = entry.seq
    if (entry.kind === 'reopen') this.closedAt = null
    if (entry.kind === 'lock') this.locked.set(sectionOf(entry), entry.seq)
    if (entry.kind === 'unlock') this.locked.delete(sectionOf(entry))
    const isRestore = this.restoring
    this.restoring = entry.kind === 'restore-point'
    if (entry.kind !== 'update') return null
    // What a restore writes stands under client ids that were minted for it: they are nobody's to write under.
    if (learn) this.known.learn(entry.bytes, isRestore ? 'server' : entry.by)
    if (entry.seq <= held) return null
    const message = updateMessage(entry.bytes)
    this.tail.push({ seq: entry.seq, bytes: endOf(message, entry.bytes.length), message })
    this.tailBytes += entry.bytes.length
    return message
  }
}

const sectionOf = (entry: Entry): SectionId => new TextDecoder().decode(entry.bytes) as SectionId

/** The update within its message: the bytes of a draft are held once, not twice. */
const endOf = (message: Message, length: number): Uint8Array => message.subarray(message.length - length)
