/** Writing mode on the draft's page: which sections are shown, how it ends, and that the keyboard never covers the caret. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SectionId } from '../../shared/drafting/template.ts'
import type { MountedEditor } from './editor/mount-editor.ts'
import { followKeyboard } from './keyboard-space.ts'
import { revealCaret } from './reveal-caret.ts'
import { createWritingMode, type WritingMode } from './writing-mode.ts'

export type Writing = {
  /** The sections that are shown while somebody writes on a phone; empty when the whole draft is. */
  readonly sections: readonly SectionId[]
  /** Shows the whole draft; the caret stays where it is. */
  leave(): void
  /** The button's way out: the keyboard goes as well. */
  done(): void
}

/** `busy`: something lies over the text, and Escape is for that. */
export function useWriting(editor: MountedEditor | null, editable: boolean, busy: boolean): Writing {
  const [sections, setSections] = useState<readonly SectionId[]>([])
  const mode = useRef<WritingMode | null>(null)
  const covered = useRef(busy)
  covered.current = busy

  useLayoutEffect(() => {
    if (editor === null) return
    const { view } = editor
    const created = createWritingMode({ view, onChange: setSections })
    mode.current = created
    const unfollow = editor.onSelection(created.selected)
    const unwatch = followKeyboard(() => {
      if (document.body.dataset['writing'] !== undefined && view.hasFocus()) revealCaret(view)
    })
    return () => {
      unwatch()
      unfollow()
      created.destroy()
      mode.current = null
    }
  }, [editor])
  useEffect(() => {
    if (!editable) mode.current?.leave()
  }, [editable])
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      // The editor prevents the default of every Escape: that says nothing about whose it is.
      if (event.key !== 'Escape' || event.isComposing || covered.current) return
      if (document.querySelector('dialog[open]') === null) mode.current?.leave()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
  return {
    sections,
    leave: () => mode.current?.leave(),
    done() {
      mode.current?.leave()
      // Focus goes to the page, which gives the keyboard back.
      document.getElementById('page')?.focus({ preventScroll: true })
    },
  }
}
