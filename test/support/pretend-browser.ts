/** What a browser tells its pages, of the network and that they are left, for the product's client in a plain process. */
import { setMaxListeners } from 'node:events'

export type PretendedBrowser = {
  /** The network is there again: every page hears it, and nobody waits for their next try. */
  online(): void
  /** Every page is left. */
  leave(): void
  /** To be called when the pages are closed. */
  end(): void
}

/** Gives pages that are opened from now on what they hear such things by. */
export function pretendBrowser(): PretendedBrowser {
  const events = new EventTarget()
  const given = {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
    navigator: { onLine: true },
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  }
  setMaxListeners(0, events, given.document)
  const before = Object.keys(given).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  for (const [name, value] of Object.entries(given))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return {
    online: () => void events.dispatchEvent(new Event('online')),
    leave: () => void events.dispatchEvent(new Event('pagehide')),
    end() {
      for (const [name, property] of before)
        if (property === undefined) Reflect.deleteProperty(globalThis, name)
        else Object.defineProperty(globalThis, name, property)
    },
  }
}
