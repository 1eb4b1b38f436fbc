/** The likeness of a WebSocket over HTTP against answers that a test makes: order, loss, proxies that gather, ends. */
import assert from 'node:assert/strict'
import { httpSocket } from '../../../client/sync/http-socket.ts'
import { eventsIn } from '../../../client/sync/server-events.ts'
import { carried, framesIn } from '../../../shared/drafting/carried-frames.ts'
import { pretendBrowser } from '../../support/pretend-browser.ts'
import { until } from '../../support/waiting.ts'

type Asked = { readonly method: string; readonly query: URLSearchParams; readonly frames: number[][] }
type Answering = (asked: Asked) => Promise<Response> | Response | null

const json = (status: number, value: object): Response => new Response(JSON.stringify(value), { status })
const event = (id: number, ...frames: number[][]): string =>
  `id: ${id}\ndata: ${Buffer.concat(frames.map((frame) => carried(new Uint8Array(frame)))).toString('base64')}\n\n`
const never = new Promise<Response>(() => undefined)

/** A socket whose requests, once it is open, get what `answering` says; a null is a broken line. */
function connect(answering: Answering) {
  const asked: Asked[] = []
  const got: number[][] = []
  const ends: number[] = []
  const ask = (async (address: string, init: RequestInit) => {
    const url = new URL(address)
    assert.equal(url.protocol, 'http:')
    const method = init.method ?? 'GET'
    if (method === 'POST' && url.pathname === '/collab/a.1') return json(200, { connection: 'x' })
    assert.equal(url.pathname, '/collab/a.1/x')
    const body = init.body instanceof Blob ? new Uint8Array(await init.body.arrayBuffer()) : new Uint8Array()
    const one = { method, query: url.searchParams, frames: (framesIn(body) ?? []).map((frame) => [...frame]) }
    asked.push(one)
    const answer = await answering(one)
    if (answer === null) throw new TypeError('broken')
    return answer
  }) as typeof fetch
  const socket = new (httpSocket(ask))('ws://here/collab/a.1?ack=1')
  socket.onmessage = ({ data }) => got.push([...new Uint8Array(data as ArrayBuffer)])
  socket.onclose = ({ code }) => ends.push(code)
  const opened = new Promise((resolve) => (socket.onopen = resolve))
  return { socket, asked, got, ends, opened }
}

describe('a socket over HTTP', function () {
  this.timeout(10_000)

  it('[SY41] one request at a time brings what waits; what may be lost is brought again under its number', async () => {
    let losses = 0
    const { socket, asked, opened } = connect(({ method }) => {
      if (method === 'GET') return never
      if (losses++ < 2) return losses === 1 ? null : new Response('<h1>Bad Gateway</h1>', { status: 502 })
      return new Response(null, { status: 204 })
    })
    await opened
    for (const frame of [[1], [2], [3]]) socket.send(new Uint8Array(frame))
    await until('all is brought', () => socket.bufferedAmount === 0)
    const brought = asked.filter(({ method }) => method === 'POST')
    assert.deepEqual(
      brought.map(({ query, frames }) => [query.get('from'), frames]),
      [
        ['1', [[1]]],
        // Sent again with what came meanwhile.
        ['1', [[1], [2], [3]]],
        ['1', [[1], [2], [3]]],
      ],
    )
    socket.close()
    await until('it says goodbye', () => asked.some(({ method }) => method === 'DELETE'))
  })

  it('[SY44] a page that is left says so, with the frames that are not known to have come', async () => {
    const browser = pretendBrowser()
    try {
      const { socket, asked, ends, opened } = connect(({ query }) =>
        query.has('last') ? new Response(null, { status: 204 }) : never,
      )
      await opened
      for (const frame of [[1], [2]]) socket.send(new Uint8Array(frame))
      browser.leave()
      await until('it ends', () => ends.length > 0)
      browser.leave()
      const last = asked.filter(({ query }) => query.has('last'))
      assert.deepEqual(
        last.map(({ method, query, frames }) => [method, query.get('from'), frames]),
        [['POST', '1', [[1], [2]]]],
      )
      assert.deepEqual(ends, [1001])
    } finally {
      browser.end()
    }
  })

  it('[SY41] what comes twice is taken once, and what broke off is asked for from there', async () => {
    const texts = [event(1, [5], [6]) + event(2, [7]) + 'id: 3\ndata: gg', event(2, [7]) + event(3, [8])]
    const { socket, asked, got, opened } = connect(() => (texts.length > 0 ? new Response(texts.shift()) : never))
    await opened
    await until('all came', () => got.length === 4)
    assert.deepEqual(got, [[5], [6], [7], [8]])
    assert.deepEqual(
      asked.map(({ query }) => query.get('after')),
      ['0', '2', '3'],
    )
    socket.close()
  })

  it('[SY42] it ends with the server’s code, behind what was sent before; broken or forgotten it is 1006', async () => {
    const closing = 'event: close\ndata: {"code":4403,"reason":""}\n\n'
    const told = connect(() => new Response(event(1, [9]) + closing))
    await until('it ends', () => told.ends.length > 0)
    assert.deepEqual([told.got, told.ends, told.socket.readyState], [[[9]], [4403], 3])
    const gone = connect(() => json(410, { closed: { code: 1001, reason: '' } }))
    await until('it ends', () => gone.ends.length > 0)
    assert.deepEqual(gone.ends, [1006])
    const broken = connect(() => null)
    await until('it ends', () => broken.ends.length > 0)
    assert.deepEqual([broken.ends, broken.asked.length], [[1006], 4])
    assert.equal(told.asked.length, 1)
  })

  it('[SY40] events come as soon as they are whole, letters and lines cut anywhere', async () => {
    const text = `: open\n\n${event(1, [1, 2, 3])}event: close\ndata: {"code":1001,"reason":"ปิด"}\n\n`
    const bytes = new TextEncoder().encode(text)
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
        controller.close()
      },
    })
    const kinds: string[] = []
    for await (const { id, kind, data } of eventsIn(body)) kinds.push(`${id} ${kind} ${data}`)
    assert.deepEqual(kinds, ['0 message ', '1 message ggMBAgM=', '0 close {"code":1001,"reason":"ปิด"}'])
  })

  it('[SY41] frames of every length go one behind the other; a body that is not whole is none', () => {
    for (const length of [0, 1, 125, 126, 65_535, 65_536]) {
      const frame = new Uint8Array(length).fill(7)
      const both = Buffer.concat([carried(frame), carried(new Uint8Array([1]))])
      assert.deepEqual(
        framesIn(both)?.map((one) => one.length),
        [length, 1],
      )
      for (const cut of [1, both.length - 4, both.length - 1]) assert.equal(framesIn(both.subarray(0, cut)), null)
      assert.equal(framesIn(both, 1), null)
    }
    assert.equal(framesIn(new Uint8Array([0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0])), null)
    assert.deepEqual(framesIn(new Uint8Array()), [])
  })
})
