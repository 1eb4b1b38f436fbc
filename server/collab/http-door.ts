/** The document port over HTTP, for networks that refuse WebSockets: the same frames, cookie, guard and acknowledgement. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { framesIn, type Closing } from '../../shared/drafting/carried-frames.ts'
import { freshSecret } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { CLOSE } from './frames.ts'
import { HttpSocket } from './http-socket.ts'

/** A page's tabs; the oldest connection of somebody who opens more is dropped. */
const MOST_OF_A_PERSON = 20
/** Frames of one request. */
const MOST_FRAMES = 2_000
const MOST_HEAD = 10

export type HttpDoorDeps = {
  /** Larger frames are closed with 1009, as by `ws`. */
  readonly largestFrame: number
  readonly sameOrigin: (request: IncomingMessage) => boolean
  readonly authenticate: (request: IncomingMessage) => Promise<Viewer | null>
  /** Lets a connection in, or closes it; resolves with whose it is. */
  readonly admit: (socket: HttpSocket, request: IncomingMessage) => Promise<Viewer | null>
  readonly failed: (error: unknown, during: string) => void
}

export type HttpDoor = {
  /**
   * Answers a request below /collab/:
   * `POST <draft>.<generation>` opens a connection: {connection};
   * `POST <draft>.<generation>/<connection>?from=&after=[&last=1]` brings frames, the first is the `from`-th; `last`: the page is gone;
   * `GET …/<connection>?after=[&poll=1]` asks for what came behind message `after`, as events or for one answer;
   * `DELETE …/<connection>` ends it.
   * What is refused or over says {closed: {code, reason}}.
   */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Drops every connection. */
  close(): void
}

/** `cookie` is the header with which it was opened, or a later one of the same session. */
type Held = { readonly socket: HttpSocket; readonly viewer: Viewer; readonly place: string; cookie: string | undefined }

const GONE: Closing = { code: 1001, reason: 'no such connection' }

export function createHttpDoor(deps: HttpDoorDeps): HttpDoor {
  const held = new Map<string, Held>()

  async function open(request: IncomingMessage, response: ServerResponse, place: string): Promise<void> {
    const connection = freshSecret()
    const socket = new HttpSocket(() => held.delete(connection))
    const viewer = await deps.admit(socket, request)
    if (viewer === null || socket.closed !== null) {
      tell(response, socket.closed ?? GONE)
      socket.terminate()
      return
    }
    const theirs = [...held.values()].filter((one) => one.viewer.person === viewer.person && one.socket.closed === null)
    for (const { socket: oldest } of theirs.slice(0, Math.max(0, 1 + theirs.length - MOST_OF_A_PERSON)))
      oldest.terminate()
    held.set(connection, { socket, viewer, place, cookie: request.headers.cookie })
    json(response, 200, { connection })
  }

  /** The connection of a request, if it is of the same session. */
  async function heldFor(request: IncomingMessage, place: string, connection: string): Promise<Held | null> {
    const found = held.get(connection)
    if (found === undefined || found.place !== place) return null
    const { cookie } = request.headers
    if (cookie === found.cookie) return found
    const viewer = await deps.authenticate(request)
    if (viewer === null || viewer.person !== found.viewer.person || viewer.session !== found.viewer.session) return null
    found.cookie = cookie
    return found
  }

  async function bring(
    request: IncomingMessage,
    response: ServerResponse,
    socket: HttpSocket,
    query: URLSearchParams,
  ): Promise<void> {
    const body = await bodyOf(request, deps.largestFrame + MOST_HEAD)
    if (body === 'too large') socket.close(1009, 'too large')
    else if (body !== null) {
      const frames = framesIn(body, MOST_FRAMES)
      if (frames === null) socket.close(CLOSE.malformed, 'no frames')
      else {
        socket.has(numberOf(query, 'after'))
        socket.receive(numberOf(query, 'from'), frames)
      }
    }
    if (socket.closed === null) response.writeHead(204, { 'Cache-Control': 'no-store' }).end()
    else tell(response, socket.closed)
    if (query.has('last')) socket.terminate()
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', search = ''] = (request.url ?? '').split('?', 2)
    const [, , place = '', connection, ...more] = path.split('/')
    if (!deps.sameOrigin(request)) return tell(response, { code: CLOSE.forbidden, reason: 'foreign origin' })
    if (more.length > 0) return tell(response, { code: CLOSE.notFound, reason: 'no such place' })
    if (connection === undefined) {
      if (request.method === 'POST') return open(request, response, place)
      return tell(response, { code: 4405, reason: 'no such method' })
    }
    const found = await heldFor(request, place, connection)
    if (found === null) return tell(response, GONE)
    const query = new URLSearchParams(search)
    if (request.method === 'POST') return bring(request, response, found.socket, query)
    if (request.method === 'GET') return found.socket.answer(response, numberOf(query, 'after'), query.has('poll'))
    if (request.method !== 'DELETE') return tell(response, { code: 4405, reason: 'no such method' })
    found.socket.terminate()
    response.writeHead(204).end()
  }

  return {
    async handle(request, response) {
      request.on('error', () => request.destroy())
      response.on('error', () => response.destroy())
      try {
        await answer(request, response)
      } catch (error) {
        deps.failed(error, 'answering over HTTP')
        if (response.headersSent) response.destroy()
        else tell(response, { code: 1011, reason: 'failed' })
      }
    },
    close() {
      for (const { socket } of held.values()) socket.terminate()
    },
  }
}

/** A whole number of the query; 0 where none is given. */
function numberOf(query: URLSearchParams, name: string): number {
  const given = query.get(name) ?? ''
  return /^\d{1,15}$/.test(given) ? Number(given) : 0
}

/** The body; null when the page went away before its end. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer | 'too large' | null> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > most) return 'too large'
      parts.push(part)
    }
  } catch {
    return null
  }
  return Buffer.concat(parts)
}

/** The codes 4400-4499 mirror HTTP's 4xx; every other is an end for now. */
function tell(response: ServerResponse, closed: Closing): void {
  const status = closed.code >= 4400 && closed.code < 4500 ? closed.code - 4000 : closed === GONE ? 410 : 503
  json(response, status, { closed })
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(JSON.stringify(value))
}
