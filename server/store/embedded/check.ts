/** Reads everything in a store's file once: every checksum, and that documents and index entries name each other. */
import type { DraftId } from '../../../shared/ids.ts'
import { StoreError } from '../store-error.ts'
import { createEntryTable } from '../../journal/entry-table.ts'
import { createCatalog } from './catalog.ts'
import { allUnder, indexEntries } from './keys.ts'
import { Damage, type Kv } from './kv.ts'
import { decode } from './values.ts'

export type Checked = { readonly documents: number; readonly indexEntries: number; readonly entries: number }

/** Throws StoreError damaged at the first thing that is not as it was written. */
export function checkAll(kv: Kv): Checked {
  try {
    const quick = Object.values(kv.db.prepare('PRAGMA quick_check(1)').get() as object)[0]
    if (quick !== 'ok') throw new Damage(String(quick))
    return { ...checkDocuments(kv), entries: checkEntries(kv) }
  } catch (error) {
    throw new StoreError('damaged', error instanceof Error ? error.message : String(error))
  }
}

function checkDocuments(kv: Kv): { documents: number; indexEntries: number } {
  let documents = 0
  let entries = 0
  for (const { id, name, indexes } of createCatalog(kv).list()) {
    const missing = new Map(indexes.map((index) => [index.id, 0]))
    for (const { key, value } of kv.scanDocs(allUnder(id))) {
      documents += 1
      for (const index of indexes) {
        const { prefixes } = indexEntries(index, decode(value))
        missing.set(index.id, missing.get(index.id)! + prefixes.length)
        for (const prefix of prefixes)
          if (!kv.hasEntry(prefix, key)) throw new Damage(`index ${index.name} of ${name} lacks an entry`)
      }
    }
    for (const index of indexes) {
      let found = 0
      for (const _key of kv.scanEntries(allUnder(index.id))) found += 1
      if (found !== missing.get(index.id)) throw new Damage(`index ${index.name} of ${name} has entries of no document`)
      entries += found
    }
  }
  return { documents, indexEntries: entries }
}

function checkEntries(kv: Kv): number {
  const table = createEntryTable(kv, { write: () => Promise.reject(new Error('only reading')) })
  let entries = 0
  const drafts = kv.db.prepare('SELECT DISTINCT draft, generation FROM entries').all() as Array<{
    draft: DraftId
    generation: number
  }>
  for (const { draft, generation } of drafts) entries += table.readNow(draft, generation).length
  return entries
}
