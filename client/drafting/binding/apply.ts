/** Turns what others changed in Yjs into small ProseMirror steps, so that positions, selection and the other clauses stay. */
import { Fragment, Slice } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { citeOf, clauseIdOf, childTexts } from '../../../shared/drafting/blocks.ts'
import type { Formats } from '../../../shared/drafting/blocks.ts'
import { attrsOfClause, draftSchema } from '../../../shared/drafting/schema.ts'
import { isElementBlock, isWellFormed, lengthOfBlock, lengthOfSection, opens, posOf, sectionAt } from './positions.ts'
import { drawnChildren, elementNode, inlineNode, marksOfFormats } from './render.ts'
import type { Node } from 'prosemirror-model'

export type DeltaPart = {
  readonly retain?: number
  readonly delete?: number
  readonly insert?: unknown
  readonly attributes?: Formats
}

/** Replaces a stretch by what it should be, touching only the difference. `start` is where the content of `now` begins. */
export function replaceByDifference(tr: Transaction, start: number, now: Fragment, wanted: Fragment): void {
  const from = now.findDiffStart(wanted)
  if (from === null) return
  const ends = now.findDiffEnd(wanted)
  if (ends === null) return
  let { a, b } = ends
  const overlap = from - Math.min(a, b)
  if (overlap > 0) {
    a += overlap
    b += overlap
  }
  tr.replace(start + from, start + a, wanted.cut(from, b).size === 0 ? Slice.empty : sliceOf(wanted, from, b))
}

/**
 * The same for what stands inside a table or recommendation, child by child: a difference cut through the edges of cells would be
 * fitted with doubled cells. Children that agree stay; where as many stand in the middle they are mended one by one.
 */
export function replaceInside(tr: Transaction, start: number, now: Node, wanted: Node): void {
  if (now.inlineContent) return replaceByDifference(tr, start, now.content, wanted.content)
  const [a, b] = [now.content, wanted.content]
  const most = Math.min(a.childCount, b.childCount)
  let first = 0
  while (first < most && a.child(first).eq(b.child(first))) first++
  let last = 0
  while (last < most - first && a.child(a.childCount - 1 - last).eq(b.child(b.childCount - 1 - last))) last++
  const olds = a.content.slice(first, a.childCount - last)
  const news = b.content.slice(first, b.childCount - last)
  let end = start + a.size
  for (let k = 0; k < last; k++) end -= a.child(a.childCount - 1 - k).nodeSize
  const arePairs =
    olds.length === news.length && olds.every((old, k) => news[k] !== undefined && old.sameMarkup(news[k]))
  if (!arePairs) {
    tr.replaceWith(end - olds.reduce((size, old) => size + old.nodeSize, 0), end, news)
    return
  }
  // From the end, so that places before hold.
  for (let k = olds.length - 1; k >= 0; k--) {
    const [old, fresh] = [olds[k], news[k]]
    if (old === undefined || fresh === undefined) continue
    end -= old.nodeSize
    replaceInside(tr, end + 1, old, fresh)
  }
}

function sliceOf(content: Fragment, from: number, to: number): Slice {
  return draftSchema.nodes.section.create(null, content).slice(from, to) // only a carrier, never checked or shown
}

/** Deletes n places of a section from index y on, block by block, and never more than those. */
function deletePlaces(tr: Transaction, index: number, y: number, count: number): void {
  let left = count
  while (left > 0) {
    const section = sectionAt(tr.doc, index)
    let at = y
    let pos = section.start
    let k = 0
    while (k < section.node.childCount && at >= lengthOfBlock(section.node.child(k))) {
      at -= lengthOfBlock(section.node.child(k))
      pos += section.node.child(k).nodeSize
      k++
    }
    if (k >= section.node.childCount) throw new RangeError('a deletion reaches behind the section')
    const block = section.node.child(k)
    const open = opens(block)
    if (isElementBlock(block)) {
      tr.delete(pos, pos + block.nodeSize)
      left -= 1
    } else if (at < open) {
      dropOpening(tr, pos, block, k > 0 && section.node.child(k - 1).type.name === 'clause')
      left -= 1
    } else {
      const from = pos + 1 + at - open
      const size = Math.min(left, lengthOfBlock(block) - at)
      tr.delete(from, from + size)
      left -= size
    }
  }
}

/** A clause lost its opening embed: its letters go to the clause above, or stand without a clause. */
function dropOpening(tr: Transaction, pos: number, block: Node, behindClause: boolean): void {
  if (behindClause) tr.join(pos)
  else if (block.content.size === 0) tr.delete(pos, pos + block.nodeSize)
  else tr.setNodeMarkup(pos, undefined, attrsOfClause(null, {}))
}

/** Puts a block at a place: inside a clause the clause is split, and what follows an element stands without a clause. */
function insertBlock(tr: Transaction, pos: number, block: Node): void {
  const $pos = tr.doc.resolve(pos)
  if (!$pos.parent.inlineContent) {
    tr.insert(pos, block)
    return
  }
  if (block.type.name === 'clause') {
    tr.split(pos, 1, [{ type: block.type, attrs: block.attrs }])
    return
  }
  if ($pos.parentOffset === $pos.parent.content.size) {
    tr.insert($pos.after(), block)
    return
  }
  tr.split(pos, 1, [{ type: draftSchema.nodes.clause, attrs: attrsOfClause(null, {}) }])
  tr.insert(pos + 1, block)
}

