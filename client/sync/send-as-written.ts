/** Lets the stock provider send what the editor wrote, where its own listener would send what the document behind the editor emitted. */
import type { WebsocketProvider } from 'y-websocket'
import { asWritten } from '../drafting/binding/frames.ts'

/** Puts itself in the place of the provider's listener. Returns what ends it. */
export function sendAsWritten(provider: WebsocketProvider): () => void {
  const { doc } = provider
  const send = (emitted: Uint8Array, origin: unknown): void =>
    provider._updateHandler(asWritten(emitted, origin), origin)
  doc.off('update', provider._updateHandler)
  doc.on('update', send)
  return () => doc.off('update', send)
}
