/** Commands that act on Yjs directly: moving a clause (clone and delete by id in one transaction), deleting one, ticking choices. */
import * as Y from 'yjs'
import { blocksOf, childElements, citeOf } from '../../../shared/drafting/blocks.ts'
import type { Block, Piece } from '../../../shared/drafting/blocks.ts'
import { newChoice } from '../../../shared/drafting/build.ts'
import { takeBlock } from '../../../shared/drafting/take-block.ts'

/** The first block with this id, and where it stands. */
export function findBlock(
  texts: readonly Y.XmlText[],
  id: string,
): { readonly text: Y.XmlText; readonly block: Block } | null {
  for (const text of texts)
    for (const block of blocksOf(text)) {
      const own = block.type === 'clause' ? block.id : (block.element.getAttribute('id') ?? null)
      if (own === id) return { text, block }
    }
  return null
}

function cloneText(text: Y.XmlText): Y.XmlText {
  const clone = new Y.XmlText()
  const delta = (text.toDelta() as { insert: unknown; attributes?: object }[]).map(({ insert, attributes }) => ({
    insert: typeof insert === 'string' ? insert : { cite: citeOf(insert) },
    ...(attributes === undefined ? {} : { attributes }),
  }))
  if (delta.length > 0) clone.applyDelta(delta)
  return clone
}

/** A copy with all attributes, texts and children, not yet in a document. */
export function cloneElement(element: Y.XmlElement): Y.XmlElement {
  const clone = new Y.XmlElement(element.nodeName)
  for (const [name, value] of Object.entries(element.getAttributes()))
    if (value !== undefined) clone.setAttribute(name, value)
  const children = element.toArray().flatMap((child): (Y.XmlElement | Y.XmlText)[] => {
    if (child instanceof Y.XmlText) return [cloneText(child)]
    return child instanceof Y.XmlElement ? [cloneElement(child)] : []
  })
  if (children.length > 0) clone.insert(0, children)
  return clone
}

function insertPieces(text: Y.XmlText, at: number, pieces: readonly Piece[]): void {
  let end = at
  for (const piece of pieces) {
    if ('text' in piece) text.insert(end, piece.text, piece.formats)
    else text.insertEmbed(end, { cite: piece.cite }, piece.formats)
    end += 'text' in piece ? piece.text.length : 1
  }
}

/**
 * Moves a clause so that it stands before the clause `before`, or at the end of section `to`. Letters that others type in it meanwhile
 * are put into the moved clause by their own tabs. Returns whether anything moved.
 */
export function moveClause(
  doc: Y.Doc,
  texts: readonly Y.XmlText[],
  id: string,
  to: { readonly section: number; readonly before: string | null },
  origin: unknown,
): boolean {
  const target = texts[to.section]
  if (target === undefined || to.before === id) return false
  let moved = false
  doc.transact(() => {
    const found = findBlock(texts, id)
    if (found === null) return
    const { block } = found
    const element = block.type === 'element' ? cloneElement(block.element) : null
    takeBlock(found.text, block)
    const next = to.before === null ? null : findBlock([target], to.before)
    const at = next === null ? target.length : next.block.at
    if (element !== null) target.insertEmbed(at, element)
    else if (block.type === 'clause') {
      target.insertEmbed(at, { id }, block.formats)
      insertPieces(target, at + 1, block.pieces)
    }
    moved = true
  }, origin)
  return moved
}

/** Moves a clause one place up or down within its section. */
export function moveBy(doc: Y.Doc, texts: readonly Y.XmlText[], id: string, by: -1 | 1, origin: unknown): boolean {
  const found = findBlock(texts, id)
  if (found === null) return false
  const ids = blocksOf(found.text).flatMap((block) => {
    const own = block.type === 'clause' ? block.id : (block.element.getAttribute('id') ?? null)
    return own === null ? [] : [own]
  })
  const place = ids.indexOf(id)
  if (place + by < 0 || place + by >= ids.length) return false
  const before = by === -1 ? (ids[place - 1] ?? null) : (ids[place + 2] ?? null)
  return moveClause(doc, texts, id, { section: texts.indexOf(found.text), before }, origin)
}

/** Deletes a clause, recommendation or table by id. */
export function deleteClause(doc: Y.Doc, texts: readonly Y.XmlText[], id: string, origin: unknown): boolean {
  const found = findBlock(texts, id)
  if (found === null) return false
  doc.transact(() => takeBlock(found.text, found.block), origin)
  return true
}

/** Ticks or unticks a target group of a section; unticking takes away doubles too. */
export function setSectionChoice(doc: Y.Doc, text: Y.XmlText, value: string, on: boolean, origin: unknown): void {
  doc.transact(() => {
    const have = blocksOf(text).filter(
      (block) =>
        block.type === 'element' &&
        block.element.nodeName === 'choice' &&
        block.element.getAttribute('value') === value,
    )
    if (on && have.length === 0) text.insertEmbed(0, newChoice('targetGroups', value))
    if (!on) for (const block of have.reverse()) text.delete(block.at, 1)
  }, origin)
}

/** Ticks or unticks an LGO type of a recommendation. */
export function setLgoType(doc: Y.Doc, element: Y.XmlElement, value: string, on: boolean, origin: unknown): void {
  doc.transact(() => {
    const have = childElements(element).filter(
      (child) => child.nodeName === 'choice' && child.getAttribute('value') === value,
    )
    if (on && have.length === 0) element.insert(element.length, [newChoice('lgoTypes', value)])
    if (!on) for (const child of have.reverse()) element.delete(element.toArray().indexOf(child), 1)
  }, origin)
}
