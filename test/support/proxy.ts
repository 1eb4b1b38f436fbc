/** A proxy as hotels have them: carries HTTP and refuses the upgrade to a WebSocket, or never answers it; counts the frames that go by. */
import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { framesIn } from '../../shared/drafting/carried-frames.ts'

export type Proxy = {
  readonly port: number
  /** Frames of documents that went by over HTTP. */
  readonly frames: { up: number; down: number }
  /** Upgrades that were asked for, and not got. */
  readonly upgrades: { document: number; news: number }
  /** Requests for documents that went by. */
  requests: number
  /** Pages that said they were left. */
  goodbyes: number
  /** Ends every connection, as a proxy that starts again; requests in flight are lost, before or behind the server. */
  cut(): void
  /** Lets upgrades through from now on. */
  relent(): void
  close(): Promise<void>
}

export type Manners = {
  /** What becomes of an upgrade. */
  readonly upgrades: 'refused' | 'never answered'
  /** An answer is handed on when it is whole. */
  readonly gathers?: boolean
}

export async function startProxy(target: number, { upgrades, gathers = false }: Manners): Promise<Proxy> {
  const sockets = new Set<Duplex>()
  let lets = false
  const frames = { up: 0, down: 0 }
  const counts = { document: 0, news: 0 }
  const server = createServer((request, response) => {
    carry(request, response).catch(() => response.destroy())
  })
  async function carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isDocument = request.url?.startsWith('/collab/') === true
    if (isDocument) proxy.requests += 1
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    if (isDocument && request.method === 'POST') frames.up += framesIn(body)?.length ?? 0
    const { method, url, headers } = request
    if (isDocument && url?.endsWith('&last=1') === true) proxy.goodbyes += 1
    const upstream = ask({ host: '127.0.0.1', port: target, method, path: url, headers, agent: false })
    response.on('close', () => upstream.destroy())
    upstream.on('error', () => response.destroy())
    upstream.end(body)
    const [answer] = (await once(upstream, 'response')) as [IncomingMessage]
    answer.on('error', () => response.destroy())
    const held: Buffer[] = []
    const head = (): ServerResponse => response.writeHead(answer.statusCode ?? 502, answer.headers)
    if (!gathers) head().flushHeaders()
    for await (const part of answer as AsyncIterable<Buffer>) {
      if (isDocument && method === 'GET') frames.down += part.toString('latin1').split('\ndata: ').length - 1
      if (gathers) held.push(part)
      else response.write(part)
    }
    if (gathers) head().write(Buffer.concat(held))
    response.end()
  }
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request, socket) => {
    if (lets) return pass(request, socket)
    counts[request.url?.startsWith('/collab/') === true ? 'document' : 'news'] += 1
    if (upgrades === 'refused') socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  function pass(request: IncomingMessage, socket: Duplex): void {
    const { url, headers } = request
    const upstream = ask({ host: '127.0.0.1', port: target, path: url, headers, agent: false })
    upstream.on('error', () => socket.destroy())
    upstream.on('upgrade', (answer, other, head) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`)
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      socket.write(head)
      other.on('error', () => socket.destroy())
      other.on('close', () => socket.destroy())
      socket.on('close', () => other.destroy())
      other.pipe(socket).pipe(other)
    })
    upstream.end()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const proxy: Proxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    frames,
    upgrades: counts,
    requests: 0,
    goodbyes: 0,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    relent() {
      lets = true
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}
