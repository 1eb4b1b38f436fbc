/** Places: an index in a section's Y.XmlText <-> a position in the ProseMirror document, for everything else in the binding. */
import type { Node } from 'prosemirror-model'

/** A section in the document: where its content begins and ends, and the node. */
export type SectionPlace = { readonly index: number; readonly start: number; readonly end: number; readonly node: Node }

/** Blocks that Yjs holds as one embedded element: they count one place, whatever stands in them. */
export function isElementBlock(node: Node): boolean {
  const { name } = node.type
  return name === 'recommendation' || name === 'table' || name === 'choice'
}

/** A clause's opening token is its embed in Yjs; its closing token has no counterpart. Without id there is no embed. */
export function opens(block: Node): 0 | 1 {
  return block.type.name === 'clause' && block.attrs['id'] === null ? 0 : 1
}

/** How many places of Yjs a block takes. */
export function lengthOfBlock(block: Node): number {
  return isElementBlock(block) ? 1 : opens(block) + block.content.size
}

/** How many places of Yjs a section takes. */
export function lengthOfSection(section: Node): number {
  let length = 0
  section.forEach((block) => {
    length += lengthOfBlock(block)
  })
  return length
}

export function sectionAt(doc: Node, index: number): SectionPlace {
  let pos = 0
  for (let i = 0; i < index; i++) pos += doc.child(i).nodeSize
  const node = doc.child(index)
  return { index, start: pos + 1, end: pos + 1 + node.content.size, node }
}

/** The index of the section that holds a position (the last one when the position stands behind all of them). */
export function sectionIndexAt(doc: Node, pos: number): number {
  return Math.min(doc.resolve(pos).index(0), doc.childCount - 1)
}

/**
 * Yjs index in a section -> position. Before a clause's embed is the end of the clause above; where none is above (or an element is),
 * it is the place between the blocks.
 */
export function posOf(section: SectionPlace, yIndex: number): number {
  let y = yIndex
  let pos = section.start
  for (let k = 0; k < section.node.childCount; k++) {
    const block = section.node.child(k)
    const length = lengthOfBlock(block)
    const isClause = !isElementBlock(block)
    if (isClause && y >= opens(block) && y <= length) return pos + 1 + y - opens(block)
    if (y < (isClause ? opens(block) : 1)) return pos
    y -= length
    pos += block.nodeSize
  }
  return pos
}

/** Position -> section and Yjs index; a position inside an element block is the place of that element. */
export function yOf(doc: Node, pos: number): { readonly index: number; readonly y: number } {
  const $pos = doc.resolve(pos)
  const index = Math.min($pos.index(0), doc.childCount - 1)
  if ($pos.depth === 0) return { index, y: 0 }
  const section = $pos.node(1)
  const at = $pos.index(1)
  let y = 0
  for (let k = 0; k < at; k++) y += lengthOfBlock(section.child(k))
  if ($pos.depth === 1) return { index, y }
  const block = $pos.node(2)
  return { index, y: isElementBlock(block) ? y : y + opens(block) + $pos.parentOffset }
}

/** A section as the binding can draw it: no clause without id behind a clause, none that is empty. */
export function isWellFormed(section: Node): boolean {
  let behindClause = false
  for (let k = 0; k < section.childCount; k++) {
    const block = section.child(k)
    if (opens(block) === 0 && (behindClause || block.content.size === 0)) return false
    behindClause = block.type.name === 'clause'
  }
  return true
}
