/** A room whose store does not answer: what comes waits up to a bound, beyond it nothing is taken, and when the store is back everything is there once. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import type { DraftSync } from '../../../client/sync/draft-sync.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { openDraft } from '../../support/open-draft.ts'
import { framed, rawClient } from '../../support/raw-client.ts'
import { pause, until } from '../../support/waiting.ts'

/** So little that some fifty frames fill it. */
const MOST = 24_000

describe('a room whose store does not answer', () => {
  let server: CollabServer
  const open: DraftSync[] = []
  const mend = (): void => {
    server.journal.before = async () => undefined
  }
  beforeEach(async () => {
    server = await startCollabServer({ mostOfRoom: MOST })
  })
  afterEach(async () => {
    mend()
    for (const sync of open.splice(0)) sync.destroy()
    await server.close()
  })

  it('[SY60][DV18] what comes waits; beyond the bound nothing is taken and the page says so; afterwards everything is there once, in order', async () => {
    const writers = await Promise.all(['alice', 'bob'].map((who) => openDraft(server.port, who)))
    open.push(...writers)
    await until('all synced', () => writers.every(({ status }) => status.synced && status.save === 'saved'))
    server.journal.before = () => Promise.reject(new Error('the store fails'))
    const typed = writers.map(() => '')
    const type = async (letters: number): Promise<void> => {
      for (let n = 0; n < letters; n++) {
        for (const [at, { back }] of writers.entries()) {
          const letter = String.fromCharCode(0x0e01 + (n % 46))
          typed[at] += letter
          const root = sectionRoot(back, at === 0 ? 'background' : 'target_groups')
          root.insert(root.length, letter)
        }
        await pause(1)
      }
    }
    await type(10)
    assert.ok(writers.every(({ status }) => !status.storeAway && status.save === 'sending'))
    await type(90)
    await until('both are turned away', () => writers.every(({ status }) => status.storeAway))
    assert.ok(writers.every(({ status, unsent }) => status.save === 'local' && unsent === 100 && !status.offline))
    assert.ok(writers.every(({ status }) => status.refused === null && status.aside.length === 0))
    const before = server.journal.all.length
    mend()
    await until('all saved', () => writers.every(({ status }) => status.save === 'saved' && !status.storeAway))
    const reader = await openDraft(server.port, 'reader')
    open.push(reader)
    await until('the reader is synced', () => reader.status.synced)
    for (const [at, section] of (['background', 'target_groups'] as const).entries())
      assert.equal(sectionRoot(reader.back, section).toString().replaceAll('[object Object]', ''), typed[at])
    // Letters of one frame make one entry: what had been taken singly came singly, the rest at one go.
    assert.ok(server.journal.all.length > before + 20 && server.journal.all.length < before + 180)
  })

  it('[SY60] who was turned away is told once, and a room that has room again asks once', async () => {
    const alice = await rawClient(server.port, 'alice', `/collab/${DRAFT.id}.1?ack=1`)
    alice.send(framed(0, 1, new Uint8Array([0, 0])))
    await until('the room is there', () => alice.acknowledged() === 1)
    server.journal.before = () => Promise.reject(new Error('the store fails'))
    const updates: Uint8Array[] = []
    const doc = newDraftDoc()
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let n = 0; n < 100; n++) sectionRoot(doc, 'background').insert(n, 'ก')
    const questions = (): number => alice.frames.filter((frame) => frame[0] === 0 && frame[1] === 0).length
    for (const update of updates) alice.update(update)
    await until('it is told', () => alice.refusals().length > 0)
    await pause(50)
    assert.deepEqual(alice.refusals(), ['store-away@1'])
    assert.equal(questions(), 0)
    mend()
    await until('it is asked', () => questions() > 0)
    const taken = alice.acknowledged()
    assert.ok(taken > 10 && taken < 101, `${taken} of 101 frames were taken`)
    alice.send(framed(0, 1, Y.mergeUpdates(updates)))
    await until('all is durable', () => alice.acknowledged() === 102)
    assert.equal(questions(), 1)
    assert.equal(alice.closed(), null)
  })

  /** A page that writes while nobody can say what it may do. */
  async function turnedAway(): Promise<DraftSync> {
    const alice = await openDraft(server.port, 'alice')
    open.push(alice)
    await until('it is synced', () => alice.status.synced && alice.status.save === 'saved')
    server.access.get = () => {
      throw new Error('the store fails')
    }
    server.announcer.announce({ kind: 'phase-moved', workshop: DRAFT.workshop } as never)
    await until('deciding failed', () => server.logged.some((line) => line.includes('the store fails')))
    sectionRoot(alice.back, 'background').insert(0, 'ก')
    await until('it is turned away', () => alice.status.storeAway && alice.status.save === 'local')
    assert.deepEqual([alice.status.refused, alice.status.aside.length, alice.unsent], [null, 0, 1])
    return alice
  }

  it('[SY60] who cannot be judged because the store is away is turned away, not refused, and writes again by itself', async () => {
    const { get } = server.access
    const alice = await turnedAway()
    server.access.get = get
    await until('it is saved', () => alice.status.save === 'saved')
  })

  it('[SY60] who was turned away while the store was away and may only read afterwards is refused, not left waiting', async () => {
    const alice = await turnedAway()
    server.access.get = () => 'read'
    await until('it is refused', () => alice.status.refused !== null)
  })
})
