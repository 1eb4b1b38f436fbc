/** A WebSocket that counts the frames which carry edits: the server acknowledges by that count. */
import type { UnsentQueue } from './unsent-queue.ts'

const SYNC = 0
const STEP2 = 1
const UPDATE = 2

/**
 * The class that the provider opens; every connection counts from nothing. Until its step 2 has gone out it sends no single edits:
 * step 2 carries everything that waits, and an edit that deletes words of an earlier one, lost with the connection before, would reach
 * the server ahead of them and be taken for broken.
 */
export function countingSocket(Base: typeof WebSocket, queue: UnsentQueue): typeof WebSocket {
  class CountingSocket extends Base {
    #caughtUp = false
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      queue.connected()
    }
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
      const bytes = data instanceof Uint8Array ? data : null
      if (bytes?.[0] === SYNC && bytes[1] === STEP2) {
        this.#caughtUp = true
        queue.sentAll()
      }
      if (bytes?.[0] === SYNC && bytes[1] === UPDATE) {
        if (!this.#caughtUp) return
        queue.sentNewest()
      }
      super.send(data as ArrayBufferView<ArrayBuffer>)
    }
  }
  return CountingSocket as typeof WebSocket
}
