/** The guard in a room, over real sockets: locked sections, closes that come from elsewhere, whose client ids, what is sent again, floods. */
import assert from 'node:assert/strict'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { WebsocketProvider } from 'y-websocket'
import type { EntryKind } from '../../../server/journal/journal.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { DRAFT, socketOf, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { framed, handUpdate, presenceOf, rawClient, rootItem, type RawClient } from '../../support/raw-client.ts'
import { pause, until } from '../../support/waiting.ts'

const PATH = `/collab/${DRAFT.id}.1?ack=1`
const STEP1 = framed(0, 0, new Uint8Array([0]))
const NOTHING = new Uint8Array([0, 0])
const letter = (section: SectionId) =>
  rootItem(`section:${section}`, 4, (encoder) => encoding.writeVarString(encoder, 'ก'))
const asked = (client: RawClient, from: number): boolean =>
  client.frames.slice(from).some((frame) => frame[0] === 0 && frame[1] === 0)

describe('room and guard', () => {
  let server: CollabServer
  const open: { close(): void }[] = []
  const raw = async (who: string): Promise<RawClient> => {
    const client = await rawClient(server.port, who, PATH)
    open.push(client.socket)
    return client
  }
  /** As a service, or another node, would. */
  const append = async (kind: EntryKind, section = '', told = true): Promise<number> => {
    const { id: draft, generation, workshop, group } = DRAFT
    const bytes = new TextEncoder().encode(section)
    const last = await server.journal.last(draft, generation)
    const outcome = await server.journal.append(last, [{ draft, generation, kind, by: 'server', at: 0, bytes }])
    const seq = outcome.last
    if (told) server.announcer.announce({ kind: 'draft-appended', draft, generation, seq, workshop, group })
    return seq
  }
  beforeEach(async () => {
    server = await startCollabServer()
  })
  afterEach(async () => {
    for (const one of open.splice(0)) one.close()
    await server.close()
  })

  it('[SY36] a locked section takes nothing and loses nothing: 101 section-locked with the seq of the lock; others go on; unlocked, it is asked for', async () => {
    const alice = await raw('alice')
    alice.update(handUpdate(7, 0, [letter('background'), letter('title')]))
    await until('acknowledged', () => alice.acknowledged() === 1)
    const lock = await append('lock', 'background')
    alice.update(handUpdate(7, 2, [letter('background')]))
    await until('the refusal came', () => alice.refusals().length === 1)
    assert.deepEqual(alice.refusals(), [`section-locked@${lock}`])
    const bob = await raw('bob')
    bob.update(handUpdate(8, 0, [letter('title')], [[7, 1, 1]]))
    await until('the other section is written', () => bob.acknowledged() === 1)
    bob.update(handUpdate(8, 1, [], [[7, 0, 1]]))
    await until('the deletion is refused', () => bob.refusals().length === 1)
    assert.deepEqual(bob.refusals(), [`section-locked@${lock}`])
    const stored = server.journal.all.length
    const heard = alice.frames.length
    await append('unlock', 'background')
    await until('it is asked for', () => asked(alice, heard))
    alice.send(framed(0, 1, handUpdate(7, 2, [letter('background')])))
    await until('the count covers it', () => alice.acknowledged() === 3)
    assert.equal(server.journal.all.length, stored + 2)
  })

  it('[SY37] what waits while a close comes from elsewhere is judged again: nothing lands behind the close', async () => {
    const alice = await raw('alice')
    const { journal } = server
    const stored = journal.append
    let closed = 0
    journal.append = async (after, entries) => {
      const outcome = await stored(after, entries)
      if (closed > 0 || entries[0]?.by !== 'alice') return outcome
      // Durable, and the room does not know it yet: the next frame is judged, then the draft is closed by a service.
      alice.update(handUpdate(7, 1, [letter('background')]))
      await pause(50)
      closed = 1
      closed = await append('close')
      return outcome
    }
    alice.update(handUpdate(7, 0, [letter('background')]))
    await until('the second is refused', () => alice.refusals().length === 1)
    assert.deepEqual(alice.refusals(), [`draft-closed@${closed}`])
    assert.equal(alice.acknowledged(), 1)
    assert.equal(journal.all.at(-1)?.kind, 'close')
  })

  it('[RE5] the client ids of a restore are nobody’s: whoever writes under one is closed, who asked for it too', async () => {
    const { id: draft, generation, workshop, group } = DRAFT
    const doc = newDraftDoc()
    for (const { bytes } of server.journal.all) Y.applyUpdate(doc, bytes)
    doc.clientID = 900
    const before = Y.encodeStateVector(doc)
    sectionRoot(doc, 'background').insert(0, 'กลับมา', {})
    const update = Y.encodeStateAsUpdate(doc, before)
    const witness = await raw('bob')
    witness.send(STEP1)
    const made = { draft, generation, by: 'alice' as PersonId, at: 0 }
    const last = await server.journal.last(draft, generation)
    const { last: seq } = await server.journal.append(last, [
      { ...made, kind: 'restore-point', bytes: new TextEncoder().encode('{}') },
      { ...made, kind: 'update', bytes: update },
    ])
    const heard = witness.frames.length
    server.announcer.announce({ kind: 'draft-appended', draft, generation, seq, workshop, group })
    await until('the restore is told', () => witness.frames.length > heard)
    const alice = await raw('alice')
    alice.update(handUpdate(900, 6, [letter('background')]))
    assert.equal(await alice.closedWith(), 4403)
    alice.socket.close()
    const again = await raw('alice')
    again.update(handUpdate(901, 0, [letter('background')]))
    await until('other ids are written under', () => again.acknowledged() === 1)
  })

  it('[SY38] a client id belongs to whoever told it first, by presence too; a person’s own tab may come back with it', async () => {
    const alice = await raw('alice')
    alice.send(STEP1)
    alice.send(presenceOf(500, { caret: 1 }))
    alice.update(NOTHING)
    await until('alice is heard', () => alice.acknowledged() === 1)
    const mallory = await raw('mallory')
    mallory.send(STEP1)
    mallory.send(presenceOf(500, { caret: 2 }))
    mallory.update(NOTHING)
    await until('mallory is heard', () => mallory.acknowledged() === 1)
    assert.deepEqual(server.collab.peopleIn(DRAFT.id), ['alice'])
    mallory.update(handUpdate(500, 0, [letter('background')]))
    assert.equal(await mallory.closedWith(), 4403)
    const again = await raw('alice')
    again.send(presenceOf(500, { caret: 3 }))
    again.update(handUpdate(500, 0, [letter('background')]))
    await until('acknowledged', () => again.acknowledged() === 1)
    alice.socket.close()
    await until('the old connection is gone', () => alice.closed() !== null)
    await pause(50)
    assert.deepEqual(server.collab.peopleIn(DRAFT.id), ['alice'], 'the new connection stays')
  })

  it('[SY38] an id that was only told and never written with is free again when its socket closes', async () => {
    const alice = await raw('alice')
    alice.send(presenceOf(501, {}))
    alice.update(NOTHING)
    await until('alice is heard', () => alice.acknowledged() === 1)
    alice.socket.close()
    await until('alice is gone', () => alice.closed() !== null)
    await pause(50)
    const bob = await raw('bob')
    bob.update(handUpdate(501, 0, [letter('background')]))
    await until('bob may use it', () => bob.acknowledged() === 1)
  })

  it('[SY33] a stock client that comes back sends its whole delete set: it is stored once at most, then only acknowledged', async () => {
    const doc = newDraftDoc()
    const connect = (): WebsocketProvider => {
      const provider = new WebsocketProvider(server.url, `${DRAFT.id}.1`, doc, {
        WebSocketPolyfill: socketOf('alice'),
        disableBc: true,
      })
      open.push({
        close: () => {
          provider.destroy()
          provider.awareness.destroy()
        },
      })
      return provider
    }
    const provider = connect()
    await until('synced', () => provider.synced)
    const root = sectionRoot(doc, 'background')
    for (const text of 'กขคงจฉ') root.insert(root.length, text)
    root.delete(root.length - 3, 3)
    await until('durable', () => server.journal.all.length === 8)
    for (let i = 0; i < 3; i++) {
      const seen = server.journal.all.length
      provider.disconnect()
      provider.connect()
      await until('synced again', () => provider.synced)
      root.insert(root.length, 'ช')
      await until('it writes on', () => server.journal.all.length > seen)
      assert.equal(server.journal.all.length, seen + 1)
    }
  })

  it('[SY5] who comes back with letters that are not sent yet, and deletes some at once, is asked, not closed', async () => {
    const doc = newDraftDoc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const root = sectionRoot(doc, 'background')
    for (const text of ['กขค', 'งจ']) root.insert(root.length, text)
    root.delete(1, 1)
    const alice = await raw('alice')
    alice.send(STEP1)
    alice.update(updates[2]!)
    alice.send(framed(0, 1, Y.mergeUpdates(updates)))
    await until('the step 2 covers it', () => alice.acknowledged() === 2)
    assert.equal(alice.closed(), null)
    alice.update(handUpdate(doc.clientID, 5, [], [[doc.clientID, 40, 1]]))
    assert.equal(await alice.closedWith(), 4400)
  })

  it('[SY3] a flood of step 1 is answered a few times; others are served meanwhile', async () => {
    const mallory = await raw('mallory')
    const before = mallory.frames.length
    for (let i = 0; i < 20_000; i++) mallory.send(STEP1)
    const alice = await raw('alice')
    const from = performance.now()
    alice.update(handUpdate(7, 0, [letter('background')]))
    await until('alice is served', () => alice.acknowledged() === 1)
    assert.ok(performance.now() - from < 1000)
    await pause(500)
    const answers = mallory.frames.slice(before).filter((frame) => frame[0] === 0 && frame[1] === 1).length
    assert.ok(answers >= 1 && answers <= 10, `${answers} answers`)
  })

  it('[SY34] a paste with U+FEFF, bidi and zero-width letters and half an emoji is saved and read by others as it is', async () => {
    const alice = await raw('alice')
    const doc = newDraftDoc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const root = sectionRoot(doc, 'background')
    for (const text of ['\uFEFFก', '\u202Eข\u200B', '😀', '\uD83D', 'ค']) root.insert(root.length, text)
    for (const update of updates) alice.update(update)
    await until('all are acknowledged', () => alice.acknowledged() === updates.length)
    const read = newDraftDoc()
    for (const { kind, bytes } of server.journal.all) if (kind === 'update') Y.applyUpdate(read, bytes)
    assert.ok(sectionRoot(read, 'background').toString().includes('\uFEFFก\u202Eข\u200B😀\uFFFDค'))
  })
})
