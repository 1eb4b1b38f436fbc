/** Reads lib0's numbers and strings from untrusted bytes, within bounds, for frames, updates and presence. */
import type { Rule } from './rules.ts'

/** The bytes are not what they claim to be. `rule` names the broken rule for logs, counters and the reason of closing. */
export class Malformed extends Error {
  readonly rule: Rule
  constructor(rule: Rule) {
    super(rule)
    this.name = 'Malformed'
    this.rule = rule
  }
}

// `ignoreBOM` keeps U+FEFF as yjs does: cut off, the text would count one letter less here than in every page.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A cursor over bytes. Every method throws Malformed when the bytes end early or say something impossible. */
export class ByteReader {
  at = 0
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get done(): boolean {
    return this.at >= this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.at]
    if (value === undefined) throw new Malformed('ends early')
    this.at += 1
    return value
  }

  /** A varuint of at most 53 bits. */
  uint(): number {
    let byte = this.byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    let factor = 128
    for (;;) {
      byte = this.byte()
      value += (byte & 0x7f) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new Malformed('number too large')
      if (byte < 0x80) return value
      factor *= 128
    }
  }

  /** A lib0 varint (sign in the first byte). */
  int(): number {
    const first = this.byte()
    const sign = (first & 0x40) > 0 ? -1 : 1
    let value = first & 0x3f
    let factor = 64
    let more = first >= 0x80
    while (more) {
      const byte = this.byte()
      value += (byte & 0x7f) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new Malformed('number too large')
      factor *= 128
      more = byte >= 0x80
    }
    return sign * value
  }

  /** `length` bytes, not copied. */
  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new Malformed('ends early')
    const part = this.bytes.subarray(this.at, this.at + length)
    this.at += length
    return part
  }

  /** A length, then that many bytes. */
  block(): Uint8Array {
    return this.take(this.uint())
  }

  /** A length in bytes, then UTF-8. */
  string(): string {
    try {
      return utf8.decode(this.block())
    } catch (error) {
      if (error instanceof Malformed) throw error
      throw new Malformed('bad UTF-8')
    }
  }

  /** Reads over a string and counts its UTF-16 units, as yjs counts letters: no string is made of what people type. */
  letters(): number {
    const { bytes } = this
    const end = this.uint() + this.at
    if (end > bytes.length) throw new Malformed('ends early')
    let units = 0
    let at = this.at
    while (at < end) {
      const lead = bytes[at]!
      const size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
      if (size === 0 || at + size > end) throw new Malformed('bad UTF-8')
      if (size > 1) {
        // The second byte keeps out overlong forms, surrogates and what is above U+10FFFF.
        const second = bytes[at + 1]!
        const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
        const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
        if (second < least || second > most) throw new Malformed('bad UTF-8')
        if (size > 2 && (bytes[at + 2]! & 0xc0) !== 0x80) throw new Malformed('bad UTF-8')
        if (size > 3 && (bytes[at + 3]! & 0xc0) !== 0x80) throw new Malformed('bad UTF-8')
      }
      units += size === 4 ? 2 : 1
      at += size
    }
    this.at = end
    return units
  }

  /** Ends reading: nothing may be left. */
  end(): void {
    if (!this.done) throw new Malformed('trailing bytes')
  }
}
