/** Takes a clause, recommendation or table out of a section so that others see that it was deleted or moved, not joined. */
import type * as Y from 'yjs'
import type { Block } from './blocks.ts'

/** Stands nowhere, not even for a moment on a screen: it is deleted where it is inserted. */
const TRACE = '\u200B'

/**
 * Takes a block out. For everybody else the deletion of a clause looks like a join and a deletion of letters; so it leaves a trace, a
 * character inserted behind the embed and deleted in the same transaction: letters that somebody typed there unseen are then known to
 * have lost their clause and do not slide into the one above.
 */
export function takeBlock(text: Y.XmlText, block: Block): void {
  const isNamed = block.type === 'clause' && block.id !== null
  if (isNamed) text.insert(block.at + 1, TRACE, {})
  text.delete(block.at, isNamed ? block.length + 1 : block.length)
}
