/** Keys of the merge table: 1–5 results, J K topics, Ctrl+Enter records, Ctrl+Z takes the last one back; letters only outside text. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { DECISION_KINDS, type DecisionKind } from '../../shared/merging/decisions.ts'

export type MergeKeys = {
  readonly onKind: (kind: DecisionKind) => void
  readonly onStep: (step: 1 | -1) => void
  readonly onSave: () => void
  readonly onUndo: () => void
}

const WRITING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]'

/** A second press so soon was meant for what was just recorded, not for the topic that has come in its place. */
const SECOND_PRESS_MS = 500

export function useMergeKeys(keys: MergeKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  const recordedAt = useRef(-Infinity)
  // Before paint: what is on screen already answers to its keys.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('dialog')) return
      if (event.ctrlKey && event.key === 'Enter') {
        event.preventDefault()
        const isSecond = event.timeStamp - recordedAt.current < SECOND_PRESS_MS
        recordedAt.current = event.timeStamp
        if (!isSecond && !event.repeat) latest.current.onSave()
        return
      }
      if (event.key !== 'Control') recordedAt.current = -Infinity
      if (target?.closest(WRITING) || event.altKey || event.metaKey) return
      // By place on the keyboard: a Thai keyboard is up.
      if (event.ctrlKey) {
        if (event.code !== 'KeyZ') return
        event.preventDefault()
        latest.current.onUndo()
        return
      }
      const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code)
      const kind = digit === null ? undefined : DECISION_KINDS[Number(digit[1]) - 1]
      if (kind !== undefined) latest.current.onKind(kind)
      else if (event.code === 'KeyJ') latest.current.onStep(1)
      else if (event.code === 'KeyK') latest.current.onStep(-1)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
