/** What a page and the document port say to each other beside edits: is anybody there, is my form known, do words wait. */
import assert from 'node:assert/strict'
import { sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT_SCHEMA } from '../../../shared/drafting/schema-version.ts'
import { DRAFT, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { openDraft } from '../../support/open-draft.ts'
import { rawClient } from '../../support/raw-client.ts'
import { until } from '../../support/waiting.ts'

describe('a page and the document port', function () {
  this.timeout(10_000)
  let server: CollabServer
  beforeEach(async () => {
    server = await startCollabServer()
  })
  afterEach(() => server.close())

  it('[DV13] a ping is answered with the same number, behind everything that was sent before', async () => {
    const client = await rawClient(server.port, 'alice', `/collab/${DRAFT.id}.1?ack=1`)
    client.send(new Uint8Array([0, 0, 1, 0]))
    client.send(new Uint8Array([103, 7]))
    await until('the answer came', () => client.frames.some((frame) => frame[0] === 103))
    assert.deepEqual([...(client.frames.find((frame) => frame[0] === 103) ?? [])], [103, 7])
    assert.ok(client.frames.findIndex((frame) => frame[0] === 103) > 0)
    client.socket.close()
  })

  it('[DV9] a page of another form is closed with 4410 before it is in the room; the stock client says none', async () => {
    const path = `/collab/${DRAFT.id}.1?ack=1`
    const old = await rawClient(server.port, 'alice', `${path}&schema=${DRAFT_SCHEMA + 1}`)
    assert.equal(await old.closedWith(), 4410)
    assert.equal(old.frames.length, 0)
    for (const known of [path, `${path}&schema=${DRAFT_SCHEMA}`]) {
      const client = await rawClient(server.port, 'alice', known)
      client.send(new Uint8Array([0, 0, 1, 0]))
      await until('it is in the room', () => client.frames.length > 0)
      client.socket.close()
    }
  })

  it('[DV14] others are told who has words that do not get through, and that they did', async () => {
    const [alice, bob] = [await openDraft(server.port, 'alice'), await openDraft(server.port, 'bob')]
    await until('both are synced', () => alice.status.synced && bob.status.synced)
    const told = (): boolean =>
      [...bob.awareness.getStates().values()].some((state) => (state as { unsent?: unknown }).unsent === true)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    server.journal.before = () => held
    sectionRoot(alice.back, 'background').insert(0, 'ก')
    await until('bob is told', told)
    assert.equal(alice.status.save, 'sending')
    release()
    await until('bob is told again', () => !told())
    assert.equal(alice.status.save, 'saved')
    alice.destroy()
    bob.destroy()
  })
})
