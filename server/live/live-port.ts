/** The news port: socket.io at /live. A page subscribes to topics; it gets `news` {topic, kind, …} without any text of drafts. */
import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import type { Announcer, AppEvent } from '../announce/events.ts'
import type { Nodes } from '../announce/nodes.ts'
import type { Config } from '../config.ts'
import { sameOrigin } from '../http/origin.ts'
import type { Viewer } from '../people/viewer.ts'
import { attachStreams } from './streams.ts'
import { topicsOf, type Topic } from './topics.ts'

/** Most topics one page may follow. */
const MAX_TOPICS = 40
/** Each node tells its own pages of these, when it knows them: what they look up lies in its memory. */
const TOLD_BY_EACH: readonly AppEvent['kind'][] = ['presence-changed', 'deciding-changed']
const topicList = z.array(z.string().max(80)).max(MAX_TOPICS)

export type LivePortDeps = {
  readonly server: HttpServer
  readonly config: Config
  readonly announcer: Announcer
  /** The other nodes, where there are several. */
  readonly nodes?: Nodes | null
  readonly authenticate: (cookie: string | undefined) => Promise<Viewer | null>
  /** Whether this viewer may follow this topic; decided by the access table. */
  readonly mayFollow: (viewer: Viewer, topic: Topic) => Promise<boolean>
  /** Whether an error only says that the store does not answer now. */
  readonly isStoreAway: (error: unknown) => boolean
  readonly log: Logger
}

/** Attaches socket.io to the server; returns the way to stop. */
export function attachLivePort(deps: LivePortDeps): { close(): Promise<void> } {
  const io = new Server(deps.server, {
    path: '/live',
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: 10_000,
    // `cors` alone lets a foreign page connect: the Origin is compared here.
    allowRequest: (request, answer) => answer(null, sameOrigin(request.headers, deps.config.publicUrl)),
  })
  const { nodes = null } = deps
  const streams = nodes === null ? null : attachStreams(io, nodes, deps.log)
  /** A page that is refused stays away, and one that follows nothing hears nothing; cut off it comes again until the store answers. */
  const cutOff = (socket: Socket, error: unknown): boolean => {
    if (!deps.isStoreAway(error)) return false
    deps.log.warn({ why: String(error) }, 'the store does not answer: a page comes again for its news')
    socket.conn.close()
    return true
  }
  io.use((socket, next) => {
    deps.authenticate(socket.request.headers.cookie).then(
      (viewer) => {
        if (viewer === null) return next(new Error('sign-in-needed'))
        socket.data.viewer = viewer
        next()
      },
      (error: unknown) => {
        if (!cutOff(socket, error)) next(error instanceof Error ? error : new Error('unexpected'))
      },
    )
  })
  io.on('connection', (socket) => {
    const viewer = socket.data.viewer as Viewer
    if (viewer.session !== null) void socket.join(`session:${viewer.session}`)
    if (viewer.person !== null) void socket.join(`person:${viewer.person}`)
    socket.on('follow', (given: unknown, answer: unknown) => {
      const reply = typeof answer === 'function' ? (answer as (followed: string[]) => void) : () => undefined
      const topics = topicList.safeParse(given)
      if (!topics.success) return reply([])
      Promise.all(
        topics.data.map(async (name) => {
          const allowed = await deps.mayFollow(viewer, name)
          if (allowed) await socket.join(name)
          return allowed ? [name] : []
        }),
      ).then(
        (followed) => reply(followed.flat()),
        (error: unknown) => {
          if (cutOff(socket, error)) return
          deps.log.error({ err: error }, 'following news failed')
          reply([])
        },
      )
    })
    socket.on('leave', (given: unknown) => {
      const topics = topicList.safeParse(given)
      if (topics.success) for (const name of topics.data) void socket.leave(name)
    })
  })
  const stop = deps.announcer.subscribe((event, origin) => {
    if (event.kind === 'session-ended') io.local.in(`session:${event.session}`).disconnectSockets(true)
    if (event.kind === 'person-revoked') io.local.in(`person:${event.person}`).disconnectSockets(true)
    if (event.kind === 'missed') {
      decideAgain(io, deps.authenticate).catch((error: unknown) =>
        deps.log.error({ err: error }, 'looking again failed'),
      )
      io.local.emit('missed')
    }
    const topics = [...topicsOf(event)]
    if (topics.length === 0) return
    const news = { ...event, topics }
    // Pages of this node first: the stream's own way to them would wait for Redis.
    if (origin === 'here' || TOLD_BY_EACH.includes(event.kind)) io.local.to(topics).emit('news', news)
    if (origin === 'here' && !TOLD_BY_EACH.includes(event.kind)) streams?.tellOthers(topics, news)
  })
  return {
    async close() {
      stop()
      await io.close()
      streams?.close()
    },
  }
}

/** The end of a session may have been announced while this node did not hear. */
async function decideAgain(io: Server, authenticate: LivePortDeps['authenticate']): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    const { session } = socket.data.viewer as Viewer
    if ((await authenticate(socket.request.headers.cookie))?.session !== session) socket.disconnect(true)
  }
}
