/** Edits that do not stand on a text: they build on edits which were refused and given up since. The server would take them for broken. */
import * as Y from 'yjs'
import type { EditId, SetAside } from './device-store.ts'
import type { UnsentQueue } from './unsent-queue.ts'

export type Waiting = { readonly id: EditId; readonly bytes: Uint8Array }
type Edits = readonly Waiting[]

/** Those of the edits that a text, which was given them, could not take in. */
export function bereftIn({ store }: Y.Doc, edits: Edits): Edits {
  if (store.pendingStructs === null && store.pendingDs === null) return []
  const stands = (client: number, end: number): boolean => end <= Y.getState(store, client)
  return edits.filter(({ bytes }) => {
    const { structs, ds } = Y.decodeUpdate(bytes)
    return !(
      structs.every(({ id, length }) => stands(id.client, id.clock + length)) &&
      [...ds.clients].every(([client, ranges]) => ranges.every(({ clock, len }) => stands(client, clock + len)))
    )
  })
}

/** Takes out of the queue what cannot stand on a text that has all the server has; the text forgets that it waited for what they lack. */
export function takeBereft(doc: Y.Doc, queue: UnsentQueue): Edits {
  const bereft = bereftIn(doc, queue.edits)
  if (bereft.length > 0) doc.store.pendingStructs = doc.store.pendingDs = null
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
