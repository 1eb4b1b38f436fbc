/** The wall's keys: 1-9 opens a group, B announces, + gives five minutes, F presents, ? lists them; never while somebody types. */
import { useLayoutEffect, useRef } from 'preact/hooks'

export type WallKeys = {
  readonly open: (group: number) => void
  readonly broadcast: () => void
  readonly more: () => void
  readonly present: () => void
  readonly keys: () => void
}

export function useWallKeys(keys: WallKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  // Before paint: what is on screen already answers to its keys.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target
      if (target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]') !== null)
        return
      // The place of the key and not its letter: a Thai keyboard is up.
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
      if (event.key === '?') latest.current.keys()
      else if (event.key === '+') latest.current.more()
      else if (digit !== undefined) latest.current.open(Number(digit))
      else if (event.code === 'KeyB') latest.current.broadcast()
      else if (event.code === 'KeyF') latest.current.present()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
