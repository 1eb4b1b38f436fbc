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
