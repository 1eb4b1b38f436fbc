/** One connection over HTTP by itself, with a clock that is turned by hand: when a page counts as gone, and when answers end. */
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { mock } from 'node:test'
import { HttpSocket } from '../../../server/collab/http-socket.ts'
import { carried } from '../../../shared/drafting/carried-frames.ts'

/** An answer that only remembers. */
class Answer extends EventEmitter {
  text = ''
  ended = false
  writeHead(): this {
    return this
  }
  write(text: string): boolean {
    this.text += text
    return true
  }
  end(): void {
    if (this.ended) return
    this.ended = true
    this.emit('close')
  }
  destroy(): void {
    this.end()
  }
}

describe('a connection over HTTP', () => {
  let forgotten = 0
  let left = 0
  let socket: HttpSocket
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setImmediate'] })
    forgotten = left = 0
    socket = new HttpSocket(() => (forgotten += 1))
    socket.on('close', () => (left += 1))
  })
  afterEach(() => mock.timers.reset())
  const ask = (after: number, poll = false): Answer => {
    const answer = new Answer()
    socket.answer(answer as unknown as ServerResponse, after, poll)
    return answer
  }

  it('[SY44] ten seconds without a request for frames: gone', () => {
    mock.timers.tick(9_000)
    const stream = ask(0)
    mock.timers.tick(24_000)
    assert.deepEqual([stream.ended, left], [false, 0])
    mock.timers.tick(1_000)
    assert.ok(stream.ended)
    mock.timers.tick(9_000)
    const next = ask(0)
    next.end()
    mock.timers.tick(10_000)
    mock.timers.tick(1)
    assert.deepEqual([left, forgotten, socket.closed?.code], [1, 1, 1006])
  })

  it('[SY44] a stream ends after 25 s or 256 kB, a held answer after 20 s or with what there is; a second request ends the first', () => {
    const held = ask(0, true)
    mock.timers.tick(19_000)
    assert.equal(held.ended, false)
    mock.timers.tick(1_000)
    assert.deepEqual([held.ended, held.text], [true, ''])
    const second = ask(0, true)
    const third = ask(0)
    assert.deepEqual([second.ended, third.ended], [true, false])
    socket.write(carried(new Uint8Array([1])))
    socket.write(carried(new Uint8Array(300_000)))
    socket.write(carried(new Uint8Array([2])))
    mock.timers.tick(1)
    assert.ok(third.ended)
    assert.deepEqual(third.text.match(/^id: \d+/gm), ['id: 1', 'id: 2'])
    assert.ok(socket.bufferedAmount > 300_000, 'nothing is forgotten that the page does not say it has')
    const fourth = ask(2)
    assert.ok(socket.bufferedAmount < 10)
    mock.timers.tick(1)
    assert.match(fourth.text, /^: open\n\nid: 3\n/)
  })

  it('[SY42] what was sent before a close comes before it', () => {
    socket.write(carried(new Uint8Array([7])))
    socket.close(4403, 'not allowed')
    socket.write(carried(new Uint8Array([8])))
    mock.timers.tick(1)
    assert.deepEqual([left, forgotten], [1, 0])
    const told = /id: 1\ndata: \S+\n\nevent: close\ndata: {"code":4403,"reason":"not allowed"}\n\n$/
    for (const poll of [true, false]) assert.match(ask(0, poll).text, told)
    mock.timers.tick(30_000)
    assert.deepEqual([left, forgotten], [1, 1])
  })
})
