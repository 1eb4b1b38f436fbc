/** What a submission freezes: ids that may stand for ever, letters that canonical JSON has a form for, typists by clause. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { freezeDraft, type SentUpdate } from '../../../server/workers/freezing.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'

/** A document in which each writer's updates are kept with their sender. */
function written(write: (as: (who: string, act: (text: Y.XmlText) => void) => void) => void): {
  doc: Y.Doc
  sent: SentUpdate[]
} {
  const doc = newDraftDoc()
  const sent: SentUpdate[] = []
  write((who, act) => {
    const own = newDraftDoc()
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc))
    own.on('update', (bytes: Uint8Array) => sent.push({ by: who, bytes }))
    act(sectionRoot(own, 'background'))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(own))
  })
  return { doc, sent }
}

describe('freezing', () => {
  it('[SU10] each clause tells who typed how many of its letters', () => {
    const { doc, sent } = written((as) => {
      as('anong', (text) => {
        text.insertEmbed(0, { id: 'aaaaaaaaaaaa' })
        text.insert(1, 'ตากาย')
      })
      as('boon', (text) => text.insert(3, 'มี'))
      as('anong', (text) => text.delete(1, 1))
    })
    assert.deepEqual(freezeDraft(doc, SHORT_TEMPLATE, sent).typists, [
      {
        clause: 'aaaaaaaaaaaa',
        people: [
          { person: 'anong', letters: 4 },
          { person: 'boon', letters: 2 },
        ],
      },
    ])
  })

  it('[SU11] doubled and missing ids get fresh ones in the frozen copy, which says so', () => {
    const { doc, sent } = written((as) =>
      as('anong', (text) => {
        text.insert(0, 'ไม่มีข้อ')
        text.insertEmbed(text.length, { id: 'aaaaaaaaaaaa' })
        text.insert(text.length, 'หนึ่ง')
        text.insertEmbed(text.length, { id: 'aaaaaaaaaaaa' })
        text.insert(text.length, 'สอง')
      }),
    )
    const { content, renamed } = freezeDraft(doc, SHORT_TEMPLATE, sent)
    const ids = content.sections.flatMap(({ clauses }) => clauses.map(({ id }) => id))
    assert.deepEqual(
      renamed.map(({ from }) => from),
      ['background~1', 'aaaaaaaaaaaa~2'],
    )
    assert.deepEqual(ids, [renamed[0]?.to, 'aaaaaaaaaaaa', renamed[1]?.to])
    assert.ok(ids.every((id) => /^[a-z0-9]{12}$/.test(id)))
  })

  it('[SU12] half an emoji is frozen as U+FFFD: canonical JSON has no form for it', () => {
    const { doc, sent } = written((as) =>
      as('anong', (text) => {
        text.insertEmbed(0, { id: 'aaaaaaaaaaaa' })
        text.insert(1, 'ก😀ข')
        text.delete(2, 1)
      }),
    )
    const json = canonicalJson(freezeDraft(doc, SHORT_TEMPLATE, sent).content)
    assert.ok(json.includes('ก\uFFFDข'))
  })
})
