/** Carets and selections as relative positions, which stay with their letters whatever others do. */
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Selection } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { childTexts } from '../../../shared/drafting/blocks.ts'
import { posOfText } from './apply.ts'
import { elementAt, indexOfElement } from './flow.ts'
import { isElementBlock, posOf, sectionAt, yOf } from './positions.ts'
import { drawnChildren } from './render.ts'

/** A place as JSON, for presence and for undo. */
export type RelativePlace = unknown
/** A selection as JSON: two equal places are a caret. */
export type RelativeSelection = { readonly anchor: RelativePlace; readonly head: RelativePlace }

/** The text and index that a position stands in: a section's own, or that of a field or cell. */
function textAt(texts: readonly Y.XmlText[], doc: Node, pos: number): { text: Y.XmlText; index: number } | null {
  const { index, y } = yOf(doc, pos)
  const text = texts[index]
  if (text === undefined) return null
  const $pos = doc.resolve(pos)
  if ($pos.depth < 3 || !isElementBlock($pos.node(2))) return { text, index: y }
  let element = elementAt(text, y)
  for (let depth = 2; depth < $pos.depth && element !== null; depth++)
    element = drawnChildren(element)[$pos.index(depth)] ?? null
  if (element === null || !$pos.parent.inlineContent) return { text, index: y }
  let offset = $pos.parentOffset
  for (const candidate of childTexts(element)) {
    if (offset <= candidate.length) return { text: candidate, index: offset }
    offset -= candidate.length
  }
  return { text, index: y }
}

/** Position -> place; tied to the letter or embed on its left (`assoc` -1), so a caret at a clause's start stays in that clause. */
export function placeOf(texts: readonly Y.XmlText[], doc: Node, pos: number, assoc: -1 | 0 = -1): RelativePlace {
  const at = textAt(texts, doc, pos)
  return at === null ? null : Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(at.text, at.index, assoc))
}

/** The section root that an element stands in, climbing from a text or element inside it. */
function outermost(type: Y.AbstractType<unknown>): { root: Y.AbstractType<unknown>; block: Y.XmlElement | null } {
  let block: Y.XmlElement | null = null
  let at: Y.AbstractType<unknown> = type
  while (at._item !== null) {
    const parent: unknown = at._item.parent
    if (!(parent instanceof Y.AbstractType)) break
    if (at instanceof Y.XmlElement) block = at
    at = parent as Y.AbstractType<unknown>
  }
  return { root: at, block }
}

/** Place -> position in the document as it stands, or null when the place is unknown or its text is gone. */
export function positionOf(doc: Y.Doc, texts: readonly Y.XmlText[], node: Node, place: RelativePlace): number | null {
  if (place === null || typeof place !== 'object') return null
  const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(place), doc)
  if (found === null) return null
  const { root, block } = outermost(found.type as Y.AbstractType<unknown>)
  const index = texts.findIndex((text) => text === root)
  const text = texts[index]
  if (text === undefined || index >= node.childCount) return null
  const section = sectionAt(node, index)
  if (block === null) return posOf(section, found.index)
  const y = indexOfElement(text, block)
  if (y < 0 || !(found.type instanceof Y.XmlText)) return null
  const pos = posOf(section, y)
  const at = node.resolve(pos).parent.inlineContent ? node.resolve(pos).after() : pos
  const drawn = node.nodeAt(at)
  if (drawn === null || !isElementBlock(drawn)) return null
  const start = posOfText(block, drawn, at, found.type)
  return start < 0 ? null : start + found.index
}

/** A selection as places. A range is tied to its own letters on both sides, a caret to the letter on its left. */
export function relativeSelection(texts: readonly Y.XmlText[], state: EditorState): RelativeSelection {
  const { anchor, head, from, to, empty } = state.selection
  if (empty) {
    const place = placeOf(texts, state.doc, head)
    return { anchor: place, head: place }
  }
  return {
    anchor: placeOf(texts, state.doc, anchor, anchor === from ? 0 : -1),
    head: placeOf(texts, state.doc, head, head === to ? -1 : 0),
  }
}

/** The selection that places mean now, or null. */
export function absoluteSelection(
  doc: Y.Doc,
  texts: readonly Y.XmlText[],
  node: Node,
  selection: RelativeSelection,
): Selection | null {
  const anchor = positionOf(doc, texts, node, selection.anchor)
  const head = positionOf(doc, texts, node, selection.head)
  if (anchor === null || head === null) return null
  return TextSelection.between(node.resolve(anchor), node.resolve(head))
}

/** The letter that a caret's place is tied to. */
export function letterAt(place: RelativePlace): Y.ID | null {
  return place === null || typeof place !== 'object' ? null : Y.createRelativePositionFromJSON(place).item
}

/** The place right behind a letter. */
export function placeBehind(client: number, clock: number): RelativePlace {
  return Y.relativePositionToJSON(new Y.RelativePosition(null, null, Y.createID(client, clock), -1))
}
