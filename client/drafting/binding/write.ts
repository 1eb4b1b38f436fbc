/** Writes the user's own steps into Yjs, each by its own range: a diff of whole documents would misplace doubled letters. */
import type { Node } from 'prosemirror-model'
import type { Step } from 'prosemirror-transform'
import type * as Y from 'yjs'
import { elementAt, sectionFlow } from './flow.ts'
import { isElementBlock, sectionAt, sectionIndexAt, yOf } from './positions.ts'
import { rewrite } from './rewrite.ts'
import type { ElementWriter } from './rewrite.ts'
import { tokensIn } from './tokens.ts'
import { elementOf, writeElement } from './write-element.ts'
import type { Range } from './write-element.ts'

/** The range of a step. Steps on marks and attributes have empty maps: their own fields say where they act. */
function rangeOf(step: Step): Range | null {
  let from = Infinity
  let to = -1
  let end = -1
  step.getMap().forEach((start, stop, _newStart, newStop) => {
    from = Math.min(from, start)
    if (stop > to) {
      to = stop
      end = newStop
    }
  })
  if (to >= 0) return { from, to, end }
  const {
    pos,
    from: first,
    to: last,
  } = step as Step & { readonly pos?: number; readonly from?: number; readonly to?: number }
  if (pos !== undefined) return { from: pos, to: pos + 1, end: pos + 1 }
  return first !== undefined && last !== undefined ? { from: first, to: last, end: last } : null
}

/** The element block that strictly holds a position, with its edges. */
function holderAt(doc: Node, pos: number): { readonly node: Node; readonly from: number; readonly to: number } | null {
  const $pos = doc.resolve(pos)
  if ($pos.depth < 2 || !isElementBlock($pos.node(2))) return null
  return { node: $pos.node(2), from: $pos.before(2), to: $pos.after(2) }
}

/** Widens a range so that it holds element blocks whole. What it is widened by is the same before and after. */
function widen(before: Node, after: Node, { from, to, end }: Range): Range {
  const start = Math.min(holderAt(before, from)?.from ?? from, holderAt(after, from)?.from ?? from)
  const tail = Math.max((holderAt(before, to)?.to ?? to) - to, (holderAt(after, end)?.to ?? end) - end)
  return { from: start, to: to + tail, end: end + tail }
}

function writeSection(text: Y.XmlText, before: Node, after: Node, range: Range, step: Range): void {
  const wide = widen(before, after, range)
  const { y } = yOf(before, wide.from)
  const elements: ElementWriter = {
    make: (token) => elementOf(token.node),
    change: (index, was, is) => {
      const element = elementAt(text, index)
      if (element !== null) writeElement(element, was.node, is.node, placeOf(before, wide, was.node), step)
    },
  }
  rewrite(sectionFlow(text), y, tokensIn(before, wide.from, wide.to), tokensIn(after, wide.from, wide.end), elements)
}

/** Where a block of the document before begins, looked for inside the range. */
function placeOf(before: Node, range: Range, node: Node): number {
  let place = range.from
  before.nodesBetween(range.from, range.to, (child, pos) => {
    if (child === node) place = pos
    return child.type.name === 'section'
  })
  return place
}

/** Writes one step. `texts` are the sections in the document's order. */
export function writeStep(texts: readonly Y.XmlText[], step: Step, before: Node, after: Node): void {
  const range = rangeOf(step)
  if (range === null) return
  const first = sectionIndexAt(before, range.from)
  const last = sectionIndexAt(before, range.to)
  for (let i = first; i <= last; i++) {
    const text = texts[i]
    if (text === undefined || i >= after.childCount) continue
    const [old, now] = [sectionAt(before, i), sectionAt(after, i)]
    if (old.node === now.node) continue
    const from = i === first ? Math.max(range.from, old.start) : old.start
    const to = i === last ? Math.max(from, Math.min(range.to, old.end)) : old.end
    // The two documents are equal before the step, so the first section begins at the same place in both.
    const start = i === first ? Math.max(range.from, now.start) : now.start
    const end = i === last ? Math.max(start, Math.min(range.end, now.end)) : now.end
    if (start === from) writeSection(text, before, after, { from, to, end }, range)
    else rewriteWhole(text, old.node, now.node)
  }
}

/** A section that begins elsewhere after the step (one that spans sections): its whole content is compared. */
function rewriteWhole(text: Y.XmlText, before: Node, after: Node): void {
  const elements: ElementWriter = {
    make: (token) => elementOf(token.node),
    change: (index, was, is) => {
      const element = elementAt(text, index)
      const whole = { from: 0, to: was.node.nodeSize, end: is.node.nodeSize }
      if (element !== null) writeElement(element, was.node, is.node, 0, whole)
    },
  }
  const [a, b] = [tokensIn(before, 0, before.content.size), tokensIn(after, 0, after.content.size)]
  rewrite(sectionFlow(text), 0, a, b, elements)
}
