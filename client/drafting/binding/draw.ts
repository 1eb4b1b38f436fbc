/** Draws what one Yjs transaction changed: section by section, step by step, and from Yjs anew where the two do not agree. */
import type { EditorState, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import * as Y from 'yjs'
import type { SectionId } from '../../../shared/drafting/template.ts'
import {
  agrees,
  applyInlineDelta,
  applySectionDelta,
  posOfElement,
  posOfText,
  replaceByDifference,
  replaceInside,
  tidySection,
} from './apply.ts'
import type { DeltaPart } from './apply.ts'
import { indexOfElement } from './flow.ts'
import { sectionAt } from './positions.ts'
import { elementNode, sectionNode } from './render.ts'

/** A change inside a recommendation or table: of a text (with its delta), or of attributes and children. */
type InsideChange = {
  readonly element: Y.XmlElement
  readonly text: Y.XmlText | null
  readonly delta: readonly DeltaPart[]
}

/** What happened to one section: its own delta, and what changed inside its elements. */
export type SectionChange = {
  readonly index: number
  readonly delta: readonly DeltaPart[]
  readonly inside: readonly InsideChange[]
}

/** The element embedded in `root` that a type stands in. */
function blockOf(type: Y.AbstractType<unknown>, root: Y.XmlText): Y.XmlElement | null {
  let at: Y.AbstractType<unknown> = type
  for (;;) {
    const parent: unknown = at._item?.parent
    if (parent === root) return at instanceof Y.XmlElement ? at : null
    if (!(parent instanceof Y.AbstractType)) return null
    at = parent as Y.AbstractType<unknown>
  }
}

/** What the events of one section say. To be called while they fire: deltas cannot be computed later. */
export function changeOf(index: number, root: Y.XmlText, events: readonly Y.YEvent<Y.XmlText>[]): SectionChange {
  const inside: InsideChange[] = []
  let delta: readonly DeltaPart[] = []
  for (const event of events) {
    if (event.target === root) {
      delta = event.delta as DeltaPart[]
      continue
    }
    const element = blockOf(event.target as unknown as Y.AbstractType<unknown>, root)
    if (element === null) continue
    const text = event.target instanceof Y.XmlText ? event.target : null
    inside.push({ element, text, delta: text === null ? [] : (event.delta as DeltaPart[]) })
  }
  return { index, delta, inside }
}

function isNewIn(transaction: Y.Transaction, text: Y.XmlText): boolean {
  const id = text._item?.id
  return id === undefined || id.clock >= (transaction.beforeState.get(id.client) ?? 0)
}

function drawInside(tr: Transaction, index: number, root: Y.XmlText, change: InsideChange, ytr: Y.Transaction): void {
  const { element, text } = change
  const y = indexOfElement(root, element)
  const pos = y < 0 ? -1 : posOfElement(tr, index, y)
  const drawn = pos < 0 ? null : tr.doc.nodeAt(pos)
  if (drawn === null) return
  const wanted = elementNode(element)
  if (drawn.eq(wanted)) return // new, so drawn as a whole already
  if (text !== null) {
    const start = isNewIn(ytr, text) ? -1 : posOfText(element, drawn, pos, text)
    if (start >= 0) applyInlineDelta(tr, start, change.delta)
    return
  }
  for (const [name, value] of Object.entries(wanted.attrs))
    if (drawn.attrs[name] !== value) tr.setNodeAttribute(pos, name, value)
}

/** Draws a section from Yjs, touching only what differs. */
export function redrawSection(tr: Transaction, index: number, doc: Y.Doc, id: SectionId): void {
  const { start, node } = sectionAt(tr.doc, index)
  replaceByDifference(tr, start, node.content, sectionNode(doc, id).content)
}

/** Elements are small: after all changes of a transaction each touched one is compared with Yjs as a whole. */
function mendInside(tr: Transaction, index: number, root: Y.XmlText, change: SectionChange): void {
  for (const element of new Set(change.inside.map((inside) => inside.element))) {
    const y = indexOfElement(root, element)
    const pos = y < 0 ? -1 : posOfElement(tr, index, y)
    const drawn = pos < 0 ? null : tr.doc.nodeAt(pos)
    if (drawn !== null) replaceInside(tr, pos + 1, drawn, elementNode(element))
  }
}

/** Draws one section's change into `tr`. Returns true when the section had to be drawn anew. */
export function drawChange(
  tr: Transaction,
  change: SectionChange,
  root: Y.XmlText,
  id: SectionId,
  ytr: Y.Transaction,
): boolean {
  let failed = false
  try {
    applySectionDelta(tr, change.index, change.delta)
    tidySection(tr, change.index)
    for (const inside of change.inside) drawInside(tr, change.index, root, inside, ytr)
    mendInside(tr, change.index, root, change)
  } catch {
    failed = true // a delta that finds no place: Yjs is right, whatever the view holds
  }
  if (!failed && agrees(tr.doc.child(change.index), root)) return false
  redrawSection(tr, change.index, ytr.doc, id)
  return true
}

/** A bare caret stays behind its own last letter: what others put exactly there goes after it. */
export function keepCaret(tr: Transaction, before: EditorState): void {
  const { selection } = before
  if (!selection.empty || !(selection instanceof TextSelection)) return
  const at = tr.doc.resolve(tr.mapping.map(selection.head, -1))
  if (at.parent.inlineContent) tr.setSelection(TextSelection.create(tr.doc, at.pos))
}

/** All text that steps put in, for the capture rule of undo. */
export function insertedText(transactions: readonly Transaction[]): string {
  let text = ''
  for (const tr of transactions)
    tr.steps.forEach((step, i) => {
      const after = tr.docs[i + 1] ?? tr.doc
      step.getMap().forEach((_start, _end, start, end) => {
        text += after.textBetween(start, end, '\n')
      })
    })
  return text
}
