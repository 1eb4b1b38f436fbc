/** Undo of one's own changes only: what others typed into what one made stays, and steps end at words, never inside a letter. */
import * as Y from 'yjs'
import { clauseIdOf } from '../../../shared/drafting/blocks.ts'
import { nextOpener } from './items.ts'

/** Marks and the vowel that are drawn with the letter before: a step that began with one would undo half a letter. */
const BEGINS_WITH_MARK = /^[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/
const PAUSE_MS = 1_000
const MOST_LETTERS = 24

/** When a new undo step begins (TYPING 5): after a pause, after 24 letters or after a space, but never with a mark. */
export class CaptureRule {
  #at = 0
  #letters = 0
  #afterSpace = false

  /** The next change begins a step of its own. */
  rest(): void {
    this.#afterSpace = true
  }

  /** Does a change that inserts this text at this time (ms) begin a step of its own? */
  begins(text: string, now: number): boolean {
    const isTyping = text.length > 0 && text.length <= MOST_LETTERS && !text.includes('\n')
    const rests = now - this.#at > PAUSE_MS || this.#letters + text.length > MOST_LETTERS || this.#afterSpace
    const begins = (rests || !isTyping) && !BEGINS_WITH_MARK.test(text)
    this.#letters = begins ? text.length : this.#letters + text.length
    this.#at = now
    this.#afterSpace = /\s$/.test(text) || !isTyping
    return begins
  }
}

/** One item of the undo or redo stack: what it put in, and what is remembered with it. */
export type UndoneStep = { readonly insertions: DeleteRanges; readonly meta: Map<unknown, unknown> }
type DeleteRanges = Parameters<typeof Y.isDeleted>[0]

/** Key of a stack item's meta: the state vector before its first change, client → clock. */
export const BEFORE = 'before'

/** The embedded element (recommendation, table) that an item belongs to or is, or null. */
function elementBlockOf(item: Y.Item): Y.Item | null {
  let block: Y.Item | null =
    item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement ? item : null
  let parent: unknown = item.parent
  while (parent instanceof Y.AbstractType && parent._item !== null) {
    block = parent._item
    parent = parent._item.parent
  }
  return block
}

/** Does a type hold living letters of anybody but `own`? */
function holdsForeignLetters(type: Y.AbstractType<unknown>, own: number): boolean {
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString && item.id.client !== own) return true
    if (item.content instanceof Y.ContentType && holdsForeignLetters(item.content.type as Y.AbstractType<unknown>, own))
      return true
  }
  return false
}

/**
 * What an undo may delete. Kept are: a recommendation that the undone change made, with all its parts, when others wrote in it; the
 * opening of a clause that it made, when others have written there since and nothing older stands in it (a split holds older letters
 * and may be joined again). Where a living clause has the same id (undo of a move) nothing is kept: their tabs put the letters there.
 */
export function mayUndoDelete(item: Y.Item, stackItem: UndoneStep | undefined, own: number): boolean {
  const block = elementBlockOf(item)
  if (block !== null) {
    const isOwnLetter = item.content instanceof Y.ContentString && item.id.client === own
    const made = stackItem !== undefined && Y.isDeleted(stackItem.insertions, block.id)
    if (isOwnLetter || !made || !(block.content instanceof Y.ContentType)) return true
    const element = block.content.type as Y.XmlElement
    return (
      !holdsForeignLetters(element as unknown as Y.AbstractType<unknown>, own) ||
      hasTwin(block, element.getAttribute('id'))
    )
  }
  const id = item.content instanceof Y.ContentEmbed ? clauseIdOf(item.content.embed) : undefined
  if (id === undefined) return true
  const before = stackItem?.meta.get(BEFORE) as ReadonlyMap<number, number> | undefined
  let foreign = false
  for (let next = item.right; next !== null && !nextOpener(next); next = next.right) {
    if (next.deleted || !next.countable) continue
    const isNew = next.id.clock >= (before?.get(next.id.client) ?? 0)
    if (!isNew) return true
    if (next.id.client !== own) foreign = true
  }
  return !foreign || hasTwin(item, id)
}

/** Does another living block of the same section list carry this id? Only the item's own document is looked at. */
function hasTwin(item: Y.Item, id: string | undefined): boolean {
  const root: unknown = item.parent
  if (!(root instanceof Y.AbstractType) || root.doc === null || id === undefined) return false
  for (const text of root.doc.share.values())
    for (let other = text._start; other !== null; other = other.right) {
      if (other === item || other.deleted) continue
      if (other.content instanceof Y.ContentEmbed && clauseIdOf(other.content.embed) === id) return true
      if (
        other.content instanceof Y.ContentType &&
        other.content.type instanceof Y.XmlElement &&
        other.content.type.getAttribute('id') === id
      )
        return true
    }
  return false
}
