/** Edits that nobody can send: they build on edits of another tab which were refused and given up since. The server would take them for broken. */
import * as Y from 'yjs'
import type { EditId, SetAside } from './device-store.ts'
import type { UnsentQueue } from './unsent-queue.ts'

export type Waiting = { readonly id: EditId; readonly bytes: Uint8Array }
type Edits = readonly Waiting[]

/** Takes out of the queue what cannot stand on a text that has all the server has; the text forgets that it waited for what they lack. */
export function takeBereft({ store }: Y.Doc, queue: UnsentQueue): Edits {
  if (store.pendingStructs === null && store.pendingDs === null) return []
  const bereft = queue.edits.filter(({ bytes }) => {
    const { structs, ds } = Y.decodeUpdate(bytes)
    const stands = (client: number, end: number): boolean => end <= Y.getState(store, client)
    return !(
      structs.every(({ id, length }) => stands(id.client, id.clock + length)) &&
      [...ds.clients].every(([client, ranges]) => ranges.every(({ clock, len }) => stands(client, clock + len)))
    )
  })
  if (bereft.length > 0) store.pendingStructs = store.pendingDs = null
  queue.drop(bereft.map(({ id }) => id))
  return bereft
}

/** Their words, for their writer; which clause they stood in is not known any more. */
export function wordsOf(edits: Edits): SetAside[] {
  return edits.flatMap(({ id, bytes }) => {
    const text = Y.decodeUpdate(bytes)
      .structs.map((struct) =>
        struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
      )
      .join('')
    return text.trim() === '' ? [] : [{ key: `bereft ${id}`, section: null, clause: null, text }]
  })
}
