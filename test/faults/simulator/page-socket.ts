/** The browser's WebSocket as a page of the world has it. */
import type { Connection, Network } from './network.ts'
import type { World } from './world.ts'

/** The class that a page opens; `who` is in its cookie. */
export function pageSocket(world: World, network: Network, who: string): typeof WebSocket {
  class PageSocket extends EventTarget {
    static readonly OPEN = 1
    readonly OPEN = 1
    readyState = 0
    binaryType = 'blob'
    onopen: ((event: Event) => void) | null = null
    onmessage: ((event: Event) => void) | null = null
    onclose: ((event: Event) => void) | null = null
    onerror: ((event: Event) => void) | null = null
    readonly #connection: Connection

    constructor(url: string | URL) {
      super()
      const path = String(url).replace(/^wss?:\/\/[^/]+/, '')
      this.#connection = network.connect(world.current, path, who, {
        opened: () => {
          if (this.readyState !== 0) return
          this.readyState = 1
          this.#tell('open', {})
        },
        message: (payload) => {
          if (this.readyState === 1) this.#tell('message', { data: payload.slice().buffer })
        },
        closed: (code) => {
          const before = this.readyState
          this.readyState = 3
          if (before === 0) this.#tell('error', {})
          this.#tell('close', { code, reason: '' })
        },
      })
    }

    send(data: Uint8Array): void {
      if (this.readyState === 0) throw new Error('InvalidStateError')
      // The bytes are taken now: whoever sends may use its buffer again.
      if (this.readyState === 1) this.#connection.send(new Uint8Array(data))
    }

    close(): void {
      if (this.readyState >= 2) return
      this.readyState = 2
      this.#connection.close()
    }

    #tell(kind: 'open' | 'message' | 'close' | 'error', more: object): void {
      const event = Object.assign(new Event(kind), more)
      this.dispatchEvent(event)
      this[`on${kind}`]?.(event)
    }
  }
  return PageSocket as unknown as typeof WebSocket
}
