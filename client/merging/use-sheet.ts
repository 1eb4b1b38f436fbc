/** A sheet that is not modal: focus goes in when it opens and comes back when it closes, Escape closes. */
import { useEffect } from 'preact/hooks'
import { useEscape } from '../app/use-escape.ts'

/** `inside` selects what gets the focus. */
export function useSheet(open: boolean, inside: string, onClose: () => void): void {
  useEscape(open, onClose)
  useEffect(() => {
    if (!open) return
    const before = document.activeElement
    document.querySelector<HTMLElement>(inside)?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [open, inside])
}
