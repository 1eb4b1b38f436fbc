/** Which sections a selection touches: those are shown while somebody writes on a phone. */
import type { EditorState } from 'prosemirror-state'
import type { SectionId } from '../../shared/drafting/template.ts'

/** In the order of the draft. */
export function touchedSections({ doc, selection }: EditorState): SectionId[] {
  const touched: SectionId[] = []
  doc.forEach((section, start) => {
    if (selection.from < start + section.nodeSize && selection.to > start)
      touched.push(section.attrs['id'] as SectionId)
  })
  return touched
}
