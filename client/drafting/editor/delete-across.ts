/** Deleting a selection that spans clauses: clause by clause, so that sections and recommendations stay. */
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Selection, Transaction } from 'prosemirror-state'

/** Does a selection reach beyond one text place? */
export function isAcross(selection: Selection): boolean {
  return !selection.$from.sameParent(selection.$to) || !selection.$from.parent.inlineContent
}

type Stretch = { from: number; to: number }

/**
 * The stretches to delete: letters of each field and cell on their own; of neighbouring clauses in one section one stretch, from the
 * first selected letter to the last, so that they join; never anything between sections or an element block itself.
 */
function stretchesOf(doc: Node, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = []
  let behindClause = false
  doc.nodesBetween(from, to, (node, pos, parent) => {
    if (!node.inlineContent) {
      behindClause = false
      return true
    }
    const inside = { from: Math.max(from, pos + 1), to: Math.min(to, pos + 1 + node.content.size) }
    const isClause = parent?.type.name === 'section'
    const last = stretches.at(-1)
    if (isClause && behindClause && last !== undefined) last.to = Math.max(inside.from, inside.to)
    else if (inside.to >= inside.from) stretches.push(inside)
    behindClause = isClause
    return false
  })
  return stretches
}

/** Deletes the selection; the caret stays where it began. A selection inside one text place is simply deleted. */
export function deleteAcross(tr: Transaction, selection: Selection): Transaction {
  if (selection.empty) return tr
  const { from, to } = selection
  for (const stretch of stretchesOf(tr.doc, from, to).reverse())
    if (stretch.to > stretch.from) tr.delete(stretch.from, stretch.to)
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)), 1))
}
