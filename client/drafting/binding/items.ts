/** Looks at the items of a Yjs text one by one, dead ones too: for undo and for letters that lost their clause. */
import * as Y from 'yjs'
import { clauseIdOf } from '../../../shared/drafting/blocks.ts'

/** The id of the clause or element block that an item begins, null when it begins one without id, undefined when it begins none. */
export function openerId(item: Y.Item): string | null | undefined {
  if (item.content instanceof Y.ContentEmbed) return clauseIdOf(item.content.embed)
  if (!(item.content instanceof Y.ContentType) || !(item.content.type instanceof Y.XmlElement)) return undefined
  return attributeOf(item.content.type, 'id')
}

/** Does a living clause or element block begin here? */
export function nextOpener(item: Y.Item): boolean {
  return !item.deleted && openerId(item) !== undefined
}

/** An attribute of an element, readable after its deletion too (until garbage collection). */
export function attributeOf(element: Y.XmlElement, name: string): string | null {
  const item = element._map.get(name)
  if (item === undefined || !(item.content instanceof Y.ContentAny)) return null
  const value: unknown = item.content.arr.at(-1)
  return typeof value === 'string' ? value : null
}

/** The index of an item's first letter in its living text. */
export function indexOfItem(text: Y.XmlText, item: Y.Item): number {
  let index = 0
  for (let at = text._start; at !== null && at !== item; at = at.right)
    if (!at.deleted && at.countable) index += at.length
  return index
}
