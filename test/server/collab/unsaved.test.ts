/** What a process could not save is judged at the next start as a room would have: on a journal in memory. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { createAnnouncer } from '../../../server/announce/events.ts'
import { createUnsaved } from '../../../server/collab/unsaved.ts'
import type { EntryKind, NewEntry } from '../../../server/journal/journal.ts'
import { spoolsIn } from '../../../server/journal/spool.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE, type SectionId } from '../../../shared/drafting/template.ts'
import type { DraftId, PersonId } from '../../../shared/ids.ts'
import { DRAFT } from '../../support/collab-server.ts'
import { createMemoryJournal, type MemoryJournal } from '../../support/memory-journal.ts'

type Line = { readonly message: string; readonly taken?: number; readonly others?: object; readonly failed?: number }

/** Each keystroke of somebody, as an entry. */
function typed(by: string, letters: string, section: SectionId = 'background'): NewEntry[] {
  const doc = newDraftDoc()
  const entries: NewEntry[] = []
  doc.on('update', (bytes: Uint8Array) => entries.push({ ...of('update'), by: by as PersonId, bytes }))
  for (const [at, letter] of [...letters].entries()) sectionRoot(doc, section).insert(at, letter)
  return entries
}
const of = (kind: EntryKind, text = ''): NewEntry => ({
  draft: DRAFT.id,
  generation: 1,
  kind,
  by: 'server',
  at: 7,
  bytes: new TextEncoder().encode(text),
})

describe('what could not be saved', () => {
  let folder = ''
  let journal: MemoryJournal
  let lines: Line[]
  let isAway = false
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rangruam-unsaved-'))
    journal = createMemoryJournal()
    lines = []
    isAway = false
    await journal.append(0, [{ ...of('update'), bytes: seedDraft(SHORT_TEMPLATE) }])
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const files = (): string[] => readdirSync(folder)
  const note = (fields: object, message: string): number => lines.push({ message, ...fields })
  const announced: unknown[] = []
  const start = (dataDir = folder) => {
    const announcer = createAnnouncer((error) => {
      throw error
    })
    announcer.subscribe((event) => announced.push(event))
    return createUnsaved({
      dataDir,
      journal,
      announcer,
      draftOf: async (id) => (id === DRAFT.id ? DRAFT : null),
      isAway: () => isAway,
      log: { error: note, warn: note },
    })
  }
  const text = (): string => {
    const doc = newDraftDoc()
    for (const { kind, bytes } of journal.all) if (kind === 'update') Y.applyUpdate(doc, bytes)
    return sectionRoot(doc, 'background').toString()
  }

  it('[SY63] it is in the journal under its writer’s name and time, rooms are told, and the file is gone', async () => {
    start().keep(typed('alice', 'กขค'))
    assert.equal(files().length, 1)
    await start().takeIn()
    assert.match(text(), /กขค/)
    assert.deepEqual(
      journal.all.slice(1).map(({ by, at }) => [by, at]),
      Array.from({ length: 3 }, () => ['alice', 7]),
    )
    assert.deepEqual(files(), [])
    assert.deepEqual((announced.at(-1) as { seq: number }).seq, 4)
    await start().takeIn()
    assert.equal(journal.all.length, 4)
  })

  it('[SY63] what the journal has already is not stored again', async () => {
    const all = typed('alice', 'กขค')
    await journal.append(1, all.slice(0, 2))
    start().keep(all)
    await start().takeIn()
    assert.match(text(), /กขค/)
    assert.equal(journal.all.length, 4)
  })

  it('[SY63] of an edit that holds old and new only the new is stored', async () => {
    const all = typed('alice', 'กขค')
    await journal.append(1, all.slice(0, 2))
    const bytes = Y.mergeUpdates(all.map((entry) => entry.bytes))
    start().keep([{ ...all[0]!, bytes }])
    await start().takeIn()
    assert.match(text(), /กขค/)
    assert.equal(journal.all.length, 4)
    assert.ok(journal.all.at(-1)!.bytes.length < bytes.length)
  })

  it('[SY63] entries of another node that come first are read, and what is left is judged again', async () => {
    start().keep(typed('alice', 'ก'))
    let first = true
    journal.before = async () => {
      if (!first) return
      first = false
      await journal.append(1, [of('close')])
    }
    await start().takeIn()
    assert.deepEqual(lines.at(-1)?.others, { 'draft-closed': 1 })
    assert.equal(journal.all.length, 2)
  })

  it('[SY64] behind a close, in a locked section, under the client id of another, or for what is no draft it is refused, kept aside and said; opened again it is taken', async () => {
    const [alice, bob] = [typed('alice', 'กข'), typed('bob', 'ค', 'minority_view')]
    const [first, second] = typed('carol', 'งจ') as [NewEntry, NewEntry]
    const forged = { ...second, by: 'dao' as PersonId }
    const other = typed('bob', 'จ').map((entry) => ({ ...entry, draft: 'other' as DraftId }))
    const older = typed('bob', 'ฉ').map((entry) => ({ ...entry, generation: 0 }))
    await journal.append(1, [of('lock', 'minority_view'), first])
    start().keep([...alice, ...bob, forged, ...other, ...older, of('reopen')])
    await start().takeIn()
    assert.deepEqual(lines.at(-1)?.others, {
      'section-locked': 1,
      'foreign client id': 1,
      'no such draft': 1,
      'old generation': 1,
      'no edit': 1,
    })
    assert.equal(lines.at(-1)?.taken, 2)
    assert.deepEqual([files().length, spoolsIn(folder).length], [1, 0])

    await journal.append(5, [of('unlock', 'minority_view')])
    renameSync(join(folder, files()[0]!), join(folder, files()[0]!.replace(/\.aside$/, '')))
    await start().takeIn()
    assert.equal(lines.at(-1)?.taken, 1)
    assert.equal(journal.all.at(-1)?.by, 'bob')
  })

  it('[SY64] a draft that does not answer keeps the file for the next start; a database that is away ends this one', async () => {
    start().keep(typed('alice', 'ก'))
    journal.before = () => Promise.reject(new Error('damaged'))
    await start().takeIn()
    assert.equal(lines.at(-1)?.failed, 1)
    isAway = true
    await assert.rejects(start().takeIn(), /damaged/)
    assert.equal(spoolsIn(folder).length, 1)
    journal.before = async () => undefined
    await start().takeIn()
    assert.match(text(), /ก/)
  })

  it('[SY62] where the folder does not take it either, that is said', () => {
    const file = join(folder, 'no-folder')
    writeFileSync(file, '')
    start(file).keep(typed('alice', 'ก'))
    assert.match(lines.at(-1)?.message ?? '', /neither the store nor the data folder/)
  })
})
