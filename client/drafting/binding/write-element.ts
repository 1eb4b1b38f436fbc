/** Writes what changed inside one recommendation or table into its Yjs element. */
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { setAttribute } from '../../../shared/drafting/build.ts'
import { holderFlow } from './flow.ts'
import { drawnChildren } from './render.ts'
import { rewrite } from './rewrite.ts'
import type { ElementWriter } from './rewrite.ts'
import { formatsOfMarks, tokensIn } from './tokens.ts'

/** Fields and cells hold no element blocks. */
const NO_ELEMENTS: ElementWriter = { make: () => ({}), change: () => undefined }

/** What a step touched: [from, to) of the document before, [from, end) of the one after. */
export type Range = { readonly from: number; readonly to: number; readonly end: number }

/** A new element for a node that stands in no document yet. A field or cell begins with a text, even an empty one. */
export function elementOf(node: Node): Y.XmlElement {
  const element = new Y.XmlElement(node.type.name)
  for (const [name, value] of Object.entries(node.attrs)) if (value !== null) setAttribute(element, name, value)
  if (node.inlineContent) {
    const text = new Y.XmlText()
    const delta: object[] = []
    node.forEach((child) => {
      const insert = child.isText ? (child.text ?? '') : { cite: String(child.attrs['law']) }
      delta.push({ insert, attributes: formatsOfMarks(child.marks) })
    })
    if (delta.length > 0) text.applyDelta(delta)
    element.insert(0, [text])
    return element
  }
  const children: Y.XmlElement[] = []
  node.forEach((child) => children.push(elementOf(child)))
  if (children.length > 0) element.insert(0, children)
  return element
}

function writeAttributes(element: Y.XmlElement, before: Node, after: Node): void {
  for (const [name, value] of Object.entries(after.attrs)) {
    if (before.attrs[name] === value) continue
    if (value === null) element.removeAttribute(name)
    else setAttribute(element, name, value)
  }
}

/** Inline content of a field or cell; only the part inside the range is read, so that doubled letters are not misplaced. */
function writeInline(element: Y.XmlElement, before: Node, after: Node, start: number, range: Range): void {
  const from = Math.max(0, range.from - start)
  const to = Math.min(before.content.size, range.to - start)
  const end = Math.min(after.content.size, range.end - start)
  // A change that is not inside the range (an attribute step) is looked for in the whole content.
  const inside = from <= to && from <= end && before.content.size - to === after.content.size - end
  const [a, b] = inside
    ? [tokensIn(before, from, to), tokensIn(after, from, end)]
    : [tokensIn(before, 0, before.content.size), tokensIn(after, 0, after.content.size)]
  rewrite(holderFlow(element), inside ? from : 0, a, b, NO_ELEMENTS)
}

/** Children made, removed and changed: equal ends stay, the middle is changed in place where the names agree. */
function writeChildren(element: Y.XmlElement, before: Node, after: Node, start: number, range: Range): void {
  let first = 0
  let pos = start
  const most = Math.min(before.childCount, after.childCount)
  while (first < most && before.child(first) === after.child(first)) {
    pos += before.child(first).nodeSize
    first++
  }
  let last = 0
  while (last < most - first && before.child(before.childCount - 1 - last) === after.child(after.childCount - 1 - last))
    last++
  const drawn = drawnChildren(element)
  const old = before.childCount - first - last
  const fresh = after.childCount - first - last
  const shared = Math.min(old, fresh)
  let same = 0
  while (same < shared && before.child(first + same).type === after.child(first + same).type) {
    const [was, is, child] = [before.child(first + same), after.child(first + same), drawn[first + same]]
    if (was.type.name === 'choice' && !was.eq(is)) break
    if (child !== undefined) writeElement(child, was, is, pos, range)
    pos += is.nodeSize
    same++
  }
  const at = element.toArray()
  for (const child of drawn.slice(first + same, first + old).reverse()) element.delete(at.indexOf(child), 1)
  const made: Y.XmlElement[] = []
  for (let i = first + same; i < first + fresh; i++) made.push(elementOf(after.child(i)))
  if (made.length === 0) return
  const behind = drawn[first + same - 1]
  element.insert(behind === undefined ? 0 : element.toArray().indexOf(behind) + 1, made)
}

/** Turns an element that reads as `before` into `after`. `pos` is where the node begins in both documents. */
export function writeElement(element: Y.XmlElement, before: Node, after: Node, pos: number, range: Range): void {
  if (before === after) return
  writeAttributes(element, before, after)
  if (after.inlineContent) writeInline(element, before, after, pos + 1, range)
  else if (!after.isLeaf) writeChildren(element, before, after, pos + 1, range)
}
