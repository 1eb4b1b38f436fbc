/** What the author of a frame deleted with sight, for finding own letters that were deleted unseen. */
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
