/** A WebSocket that counts the frames which carry edits: the server acknowledges by that count. */
import type { UnsentQueue } from './unsent-queue.ts'

const SYNC = 0
const STEP2 = 1
const UPDATE = 2

/** The class that the provider opens; every connection counts from nothing. */
export function countingSocket(Base: typeof WebSocket, queue: UnsentQueue): typeof WebSocket {
  class CountingSocket extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      queue.connected()
    }
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
      const bytes = data instanceof Uint8Array ? data : null
      if (bytes?.[0] === SYNC && bytes[1] === STEP2) queue.sentAll()
      if (bytes?.[0] === SYNC && bytes[1] === UPDATE) queue.sentNewest()
      super.send(data as ArrayBufferView<ArrayBuffer>)
    }
  }
  return CountingSocket as typeof WebSocket
}
