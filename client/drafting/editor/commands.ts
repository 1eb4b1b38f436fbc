/** What a writer can do with clauses: commands on the editor's state, each a small step that the binding turns into a small edit. */
import { toggleMark } from 'prosemirror-commands'
import { Fragment } from 'prosemirror-model'
import type { Node, ResolvedPos, Slice } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import type { TextKind } from '../../../shared/drafting/canonical.ts'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'
import { deleteAcross, isAcross } from './delete-across.ts'

const { clause: clauseType } = draftSchema.nodes
export const toggleStrong: Command = toggleMark(draftSchema.marks.strong)
export const toggleEm: Command = toggleMark(draftSchema.marks.em)

/** Is the position in a clause (not in a field or cell)? */
function inClause($pos: ResolvedPos): boolean {
  return $pos.depth === 2 && $pos.parent.type === clauseType
}

function newClause(kind: unknown = 'text', level: unknown = 0): Node {
  return clauseType.create({ id: newClauseId(), kind, level })
}

/** The next place to write behind a position: the next field, cell or clause. */
function nextTextPlace(doc: Node, pos: number): number | null {
  let place: number | null = null
  doc.nodesBetween(pos, doc.content.size, (node, at) => {
    if (place === null && at >= pos && node.inlineContent) place = at + 1
    return place === null && !node.inlineContent
  })
  return place
}

/** Enter in a field goes on to the next one; a field is one paragraph. */
function leaveField(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const place = nextTextPlace(state.doc, state.selection.$head.after())
  if (place !== null && dispatch)
    dispatch(state.tr.setSelection(TextSelection.create(state.doc, place)).scrollIntoView())
  return true
}

/** Splits the clause at the caret. The half with text keeps the id, else the left. An empty list item becomes a plain clause. */
export const splitClause: Command = (state, dispatch) => {
  const tr = state.selection.empty ? state.tr : deleteAcross(state.tr, state.selection)
  const { $head } = tr.selection
  if (!$head.parent.inlineContent) return true
  if (!inClause($head)) return leaveField(state, dispatch)
  const { kind, level } = $head.parent.attrs as { kind: string; level: number }
  const isEmpty = $head.parent.content.size === 0
  if (isEmpty && (kind === 'bullet' || kind === 'number')) {
    setClause(tr, $head.before(), level > 0 ? { kind, level: level - 1 } : { kind: 'text', level: 0 })
  } else if ($head.parentOffset === 0 && !isEmpty) {
    tr.insert($head.before(), newClause(kind === 'heading' ? 'text' : kind, level))
  } else {
    const isEnd = $head.parentOffset === $head.parent.content.size
    const next = isEnd && kind === 'heading' ? 'text' : kind
    tr.split($head.pos, 1, [{ type: clauseType, attrs: { id: newClauseId(), kind: next, level } }])
  }
  if (dispatch) dispatch(tr.scrollIntoView())
  return true
}

function setClause(tr: Transaction, pos: number, attrs: { readonly kind: string; readonly level: number }): void {
  const node = tr.doc.nodeAt(pos)
  if (node?.type !== clauseType) return
  if (node.attrs['kind'] !== attrs.kind) tr.setNodeAttribute(pos, 'kind', attrs.kind)
  if (node.attrs['level'] !== attrs.level) tr.setNodeAttribute(pos, 'level', attrs.level)
}

/** Backspace at the start of a clause: first it becomes plain, then it joins the clause above, which keeps its id. */
export const joinUp: Command = (state, dispatch) => {
  const { $head, empty } = state.selection
  if (!empty) return deleteSelected(state, dispatch)
  if (!$head.parent.inlineContent || $head.parentOffset > 0) return false
  if (!inClause($head)) return true
  const { kind, level } = $head.parent.attrs as { kind: string; level: number }
  const { tr } = state
  const section = $head.node(1)
  const above = $head.index(1) > 0 ? section.child($head.index(1) - 1) : null
  if (kind !== 'text' || level > 0) setClause(tr, $head.before(), { kind: 'text', level: 0 })
  else if (above?.type === clauseType) tr.join($head.before())
  else if ($head.parent.content.size === 0 && section.childCount > 1) removeEmpty(tr, $head)
  if (tr.docChanged && dispatch) dispatch(tr.scrollIntoView())
  return true
}

function removeEmpty(tr: Transaction, $head: ResolvedPos): void {
  tr.delete($head.before(), $head.after())
  tr.setSelection(TextSelection.near(tr.doc.resolve($head.before()), -1))
}