function insertInline(tr: Transaction, pos: number, node: Node): void {
  if (tr.doc.resolve(pos).parent.inlineContent) tr.replace(pos, pos, new Slice(Fragment.from(node), 0, 0))
  else tr.insert(pos, draftSchema.node('clause', attrsOfClause(null, {}), node))
}

function inlineOf(insert: unknown, formats: Formats): Node {
  return inlineNode(typeof insert === 'string' ? { text: insert, formats } : { cite: citeOf(insert), formats })
}

/** Marks between two positions; `attributes` names the formats that changed, null for those taken away. */
function formatInline(tr: Transaction, from: number, to: number, attributes: Formats): void {
  for (const [name, value] of Object.entries(attributes)) {
    const [mark] = marksOfFormats({ [name]: true })
    if (mark === undefined || to <= from) continue
    if (value === null) tr.removeMark(from, to, mark)
    else tr.addMark(from, to, mark)
  }
}

function formatPlaces(tr: Transaction, index: number, y: number, count: number, attributes: Formats): void {
  if ('kind' in attributes || 'level' in attributes) {
    const { start, node } = sectionAt(tr.doc, index)
    let at = 0
    node.forEach((block, offset) => {
      if (block.type.name === 'clause' && opens(block) === 1 && at >= y && at < y + count) {
        if ('kind' in attributes) tr.setNodeAttribute(start + offset, 'kind', attributes['kind'] ?? 'text')
        if ('level' in attributes) tr.setNodeAttribute(start + offset, 'level', attributes['level'] ?? 0)
      }
      at += lengthOfBlock(block)
    })
  }
  formatInline(tr, posOf(sectionAt(tr.doc, index), y), posOf(sectionAt(tr.doc, index), y + count), attributes)
}

/** The delta of a section's own text. */
export function applySectionDelta(tr: Transaction, index: number, delta: readonly DeltaPart[]): void {
  let y = 0
  for (const part of delta) {
    const formats = part.attributes ?? {}
    if (part.retain !== undefined) {
      if (part.attributes !== undefined) formatPlaces(tr, index, y, part.retain, formats)
      y += part.retain
    } else if (part.delete !== undefined) {
      deletePlaces(tr, index, y, part.delete)
    } else {
      const pos = posOf(sectionAt(tr.doc, index), y)
      const id = typeof part.insert === 'string' ? undefined : clauseIdOf(part.insert)
      if (part.insert instanceof Y.XmlElement) insertBlock(tr, pos, elementNode(part.insert))
      else if (id !== undefined) insertBlock(tr, pos, draftSchema.node('clause', attrsOfClause(id, formats)))
      else insertInline(tr, pos, inlineOf(part.insert, formats))
      y += typeof part.insert === 'string' ? part.insert.length : 1
    }
  }
}

/** The delta of a field's or cell's text whose first letter stands at `start`. */
export function applyInlineDelta(tr: Transaction, start: number, delta: readonly DeltaPart[]): void {
  let pos = start
  for (const part of delta) {
    const formats = part.attributes ?? {}
    if (part.retain !== undefined) {
      if (part.attributes !== undefined) formatInline(tr, pos, pos + part.retain, formats)
      pos += part.retain
    } else if (part.delete !== undefined) tr.delete(pos, pos + part.delete)
    else {
      const node = inlineOf(part.insert, formats)
      tr.replace(pos, pos, new Slice(Fragment.from(node), 0, 0))
      pos += node.nodeSize
    }
  }
}

/** Clauses without id exist only while they hold something, and never behind a clause. */
export function tidySection(tr: Transaction, index: number): void {
  for (let k = tr.doc.child(index).childCount - 1; k >= 0; k--) {
    const { start, node } = sectionAt(tr.doc, index)
    const block = node.child(k)
    if (opens(block) === 1) continue
    let pos = start
    for (let i = 0; i < k; i++) pos += node.child(i).nodeSize
    if (block.content.size === 0) tr.delete(pos, pos + block.nodeSize)
    else if (k > 0 && node.child(k - 1).type.name === 'clause') tr.join(pos)
  }
}

/** Where the node of an embedded element begins, or -1. */
export function posOfElement(tr: Transaction, index: number, yIndex: number): number {
  const { start, node } = sectionAt(tr.doc, index)
  let y = 0
  let pos = start
  for (let k = 0; k < node.childCount; k++) {
    if (y === yIndex) return isElementBlock(node.child(k)) ? pos : -1
    y += lengthOfBlock(node.child(k))
    pos += node.child(k).nodeSize
  }
  return -1
}

/**
 * Where the letters of a text inside an element begin (the element is drawn as `node`, which begins at `pos`), or -1 when it is not
 * drawn or the children do not agree yet.
 */
export function posOfText(element: Y.XmlElement, node: Node, pos: number, text: Y.XmlText): number {
  let at = pos + 1
  if (node.inlineContent) {
    for (const candidate of childTexts(element)) {
      if (candidate === text) return at
      at += candidate.length
    }
    return -1
  }
  const drawn = drawnChildren(element)
  if (drawn.length !== node.childCount) return -1
  for (const [k, child] of drawn.entries()) {
    const inside = child.nodeName === node.child(k).type.name ? posOfText(child, node.child(k), at, text) : -1
    if (inside >= 0) return inside
    at += node.child(k).nodeSize
  }
  return -1
}

/** Does the section of the document agree with Yjs in length and shape? */
export function agrees(section: Node, text: Y.XmlText): boolean {
  return lengthOfSection(section) === text.length && isWellFormed(section)
}
