/** The journal of the embedded store on the main thread: every call goes to the store's worker through its message port. */
import type { Call } from '../store/embedded/calls.ts'
import type { Journal } from './journal.ts'

/** Rejects with StoreError when the store fails or is gone. */
export function createEmbeddedJournal(call: Call): Journal {
  return {
    append: (after, entries) => call('append', after, entries),
    read: (draft, generation, after) => call('read', draft, generation, after),
    last: (draft, generation) => call('last', draft, generation),
    base: (draft, generation) => call('base', draft, generation),
    putBase: (base) => call('putBase', base),
  }
}
