/** What the author of a frame deleted with sight, for finding own letters that were deleted unseen; and what an own frame must say for that. */
import * as Y from 'yjs'
import type { DeleteRanges } from './strays.ts'

const current = new WeakMap<Y.Doc, DeleteRanges>()

/**
 * Runs `apply`, which applies a frame's update to `doc`, while the frame's own delete set is known. The provider's handler wraps
 * itself in this: the update that `doc` emits would name letters too that died only because their recommendation did.
 */
export function withFrame<T>(doc: Y.Doc, update: Uint8Array, apply: () => T): T {
  current.set(doc, Y.decodeUpdate(update).ds)
  try {
    return apply()
  } finally {
    current.delete(doc)
  }
}

/** The delete set of the frame that is being applied to `doc`, or undefined when none is. */
export function namedDeletes(doc: Y.Doc): DeleteRanges | undefined {
  return current.get(doc)
}

/** Origin of what the editor wrote, in the document behind it: with the bytes as they were written. */
export class FromEditor {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

/**
 * The update to send for one that a document emitted. The document behind the editor knows letters that the editor does not show yet:
 * what it emits for a removed recommendation or table would name them too, as if its remover had seen them.
 */
export function asWritten(emitted: Uint8Array, origin: unknown): Uint8Array {
  return origin instanceof FromEditor ? origin.bytes : emitted
}
