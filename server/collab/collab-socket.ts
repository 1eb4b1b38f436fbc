/** The document port: WebSockets at /collab/<draft>.<generation>, from upgrade to room; the stock y-websocket client fits. The same over HTTP by http-door. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData } from 'ws'
import type { Announcer } from '../announce/events.ts'
import type { Nodes } from '../announce/nodes.ts'
import type { Journal, NewEntry } from '../journal/journal.ts'
import type { Viewer } from '../people/viewer.ts'
import { DRAFT_SCHEMA } from '../../shared/drafting/schema-version.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import { Malformed } from './byte-reader.ts'
import { Collecting } from './collecting.ts'
import type { DraftPlace } from './draft-place.ts'
import { CLOSE, pingMessage, presenceMessage, readFrame } from './frames.ts'
import { createElsewhere } from './elsewhere.ts'
import { createHttpDoor } from './http-door.ts'
import { hearNews } from './hearing.ts'
import { Member, type DraftAccess } from './member.ts'
import type { Missing } from './returning.ts'
import type { Room } from './room.ts'
import { createRooms, TIDINESS, type Rooms, type Tidiness } from './rooms.ts'
import { WsSocket, type NewSocket } from './ws-socket.ts'

const PREFIX = '/collab/'
/** Larger frames are closed by ws itself with 1009. */
const LARGEST_FRAME = 2 * 1024 * 1024
/** Browsers and proxies cut a large message into pieces of some kB; one in endless pieces is closed with 1008. */
const MOST_FRAGMENTS = 2048
/** Pings, and a message for clients that close a room which is quiet for 30 s. */
const HEARTBEAT_MS = 12_000
/** Connections take turns within that time: thousands of writes at once would hold up everybody's edits. */
const HEARTBEAT_TURNS = 48
/** Frames that may come while a room loads. */
const MOST_EARLY = 200
const QUIET = presenceMessage([])

export type CollabDeps = {
  readonly journal: Journal
  readonly announcer: Announcer
  /** The other nodes, where there are several. */
  readonly nodes?: Nodes | null
  /** The draft of an id, or null. */
  readonly draftOf: (id: DraftId) => Promise<DraftPlace | null>
  /** Who asks, by the request's cookie. */
  readonly authenticate: (request: IncomingMessage) => Promise<Viewer | null>
  /** What this viewer may do to this draft now; asked again when a phase moves, groups change or a draft closes. */
  readonly draftAccess: (viewer: Viewer, draft: DraftPlace) => Promise<DraftAccess> | DraftAccess
  /** Whether the request comes from our own pages. */
  readonly sameOrigin: (request: IncomingMessage) => boolean
  readonly compact: (updates: readonly Uint8Array[]) => Promise<Uint8Array>
  readonly missing: Missing
  /** A draft of at most so many bytes is sent whole to whoever comes back. */
  readonly wholeUpTo?: number
  /** Most bytes that a room holds for a store that does not answer. */
  readonly mostOfRoom?: number
  readonly tidiness?: Tidiness
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
}

export type Collab = {
  /** True when the upgrade was for the document port and is being answered; false: ask the next port. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** True when the request was for the document port and is being answered; false: ask the next port. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean
  /** People who have a draft open now, each once. */
  peopleIn(draft: DraftId): PersonId[]
  /** Asks a draft's writers to send what they have; resolves when that is durable or refused, at the latest after `ms` milliseconds. */
  collect(draft: DraftId, ms: number): Promise<void>
  /** Compacts long tails and unloads idle rooms; a timer does it every few seconds. */
  tidy(): Promise<void>
  /** Ends everything; resolves with what the store did not take in time, each draft's entries in order. */
  close(): Promise<readonly NewEntry[]>
}

