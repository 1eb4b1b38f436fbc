/** Puts stray letters back into the living clause of their id, beside the same words; what finds no place is taken out and offered. */
import * as Y from 'yjs'
import { blocksOf, childElements, childTexts } from '../../../shared/drafting/blocks.ts'
import type { Block, Formats } from '../../../shared/drafting/blocks.ts'
import type { Stray } from './strays.ts'

/** Letters that found no place: shown to the person who typed them, who may insert or throw them away. */
export type Offer = {
  readonly clause: string | null
  readonly field: string | null
  readonly text: string
}

const MOST_CONTEXT = 24
const LEAST_CONTEXT = 6

/** The index in `now` that stood between `before` and `after`: their ends if they still stand there, else the longest part that does. */
export function placeBetween(before: string, after: string, now: string): number {
  if (now.startsWith(before)) return before.length
  if (now.endsWith(after)) return now.length - after.length
  for (let n = Math.min(before.length, MOST_CONTEXT); n > 0; n--) {
    const at = now.lastIndexOf(before.slice(-n))
    if (at >= 0) return at + n
  }
  for (let n = Math.min(after.length, MOST_CONTEXT); n > 0; n--) {
    const at = now.indexOf(after.slice(0, n))
    if (at >= 0) return at
  }
  return now.length
}

/** Letters and places of one text: citations count as one object character, so indexes agree. */
function lettersOf(pieces: Extract<Block, { type: 'clause' }>['pieces']): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : '\uFFFC')).join('')
}

type Target = { readonly text: Y.XmlText; readonly start: number; readonly letters: string }

/** The living clause (or its field) that a stray belongs to. Of two with the same id the first in order. */
function targetOf(texts: readonly Y.XmlText[], stray: Stray): Target | null {
  if (stray.clause === null) return null
  for (const text of texts) {
    for (const block of blocksOf(text)) {
      if (block.type === 'clause') {
        if (block.id === stray.clause && stray.field === null)
          return { text, start: block.at + 1, letters: lettersOf(block.pieces) }
        continue
      }
      if (stray.field === null || block.element.getAttribute('id') !== stray.clause) continue
      const field = childElements(block.element).find((child) => child.getAttribute('name') === stray.field)
      const [inside] = field === undefined ? [] : childTexts(field)
      if (inside !== undefined) return { text: inside, start: 0, letters: plain(inside) }
    }
  }
  return null
}

function plain(text: Y.XmlText): string {
  return (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC'))
    .join('')
}

/** No clause of that id: the only place in the document where the words around still stand side by side. */
function placeByContext(texts: readonly Y.XmlText[], stray: Stray): Target | null {
  const before = stray.before.slice(-12)
  const after = stray.after.slice(0, 12)
  if (before.length < LEAST_CONTEXT || after.length < LEAST_CONTEXT) return null
  const hits: Target[] = []
  for (const text of texts) {
    const letters = plain(text)
    for (let at = letters.indexOf(before + after); at >= 0; at = letters.indexOf(before + after, at + 1))
      hits.push({ text, start: at + before.length, letters: '' })
  }
  return hits.length === 1 ? (hits[0] ?? null) : null
}

/** The marks that a living letter has; kind and level belong to its clause's opening. */
function marksOf(doc: Y.Doc, { living: [first] }: Stray): Formats {
  const marks = new Map<string, unknown>()
  const item = first === undefined ? null : Y.getItem(doc.store, Y.createID(first.client, first.clock))
  for (let at = item instanceof Y.Item ? item.left : null; at !== null; at = at.left)
    if (!at.deleted && at.content instanceof Y.ContentFormat && !marks.has(at.content.key))
      marks.set(at.content.key, at.content.value)
  return Object.fromEntries([...marks].filter(([name, value]) => value !== null && name !== 'kind' && name !== 'level'))
}

/** Deletes the living letters of a stray where they are. */
function takeOut(doc: Y.Doc, stray: Stray): void {
  for (const { client, clock } of [...stray.living].reverse()) {
    const structs = doc.store.clients.get(client)
    const item = structs?.[Y.findIndexSS(structs, clock)]
    if (!(item instanceof Y.Item) || item.deleted || !(item.parent instanceof Y.XmlText)) continue
    let index = clock - item.id.clock
    for (let at = item.left; at !== null; at = at.left) if (!at.deleted && at.countable) index += at.length
    item.parent.delete(index, 1)
  }
}

/** The clock of the first own letter from a clock on: marks that open before it have clocks too. */
function firstLetterSince(doc: Y.Doc, from: number): number {
  const own = doc.store.clients.get(doc.clientID) ?? []
  const item = own.find(({ id }, i) => id.clock >= from && (own[i] as Y.Item).content instanceof Y.ContentString)
  return item?.id.clock ?? from
}

/** What found no place, and for each living letter that did its clock before → its clock now. */
export type PutBack = { readonly offers: Offer[]; readonly moved: ReadonlyMap<number, number> }

/**
 * Puts each stray back, in one transaction under `origin`, and returns what found no place; living letters without a place are taken
 * out of the clause above, into which they have slid. Only the tab that typed the letters calls this, so nothing comes back twice.
 */
export function putBack(doc: Y.Doc, texts: readonly Y.XmlText[], strays: readonly Stray[], origin: unknown): PutBack {
  const offers: Offer[] = []
  const moved = new Map<number, number>()
  doc.transact(() => {
    const marks = strays.map((stray) => marksOf(doc, stray))
    for (const stray of strays) takeOut(doc, stray)
    for (const [i, stray] of strays.entries()) {
      if (stray.text === '') continue
      const target = targetOf(texts, stray) ?? placeByContext(texts, stray)
      if (target === null) {
        offers.push({ clause: stray.clause, field: stray.field, text: stray.text })
        continue
      }
      const at = target.letters === '' ? 0 : placeBetween(stray.before, stray.after, target.letters)
      const from = Y.getState(doc.store, doc.clientID)
      target.text.insert(target.start + at, stray.text, marks[i] ?? {})
      const first = firstLetterSince(doc, from)
      stray.living.forEach(({ clock }, n) => moved.set(clock, first + n))
    }
  }, origin)
  return { offers, moved }
}
