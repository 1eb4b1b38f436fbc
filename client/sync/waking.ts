/** The moments at which a page comes back to life: a phone is locked forty times a day. */

/** Calls `woken` when the page is shown again or the network returns; returns the way to stop. Nothing outside a browser. */
export function onWaking(woken: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined
  const shown = (): void => {
    if (document.visibilityState === 'visible') woken()
  }
  document.addEventListener('visibilitychange', shown)
  document.addEventListener('resume', woken)
  addEventListener('pageshow', woken)
  addEventListener('online', woken)
  return () => {
    document.removeEventListener('visibilitychange', shown)
    document.removeEventListener('resume', woken)
    removeEventListener('pageshow', woken)
    removeEventListener('online', woken)
  }
}

/** Calls `left` when the page goes away, for good or to sleep; returns the way to stop. Nothing outside a browser. */
export function onLeaving(left: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined
  addEventListener('pagehide', left)
  return () => removeEventListener('pagehide', left)
}

/** Whether the device itself says that there is no network. */
export function isOffline(): boolean {
  return typeof document !== 'undefined' && !navigator.onLine
}

/** Calls `lost` when the device loses its network; returns the way to stop. Nothing outside a browser. */
export function onOffline(lost: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined
  addEventListener('offline', lost)
  return () => removeEventListener('offline', lost)
}
