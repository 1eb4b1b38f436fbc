/** Reads lib0's numbers and strings from untrusted bytes, within bounds, for frames, updates and presence. */

/** The bytes are not what they claim to be. `rule` names the broken rule for logs and counters. */
export class Malformed extends Error {
  readonly rule: string
  constructor(rule: string) {
    super(rule)
    this.name = 'Malformed'
    this.rule = rule
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A cursor over bytes. Every method throws Malformed when the bytes end early or say something impossible. */
export class ByteReader {
  at = 0
  private readonly bytes: Uint8Array

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
    let value = 0
    let factor = 1
    for (;;) {
      const byte = this.byte()
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

  /** Ends reading: nothing may be left. */
  end(): void {
    if (!this.done) throw new Malformed('trailing bytes')
  }
}
