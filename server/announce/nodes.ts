/** The other nodes of this installation, through one channel of Redis: who lives, what they say, and whether anything may have been lost. */
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { soon } from '../soon.ts'
import { envelope, type NodeMessage } from './node-messages.ts'
import { closeRedis, openRedis, type NodeClient } from './redis-client.ts'

const ALIVE_MS = 1000
/** So long without hearing oneself through Redis, and Redis is away. */
const AWAY_MS = 3500
/** So long without a word of another node, and it is gone. */
const GONE_MS = 5000
/** A connection that carries nothing for so long is replaced: a cut without a word would be noticed by TCP only after minutes. */
const RENEW_MS = 5000

export type NodesListener = {
  heard?(message: NodeMessage, from: string): void
  /** Another node stopped, died, or cannot be heard any more. */
  gone?(node: string): void
  /** Messages may have been lost; said again every few seconds while Redis is away. */
  missed?(): void
}

export type Nodes = {
  readonly id: string
  readonly url: string
  /** Begins every name in Redis, so that installations can share one. */
  readonly prefix: string
  /** False while Redis does not answer; this node works on, and looks into the journal more often. */
  readonly connected: boolean
  /** Other nodes that were heard lately. */
  readonly others: ReadonlySet<string>
  /** Says something to the others; dropped while Redis is away. */
  send(message: NodeMessage): void
  /** Returns the way to stop. */
  listen(listener: NodesListener): () => void
  close(): Promise<void>
}

export type NodesDeps = {
  readonly url: string
  /** Installations that share a Redis are told apart by it: the database's name. */
  readonly scope: string
  readonly log: Pick<Logger, 'warn' | 'info' | 'error'>
  /** Opens a client as `openRedis` does, which stands here outside of tests. */
  readonly openClient?: (url: string, failed: (error: unknown) => void) => NodeClient
}

/** Begins to connect; never waits for Redis and never throws. */
export function joinNodes({ url, scope, log, openClient = openRedis }: NodesDeps): Nodes {
  const prefix = `rangruam:${scope}`
  const channel = `${prefix}:nodes`
  const id = randomUUID()
  /** How everything begins that this node says. */
  const own = `{"from":"${id}"`
  const listeners = new Set<NodesListener>()
  const heardAt = new Map<string, number>()
  /** How many messages this node said, and the last one's number of each other node. */
  let said = 0
  const lastOf = new Map<string, number>()
  const others = new Set<string>()
  let connected = false
  let isClosed = false
  /** Something may have been lost since the last time that everything was known to come through. */
  let hasMissed = true
  let echoAt = performance.now()
  let openedAt = echoAt
  let toldAwayAt = echoAt
  let clients: readonly [publisher: NodeClient, subscriber: NodeClient]

  function each(tell: (listener: NodesListener) => void): void {
    for (const listener of listeners) {
      try {
        tell(listener)
      } catch (error) {
        log.error({ err: error }, 'a listener to other nodes failed')
      }
    }
  }

  function open(): void {
    openedAt = performance.now()
    const broke = (error: unknown): void => {
      hasMissed = true
      // Once a time away, not at every try.
      if (!connected || isClosed) return
      connected = false
      log.warn({ err: error }, 'Redis is away: this node works on alone')
    }
    const publisher = openClient(url, broke)
    const subscriber = openClient(url, broke)
    for (const client of [publisher, subscriber]) client.on('ready', alive)
    subscriber.subscribe(channel, hear).then(alive, broke)
    clients = [publisher, subscriber]
  }

  const alive = (): void => send({ kind: 'alive' })

  function send(message: NodeMessage): void {
    const [publisher] = clients ?? []
    if (publisher?.isReady !== true) {
      hasMissed = true
      return
    }
    said += 1
    publisher.publish(channel, JSON.stringify({ from: id, nth: said, message })).catch(() => {
      hasMissed = true
    })
  }

  function hear(text: string): void {
    if (text.startsWith(own)) return heardOneself()
    const read = readEnvelope(text)
    if (read === null) return log.warn({ size: text.length }, 'another node said what this one cannot read')
    const { from, nth, message } = read
    if (message.kind === 'leaving') return forget(from)
    if (nth !== undefined) {
      // Lost without a word: with the next word that this node hears of itself all look again.
      if (nth > (lastOf.get(from) ?? nth - 1) + 1) hasMissed = true
      lastOf.set(from, nth)
    }
    heardAt.set(from, performance.now())
    if (!others.has(from)) {
      others.add(from)
      if (message.kind !== 'back') send({ kind: 'back' })
    }
    if (message.kind === 'back') each((listener) => listener.missed?.())
    each((listener) => listener.heard?.(message, from))
  }

  /** The way through Redis and back is whole. */
  function heardOneself(): void {
    echoAt = performance.now()
    if (connected && !hasMissed) return
    if (!connected) log.info({ others: others.size }, 'connected with Redis')
    connected = true
    hasMissed = false
    send({ kind: 'back' })
    each((listener) => listener.missed?.())
  }

  function forget(node: string): void {
    heardAt.delete(node)
    lastOf.delete(node)
    if (others.delete(node)) each((listener) => listener.gone?.(node))
  }

  function beat(): void {
    const now = performance.now()
    if (now - echoAt > AWAY_MS) {
      if (connected) log.warn('Redis does not answer: this node works on alone')
      connected = false
      hasMissed = true
      if (now - openedAt > RENEW_MS) {
        for (const client of clients) closeRedis(client)
        open()
      }
    }
    if (!connected && now - toldAwayAt > AWAY_MS) {
      toldAwayAt = now
      each((listener) => listener.missed?.())
    }
    for (const [node, at] of heardAt) if (now - at > GONE_MS) forget(node)
    alive()
  }

  open()
  const beating = setInterval(beat, ALIVE_MS)
  return {
    id,
    url,
    prefix,
    get connected() {
      return connected
    },
    others,
    send,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      isClosed = true
      clearInterval(beating)
      listeners.clear()
      const [publisher] = clients
      if (publisher.isReady) {
        const said = publisher.publish(channel, JSON.stringify({ from: id, message: { kind: 'leaving' } }))
        await soon(
          said.catch(() => 0),
          ALIVE_MS,
          () => 0,
        )
      }
      for (const client of clients) closeRedis(client)
    },
  }
}

function readEnvelope(text: string): z.infer<typeof envelope> | null {
  try {
    const parsed = envelope.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
