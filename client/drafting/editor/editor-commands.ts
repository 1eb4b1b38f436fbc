/** The commands that the tools and keys of the page use; all act where the caret is. */
import { Fragment, Slice } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { TextKind } from '../../../shared/drafting/canonical.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'
import type { DraftBinding } from '../binding/draft-binding.ts'
import { moveBy } from '../binding/move.ts'
import { caretState } from './caret-state.ts'
import { indent, joinDown, joinUp, paste, setKind, splitClause, toggleEm, toggleStrong } from './commands.ts'
import type { EditorContext } from './context.ts'
import { flushTyping } from './flush.ts'
import { addColumn, addRow, goCell, insertTable, removeColumn, removeRow } from './table-commands.ts'

export type EditorCommands = {
  toggleStrong(): void
  toggleEm(): void
  setKind(kind: TextKind): void
  indent(): void
  outdent(): void
  split(): void
  /** Moves the clause with the caret one place within its section. */
  moveUp(): void
  moveDown(): void
  /** Deletes the clause or recommendation with the caret. */
  removeClause(): void
  addClause(section: SectionId): void
  addRecommendation(section: SectionId): void
  /** Inserts a table behind the clause with the caret. */
  insertTable(): void
  /** These act on the table with the caret; elsewhere nothing happens. */
  addRow(): void
  addColumn(): void
  removeRow(): void
  removeColumn(): void
  /** Inserts a citation of a law at the caret. */
  cite(law: string): void
  /** Inserts plain text at the caret: an offered text that is put back. */
  insertText(text: string): void
  undo(): void
  redo(): void
  /** For the key map: as ProseMirror wants commands. */
  readonly keys: {
    readonly splitClause: Command
    readonly joinUp: Command
    readonly joinDown: Command
    readonly nextCell: Command
    readonly cellBefore: Command
    readonly addRow: Command
  }
}

type Needs = {
  readonly binding: DraftBinding
  readonly run: (command: Command) => boolean
  readonly context: EditorContext
  readonly view: () => EditorView
}

export function createCommands({ binding, run, context, view }: Needs): EditorCommands {
  const clause = (): string | null => caretState(view().state).clause
  const write = (act: () => void): void => {
    if (!context.isEditable()) return
    flushTyping(view())
    act()
    view().focus()
  }
  const move = (by: -1 | 1) => (): void =>
    write(() => {
      const id = clause()
      if (id === null) return
      const { parentOffset } = view().state.selection.$head
      if (!moveBy(binding.doc, binding.texts, id, by, binding.commands)) return
      context.actions.focusClause(id)
      caretTo(view(), parentOffset)
    })
  const step = (kind: 'undo' | 'redo') => (): void =>
    write(() => {
      // While a keyboard composes it would write its word again: the composition is ended first.
      if (view().composing) view().dom.blur()
      binding[kind]()
    })
  return {
    toggleStrong: () => write(() => run(toggleStrong)),
    toggleEm: () => write(() => run(toggleEm)),
    setKind: (kind) => write(() => run(setKind(kind))),
    indent: () => write(() => run(indent(1))),
    outdent: () => write(() => run(indent(-1))),
    split: () => write(() => run(splitClause)),
    moveUp: move(-1),
    moveDown: move(1),
    removeClause: () =>
      write(() => {
        const id = clause()
        if (id !== null) context.actions.removeClause(id)
      }),
    addClause: (section) => write(() => context.actions.addClause(section)),
    addRecommendation: (section) => write(() => context.actions.addRecommendation(section)),
    insertTable: () => write(() => run(insertTable)),
    addRow: () => write(() => run(addRow)),
    addColumn: () => write(() => run(addColumn)),
    removeRow: () => write(() => run(removeRow)),
    removeColumn: () => write(() => run(removeColumn)),
    cite: (law) => write(() => insert(view(), draftSchema.node('cite', { law }))),
    insertText: (text) => write(() => insert(view(), draftSchema.text(text))),
    undo: step('undo'),
    redo: step('redo'),
    keys: { splitClause, joinUp, joinDown, nextCell: goCell(1), cellBefore: goCell(-1), addRow },
  }
}

/** Puts an inline node at the caret; where the caret is in no text, nothing happens. */
function insert(view: EditorView, node: ReturnType<typeof draftSchema.text>): void {
  view.dispatch(paste(view.state, new Slice(Fragment.from(node), 0, 0)))
}

/** The caret at an offset of the text it is in. */
function caretTo(view: EditorView, offset: number): void {
  const { state } = view
  const { $head } = state.selection
  const at = $head.start() + Math.min(offset, $head.parent.content.size)
  view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, at)))
}
