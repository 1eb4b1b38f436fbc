/** A room whose store fails in the middle of its work: what was taken is neither dropped nor acknowledged too soon. */
import assert from 'node:assert/strict'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT, startCollabServer, until, type CollabServer } from '../../support/collab-server.ts'
import { framed, rawClient } from '../../support/raw-client.ts'

const PATH = `/collab/${DRAFT.id}.1?ack=1`

function updateOf(letter: string): Uint8Array {
  const doc = newDraftDoc()
  let made: Uint8Array = new Uint8Array()
  doc.on('update', (update: Uint8Array) => (made = update))
  sectionRoot(doc, 'background').insert(0, letter)
  return made
}

describe('a room whose store fails', () => {
  let server: CollabServer
  beforeEach(async () => {
    server = await startCollabServer()
  })
  afterEach(() => server.close())

  it('[SY4] while what others wrote cannot be read, what was taken waits and is stored, and sent again it is not acknowledged before that', async () => {
    const { journal } = server
    const alice = await rawClient(server.port, 'alice', PATH)
    alice.send(framed(0, 1, new Uint8Array([0, 0])))
    await until('the room is there', () => alice.acknowledged() === 1)
    // A service writes and its announcement is lost; then the store cannot be read for a while.
    const entry = { draft: DRAFT.id, generation: 1, kind: 'restore-point' as const, by: 'server' as const, at: 0 }
    await journal.append(1, [{ ...entry, bytes: new Uint8Array() }])
    const { read } = journal
    let failures = 0
    let isFailing = true
    journal.read = async (...given) => {
      if (!isFailing) return read(...given)
      failures += 1
      throw new Error('the store fails')
    }
    const edit = updateOf('ก')
    alice.update(edit)
    await until('reading failed', () => failures > 0)
    const again = await rawClient(server.port, 'alice', PATH)
    again.update(edit)
    await until('reading failed again', () => failures > 2)
    assert.equal(alice.acknowledged(), 1)
    assert.equal(again.acknowledged(), 0)
    isFailing = false
    await until('both are told', () => alice.acknowledged() === 2 && again.acknowledged() === 1)
    assert.equal(journal.all.filter(({ by }) => by === 'alice').length, 1)
  })

  it('[SY8] a draft that was opened again is open although the news of its entry was lost', async () => {
    const { journal, announcer } = server
    const entry = { draft: DRAFT.id, generation: 1, by: 'server' as const, at: 0, bytes: new Uint8Array() }
    await journal.append(1, [{ ...entry, kind: 'close' }])
    const alice = await rawClient(server.port, 'alice', PATH)
    alice.update(updateOf('ก'))
    await until('it is refused', () => alice.refusals().length === 1)
    // Its answer was lost; pressed again the service finds it open, and says so.
    await journal.append(2, [{ ...entry, kind: 'reopen' }])
    announcer.announce({ kind: 'draft-reopened', draft: DRAFT.id, seq: 3 })
    const questions = (): number => alice.frames.filter((frame) => frame[0] === 0 && frame[1] === 0).length
    await until('it is asked for what it has', () => questions() > 0)
  })
})
