/** Two nodes on one MongoDB (mongo-java-server here) and a real redis-server: this process is one, the built server the other; and who writes and looks on through them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { DraftSync } from '../../client/sync/draft-sync.ts'
import type { Viewer } from '../../server/people/viewer.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import { startTestApp, type TestApp } from './app.ts'
import { startBuiltServer, type BuiltServer } from './built-server.ts'
import { socketWith } from './collab-server.ts'
import { openEntrance, type Entrance } from './entrance.ts'
import { cookiesOf, fetchWith } from './raw-http-client.ts'
import { hasRedis, startRedisServer, type RedisServer } from './redis-server.ts'
import { startReferenceServer } from './reference-server.ts'
import { startRelay, type Relay } from './relay.ts'
import { pause, until } from './waiting.ts'
import { cookieOf, makeWritingWorkshop, type WritingWorkshop } from './writing-workshop.ts'

/** The node in this process, or the built one. */
export type NodeName = 'here' | 'there'

/** Somebody of a group who has its draft open. */
export type Writer = {
  readonly name: string
  readonly person: PersonId
  readonly cookie: string
  readonly sync: DraftSync
  readonly entrance: Entrance
}

/** A page that follows the workshop's news; what it heard, and when it was told to look again. */
export type NewsPage = { readonly socket: Socket; readonly heard: string[] }

export type TwoNodes = {
  readonly here: TestApp
  readonly there: BuiltServer
  readonly redis: RedisServer
  /** What the other node has instead of Redis. */
  readonly towardsRedis: Relay
  readonly made: WritingWorkshop
  readonly facilitator: Viewer
  /** The facilitator's cookie. */
  readonly staff: string
  draftOf(group: number): DraftId
  /** Somebody of a group opens its draft through a proxy that prefers a node. */
  writer(group: number, seat: number, node: NodeName): Promise<Writer>
  /** The same through a proxy on this port, which may refuse WebSockets; the browser keeps its cookies. */
  writerBehind(group: number, seat: number, port: number): Promise<Omit<Writer, 'entrance'>>
  pageAt(node: NodeName, cookie: string): Promise<NewsPage>
  /** The same through a proxy on this port, by held answers only. */
  pageBehind(port: number, cookie: string): Promise<NewsPage>
  /** How many are at a draft, by the wall as a node shows it; -1 when it is not on it. */
  onlineAt(node: NodeName, draft: DraftId): Promise<number>
  /** Closes what writers and pages have open. */
  closePages(): Promise<void>
  stop(): Promise<void>
}

