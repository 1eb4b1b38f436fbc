/**
 * Writing mode of a phone: while somebody writes, only the sections that the selection touches are shown. Nothing is unmounted: marks on
 * the `<section>` elements and on the body say what the styles hide; a mark within `.section-text` would be read as a change of the text.
 */
import type { EditorView } from 'prosemirror-view'
import type { SectionId } from '../../shared/drafting/template.ts'
import { isOwnEntry, popEntry, pushEntry } from './writing-history.ts'
import { caretTop, revealCaret } from './reveal-caret.ts'
import { touchedSections } from './touched-sections.ts'

/** Below this width a draft is written in one section at a time; the styles have the same. */
export const NARROW = '(max-width: 699.98px)'

export type WritingModeOptions = {
  readonly view: EditorView
  /** The sections that are shown, in their order; empty when the whole draft is. */
  readonly onChange: (sections: readonly SectionId[]) => void
}

export type WritingMode = {
  /** The selection or the text changed. */
  selected(): void
  /** Shows the whole draft again, at once. */
  leave(): void
  destroy(): void
}

/** `leaving`: the draft is whole again, and the entry in the history is on its way out; nothing is entered before it is gone. */
type Stage = 'off' | 'on' | 'leaving'

export function createWritingMode({ view, onChange }: WritingModeOptions): WritingMode {
  const narrow = matchMedia(NARROW)
  const pointers = new Set<number>()
  const ended = new AbortController()
  const { signal } = ended
  let stage: Stage = 'off'
  /** Somebody went into the text since the mode ended: whoever left it by Escape and types on has the whole draft. */
  let begun = false
  let composing = false
  let shown: readonly SectionId[] = []
  /** The section under the last finger: a tap on its heading focuses the text but leaves the selection elsewhere. */
  let tapped: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const isCalm = (): boolean => pointers.size === 0 && !composing && !view.composing

  function show(sections: readonly SectionId[]): void {
    const before = caretTop(view)
    shown = sections
    for (const element of view.dom.querySelectorAll<HTMLElement>(':scope > section'))
      element.toggleAttribute('data-current', sections.includes(element.dataset['section'] as SectionId))
    if (sections.length === 0) delete document.body.dataset['writing']
    else document.body.dataset['writing'] = sections.length === 1 ? 'one' : 'many'
    const after = caretTop(view)
    // The line that is written in stays under the finger.
    if (before !== null && after !== null) scrollBy(0, after - before)
    if (sections.length > 0) revealCaret(view)
    onChange(sections)
  }

  function enter(): void {
    if (stage !== 'off' || !begun || !narrow.matches || !view.editable || !view.hasFocus() || !isCalm()) return
    const touched = touchedSections(view.state)
    if (touched.length === 0 || (tapped !== null && !touched.some((id) => id === tapped))) return
    stage = 'on'
    pushEntry()
    show(touched)
  }

  function selected(): void {
    // Where a tap put the caret is known only after the focus.
    if (stage === 'off' && begun) soon()
    if (stage !== 'on') return
    const touched = touchedSections(view.state)
    // A section goes only when nobody can be in the middle of anything there: no finger, no composition, no range.
    const only = isCalm() && view.state.selection.empty
    const wanted = only ? touched : [...new Set([...shown, ...touched])]
    if (touched.length === 0 || wanted.join() === shown.join()) return
    show(touched.length === wanted.length ? touched : wanted)
  }

  /** In a task of its own: a click that belongs to the same touch must meet the page as it was. */
  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(stage === 'on' ? selected : enter, 0)
  }

  function begin(): void {
    begun = true
    soon()
  }

  function leave(): void {
    begun = false
    if (stage !== 'on') return
    stage = popEntry() ? 'leaving' : 'off'
    show([])
  }

  function popped(): void {
    if (stage === 'leaving') {
      stage = 'off'
      soon()
    } else if (stage === 'on' && !isOwnEntry()) {
      begun = false
      stage = 'off'
      show([])
      view.dom.blur()
    }
  }

  /** The phone was turned. Paper is wider than the screen, too, and has its own rules. */
  function turned(): void {
    if (matchMedia('print').matches) return
    if (narrow.matches) begin()
    else leave()
  }

  const compose = (active: boolean) => () => {
    composing = active
    if (!active) soon()
  }
  const lift = (event: PointerEvent): void => {
    pointers.delete(event.pointerId)
    if (tapped === null) soon()
    else begin()
  }
  const press = (event: PointerEvent): void => {
    if (event.isPrimary) pointers.clear()
    pointers.add(event.pointerId)
    const target = event.target instanceof Element ? event.target : null
    tapped =
      target !== null && view.dom.contains(target)
        ? (target.closest<HTMLElement>('[data-section]')?.dataset['section'] ?? null)
        : null
  }
  const options = { signal, capture: true }
  document.addEventListener('pointerdown', press, options)
  document.addEventListener('pointerup', lift, options)
  document.addEventListener('pointercancel', lift, options)
  document.addEventListener('keydown', () => (tapped = null), options)
  view.dom.addEventListener('focus', begin, { signal })
  view.dom.addEventListener('compositionstart', compose(true), { signal })
  view.dom.addEventListener('compositionend', compose(false), { signal })
  addEventListener('popstate', popped, { signal })
  narrow.addEventListener('change', turned, { signal })
  return {
    selected,
    leave,
    destroy() {
      ended.abort()
      clearTimeout(timer)
      if (stage === 'on') {
        stage = 'off'
        show([])
      }
    },
  }
}
