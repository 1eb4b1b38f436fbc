/** Nodes that start at once: one makes the demo, the others wait; where it died another goes on. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inTurn } from '../../../server/demo/demo-turn.ts'
import { openStore, type Store } from '../../../server/store/store.ts'
import { pause } from '../../support/waiting.ts'

describe('whose turn it is to make the demo', () => {
  let dataDir = ''
  let store: Store
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rangruam-turn-'))
    store = await openStore({ dataDir })
  })
  after(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const goesOn = (): boolean => false

  it('[ND8] of nodes that start at once one is at it at a time, and each gets its turn', async () => {
    let atIt = 0
    let most = 0
    const make = async (): Promise<number> => {
      most = Math.max(most, (atIt += 1))
      await pause(50)
      return (atIt -= 1)
    }
    const made = await Promise.all(['a', 'b', 'c'].map((node) => inTurn(store.connection, node, goesOn, make)))
    assert.deepEqual([made, most], [[0, 0, 0], 1])
  })

  it('[ND8] a turn whose node died runs out; a node that stops waits no longer; a failure ends the turn', async () => {
    const turns = store.connection.model('turn')
    const until = new Date(Date.now() + 60_000)
    await turns.create({ _id: 'demo', holder: 'dead', until, v: 1 })
    assert.equal(
      await inTurn(
        store.connection,
        'a',
        () => true,
        async () => assert.fail('not its turn'),
      ),
      null,
    )
    await turns.updateOne({ _id: 'demo' }, { $set: { until: new Date(Date.now() - 1) } })
    await assert.rejects(
      inTurn(store.connection, 'a', goesOn, () => Promise.reject(new Error('no demo'))),
      /no demo/,
    )
    assert.equal(await inTurn(store.connection, 'b', goesOn, async () => 'made'), 'made')
  })
})
