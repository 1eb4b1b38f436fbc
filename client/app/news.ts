/** News from the server: one socket for the page, topics counted, everybody told again after a reconnect. */
import { io, type Socket } from 'socket.io-client'
import { forTab } from '../sync/for-tab.ts'

export type News = { readonly kind: string; readonly topics: readonly string[] } & Readonly<Record<string, unknown>>
/** `news` is null after a reconnect, the page's or its node's: whatever was missed, look again. */
type Listener = (news: News | null) => void

/** A WebSocket that has not opened by then is held by something on the way. */
const OPEN_MS = 5_000
/** Held answers first: what networks let through that refuse WebSockets or never answer them; from those it goes on to a WebSocket where it can. */
const BY_HTTP = ['polling', 'websocket']
const remembered = forTab('rangruam:news-by-http')

const listeners = new Map<string, Set<Listener>>()
let socket: Socket | undefined

function connect(): Socket {
  if (socket !== undefined) return socket
  const transports = remembered.get() ? BY_HTTP : ['websocket']
  const opened = io({ path: '/live', transports, timeout: OPEN_MS, reconnectionDelayMax: 5_000 })
  /** Something may have happened since the page looked. */
  let missed = false
  // Not the server's own refusal of somebody who is not signed in.
  opened.io.on('error', () => {
    missed = true
    opened.io.opts.transports = BY_HTTP
  })
  // A server whose database is away lets nobody in.
  opened.io.on('close', () => {
    missed = true
  })
  const lookAgain = (): void => {
    for (const set of listeners.values()) for (const listener of set) listener(null)
  }
  opened.on('connect', () => {
    const { engine } = opened.io
    remembered.set(engine.transport.name === 'polling')
    engine.once('upgrade', () => remembered.set(false))
    opened.emit('follow', [...listeners.keys()], () => {
      if (missed) lookAgain()
      missed = true
    })
  })
  // The node that this page is connected with did not hear of everything that happened on the others.
  opened.on('missed', lookAgain)
  opened.on('news', (news: News) => {
    const told = new Set<Listener>()
    for (const topic of news.topics) for (const listener of listeners.get(topic) ?? []) told.add(listener)
    for (const listener of told) listener(news)
  })
  socket = opened
  return opened
}

/** Follows a topic until the returned function is called. */
export function follow(topic: string, listener: Listener): () => void {
  const opened = connect()
  let set = listeners.get(topic)
  if (set === undefined) {
    set = new Set()
    listeners.set(topic, set)
    if (opened.connected) opened.emit('follow', [topic], () => undefined)
  }
  set.add(listener)
  return () => {
    set.delete(listener)
    if (set.size > 0 || listeners.get(topic) !== set) return
    listeners.delete(topic)
    opened.emit('leave', [topic])
  }
}

/** After signing in or joining: the old socket carries the old cookie. */
export function reconnectNews(): void {
  socket?.disconnect().connect()
}
