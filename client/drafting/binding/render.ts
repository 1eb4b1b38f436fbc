/** Draws what Yjs holds as ProseMirror nodes. */
import { Fragment } from 'prosemirror-model'
import type { Mark, Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { blocksOf, childElements, childTexts, piecesOf } from '../../../shared/drafting/blocks.ts'
import type { Formats, Piece } from '../../../shared/drafting/blocks.ts'
import { sectionRoot } from '../../../shared/drafting/document.ts'
import { originOf } from '../../../shared/drafting/inline.ts'
import { attrsOfClause, draftSchema } from '../../../shared/drafting/schema.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'

/** The marks of a run; formats that the schema does not know are kept in Yjs and not shown. */
export function marksOfFormats(formats: Formats): readonly Mark[] {
  let marks: readonly Mark[] = []
  for (const [name, value] of Object.entries(formats)) {
    if (value === null || value === undefined) continue
    const origin = originOf(name)
    if (origin !== undefined) marks = draftSchema.mark('from', origin).addToSet(marks)
    else if (name === 'strong' || name === 'em') marks = draftSchema.mark(name).addToSet(marks)
  }
  // Sources arrive in another order on another client: sorted, so that every view holds the same document.
  return [...marks].sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en') || 0)
}

const RANK: Readonly<Record<string, string>> = { strong: '0', em: '1', from: '2' }
const keyOf = (mark: Mark): string =>
  `${RANK[mark.type.name] ?? '9'}${String(mark.attrs['submission'] ?? '')}:${String(mark.attrs['clause'] ?? '')}`

export function inlineNode(piece: Piece): Node {
  const marks = marksOfFormats(piece.formats)
  return 'text' in piece
    ? draftSchema.text(piece.text, marks)
    : draftSchema.node('cite', { law: piece.cite }, undefined, marks)
}

/** Equal neighbours are joined, as ProseMirror wants them. */
function inlineContent(pieces: readonly Piece[]): Fragment {
  return Fragment.fromArray(pieces.filter((piece) => !('text' in piece) || piece.text !== '').map(inlineNode))
}

const KNOWN_CHILDREN: Readonly<Record<string, ReadonlySet<string>>> = {
  recommendation: new Set(['field', 'choice']),
  table: new Set(['row']),
  row: new Set(['cell']),
}

/** The child elements that are drawn; others (of a newer version) stay in Yjs unseen. */
export function drawnChildren(element: Y.XmlElement): Y.XmlElement[] {
  return childElements(element).filter((child) => KNOWN_CHILDREN[element.nodeName]?.has(child.nodeName) === true)
}

/** An element as a node. One with a name nobody knows is drawn as a choice that shows nothing: it still takes its place. */
export function elementNode(element: Y.XmlElement): Node {
  const name = element.nodeName
  const type = draftSchema.nodes[name]
  if (type === undefined || name === 'clause' || name === 'section' || name === 'doc')
    return draftSchema.node('choice', { name, value: '' })
  const attributes = element.getAttributes() as Record<string, unknown>
  const content =
    name === 'field' || name === 'cell'
      ? inlineContent(childTexts(element).flatMap(piecesOf))
      : Fragment.fromArray(drawnChildren(element).map(elementNode))
  return type.create(attributes, content)
}

export function sectionNode(doc: Y.Doc, id: SectionId): Node {
  const blocks = blocksOf(sectionRoot(doc, id)).map((block) =>
    block.type === 'element'
      ? elementNode(block.element)
      : draftSchema.node('clause', attrsOfClause(block.id, block.formats), inlineContent(block.pieces)),
  )
  return draftSchema.node('section', { id }, blocks)
}

/** The whole document, sections in the given order. */
export function draftNode(doc: Y.Doc, ids: readonly SectionId[]): Node {
  return draftSchema.node(
    'doc',
    null,
    ids.map((id) => sectionNode(doc, id)),
  )
}
