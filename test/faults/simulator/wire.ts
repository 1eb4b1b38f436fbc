/** WebSocket frames as bytes: what a page sends, and what a server sent read back. */

/** A masked frame (the mask is nought, so the payload stands as it is). */
export function clientFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload
  const more = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const bytes = Buffer.alloc(2 + more + 4 + length)
  bytes[0] = 0x80 | opcode
  bytes[1] = 0x80 | (more === 0 ? length : more === 2 ? 126 : 127)
  if (more === 2) bytes.writeUInt16BE(length, 2)
  if (more === 8) bytes.writeBigUInt64BE(BigInt(length), 2)
  bytes.set(payload, 2 + more + 4)
  return bytes
}

/** What a server wrote: its answer to the upgrade, then frames. `size` is its bytes. */
export type ServerFrame = FrameKind & { readonly size: number }
type FrameKind =
  | { readonly kind: 'opened' }
  | { readonly kind: 'message' | 'ping' | 'pong'; readonly payload: Uint8Array }
  | { readonly kind: 'close'; readonly code: number; readonly payload: Uint8Array }

export class ServerFrames {
  private held: Buffer = Buffer.alloc(0)
  private isUpgraded = false

  /** The frames that are whole with this piece. Throws where the server wrote none. */
  take(chunk: Buffer): ServerFrame[] {
    this.held = this.held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.held, chunk])
    const frames: ServerFrame[] = []
    for (let frame = this.next(); frame !== null; frame = this.next()) frames.push(frame)
    return frames
  }

  private next(): ServerFrame | null {
    const { held } = this
    if (!this.isUpgraded) {
      const end = held.indexOf('\r\n\r\n')
      if (end < 0) return null
      if (!held.toString('latin1', 0, 12).startsWith('HTTP/1.1 101')) throw new Error('the upgrade was refused')
      this.isUpgraded = true
      return this.cut(end + 4, { kind: 'opened' })
    }
    if (held.length < 2) return null
    const short = held[1]! & 0x7f
    const more = short === 126 ? 2 : short === 127 ? 8 : 0
    if (held.length < 2 + more) return null
    const length = more === 0 ? short : more === 2 ? held.readUInt16BE(2) : Number(held.readBigUInt64BE(2))
    const size = 2 + more + length
    if (held.length < size) return null
    const payload = new Uint8Array(held.subarray(2 + more, size))
    const opcode = held[0]! & 0x0f
    if (opcode === 8)
      return this.cut(size, { kind: 'close', payload, code: length < 2 ? 1005 : (payload[0]! << 8) | payload[1]! })
    if (opcode !== 2 && opcode !== 9 && opcode !== 10) throw new Error(`a frame of kind ${opcode}`)
    return this.cut(size, { kind: opcode === 2 ? 'message' : opcode === 9 ? 'ping' : 'pong', payload })
  }

  private cut(size: number, frame: FrameKind): ServerFrame {
    this.held = this.held.subarray(size)
    return { ...frame, size }
  }
}
