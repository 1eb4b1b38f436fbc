/** What the keyboard, compositions, paste and cut do in the editor: the props that tell the gate and keep deletions within clauses. */
import type { Command } from 'prosemirror-state'
import type { EditorProps, EditorView } from 'prosemirror-view'
import { deleteSelected, paste, splitClause, typeOver } from './commands.ts'
import { isAcross } from './delete-across.ts'
import { flushTyping } from './flush.ts'

type TypingOptions = {
  readonly run: (command: Command) => boolean
  /** Something was entered; true for a replacement by a keyboard or dictation. */
  readonly input: (replacement: boolean) => void
  readonly compose: (active: boolean) => void
}

/** `view.composing` of ProseMirror ends after five idle seconds on Android while the keyboard goes on: the page keeps its own flag. */
export function typingProps({ run, input, compose }: TypingOptions): Partial<EditorProps> {
  const entered = (): false => {
    input(false)
    return false
  }
  return {
    handleTextInput: (view, _from, _to, text) => {
      if (!isAcross(view.state.selection)) return false
      view.dispatch(typeOver(view.state, text))
      return true
    },
    handlePaste: (view, _event, slice) => {
      view.dispatch(paste(view.state, slice))
      return true
    },
    handleDrop: () => true,
    handleDOMEvents: {
      keydown: (view, event) => {
        // The selection of a key just before may not have been read yet; while a keyboard composes (229) nothing is touched.
        if (!event.isComposing && event.keyCode !== 229) flushTyping(view)
        return entered()
      },
      input: entered,
      touchstart: entered,
      compositionstart: () => {
        compose(true)
        return entered()
      },
      compositionupdate: entered,
      compositionend: () => {
        compose(false)
        return entered()
      },
      beforeinput: (view, event) => beforeInput(view, event, run, input),
      cut: (view, event) => cut(view, event, run),
    },
  }
}

/** Line breaks of keyboards that send no key (229) arrive here; the browser's own would make elements nobody knows. */
function beforeInput(
  view: EditorView,
  event: InputEvent,
  run: TypingOptions['run'],
  input: TypingOptions['input'],
): boolean {
  input(event.inputType === 'insertReplacementText')
  if (event.inputType === 'insertParagraph' || event.inputType === 'insertLineBreak') {
    event.preventDefault()
    flushTyping(view)
    return run(splitClause)
  }
  if (!event.isComposing && event.inputType !== 'insertCompositionText' && replaceAcross(view, event, run)) return true
  // Formats of the browser's own menu would be read as nothing.
  if (event.inputType.startsWith('format')) event.preventDefault()
  return event.inputType.startsWith('format')
}

/** Typing or deleting over a selection of several clauses: the browser would merge elements, with styles that the policy refuses. */
function replaceAcross(view: EditorView, event: InputEvent, run: TypingOptions['run']): boolean {
  const isDeletion = event.inputType.startsWith('delete')
  if (!isDeletion && (event.inputType !== 'insertText' || event.data === null)) return false
  flushTyping(view)
  if (view.state.selection.empty || !isAcross(view.state.selection)) return false
  event.preventDefault()
  if (isDeletion) return run(deleteSelected)
  view.dispatch(typeOver(view.state, event.data ?? ''))
  return true
}

function cut(view: EditorView, event: ClipboardEvent, run: TypingOptions['run']): boolean {
  if (!isAcross(view.state.selection) || event.clipboardData === null) return false
  const { dom, text } = view.serializeForClipboard(view.state.selection.content())
  event.clipboardData.setData('text/html', dom.innerHTML)
  event.clipboardData.setData('text/plain', text)
  event.preventDefault()
  return run(deleteSelected)
}
