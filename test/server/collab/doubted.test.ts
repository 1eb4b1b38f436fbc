/** A page at a node that has not heard of what it has: what looks broken is taken once the journal has been read, and closed where it is broken. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import type { Nodes } from '../../../server/announce/nodes.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { DRAFT, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { framed, rawClient, type RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/waiting.ts'

const PATH = `/collab/${DRAFT.id}.1?ack=1`

/** Another node is there, and says nothing. */
const SILENT: Nodes = {
  id: 'here',
  url: '',
  prefix: '',
  connected: true,
  others: new Set(['there']),
  send: () => undefined,
  listen: () => () => undefined,
  close: async () => undefined,
}

const questions = ({ frames }: RawClient): number => frames.filter((frame) => frame[0] === 0 && frame[1] === 0).length

/** What bob wrote at the other node, and what alice, who saw it there, made of it. */
function written(change: (root: Y.XmlText) => void): { readonly bob: Uint8Array; readonly alice: Uint8Array } {
  const doc = newDraftDoc()
  sectionRoot(doc, 'background').insert(0, 'ก')
  const bob = Y.encodeStateAsUpdate(doc)
  const other = newDraftDoc()
  Y.applyUpdate(other, bob)
  let alice: Uint8Array = new Uint8Array()
  other.on('update', (update: Uint8Array) => (alice = update))
  change(sectionRoot(other, 'background'))
  return { bob, alice }
}

describe('doubted', () => {
  let server: CollabServer
  beforeEach(async () => {
    server = await startCollabServer({ nodes: SILENT })
  })
  afterEach(() => server.close())

  /** The other node appends, and this one is not told. */
  const elsewhere = (bytes: Uint8Array): Promise<unknown> => {
    const { id: draft, generation } = DRAFT
    return server.journal.append(1, [{ draft, generation, kind: 'update', by: 'bob' as PersonId, at: 0, bytes }])
  }
  /** A page that is there, and has sent all it had. */
  const joined = async (): Promise<RawClient> => {
    const alice = await rawClient(server.port, 'alice', PATH)
    alice.send(framed(0, 0, new Uint8Array(1)))
    await until('it is asked', () => questions(alice) === 1)
    return alice
  }

  it('[ND11] edits behind a text of which the node has not heard are asked for once more, and saved', async () => {
    const { bob, alice: edits } = written((root) => root.insert(root.length, 'ข'))
    const alice = await joined()
    await elsewhere(bob)
    alice.send(framed(0, 1, edits))
    await until('it is asked again', () => questions(alice) === 2)
    assert.equal(alice.acknowledged(), 0)
    alice.send(framed(0, 1, edits))
    await until('both frames are acknowledged', () => alice.acknowledged() === 2)
    assert.equal(server.journal.all.length, 3)
    assert.equal(alice.closed(), null)
    alice.socket.close()
  })

  it('[ND11] a deletion of a text of which the node has not heard is asked for once more, and saved', async () => {
    const { bob, alice: deletion } = written((root) => root.delete(0, 1))
    const alice = await joined()
    alice.send(framed(0, 1, new Uint8Array(2)))
    await until('it has nothing more', () => alice.acknowledged() === 1)
    await elsewhere(bob)
    alice.update(deletion)
    await until('it is asked again', () => questions(alice) === 2)
    alice.send(framed(0, 1, deletion))
    await until('all frames are acknowledged', () => alice.acknowledged() === 3)
    assert.equal(server.journal.all.length, 3)
    alice.socket.close()
  })

  it('[ND11] where the journal has no predecessor either, the second answer is closed', async () => {
    const { alice: edits } = written((root) => root.insert(root.length, 'ข'))
    const alice = await joined()
    alice.send(framed(0, 1, edits))
    await until('it is asked again', () => questions(alice) === 2)
    alice.send(framed(0, 1, edits))
    assert.equal(await alice.closedWith(), 4400)
    assert.equal(server.journal.all.length, 1)
  })
})