/** The draft and generation that a path names, or null. The url is cut as a string: `new URL('//', base)` throws. */
function targetOf(url: string): {
  readonly id: DraftId
  readonly generation: number
  readonly asksAck: boolean
  /** What the page says it writes; null for the stock client. */
  readonly schema: string | null
} | null {
  const [path = '', query = ''] = url.split('?', 2)
  const named = /^([A-Za-z0-9_-]{1,64})\.(\d{1,9})$/.exec(path.slice(PREFIX.length))
  if (named === null) return null
  const said = query.split('&')
  const schema = said.find((part) => part.startsWith('schema='))?.slice('schema='.length) ?? null
  return { id: named[1] as DraftId, generation: Number(named[2]), asksAck: said.includes('ack=1'), schema }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

/** Builds the port. Nothing listens until upgrades are handed to it. */
export function createCollab(deps: CollabDeps): Collab {
  const { announcer, log } = deps
  const failed = (error: unknown, during: string): void => log.error({ err: error, during }, 'the document port failed')
  const { nodes = null } = deps
  const elsewhere =
    nodes === null ? null : createElsewhere({ nodes, announcer, rooms: () => rooms, collectHere, failed })
  const rooms: Rooms = createRooms({
    journal: deps.journal,
    announcer,
    failed,
    compact: deps.compact,
    missing: deps.missing,
    wholeUpTo: deps.wholeUpTo,
    mostOfRoom: deps.mostOfRoom,
    tidiness: deps.tidiness,
    hasOthers: nodes !== null,
    tellPresence: elsewhere?.tellPresence,
    opened: elsewhere?.opened,
  })
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME,
    maxFragments: MOST_FRAGMENTS,
    perMessageDeflate: false,
  })
  const collecting = new Collecting()
  /** Cookies of members, to ask again who they are; and which turn of the heartbeat is theirs. */
  const requests = new Map<Member, { readonly request: IncomingMessage; readonly room: Room; readonly turn: number }>()
  let lastTurn = 0

  /** Asks the tabs of this node. */
  async function collectHere(draft: DraftId, ms: number): Promise<void> {
    const writers = rooms
      .of(draft)
      .flatMap(({ members }) => [...members].filter((one) => one.asksAck && one.access === 'write'))
    await collecting.ask(writers, ms)
  }

  /** Lets a connection into its room, or closes it; resolves with whose it is. */
  async function admit(socket: NewSocket, request: IncomingMessage): Promise<Viewer | null> {
    const early: Uint8Array[] = []
    let member: Member | null = null
    let room: Room | null = null
    const close = (code: number, reason: string): null => {
      socket.close(code, reason)
      return null
    }
    const take = (joined: Room, from: Member, frame: Uint8Array): void => {
      try {
        if (!from.open) return
        const read = readFrame(frame)
        if (read.kind === 'flush') collecting.heard(from, read.number)
        // A page that woke asks whether anybody is there: whatever was sent before comes before the answer.
        else if (read.kind === 'ping') from.send(pingMessage(read.number))
        else joined.receive(from, read)
      } catch (error) {
        if (!(error instanceof Malformed)) throw error
        log.warn({ rule: error.rule, person: from.person, draft: joined.draft.id }, 'a malformed frame')
        from.malformed(error.rule)
      }
    }
    socket.on('message', (data, isBinary) => {
      if (!isBinary) return void close(CLOSE.malformed, 'text frame')
      const frame = bytesOf(data)
      if (member !== null && room !== null) {
        member.alive = true
        take(room, member, frame)
      } else if (early.push(frame) > MOST_EARLY) close(CLOSE.malformed, 'too many early frames')
    })
    socket.on('pong', () => {
      if (member !== null) member.alive = true
    })
    socket.on('close', () => {
      if (member === null || room === null) return
      requests.delete(member)
      collecting.left(member)
      room.leave(member)
    })

    const target = targetOf(request.url ?? '')
    if (target === null) return close(CLOSE.notFound, 'no such draft')
    if (target.schema !== null && target.schema !== String(DRAFT_SCHEMA))
      return close(CLOSE.otherSchema, 'other schema')
    const viewer = await deps.authenticate(request)
    if (viewer === null || viewer.person === null) return close(CLOSE.signInNeeded, 'sign in')
    const draft = await deps.draftOf(target.id)
    if (draft === null) return close(CLOSE.notFound, 'no such draft')
    const access = await deps.draftAccess(viewer, draft)
    if (access === 'none') return close(CLOSE.forbidden, 'not allowed')
    if (draft.generation !== target.generation) return close(CLOSE.oldGeneration, 'old generation')
    room = await rooms.open(draft)
    if (!socket.open) {
      room = null
      return null
    }
    member = new Member(socket, viewer, viewer.person, target.asksAck, access)
    lastTurn = (lastTurn + 1) % HEARTBEAT_TURNS
    requests.set(member, { request, room, turn: lastTurn })
    room.join(member)
    for (const frame of early) take(room, member, frame)
    return viewer
  }

  const door = createHttpDoor({
    largestFrame: LARGEST_FRAME,
    sameOrigin: deps.sameOrigin,
    authenticate: deps.authenticate,
    admit,
    failed,
  })

  const { authenticate, draftAccess } = deps
  const stopHearing = hearNews({ announcer, rooms, requests, authenticate, draftAccess, failed })
  const { everyMs } = deps.tidiness ?? TIDINESS
  let nextTurn = 0
  const heartbeat = setInterval(() => {
    nextTurn = (nextTurn + 1) % HEARTBEAT_TURNS
    for (const [member, { turn }] of requests) if (turn === nextTurn) member.heartbeat(QUIET)
  }, HEARTBEAT_MS / HEARTBEAT_TURNS)
  const tidying = setInterval(() => void rooms.tidy().catch((error: unknown) => failed(error, 'tidying')), everyMs)

  return {
    handleUpgrade(request, socket, head) {
      // First of all: a socket that is reset during an upgrade would end the process.
      socket.on('error', () => socket.destroy())
      if (!(request.url ?? '').startsWith(PREFIX)) return false
      if (!deps.sameOrigin(request)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
        return true
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', (error) => log.warn({ err: error }, 'a document socket broke'))
        admit(new WsSocket(webSocket, socket), request).catch((error: unknown) => {
          failed(error, 'admitting')
          webSocket.close(1011, 'failed')
        })
      })
      return true
    },
    handleRequest(request, response) {
      if (!(request.url ?? '').startsWith(PREFIX)) return false
      void door.handle(request, response)
      return true
    },
    peopleIn: (draft) => [
      ...new Set([...rooms.of(draft).flatMap((room) => room.presence.people()), ...(elsewhere?.peopleIn(draft) ?? [])]),
    ],
    async collect(draft, ms) {
      await Promise.all([collectHere(draft, ms), elsewhere?.collect(draft, ms)])
    },
    tidy: () => rooms.tidy(),
    async close() {
      stopHearing()
      elsewhere?.close()
      clearInterval(heartbeat)
      clearInterval(tidying)
      const unsaved = await rooms.close()
      door.close()
      server.close()
      for (const client of server.clients) client.terminate()
      return unsaved
    },
  }
}
