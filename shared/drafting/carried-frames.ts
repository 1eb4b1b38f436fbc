/** Frames of the document port one behind the other, as a body of HTTP carries them both ways: each with the head of an unmasked WebSocket message. */

const BINARY = 0x82
const SHORT = 126
const LONG = 127
const MOST_SHORT = 125
const MOST_MIDDLE = 0xffff

/** What a connection was ended with, as HTTP tells it: the code of frames.ts CLOSE or of RFC 6455. */
export type Closing = { readonly code: number; readonly reason: string }

/** Bytes of a head for `length` bytes of frame. */
export const headSize = (length: number): number => (length <= MOST_SHORT ? 2 : length <= MOST_MIDDLE ? 4 : 10)

/** Writes a head for `length` bytes of frame at the beginning of `bytes`; gives where the frame begins. */
export function putHead(bytes: Uint8Array, length: number): number {
  const head = headSize(length)
  bytes[0] = BINARY
  bytes[1] = head === 2 ? length : head === 4 ? SHORT : LONG
  let left = length
  for (let at = head - 1; at > 1; at--) {
    bytes[at] = left & 0xff
    left = Math.floor(left / 256)
  }
  return head
}

/** A frame with its head. */
export function carried(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headSize(frame.length) + frame.length)
  bytes.set(frame, putHead(bytes, frame.length))
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
