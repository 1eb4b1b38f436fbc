/** Keys of the draft's page: F6 cycles its three parts, Alt with the arrows goes from section to section. */
import { useEffect } from 'preact/hooks'
import type { Template } from '../../shared/drafting/template.ts'
import type { MountedEditor } from './editor/mount-editor.ts'
import { caretState } from './editor/caret-state.ts'

const PARTS = ['outline', 'page', 'side'] as const

/** `leave` shows the whole draft: a section without a clause cannot be shown alone. */
export function useDraftKeys(editor: MountedEditor | null, template: Template, leave: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'F6') {
        event.preventDefault()
        const at = PARTS.findIndex((id) => document.getElementById(id)?.contains(document.activeElement) === true)
        const next = PARTS[(at + (event.shiftKey ? PARTS.length - 1 : 1)) % PARTS.length] ?? 'page'
        document.getElementById(next)?.focus()
        return
      }
      if (!event.altKey || editor === null || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      event.preventDefault()
      const ids = template.sections.map(({ id }) => id)
      const section = caretState(editor.view.state).section
      const at = section === null ? -1 : ids.indexOf(section)
      const next = ids[Math.min(Math.max(at + (event.key === 'ArrowDown' ? 1 : -1), 0), ids.length - 1)]
      if (next === undefined) return
      const clause = document.querySelector(`#section-${next} [data-clause]`)?.getAttribute('data-clause')
      if (clause === null || clause === undefined) leave()
      document.getElementById(`section-${next}`)?.scrollIntoView({ block: 'start' })
      if (clause !== null && clause !== undefined) editor.focusClause(clause)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [editor, template])
}
