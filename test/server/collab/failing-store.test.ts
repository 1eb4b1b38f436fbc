/** A room whose store fails in the middle of its work: what was taken is neither dropped nor acknowledged too soon. */
import assert from 'node:assert/strict'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { DRAFT, startCollabServer, type CollabServer } from '../../support/collab-server.ts'
import { framed, rawClient } from '../../support/raw-client.ts'
import { until } from '../../support/waiting.ts'

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

  it('[SY4] a step 2 that is judged again does not cover a frame that was refused behind it', async () => {
    const { journal } = server
    const alice = await rawClient(server.port, 'alice', PATH)
    alice.send(framed(0, 1, new Uint8Array([0, 0])))
    await until('the room is there', () => alice.acknowledged() === 1)
    const { append } = journal
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    let asked = 0
    journal.append = async (...given) => {
      asked += 1
      await held
      return append(...given)
    }
    const [step2, large, small] = [updateOf('ก'), updateOf('ข'.repeat(150_000)), updateOf('ค')]
    alice.send(framed(0, 1, step2))
    await until('its append is on its way', () => asked === 1)
    alice.update(large)
    await until('the large one is refused', () => alice.refusals().length === 1)
    // Somebody else was first, so the step 2 is judged again.
    const entry = { draft: DRAFT.id, generation: 1, kind: 'restore-point' as const, by: 'server' as const, at: 0 }
    await append(1, [{ ...entry, bytes: new Uint8Array() }])
    alice.update(small)
    letGo()
    const stored = (): number => journal.all.filter(({ by }) => by === 'alice').length
    await until('both others are stored', () => stored() === 2)
    await until('what came before the refused one is acknowledged', () => alice.acknowledged() > 1)
    alice.send(framed(0, 1, small))
    await until('a later step 2 covers all', () => alice.acknowledged() === 5)
    const counts = alice.frames.filter((frame) => frame[0] === 100).map((frame) => frame[1])
    assert.deepEqual(new Set(counts), new Set([1, 2, 5]))
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
