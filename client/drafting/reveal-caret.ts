/** Brings the caret between the bars and the keyboard without touching the text or its selection. */
import type { EditorView } from 'prosemirror-view'
import { coveredEdges, visibleBottom } from './covered-edges.ts'

type Line = { readonly top: number; readonly bottom: number }

function caretLine(view: EditorView): Line | null {
  try {
    const { top, bottom } = view.coordsAtPos(view.state.selection.head)
    return bottom > top ? { top, bottom } : null
  } catch {
    return null // between a key and its reading the page is ahead of the editor: nothing can be measured
  }
}

/** The upper end of the caret in the window; null where it is hidden or cannot be measured. */
export function caretTop(view: EditorView): number | null {
  return caretLine(view)?.top ?? null
}

export function revealCaret(view: EditorView): void {
  const line = caretLine(view)
  if (line === null) return
  const { top, bottom } = coveredEdges()
  const lowest = visibleBottom() - bottom
  if (line.top < top) scrollBy(0, line.top - top)
  else if (line.bottom > lowest) scrollBy(0, line.bottom - lowest)
}
