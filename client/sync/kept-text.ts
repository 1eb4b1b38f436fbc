/** The text as this device has it, and the edits among it that the server has not acknowledged. */
import * as Y from 'yjs'
import { newDraftDoc } from '../../shared/drafting/document.ts'
import type { DeviceStore } from './device-store.ts'

type Edits = Awaited<ReturnType<DeviceStore['kept']>>['unsent']

/** So many updates on the device are put together. */
export const LONG_TEXT = 500

/** Reads a device's store. Never rejects: what cannot be read is not there, and the server has what was acknowledged. */
export async function readKept(store: DeviceStore): Promise<{ readonly doc: Y.Doc; readonly unsent: Edits }> {
  const doc = newDraftDoc()
  const { text, unsent } = await store.kept()
  doc.transact(() => {
    for (const bytes of text) applyKept(doc, bytes)
    // What an earlier version of this page kept stands only here.
    for (const { bytes } of unsent) applyKept(doc, bytes)
  })
  if (text.length > LONG_TEXT) store.compact(() => Y.encodeStateAsUpdate(doc))
  return { doc, unsent }
}

function applyKept(doc: Y.Doc, bytes: Uint8Array): void {
  try {
    Y.applyUpdate(doc, bytes)
  } catch (error) {
    console.warn('a kept edit cannot be read', error)
  }
}
