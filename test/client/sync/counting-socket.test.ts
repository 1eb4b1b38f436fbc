/** What goes out on a new connection: nothing before step 2, which carries all that waits. */
import assert from 'node:assert/strict'
import { countingSocket } from '../../../client/sync/counting-socket.ts'
import { UnsentQueue } from '../../../client/sync/unsent-queue.ts'

describe('the socket that counts frames of edits', () => {
  it('[SQ2] sends no single edit before step 2 and counts only what it sent', () => {
    const sent: number[][] = []
    class Bare {
      send(data: Uint8Array): void {
        sent.push([...data])
      }
    }
    const removed: (string | number)[] = []
    const queue = new UnsentQueue((ids) => removed.push(...ids))
    const socket = new (countingSocket(Bare as unknown as typeof WebSocket, queue))('ws://nowhere')
    queue.add('deletes words that were lost on the way', new Uint8Array([0, 0]))
    socket.send(new Uint8Array([0, 0, 1]))
    socket.send(new Uint8Array([0, 2, 9]))
    socket.send(new Uint8Array([0, 1, 9]))
    queue.add('later', new Uint8Array([0, 0]))
    socket.send(new Uint8Array([0, 2, 8]))
    assert.deepEqual(sent, [
      [0, 0, 1],
      [0, 1, 9],
      [0, 2, 8],
    ])
    queue.acknowledged(1)
    assert.deepEqual(removed, ['deletes words that were lost on the way'])
    queue.acknowledged(2)
    assert.equal(queue.size, 0)
  })
})
