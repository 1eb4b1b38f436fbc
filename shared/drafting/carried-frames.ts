/** Frames of the document port one behind the other, as a body of HTTP carries them both ways: each with the head of an unmasked WebSocket message. */

const BINARY = 0x82
const SHORT = 126
const LONG = 127
const MOST_SHORT = 125
const MOST_MIDDLE = 0xffff

/** What a connection was ended with, as HTTP tells it: the code of frames.ts CLOSE or of RFC 6455. */
export type Closing = { readonly code: number; readonly reason: string }

/** A head for `length` bytes of frame, with room for them from `at` on. */
export function headed(length: number): { readonly bytes: Uint8Array<ArrayBuffer>; readonly at: number } {
  const head = length <= MOST_SHORT ? 2 : length <= MOST_MIDDLE ? 4 : 10
  const bytes = new Uint8Array(head + length)
  bytes[0] = BINARY
  if (head === 2) bytes[1] = length
  else if (head === 4) {
    bytes[1] = SHORT
    new DataView(bytes.buffer).setUint16(2, length)
  } else {
    bytes[1] = LONG
    new DataView(bytes.buffer).setUint32(6, length)
  }
  return { bytes, at: head }
}

/** A frame with its head. */
export function carried(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  const { bytes, at } = headed(frame.length)
  bytes.set(frame, at)
  return bytes
}

/** The frames in a body, as views of it; null where it is not made of whole frames, or of more than `most`. */
export function framesIn(bytes: Uint8Array, most = Infinity): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    if (frames.length >= most || at + 2 > bytes.length || bytes[at] !== BINARY) return null
    const mark = bytes[at + 1] ?? 0
    const head = mark < SHORT ? 2 : mark === SHORT ? 4 : 10
    if (mark > LONG || at + head > bytes.length) return null
    if (mark === LONG && view.getUint32(at + 2) > 0) return null
    const length = mark < SHORT ? mark : mark === SHORT ? view.getUint16(at + 2) : view.getUint32(at + 6)
    if (at + head + length > bytes.length) return null
    frames.push(bytes.subarray(at + head, at + head + length))
    at += head + length
  }
  return frames
}
