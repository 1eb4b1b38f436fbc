/** A writer in the harness page: an editor over a connection of its own, acted on as a person does: caret, keys, clipboard, tools. */
import { TextSelection } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { flushTyping } from '../../../client/drafting/editor/flush.ts'
import type { Line } from './line.ts'

export type Kind = 'text' | 'heading' | 'bullet' | 'number' | 'quote'

/** What a form of the draft must offer to be counted; keys and clipboard go through its view. */
export type Writer = {
  readonly view: EditorView
  readonly line: Line
  setKind(kind: Kind): void
  /** Moves the clause with the caret by one place. */
  move(by: -1 | 1): void
  /** Deletes the clause with the caret. */
  remove(): void
  /** The network is back. */
  reconnect(): void
  /** Words offered to the writer so far. */
  offered(): string
  /** Letters put back into their clause so far. */
  putBack(): number
  /** Why the server refused edits of this writer, if it did: their words are then set aside, not in the document. */
  refused(): string | null
  /** How often a section was drawn anew. */
  redraws(): number
  /** Edits that are not acknowledged, and edits of others not drawn. */
  unsettled(): number
  /** What this writer's document holds, in one canonical writing. */
  content(): string
  viewAgrees(): boolean
  destroy(): void
}

export type Place = { readonly node: Node; readonly start: number; readonly clause: string }

/** Every place where letters can stand: its node, where it begins, the id of its clause or recommendation. */
export function textPlaces(doc: Node): Place[] {
  const places: Place[] = []
  doc.descendants((node, pos, parent) => {
    if (!node.inlineContent) return true
    const owner = node.type.name === 'field' || node.type.name === 'cell' ? parent : node
    places.push({ node, start: pos + 1, clause: String(owner?.attrs['id'] ?? '') })
    return false
  })
  return places
}

export function select(view: EditorView, anchor: number, head = anchor): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, anchor, head)))
}

/** A key as the page gets it: its keymap decides. */
export function press(view: EditorView, key: string, held: { readonly ctrlKey?: boolean } = {}): void {
  view.dom.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }))
}

/** Types letters: through the browser's own editing where `really`, else as the editor hands them on. */
export function type(view: EditorView, text: string, really: boolean): void {
  if (!really) {
    view.dispatch(view.state.tr.insertText(text))
    return
  }
  view.focus()
  document.execCommand('insertText', false, text)
  flushTyping(view)
}

export function paste(view: EditorView, html: string): void {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/html', html)
  view.dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}
