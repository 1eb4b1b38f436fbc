/** Keys of the review: arrows change the clause, 1 to 3 choose an answer, Ctrl+Enter saves; letters being typed are left alone. */
import { useLayoutEffect, useRef } from 'preact/hooks'

export type ReviewKeys = {
  readonly move: (by: 1 | -1) => void
  /** Index of the answer, from 0. */
  readonly choose: (index: number) => void
  readonly save: () => void
}

const DIGITS = ['Digit1', 'Digit2', 'Digit3']

export function useReviewKeys(keys: ReviewKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  // Before paint: between two clauses no key may fall into a gap without a listener.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || document.querySelector('dialog[open]') !== null) return
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        return latest.current.save()
      }
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      const typing = 'textarea, input, select, summary, [contenteditable]'
      if (event.target instanceof HTMLElement && event.target.closest(typing) !== null) return
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        return latest.current.move(event.key === 'ArrowDown' ? 1 : -1)
      }
      // By the key's place: a Thai keyboard gives other letters on the row of digits.
      const index = DIGITS.indexOf(event.code)
      if (index >= 0) latest.current.choose(index)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
