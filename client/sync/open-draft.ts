/** What a draft is opened with on this device. */
import type { SetAside } from './device-store.ts'

export type OpenDraft = {
  /** Names the device's store; people who share a device stay apart. */
  readonly person: string
  readonly draft: string
  readonly generation: number
  /** Origin of the server, as `location.origin`. */
  readonly origin: string
  /** Why edits of the visit before were refused; shown until the words set aside are dropped. */
  readonly refused?: string
  /** Words set aside by the visit before: a device that keeps nothing has them from here. */
  readonly aside?: readonly SetAside[]
  /** For tests outside a browser. */
  readonly WebSocketClass?: typeof WebSocket
  readonly fetch?: typeof globalThis.fetch
}
