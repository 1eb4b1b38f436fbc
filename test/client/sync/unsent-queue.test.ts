/** The queue of own edits: what the count of durable frames covers, and what a resend carries. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { UnsentQueue } from '../../../client/sync/unsent-queue.ts'
import { differencesBetween } from '../../../client/sync/set-aside.ts'
import type { DraftContent } from '../../../shared/drafting/canonical.ts'
import type { ClauseId } from '../../../shared/ids.ts'

const edit = (doc: Y.Doc, letters: string): Uint8Array => {
  let made = new Uint8Array()
  doc.once('update', (bytes: Uint8Array) => (made = new Uint8Array(bytes)))
  doc.getText('t').insert(doc.getText('t').length, letters)
  return made
}

describe('the queue of edits that are not yet saved', () => {
  it('[SQ1] an edit leaves the queue only when the count covers the frame that carried it', () => {
    const removed: (string | number)[] = []
    const queue = new UnsentQueue((ids) => removed.push(...ids))
    const doc = new Y.Doc()
    queue.connected()
    queue.add(1, edit(doc, 'ก'))
    queue.sentNewest()
    queue.add(2, edit(doc, 'ข'))
    queue.sentNewest()
    queue.acknowledged(1)
    assert.deepEqual(removed, [1])
    assert.equal(queue.size, 1)
    queue.acknowledged(2)
    assert.equal(queue.size, 0)
  })

  it('[SQ2] counts of a connection that is gone cover nothing on the next', () => {
    const queue = new UnsentQueue(() => undefined)
    const doc = new Y.Doc()
    queue.connected()
    queue.add(1, edit(doc, 'ก'))
    queue.sentNewest()
    queue.connected()
    queue.acknowledged(1)
    assert.equal(queue.size, 1)
    queue.sentAll()
    queue.acknowledged(1)
    assert.equal(queue.size, 0)
  })

  it('[SQ3] the answer to step 1 is the queue merged, not the whole state', () => {
    const queue = new UnsentQueue(() => undefined)
    const doc = new Y.Doc()
    const first = edit(doc, 'บันทึกแล้ว ')
    queue.add(2, edit(doc, 'ยังไม่ถึง'))
    const other = new Y.Doc()
    Y.applyUpdate(other, first)
    Y.applyUpdate(other, queue.merged())
    assert.equal(other.getText('t').toString(), 'บันทึกแล้ว ยังไม่ถึง')
    assert.ok(queue.merged().length < Y.encodeStateAsUpdate(doc).length)
    assert.deepEqual(new UnsentQueue(() => undefined).merged(), new Uint8Array([0, 0]))
  })

  it('[SQ4] refused words are set aside clause by clause, only where the server lacks them', () => {
    const content = (texts: Record<string, string>): DraftContent => ({
      format: 'rangruam-draft/1',
      template: 'short',
      sections: [
        {
          id: 'background',
          choices: [],
          clauses: Object.entries(texts).map(([id, text]) => ({
            id: id as ClauseId,
            kind: 'text' as const,
            level: 0,
            runs: [{ text }],
          })),
        },
      ],
    })
    const aside = differencesBetween(
      content({ a: 'เหมือนกัน', b: 'ของเรา', c: 'ใหม่' }),
      content({ a: 'เหมือนกัน', b: 'ของกลาง' }),
    )
    assert.deepEqual(
      aside.map(({ clause, text }) => [clause, text]),
      [
        ['b', 'ของเรา'],
        ['c', 'ใหม่'],
      ],
    )
  })
})