/** Starts both with a workshop of two groups. @returns why not, where a server that they need cannot be had */
export async function startTwoNodes(names: readonly string[]): Promise<TwoNodes | { readonly lacking: string }> {
  const reference = await startReferenceServer()
  if (reference.kind === 'absent') return { lacking: reference.reason }
  const started: (() => unknown)[] = [() => reference.stop()]
  const stop = async (): Promise<void> => {
    for (const end of started.splice(0).reverse()) await end()
  }
  if (!hasRedis()) {
    await stop()
    return { lacking: 'redis-server is not installed' }
  }
  try {
    return { ...(await startOn(reference.uri('nodes'), names, started)), stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

/** `started`: gets how each part is ended, so that none is left behind when a later one cannot start. */
async function startOn(
  mongodbUri: string,
  names: readonly string[],
  started: (() => unknown)[],
): Promise<Omit<TwoNodes, 'stop'>> {
  const folder = await mkdtemp(join(tmpdir(), 'rangruam-nodes-'))
  started.push(() => rm(folder, { recursive: true, force: true }))
  const redis = await startRedisServer()
  started.push(() => redis.stop())
  const towardsRedis = await startRelay(redis.port)
  started.push(() => towardsRedis.close())
  const here = await startTestApp({ mongodbUri, redisUrl: redis.url })
  started.push(() => here.stop())
  const there = await startBuiltServer(folder, {
    MONGODB_URI: mongodbUri,
    REDIS_URL: `redis://127.0.0.1:${towardsRedis.port}`,
    DEMO: '0',
  })
  started.push(() => there.kill())
  const made = await makeWritingWorkshop(here.app, names, 2)
  const { facilitator } = made
  const { sessions } = here.app.rooms.people
  const staff = (await sessions.start(facilitator.person as PersonId, 'staff', undefined)).split(';')[0]!
  const open: { close(): unknown }[] = []

  const portOf = (node: NodeName): number => (node === 'here' ? here.app.port : there.port)
  const draftOf = (group: number): DraftId => made.groups[group]?.draft as DraftId

  /** `ask` makes what the page asks by, of its cookie. */
  async function writerAt(
    group: number,
    seat: number,
    port: number,
    ask: (cookie: string) => typeof globalThis.fetch,
  ): Promise<Omit<Writer, 'entrance'>> {
    const { id: person, name } = made.groups[group]!.people[seat]!
    const cookie = await cookieOf(here.app, person)
    const sync = await DraftSync.open({
      person: `${person}${seat}`,
      draft: draftOf(group),
      generation: 1,
      origin: `http://127.0.0.1:${port}`,
      WebSocketClass: socketWith(cookie),
      fetch: ask(cookie),
    })
    open.push({ close: () => sync.destroy() })
    await until(`${name} is synced`, () => sync.status.synced, 20_000)
    return { name, person, cookie, sync }
  }

  async function writer(group: number, seat: number, node: NodeName): Promise<Writer> {
    const entrance = await openEntrance([portOf(node), portOf(node === 'here' ? 'there' : 'here')])
    open.push(entrance)
    return { ...(await writerAt(group, seat, entrance.port, (cookie) => fetchWith({ cookie }))), entrance }
  }

  /** What a page hears once it follows its workshop, which it asks for after each connection. */
  async function following(socket: Socket): Promise<NewsPage> {
    const heard: string[] = []
    open.push({ close: () => socket.close() })
    socket.on('news', ({ kind }: { kind: string }) => heard.push(kind))
    socket.on('missed', () => heard.push('missed'))
    await new Promise<void>((resolve) =>
      socket.on('connect', () => socket.emit('follow', [`workshop:${made.workshop}`], () => resolve())),
    )
    return { socket, heard }
  }

  function pageAt(node: NodeName, cookie: string): Promise<NewsPage> {
    const options = { path: '/live', transports: ['websocket'], extraHeaders: { cookie }, forceNew: true }
    return following(io(`http://127.0.0.1:${portOf(node)}`, options))
  }

  function pageBehind(port: number, session: string): Promise<NewsPage> {
    const place = `http://127.0.0.1:${port}`
    const cookies = cookiesOf(session)
    const extraHeaders = { cookie: session }
    const options = { path: '/live', transports: ['polling'], extraHeaders, forceNew: true, reconnection: false }
    const socket = io(place, { ...options, autoConnect: false })
    // Its other questions tell a page's browser which node is its own now; the client outside of a browser has no cookies of its own.
    const connect = async (): Promise<void> => {
      const told = await cookies.fetch(`${place}/healthz`).catch(() => null)
      await pause(told === null ? 100 : 0)
      extraHeaders.cookie = cookies.shown()
      socket.connect()
    }
    socket.on('connect_error', () => void connect())
    socket.on('disconnect', (reason) => reason !== 'io client disconnect' && void connect())
    void connect()
    return following(socket)
  }

  async function onlineAt(node: NodeName, draft: DraftId): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${portOf(node)}/api/workshops/${made.workshop}/wall`, {
      headers: { cookie: staff },
    })
    const { tiles } = (await answer.json()) as { tiles: { draft: DraftId; online: number }[] }
    return tiles.find((tile) => tile.draft === draft)?.online ?? -1
  }

  async function closePages(): Promise<void> {
    for (const one of open.splice(0)) await one.close()
  }

  return {
    here,
    there,
    redis,
    towardsRedis,
    made,
    facilitator,
    staff,
    draftOf,
    writer,
    writerBehind: (group, seat, port) => writerAt(group, seat, port, (cookie) => cookiesOf(cookie).fetch),
    pageAt,
    pageBehind,
    onlineAt,
    closePages,
  }
}

/** How many others a page shows, by the name that the server gave them. */
export const seenBy = ({ sync, person }: Pick<Writer, 'sync' | 'person'>): number =>
  [...sync.awareness.getStates().values()].filter(({ user }) => ![undefined, person].includes(user?.id)).length
export const tellPresence = ({ sync, name }: Writer): void => sync.awareness.setLocalStateField('user', { name })
