/**
 * Finds one's own letters at a clause's end before which somebody, who had not seen them, began a new clause (Enter at the end, a clause
 * moved there): Yjs may order them behind the new opening, and the sentence would go on in the other's clause.
 */
import * as Y from 'yjs'
import { openerId } from './items.ts'
import { livedBefore, lettersOf, runsOf } from './strays.ts'
import type { Letter, Stray } from './strays.ts'

/** What stood right of an opening when its author made it, of what was there before the transaction; null: the text's end. */
function seenRightOf(transaction: Y.Transaction, opener: Y.Item): Y.Item | null {
  let id = opener.rightOrigin
  while (id !== null) {
    const item = Y.getItem(transaction.doc.store, id)
    if (!(item instanceof Y.Item)) return null
    if (id.clock < (transaction.beforeState.get(id.client) ?? 0)) return item
    id = item.rightOrigin
  }
  return null
}

/** One clause as it was before the transaction: its id, and its items up to the next opening of that time. */
type Segment = { readonly id: string; readonly items: readonly Y.Item[] }

function segmentsOf(transaction: Y.Transaction, text: Y.XmlText): Segment[] {
  const segments: { id: string; items: Y.Item[] }[] = []
  let items: Y.Item[] | null = null
  for (let item = text._start; item !== null; item = item.right) {
    const id = openerId(item)
    if (id === undefined || !livedBefore(transaction, item)) {
      items?.push(item)
      continue
    }
    items = []
    if (id !== null && item.content instanceof Y.ContentEmbed) segments.push({ id, items })
  }
  return segments
}

function capturedIn(transaction: Y.Transaction, { id, items }: Segment, own: number): Stray[] {
  const isNew = ({ id }: Y.Item): boolean => id.clock >= (transaction.beforeState.get(id.client) ?? 0)
  const first = items.findIndex(
    (item) => !item.deleted && isNew(item) && item.id.client !== own && openerId(item) !== undefined,
  )
  const opener = items[first]
  if (opener === undefined) return []
  const letters: Letter[] = []
  const seen = seenRightOf(transaction, opener)
  let isSeen = false
  for (const [i, item] of items.entries()) {
    if (item === seen) isSeen = true
    if (!livedBefore(transaction, item) || item.deleted || !(item.content instanceof Y.ContentString)) continue
    if (i < first) letters.push(...lettersOf(item, () => false))
    // Letters that the author saw behind the place were meant to go with the new clause: the clause was split, not ended.
    else if (isSeen || item.id.client !== own) return []
    else letters.push(...lettersOf(item, () => true))
  }
  return runsOf(letters, id, null, true)
}

/** To be called in a foreign transaction's `afterTransaction`. */
export function capturedBy(transaction: Y.Transaction, texts: readonly Y.XmlText[], own: number): Stray[] {
  return texts.flatMap((text) =>
    transaction.changed.has(text as unknown as Y.AbstractType<Y.YEvent<Y.XmlText>>)
      ? segmentsOf(transaction, text).flatMap((segment) => capturedIn(transaction, segment, own))
      : [],
  )
}
