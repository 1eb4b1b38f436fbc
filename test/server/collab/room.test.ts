/** The room over real sockets with the stock y-websocket client: seeing each other, durable before others, acknowledged, refused. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { WebsocketProvider } from 'y-websocket'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT, socketOf, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { framed, rawClient } from '../../support/raw-client.ts'
import { pause, until } from '../../support/waiting.ts'

const PATH = `/collab/${DRAFT.id}.1?ack=1`

/** Updates of one writer, one for each letter. */
function updatesOf(letters: string): Uint8Array[] {
  const doc = newDraftDoc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const root = sectionRoot(doc, 'background')
  for (const letter of letters) root.insert(root.length, letter)
  return updates
}

describe('room', () => {
  let server: CollabServer
  const open: WebsocketProvider[] = []
  const stock = (who: string): { doc: Y.Doc; provider: WebsocketProvider } => {
    const doc = newDraftDoc()
    const provider = new WebsocketProvider(server.url, `${DRAFT.id}.1`, doc, {
      WebSocketPolyfill: socketOf(who),
      disableBc: true,
    })
    open.push(provider)
    return { doc, provider }
  }
  const text = (doc: Y.Doc): string => sectionRoot(doc, 'background').toString()
  const type = (doc: Y.Doc, letters: string): void => {
    const root = sectionRoot(doc, 'background')
    root.insert(root.length, letters)
  }

  beforeEach(async () => {
    server = await startCollabServer()
  })
  afterEach(async () => {
    for (const provider of open.splice(0)) {
      provider.destroy()
      provider.awareness.destroy()
    }
    await server.close()
  })

  it('[SY1] two stock clients see each other, and what they type is in the journal with its sender', async () => {
    const alice = stock('alice')
    const bob = stock('bob')
    await until('both synced', () => alice.provider.synced && bob.provider.synced)
    type(alice.doc, 'ก')
    await until('bob sees it', () => text(bob.doc).includes('ก'))
    type(bob.doc, 'ข')
    await until('alice sees it', () => text(alice.doc).includes('ข'))
    assert.equal(text(alice.doc), text(bob.doc))
    assert.deepEqual(
      server.journal.all.map(({ by }) => by),
      ['server', 'alice', 'bob'],
    )
  })

  it('[SY2] nobody gets an update before it is durable', async () => {
    const alice = stock('alice')
    const bob = stock('bob')
    await until('both synced', () => alice.provider.synced && bob.provider.synced)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let waiting = false
    server.journal.before = () => {
      waiting = true
      return held
    }
    type(alice.doc, 'ก')
    await until('the append is waiting', () => waiting)
    await pause(50)
    assert.ok(!text(bob.doc).includes('ก'))
    release()
    await until('bob sees it', () => text(bob.doc).includes('ก'))
  })

  it('[SY3] a joiner gets everything, and is synced', async () => {
    const alice = stock('alice')
    await until('alice synced', () => alice.provider.synced)
    for (const letter of 'หนังสือ') type(alice.doc, letter)
    await until('all durable', () => server.journal.all.length >= 8)
    const bob = stock('bob')
    await until('bob synced', () => bob.provider.synced)
    assert.equal(text(bob.doc), text(alice.doc))
  })

  it('[SY4] frames 0,1 and 0,2 are counted alike, and the count rises only with what is durable', async () => {
    const alice = await rawClient(server.port, 'alice', PATH)
    const [first, second, third] = updatesOf('กขค') as [Uint8Array, Uint8Array, Uint8Array]
    alice.update(first)
    await until('one is acknowledged', () => alice.acknowledged() === 1)
    let fail = true
    server.journal.before = async () => {
      if (fail) throw new Error('disk full')
    }
    alice.send(framed(0, 1, second))
    await until('the store was asked', () => server.logged.some((line) => line.includes('disk full')))
    assert.equal(alice.acknowledged(), 1)
    fail = false
    await until('two are acknowledged', () => alice.acknowledged() === 2)
    alice.update(third)
    alice.update(third)
    await until('four are acknowledged', () => alice.acknowledged() === 4)
    assert.equal(
      server.journal.all.filter(({ by }) => by === 'alice').length,
      3,
      'a frame sent again is not stored again',
    )
    alice.socket.close()
  })

  it('[SY5] a missing predecessor stops the count, is asked for by a step 1, and is covered by the next step 2', async () => {
    const alice = await rawClient(server.port, 'alice', PATH)
    const updates = updatesOf('กขคง')
    alice.update(updates[0]!)
    alice.update(updates[2]!)
    await until('a step 1 came', () => alice.frames.some((frame) => frame[0] === 0 && frame[1] === 0))
    assert.equal(alice.acknowledged(), 1)
    alice.send(framed(0, 1, Y.mergeUpdates(updates.slice(1))))
    await until('all three are acknowledged', () => alice.acknowledged() === 3)
    alice.socket.close()
  })

  it('[SY6] an update that would land behind a close is refused with its seq, wherever the close came from', async () => {
    const alice = await rawClient(server.port, 'alice', PATH)
    const [first, second] = updatesOf('กข') as [Uint8Array, Uint8Array]
    alice.update(first)
    await until('one is acknowledged', () => alice.acknowledged() === 1)
    // A service, or another node, closes without the room being told.
    const { id: draft, generation } = DRAFT
    await server.journal.append(2, [{ draft, generation, kind: 'close', by: 'server', at: 0, bytes: new Uint8Array() }])
    alice.update(second)
    await until('the refusal came', () => alice.refusals().length === 1)
    assert.deepEqual(alice.refusals(), ['draft-closed@3'])
    assert.equal(alice.acknowledged(), 1)
    assert.equal(server.journal.all.length, 3)
    // Opened again, it is asked for what it has.
    const before = alice.frames.length
    await server.journal.append(3, [
      { draft, generation, kind: 'reopen', by: 'server', at: 0, bytes: new Uint8Array() },
    ])
    const { workshop, group } = DRAFT
    server.announcer.announce({ kind: 'draft-appended', draft, generation, seq: 4, workshop, group })
    await until('a step 1 came', () => alice.frames.slice(before).some((frame) => frame[0] === 0 && frame[1] === 0))
    alice.send(framed(0, 1, second))
    await until('the count covers it', () => alice.acknowledged() === 3)
    alice.socket.close()
  })

  it('[SY7] a raw socket with a reader’s cookie sends an honest update: nothing changes, and it is told why', async () => {
    server.access.set('reader', 'read')
    const reader = await rawClient(server.port, 'reader', PATH)
    reader.send(framed(0, 1, new Uint8Array([0, 0])))
    await until('an empty answer is acknowledged', () => reader.acknowledged() === 1)
    reader.update(updatesOf('ก')[0]!)
    await until('the refusal came', () => reader.refusals().length === 1)
    assert.deepEqual(reader.refusals(), ['read-only@1'])
    assert.equal(server.journal.all.length, 1)
    assert.equal(reader.closed(), null)
    reader.socket.close()
  })

  it('[SY8] access is decided again when a phase moves; a revoked person and an ended session are closed at once', async () => {
    const alice = await rawClient(server.port, 'alice', PATH)
    const bob = await rawClient(server.port, 'bob', PATH)
    const [first, second] = updatesOf('กข') as [Uint8Array, Uint8Array]
    alice.update(first)
    bob.send(framed(0, 1, new Uint8Array([0, 0])))
    await until('both are in', () => alice.acknowledged() === 1 && bob.acknowledged() === 1)
    server.access.set('alice', 'read')
    server.announcer.announce({ kind: 'phase-moved', workshop: DRAFT.workshop, phase: 'plenary' })
    await pause(20)
    alice.update(second)
    await until('the refusal came', () => alice.refusals().length === 1)
    server.announcer.announce({ kind: 'person-revoked', person: 'alice' as never })
    server.announcer.announce({ kind: 'session-ended', session: 'bob' })
    assert.equal(await alice.closedWith(), 4401)
    assert.equal(await bob.closedWith(), 4401)
  })

  it('[SY9] presence carries the server’s name whatever it says, and goes when its socket closes', async () => {
    const alice = stock('alice')
    const bob = stock('bob')
    await until('both synced', () => alice.provider.synced && bob.provider.synced)
    bob.provider.awareness.setLocalState({ user: { name: 'Somchai', id: 'alice' }, caret: 3 })
    const seen = () => alice.provider.awareness.getStates().get(bob.doc.clientID)
    await until('alice sees bob’s caret', () => seen()?.['caret'] !== undefined)
    assert.deepEqual(seen(), { user: { name: 'bob S.', id: 'bob' }, caret: 3 })
    assert.deepEqual([...server.collab.peopleIn(DRAFT.id)].sort(), ['alice', 'bob'])
    bob.provider.destroy()
    await until('alice sees bob go', () => seen() === undefined)
  })

  it('[SY14] rooms are compacted, and a joiner reads the same text from the base', async () => {
    const alice = await rawClient(server.port, 'alice', PATH)
    const letters = 'กขคง'.repeat(300)
    for (const update of updatesOf(letters)) alice.update(update)
    await until('all are acknowledged', () => alice.acknowledged() === letters.length)
    await server.collab.tidy()
    assert.equal((await server.journal.base(DRAFT.id, 1))?.upTo, letters.length + 1)
    const bob = stock('bob')
    await until('bob synced', () => bob.provider.synced)
    assert.ok(text(bob.doc).includes(letters))
    alice.socket.close()
  })
})
