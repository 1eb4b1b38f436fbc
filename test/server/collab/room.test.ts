/** The room over real sockets with the stock y-websocket client: seeing each other, durable before others, acknowledged, refused. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { WebsocketProvider } from 'y-websocket'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT, socketOf, startCollabServer, until, type CollabServer } from '../../support/collab-server.ts'

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
    for (const provider of open.splice(0)) provider.destroy()
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
    await new Promise((resolve) => setTimeout(resolve, 50))
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
})
