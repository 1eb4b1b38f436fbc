/** All drafts that this device keeps for one person, for leaving a device that others use: what has not been sent, sending it, dropping all. */
import { readDraft } from '../../shared/drafting/read.ts'
import { LONG_TEMPLATE } from '../../shared/drafting/template.ts'
import { diffWords } from '../../shared/merging/diff.ts'
import { words } from '../../shared/thai/words.ts'
import { bereftIn, wordsOf } from './bereft.ts'
import { deviceStoreName, openDeviceStore, type SetAside } from './device-store.ts'
import { DraftSync } from './draft-sync.ts'
import { readKept } from './kept-text.ts'
import { differencesBetween, together, withoutEdits, wordsOfClause } from './set-aside.ts'

type Place = { readonly draft: string; readonly generation: number }

/** What has not reached the server. `edits` may be more than words: a deletion, a choice. */
export type Unsent = {
  readonly edits: number
  readonly words: number
  readonly items: readonly SetAside[]
}

/** A refusal or a network that is gone must not keep anybody waiting. */
const SEND_MS = 10_000

/** Drafts with a store of this person. A browser that does not list its stores (Firefox before 126) names none: nothing is told or dropped. */
async function placesOf(person: string): Promise<Place[]> {
  if (typeof indexedDB === 'undefined' || indexedDB.databases === undefined) return []
  const names = await indexedDB.databases().then(
    (all) => all.map(({ name }) => name ?? ''),
    () => [],
  )
  return names.flatMap((name) => {
    const [, draft, generation] = /:([^:]+)\.(\d+):unsent$/.exec(name) ?? []
    if (draft === undefined) return []
    const place = { draft, generation: Number(generation) }
    return deviceStoreName({ person, ...place }) === name ? [place] : []
  })
}

const countWords = (text: string): number => words(text).filter((word) => /[\p{L}\p{N}]/u.test(word)).length

async function unsentOf(person: string, place: Place): Promise<Unsent> {
  const store = await openDeviceStore(deviceStoreName({ person, ...place }))
  try {
    const { doc, unsent } = await readKept(store)
    const aside = await store.aside()
    const mine = readDraft(doc, LONG_TEMPLATE)
    const updates = unsent.map(({ bytes }) => bytes)
    const without = readDraft(withoutEdits(doc, updates), LONG_TEMPLATE)
    const before = new Map(
      without.sections.flatMap(({ clauses }) => clauses.map((clause) => [String(clause.id), wordsOfClause(clause)])),
    )
    const written = differencesBetween(mine, without)
    const bereft = wordsOf(bereftIn(doc, unsent))
    const added = written.flatMap(({ clause, text }) =>
      diffWords(before.get(clause ?? '') ?? '', text).flatMap((run) => (run.kind === 'added' ? [run.text] : [])),
    )
    const all = [...added, ...[...bereft, ...aside].map(({ text }) => text)]
    return {
      edits: unsent.length + aside.length,
      words: all.reduce((sum, text) => sum + countWords(text), 0),
      items: together(aside, [...written, ...bereft]),
    }
  } finally {
    store.close()
  }
}

/** What this device holds of a person and the server has not, in all drafts together. */
export async function unsentOnDevice(person: string): Promise<Unsent> {
  const found = await Promise.all((await placesOf(person)).map((place) => unsentOf(person, place)))
  return {
    edits: found.reduce((sum, { edits }) => sum + edits, 0),
    words: found.reduce((sum, one) => sum + one.words, 0),
    items: found.flatMap(({ items }) => items),
  }
}

/** Sends what waits; resolves when all is acknowledged, refused, or ten seconds are over. */
export async function sendFromDevice(person: string): Promise<void> {
  for (const place of await placesOf(person)) {
    if ((await unsentOf(person, place)).edits === 0) continue
    const sync = await DraftSync.open({ person, ...place, origin: location.origin })
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, SEND_MS)
      const look = (): void => {
        const { refused, closed } = sync.status
        if (sync.unsent > 0 && refused === null && closed === null) return
        clearTimeout(timer)
        resolve()
      }
      sync.subscribe(look)
      look()
    })
    sync.destroy()
  }
}

/** Takes this person's texts from the device. */
export async function dropFromDevice(person: string): Promise<void> {
  for (const place of await placesOf(person)) {
    const name = deviceStoreName({ person, ...place })
    const store = await openDeviceStore(name)
    // Emptied first: another tab that has it open holds up its removal.
    await store.clear().catch(() => undefined)
    store.close()
    indexedDB.deleteDatabase(name)
  }
}
