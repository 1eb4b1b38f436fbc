/** A sheet that is not modal: focus goes in when it opens and comes back when it closes, Escape closes. */
import { useEffect, useRef } from 'preact/hooks'

/** `inside` selects what gets the focus. */
export function useSheet(open: boolean, inside: string, onClose: () => void): void {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    if (!open) return
    const before = document.activeElement
    document.querySelector<HTMLElement>(inside)?.focus()
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current()
    }
    addEventListener('keydown', press)
    return () => {
      removeEventListener('keydown', press)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [open, inside])
}
