/** What a page that comes back to a large draft gets. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { KnownText } from '../../../server/collab/known-text.ts'
import type { Message } from '../../../server/collab/frames.ts'
import { Returning } from '../../../server/collab/returning.ts'
import { RoomText } from '../../../server/collab/room-text.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { Entry } from '../../../server/journal/journal.ts'
import { compactHere, DRAFT, missingHere, startCollabServer } from '../../support/collab-server.ts'
import { randomOf } from '../../../shared/random.ts'
import { framed, rawClient } from '../../support/raw-client.ts'
import { until } from '../../support/waiting.ts'

const entry = (seq: number, bytes: Uint8Array): Entry => ({
  draft: DRAFT.id,
  generation: 1,
  seq,
  kind: 'update',
  by: 'ann' as never,
  at: 0,
  bytes,
})
const load = async (updates: readonly Uint8Array[]): Promise<RoomText> =>
  RoomText.load(
    new KnownText(SHORT_TEMPLATE.id, false),
    null,
    updates.map((bytes, at) => entry(at + 1, bytes)),
  )

/** Somebody who writes and deletes here and there; each edit is an update. */
function writer(seed: number): { readonly doc: Y.Doc; readonly updates: Uint8Array[]; edit(): void } {
  const random = randomOf(seed)
  const doc = newDraftDoc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const root = sectionRoot(doc, 'background')
  return {
    doc,
    updates,
    edit() {
      const at = Math.floor(random() * (root.length + 1))
      if (random() < 0.3 && root.length > at) root.delete(at, Math.min(3, root.length - at))
      else root.insert(at, 'กขค'.slice(0, 1 + Math.floor(random() * 3)))
      if (random() < 0.05) doc.clientID = Math.floor(random() * 2 ** 32)
    },
  }
}
const textOf = (doc: Y.Doc): string => sectionRoot(doc, 'background').toString()
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('coming back to a large draft', () => {
  it('[SY25] with what is missing any older copy is as if it had got all, whether the text was compacted or not', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { doc, updates, edit } = writer(seed)
      const copy = newDraftDoc()
      const left = (seed * 7) % 80
      for (let n = 0; n < 120; n++) {
        edit()
        if (n === left) Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
      }
      // What it wrote itself while it was away.
      sectionRoot(copy, 'background').insert(0, 'own')
      const cut = (seed * 11) % updates.length
      const held = seed % 2 === 0 ? updates : [await compactHere(updates.slice(0, cut)), ...updates.slice(cut)]
      const all = newDraftDoc()
      for (const update of [Y.encodeStateAsUpdate(copy), ...held]) Y.applyUpdate(all, update)
      Y.applyUpdate(copy, await missingHere(held, Y.encodeStateVector(copy)))
      assert.equal(textOf(copy), textOf(all), `seed ${seed}`)
      assert.deepEqual(Y.encodeStateVector(copy), Y.encodeStateVector(all), `seed ${seed}`)
      assert.equal(copy.store.pendingStructs, null, `seed ${seed}`)
    }
  })

  it('[SY25] a client that has nearly all of a draft gets little of it; one that has nothing gets it whole', async () => {
    const server = await startCollabServer({ empty: true })
    try {
      const path = `/collab/${DRAFT.id}.1?ack=1`
      const ann = await rawClient(server.port, 'ann', path)
      const doc = newDraftDoc()
      doc.on('update', (update: Uint8Array) => ann.update(update))
      sectionRoot(doc, 'background').insert(0, 'x'.repeat(100_000))
      const state = Y.encodeStateVector(doc)
      sectionRoot(doc, 'background').insert(5, 'ข')
      sectionRoot(doc, 'background').delete(10, 4)
      await until('all is durable', () => ann.acknowledged() === 3)
      const got = async (has: Uint8Array): Promise<number> => {
        const back = await rawClient(server.port, 'ben', path)
        back.send(framed(0, 0, has))
        const answered = (): boolean => back.frames.some((frame) => frame[0] === 0 && frame[1] === 1)
        await until('it was answered', answered)
        back.socket.close()
        return back.frames.reduce((sum, { length }) => sum + length, 0)
      }
      assert.ok((await got(state)) < 300)
      assert.ok((await got(new Uint8Array([0]))) > 100_000)
      assert.ok((await got(new Uint8Array([200, 1, 1]))) > 100_000, 'a state vector that is none')
    } finally {
      await server.close()
    }
  })

  it('[SY25] what becomes durable meanwhile comes too; all is sent where a base has it, or the answer fails', async () => {
    const { updates, edit } = writer(3)
    for (let n = 0; n < 20; n++) edit()
    const text = await load(updates.slice(0, 10))
    const answers: ((bytes: Uint8Array | null) => void)[] = []
    const returning = new Returning(
      () =>
        new Promise((resolve, reject) => {
          answers.push((bytes) => (bytes === null ? reject(new Error('no worker')) : resolve(bytes)))
        }),
      0,
    )
    const sent: (readonly Message[])[] = []
    const come = (state: number): void =>
      returning.answer('draft.1', text, new Uint8Array([1, state, 1]), (messages) => sent.push(messages))
    come(1)
    come(1)
    come(2)
    assert.deepEqual([answers.length, sent.length], [2, 0], 'two who lack the same share an answer')
    text.takeIn(entry(11, updates[10]!), true)
    answers[0]!(new Uint8Array([0, 0]))
    answers[1]!(null)
    await settled()
    assert.deepEqual(
      sent.map(({ length }) => length),
      [2, 2, 11],
    )
    assert.deepEqual(sent[0]![1], text.messages[10])
    come(3)
    text.useBase({ draft: DRAFT.id, generation: 1, upTo: 11, bytes: await compactHere(text.updates) })
    text.takeIn(entry(12, updates[11]!), true)
    answers[2]!(new Uint8Array([0, 0]))
    await settled()
    assert.deepEqual(sent[3]?.length, 2, 'a newer base comes whole only where it holds what came meanwhile')
    come(4)
    text.takeIn(entry(13, updates[12]!), true)
    text.useBase({ draft: DRAFT.id, generation: 1, upTo: 13, bytes: await compactHere(text.updates) })
    answers[3]!(new Uint8Array([0, 0]))
    await settled()
    assert.deepEqual(sent[4], text.messages)
    for (let state = 5; state < 30; state++) come(state)
    assert.equal(answers.length, 4 + 20, 'twenty questions at once')
    assert.equal(sent.length, 5 + 5, 'the others get all')
  })
})