/** Delete at the end of a clause: the clause below joins it. */
export const joinDown: Command = (state, dispatch) => {
  const { $head, empty } = state.selection
  if (!empty) return deleteSelected(state, dispatch)
  if (!$head.parent.inlineContent || $head.parentOffset < $head.parent.content.size) return false
  if (!inClause($head)) return true
  const section = $head.node(1)
  const below = $head.index(1) + 1 < section.childCount ? section.child($head.index(1) + 1) : null
  if (below?.type === clauseType && dispatch) dispatch(state.tr.join($head.after()).scrollIntoView())
  return true
}

/** Deletes the selection clause by clause; inside one clause the editor's own deletion is right. */
export const deleteSelected: Command = (state, dispatch) => {
  if (state.selection.empty) return false
  if (!isAcross(state.selection)) return false
  if (dispatch) dispatch(deleteAcross(state.tr, state.selection).scrollIntoView())
  return true
}

/** The clauses that the selection touches. */
function selectedClauses(state: EditorState): { readonly node: Node; readonly pos: number }[] {
  const found: { node: Node; pos: number }[] = []
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
    if (node.type === clauseType) found.push({ node, pos })
    return node.type !== clauseType && !node.inlineContent
  })
  return found
}

/** Makes the selected clauses of a kind; those that all are already become plain text. */
export function setKind(kind: TextKind): Command {
  return (state, dispatch) => {
    const clauses = selectedClauses(state)
    if (clauses.length === 0) return false
    const isAll = clauses.every(({ node }) => node.attrs['kind'] === kind)
    const { tr } = state
    for (const { pos } of clauses) tr.setNodeAttribute(pos, 'kind', isAll ? 'text' : kind)
    if (tr.docChanged && dispatch) dispatch(tr.scrollIntoView())
    return true
  }
}

/** Moves the selected clauses in or out by one level, from 0 to 3. */
export function indent(by: 1 | -1): Command {
  return (state, dispatch) => {
    const clauses = selectedClauses(state)
    if (clauses.length === 0) return false
    const { tr } = state
    for (const { node, pos } of clauses) {
      const level = Math.min(3, Math.max(0, Number(node.attrs['level']) + by))
      if (level !== node.attrs['level']) tr.setNodeAttribute(pos, 'level', level)
    }
    if (tr.docChanged && dispatch) dispatch(tr)
    return true
  }
}

/** Selects all text of the draft: the browser's own selection stops at headings, which cannot be edited. */
export const selectAllText: Command = (state, dispatch) => {
  let [first, last]: [number | null, number] = [null, 0]
  state.doc.descendants((node, pos) => {
    if (!node.inlineContent) return true
    first ??= pos + 1
    last = pos + 1 + node.content.size
    return false
  })
  if (first !== null && dispatch) dispatch(state.tr.setSelection(TextSelection.create(state.doc, first, last)))
  return true
}

/** Types text over the selection, also one that spans clauses. */
export function typeOver(state: EditorState, text: string): Transaction {
  return deleteAcross(state.tr, state.selection).insertText(text).scrollIntoView()
}

/** The paragraphs of pasted content, as inline fragments. */
function paragraphsOf(slice: Slice): { readonly content: Fragment; readonly kind: unknown; readonly level: unknown }[] {
  const paragraphs: { content: Fragment; kind: unknown; level: unknown }[] = []
  const visit = (fragment: Fragment): void =>
    fragment.forEach((node) => {
      const { kind = 'text', level = 0 } = node.attrs as { kind?: unknown; level?: unknown }
      if (node.isInline) {
        const last = paragraphs.at(-1)
        if (last === undefined) paragraphs.push({ content: Fragment.from(node), kind, level })
        else last.content = last.content.addToEnd(node)
      } else if (node.inlineContent) paragraphs.push({ content: node.content, kind, level })
      else visit(node.content)
    })
  visit(slice.content)
  return paragraphs
}

/** Pastes: the first paragraph where the caret is, every other one as a clause with a new id; in a field all in one line. */
export function paste(state: EditorState, slice: Slice): Transaction {
  const tr = deleteAcross(state.tr, state.selection)
  const [first, ...others] = paragraphsOf(slice)
  if (first === undefined || !tr.selection.$head.parent.inlineContent) return tr
  const isField = !inClause(tr.selection.$head)
  tr.insert(tr.selection.head, first.content)
  for (const paragraph of others) {
    const at = tr.selection.head
    if (isField) {
      tr.insertText(' ', at).insert(tr.selection.head, paragraph.content)
      continue
    }
    const attrs = { id: newClauseId(), kind: paragraph.kind, level: paragraph.level }
    tr.split(at, 1, [{ type: clauseType, attrs }]).insert(tr.selection.head, paragraph.content)
  }
  return tr.scrollIntoView()
}
