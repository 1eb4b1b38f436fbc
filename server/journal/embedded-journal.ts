/** The journal of the embedded store on the main thread: every call goes to the store's worker through its message port. */
import { StoreError } from '../store/store-error.ts'
import type { Call } from '../store/embedded/calls.ts'
import { gatherAppends } from './gathered-appends.ts'
import { checkBatch, type Journal } from './journal.ts'

/** Rejects with StoreError when the store fails or is gone. */
export function createEmbeddedJournal(call: Call): Journal {
  const append = gatherAppends(
    (packed) => call('appendAll', packed),
    ({ code, message }) => new StoreError(code, message),
  )
  return {
    append: async (after, entries) => {
      checkBatch(entries)
      return append(after, entries)
    },
    read: (draft, generation, after) => call('read', draft, generation, after),
    last: (draft, generation) => call('last', draft, generation),
    base: (draft, generation) => call('base', draft, generation),
    putBase: (base) => call('putBase', base),
  }
}
