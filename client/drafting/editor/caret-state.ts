/** Where the caret is, for the tools, the outline and the gate. */
import type { EditorState } from 'prosemirror-state'
import { TEXT_KINDS } from '../../../shared/drafting/canonical.ts'
import type { TextKind } from '../../../shared/drafting/canonical.ts'
import { sectionRootName } from '../../../shared/drafting/document.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'
import { cellAt } from './table-commands.ts'
import type { Composed } from './touched.ts'

export type CaretState = {
  readonly section: SectionId | null
  /** The clause or recommendation with the caret. */
  readonly clause: string | null
  /** Null in a recommendation or table. */
  readonly kind: TextKind | null
  /** Is the caret in a cell of a table? */
  readonly table: boolean
  readonly strong: boolean
  readonly em: boolean
}

function marksAtCaret(state: EditorState): { strong: boolean; em: boolean } {
  const { empty, from, to, $head } = state.selection
  const has = (mark: 'strong' | 'em'): boolean =>
    empty
      ? draftSchema.marks[mark].isInSet(state.storedMarks ?? $head.marks()) !== undefined
      : state.doc.rangeHasMark(from, to, draftSchema.marks[mark])
  return { strong: has('strong'), em: has('em') }
}

export function caretState(state: EditorState): CaretState {
  const { $head } = state.selection
  const block = $head.depth >= 2 ? $head.node(2) : null
  const kind = block?.type.name === 'clause' ? TEXT_KINDS.find((known) => known === block.attrs['kind']) : undefined
  return {
    section: $head.depth >= 1 ? ($head.node(1).attrs['id'] as SectionId) : null,
    clause: (block?.attrs['id'] as string | null | undefined) ?? null,
    kind: kind ?? null,
    table: cellAt(state) !== null,
    ...marksAtCaret(state),
  }
}

/** The clause that a composition writes in. */
export function composedAt(state: EditorState): Composed | null {
  const { section, clause } = caretState(state)
  return section === null ? null : { section: sectionRootName(section), clause }
}
