/** A proxy as hotels have them: carries HTTP and refuses the upgrade to a WebSocket, or never answers it; counts the frames that go by. Before several nodes it keeps a browser with its node by a cookie, as the one of deploy/ does. */
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
  /** Requests that each node answered. */
  readonly answered: number[]
  /** Answers that were none: 400 or more. */
  failures: number
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

/** `target`: a port on the loopback address, or those of several nodes, to which browsers that come anew are led in turn. */
export async function startProxy(
  target: number | readonly number[],
  { upgrades, gathers = false }: Manners,
): Promise<Proxy> {
  const nodes = [target].flat()
  let turn = -1
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
    const { method, url } = request
    if (isDocument && url?.endsWith('&last=1') === true) proxy.goodbyes += 1
    const { answer, node } = await answerOf(request, response, body)
    answer.on('error', () => response.destroy())
    proxy.answered[node]! += 1
    if ((answer.statusCode ?? 502) >= 400) proxy.failures += 1
    const held: Buffer[] = []
    const sets = nodes.length > 1 && keptWith(request) !== node ? [`node=${node}; Path=/`] : []
    const kept = { ...answer.headers, 'set-cookie': [...(answer.headers['set-cookie'] ?? []), ...sets] }
    const head = (): ServerResponse => response.writeHead(answer.statusCode ?? 502, kept)
    if (!gathers) head().flushHeaders()
    for await (const part of answer as AsyncIterable<Buffer>) {
      if (isDocument && method === 'GET') frames.down += part.toString('latin1').split('\ndata: ').length - 1
      if (gathers) held.push(part)
      else response.write(part)
    }
    if (gathers) head().write(Buffer.concat(held))
    response.end()
  }
  /** The answer of a browser's node, or of the next that can be reached; one that was reached and broke is not asked again elsewhere. */
  async function answerOf(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ): Promise<{ readonly answer: IncomingMessage; readonly node: number }> {
    const { method, url: path, headers } = request
    const kept = keptWith(request)
    const own = kept < 0 ? (turn += 1) : kept
    for (const at of nodes.keys()) {
      const node = (own + at) % nodes.length
      const upstream = ask({ host: '127.0.0.1', port: nodes[node], method, path, headers, agent: false })
      response.on('close', () => upstream.destroy())
      upstream.end(body)
      try {
        const [answer] = (await once(upstream, 'response')) as [IncomingMessage]
        upstream.on('error', () => response.destroy())
        return { answer, node }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error
      }
    }
    throw new Error('no node can be reached')
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
    const upstream = ask({ host: '127.0.0.1', port: nodes[0], path: url, headers, agent: false })
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
    answered: nodes.map(() => 0),
    failures: 0,
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

/** The node that a browser's cookie names; -1 for one that comes anew. */
function keptWith({ headers }: IncomingMessage): number {
  return Number(/\bnode=(\d+)/.exec(headers.cookie ?? '')?.[1] ?? -1)
}
