/** The four states as facts decide them: never more than is true. */
import assert from 'node:assert/strict'
import { differencesBetween, together, withoutEdits } from '../../../client/sync/set-aside.ts'
import { statusOf, type SyncFacts } from '../../../client/sync/sync-status.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'

const REST: SyncFacts = {
  unsent: 0,
  unsure: false,
  connected: true,
  offline: false,
  synced: true,
  storeAway: false,
  memoryOnly: false,
  closed: null,
  refused: null,
  aside: [],
}
const words = { key: 'k', section: null, clause: 'c', text: 'ก' }
const shown = (facts: Partial<SyncFacts>): string => {
  const { save, checking } = statusOf({ ...REST, ...facts })
  return checking ? `${save}, checking` : save
}

describe('the state that a page shows', () => {
  it('[DV12] saved is said only when nothing waits and the page has heard from the server since it opened or woke', () => {
    assert.equal(shown({}), 'saved')
    assert.equal(shown({ unsent: 1 }), 'sending')
    assert.equal(shown({ unsure: true }), 'sending, checking')
    assert.equal(shown({ unsure: true, connected: false, offline: true, synced: false }), 'sending, checking')
    assert.equal(shown({ synced: false }), 'sending, checking')
    assert.equal(shown({ unsent: 1, connected: false, offline: true, synced: false }), 'local')
    assert.equal(shown({ unsent: 1, connected: false, synced: false, unsure: true }), 'sending')
    assert.equal(shown({ connected: false, offline: true, synced: false }), 'saved')
    assert.equal(shown({ refused: 'read-only', unsent: 1 }), 'failed')
    assert.equal(shown({ closed: 4401, unsent: 1, connected: false, offline: true }), 'failed')
    assert.equal(shown({ refused: 'read-only', aside: [words] }), 'failed')
  })

  it('[DV18] words that wait for a server that does not store are on this device only, and without words nothing is', () => {
    assert.equal(shown({ storeAway: true, unsent: 1 }), 'local')
    assert.equal(shown({ storeAway: true }), 'saved')
    assert.equal(shown({ storeAway: true, unsent: 1, refused: 'read-only' }), 'failed')
  })

  it('[SQ4] only clauses that the refused edits wrote in are set aside, not what others wrote meanwhile', () => {
    const doc = newDraftDoc()
    const root = sectionRoot(doc, 'background')
    root.insertEmbed(0, { id: 'aaaaaaaaaaaa' })
    root.insert(1, 'ของคนอื่น')
    const refused: Uint8Array[] = []
    doc.on('update', (bytes: Uint8Array) => refused.push(bytes))
    root.insertEmbed(root.length, { id: 'bbbbbbbbbbbb' })
    root.insert(root.length, 'ของฉัน')
    root.insert(root.length, 'ทั้งหมด')
    const read = (of: typeof doc) => readDraft(of, SHORT_TEMPLATE)
    const empty = read(newDraftDoc())
    const found = differencesBetween(read(doc), empty, read(withoutEdits(doc, refused)))
    assert.deepEqual(
      found.map(({ clause, text }) => [clause, text]),
      [['bbbbbbbbbbbb', 'ของฉันทั้งหมด']],
    )
    assert.equal(read(doc).sections.flatMap(({ clauses }) => clauses).length, 2, 'the page’s own text stays as it was')
  })

  it('[SQ4] words that a longer piece of the same clause contains are offered once', () => {
    const longer = { ...words, key: 'l', text: 'กข' }
    assert.deepEqual(together([words], [longer, longer]), [longer])
    assert.deepEqual(together([longer], [words]), [longer])
    assert.equal(together([words], [{ ...words, key: 'm', clause: 'd' }]).length, 2)
  })
})
