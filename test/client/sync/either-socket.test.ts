/** Which way frames take: what is tried, when HTTP is taken, and how a page finds back to its WebSocket. */
import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { EitherSocket } from '../../../client/sync/either-socket.ts'

/** A socket of which a test says what becomes of it. */
class Fake extends EventTarget {
  static made: Fake[] = []
  readonly url: string
  closed = false
  constructor(url: string) {
    super()
    this.url = url
    Fake.made.push(this)
  }
  close(): void {
    this.end(1000)
  }
  open(): void {
    this.dispatchEvent(new Event('open'))
  }
  hear(): void {
    this.dispatchEvent(new Event('message'))
  }
  end(code = 1006): void {
    if (this.closed) return
    this.closed = true
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}
class Direct extends Fake {}
class Http extends Fake {}
class Trial extends Fake {}
const classOf = (one: unknown): typeof WebSocket => one as typeof WebSocket
const URL = 'ws://here/collab/a.1?ack=1&schema=1'

describe('either way of frames', () => {
  let either: EitherSocket
  beforeEach(() => {
    Fake.made = []
    mock.timers.enable({ apis: ['setTimeout'] })
    either = new EitherSocket({ byWebSocket: classOf(Direct), byHttp: classOf(Http), trying: classOf(Trial) })
  })
  afterEach(() => mock.timers.reset())
  const next = (): Fake => new either.Socket(URL) as unknown as Fake
  const refuse = (times: number): void => {
    for (let n = 0; n < times; n++) {
      const socket = next()
      assert.ok(socket instanceof Direct)
      socket.end()
    }
  }

  it('[SY45] three WebSockets that close without having brought anything: HTTP', () => {
    refuse(3)
    assert.ok(next() instanceof Http)
  })

  it('[SY45] a WebSocket that has not opened in 5 s is closed: HTTP at once', () => {
    const socket = next()
    mock.timers.tick(4_999)
    assert.ok(!socket.closed)
    mock.timers.tick(1)
    assert.ok(socket.closed)
    assert.ok(next() instanceof Http)
  })

  it('[SY45] one that brought something, that the page itself closed, or that our server refused is no sign', () => {
    for (const become of [
      (socket: Fake) => socket.hear(),
      (socket: Fake) => socket.close(),
      (socket: Fake) => socket.end(4403),
    ]) {
      for (let n = 0; n < 5; n++) {
        const socket = next()
        assert.ok(socket instanceof Direct)
        socket.open()
        become(socket)
        socket.end()
      }
    }
    // Open, and mute for so long that the provider gave up.
    for (let n = 0; n < 3; n++) {
      const socket = next()
      socket.open()
      const now = performance.now()
      const clock = mock.method(performance, 'now', () => now + 30_000)
      socket.close()
      clock.mock.restore()
    }
    assert.ok(next() instanceof Http)
  })

  it('[SY45] a server that is away is away for both: each way in turn, until one brings something', () => {
    refuse(3)
    const ended = (): string => {
      const socket = next()
      socket.end()
      return socket.constructor.name
    }
    assert.deepEqual([ended(), ended(), ended(), ended()], ['Http', 'Direct', 'Http', 'Direct'])
    const http = next()
    assert.ok(http instanceof Http)
    http.hear()
    http.end()
    assert.ok(either.byHttp)
    const again = [ended(), ended(), ended(), ended(), ended()]
    assert.deepEqual(
      again,
      ['Http', 'Http', 'Http', 'Direct', 'Http'],
      'HTTP has worked: a restart does not take it away',
    )
    assert.ok(either.byHttp)
    const direct = next()
    assert.ok(direct instanceof Direct)
    direct.hear()
    direct.end()
    assert.ok(!either.byHttp)
    assert.ok(next() instanceof Direct)
  })

  it('[SY45] a WebSocket that never opens takes one turn of them', () => {
    refuse(3)
    next().end()
    const held = next()
    assert.ok(held instanceof Direct)
    mock.timers.tick(5_000)
    assert.ok(held.closed)
    assert.ok(next() instanceof Http)
  })

  it('[SY45] the tab remembers what worked', () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    }
    Object.defineProperty(globalThis, 'sessionStorage', { value: storage, configurable: true })
    try {
      refuse(3)
      next().hear()
      const reloaded = new EitherSocket({
        byWebSocket: classOf(Direct),
        byHttp: classOf(Http),
        trying: classOf(Trial),
      })
      const socket = new reloaded.Socket(URL) as unknown as Fake
      assert.ok(socket instanceof Http)
      reloaded.stop()
    } finally {
      Reflect.deleteProperty(globalThis, 'sessionStorage')
    }
  })

  it('[SY45] WebSockets are tried again beside, at growing distances; one that brings something is gone back to', () => {
    refuse(3)
    const http = next()
    http.open()
    http.hear()
    const trials = (): Fake[] => Fake.made.filter((one) => one instanceof Trial)
    mock.timers.tick(30_000)
    assert.equal(trials().length, 1)
    assert.equal(trials()[0]?.url, 'ws://here/collab/a.1?&schema=1')
    trials()[0]?.open()
    mock.timers.tick(15_000)
    assert.ok(trials()[0]?.closed, 'open and mute is no use')
    mock.timers.tick(120_000)
    assert.equal(trials().length, 2)
    assert.ok(!http.closed)
    trials()[1]?.hear()
    assert.ok(http.closed)
    assert.ok(next() instanceof Direct)
    mock.timers.tick(10_000_000)
    assert.equal(trials().length, 2)
    either.stop()
  })
})
