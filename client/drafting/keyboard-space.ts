/**
 * A phone's keyboard covers the page without changing it: how much is told to the styles, so that the tools stand on it. On iOS the page
 * is also pushed up behind the screen's edge, and what sticks to the top must come down by as much.
 */

/** A toolbar of the browser that comes and goes is lower than this; a keyboard is higher. In pixels. */
const LOWEST_KEYBOARD = 120
const LEAST_RISE = 80

function isWriting(): boolean {
  const focused = document.activeElement
  return focused instanceof HTMLElement && (focused.isContentEditable || focused.matches('input, textarea'))
}

/**
 * Follows the keyboard and calls `onRise` when it has come up or grown: a browser's toolbar changes the height, too, while somebody
 * scrolls, and must not take them back to the caret. Returns a function that ends it.
 */
export function followKeyboard(onRise: () => void): () => void {
  const { visualViewport } = window
  const { style } = document.documentElement
  const ended = new AbortController()
  let [tallest, width, known] = [0, 0, 0]

  function look(): void {
    const scale = visualViewport?.scale ?? 1
    const height = visualViewport === null ? innerHeight : visualViewport.height * scale
    if (innerWidth !== width) [tallest, width] = [0, innerWidth]
    tallest = Math.max(tallest, innerHeight, height)
    // Who has zoomed in moves the window over the page: only an unzoomed page tells the place.
    const above = scale > 1.01 ? 0 : (visualViewport?.offsetTop ?? 0)
    style.setProperty('--keyboard', `${Math.max(0, Math.round(innerHeight - height - above))}px`)
    style.setProperty('--above', `${Math.max(0, Math.round(above))}px`)
    // Some browsers make the whole window lower instead: the tallest it has been tells.
    document.body.toggleAttribute('data-keyboard', isWriting() && tallest - height > LOWEST_KEYBOARD)
    const before = known
    known = height
    if (before - height > LEAST_RISE) onRise()
  }

  const { signal } = ended
  visualViewport?.addEventListener('resize', look, { signal })
  visualViewport?.addEventListener('scroll', look, { signal })
  addEventListener('resize', look, { signal })
  document.addEventListener('focusin', look, { signal })
  document.addEventListener('focusout', look, { signal })
  look()
  return () => {
    ended.abort()
    style.removeProperty('--keyboard')
    style.removeProperty('--above')
    document.body.removeAttribute('data-keyboard')
  }
}
