/**
 * Finds one's own letters at a clause's end before which somebody, who had not seen them, began a new clause (Enter at the end, a clause
 * moved there): Yjs may order them behind the new opening, and the sentence would go on in the other's clause.
 */
import * as Y from 'yjs'
import { openerId } from './items.ts'
import { livedBefore, lettersOf, runsOf } from './strays.ts'
import type { Letter, Stray } from './strays.ts'

/** The first item from here on that is no format: a clause's kind is opened before its embed and closed behind it. */
function behindFormats(from: Y.Item): Y.Item | null {
  let item: Y.Item | null = from
  while (item?.content instanceof Y.ContentFormat) item = item.right
  return item
}

/** What stood right of an opening when its author made it, of what was there before the transaction; null: the text's end. */
function seenRightOf(transaction: Y.Transaction, opener: Y.Item): Y.Item | null {
  let id = opener.rightOrigin
  while (id !== null) {
    const item = Y.getItem(transaction.doc.store, id)
    if (!(item instanceof Y.Item)) return null
    if (id.clock < (transaction.beforeState.get(id.client) ?? 0)) return behindFormats(item)
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
  for (const [i, item] of items.entries()) {
    // Letters that the author saw behind the place were meant to go with the new clause: the clause was split, not ended.
    if (item === seen && livedBefore(transaction, item)) return []
    if (!livedBefore(transaction, item) || item.deleted || !(item.content instanceof Y.ContentString)) continue
    letters.push(...lettersOf(item, () => i > first && item.id.client === own))
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
