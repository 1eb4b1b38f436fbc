/** Fingers and mouse buttons on the editor, its own buttons included: ProseMirror does not hear of those that stand beside the text. */

/** Calls `press` when the first goes down within `dom` and when the last of them is gone. Returns a function that ends it. */
export function followFingers(dom: HTMLElement, press: (down: boolean) => void): () => void {
  const ended = new AbortController()
  const options = { signal: ended.signal, capture: true }
  const fingers = new Set<number>()
  const down = (event: PointerEvent): void => {
    // The first of a touch says that no other is there any more: one that left the window does not hold for ever.
    if (event.isPrimary) fingers.clear()
    fingers.add(event.pointerId)
    press(true)
  }
  const up = (event: PointerEvent): void => {
    if (fingers.delete(event.pointerId) && fingers.size === 0) press(false)
  }
  dom.addEventListener('pointerdown', down, options)
  document.addEventListener('pointerup', up, options)
  document.addEventListener('pointercancel', up, options)
  return () => ended.abort()
}
