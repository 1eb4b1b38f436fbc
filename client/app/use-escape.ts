/** Escape closes what lies over a page, from wherever it is pressed; for what is no dialog of the browser's own. */
import { useEffect, useRef } from 'preact/hooks'

/** Also from a draft's text: the editor prevents the default of every Escape. One that ends a composition closes nothing. */
export function useEscape(open: boolean, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!open) return
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing) latest.current()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [open])
}
