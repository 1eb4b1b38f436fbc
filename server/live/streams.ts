/** News for pages of other nodes: socket.io's adapter on a Redis stream, which a node that was cut off for a moment reads on from where it stopped. */
import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Logger } from 'pino'
import type { Server } from 'socket.io'
import type { Nodes } from '../announce/nodes.ts'
import { closeRedis, openRedis } from '../announce/redis-client.ts'

/** News are small and soon old: what a node has not read by then it has missed, and its pages look again. */
const LONGEST_STREAM = 10_000
/** How long one question to the stream waits; also how long the adapter lingers when the server stops. */
const WAIT_MS = 1000

export type Streams = {
  /** Tells pages of other nodes; those of this node are left out. While Redis is away a bounded number waits. */
  tellOthers(topics: readonly string[], news: object): void
  close(): void
}

/** Puts the adapter under a server. */
export function attachStreams(io: Server, nodes: Nodes, log: Pick<Logger, 'debug'>): Streams {
  const client = openRedis(nodes.url, (error) => log.debug({ err: error }, 'the stream of news broke'))
  const here = `node:${nodes.id}`
  const streamName = `${nodes.prefix}:news`
  const names = { streamName, channelPrefix: streamName }
  io.adapter(createAdapter(client, { ...names, maxLen: LONGEST_STREAM, blockTimeInMs: WAIT_MS }))
  io.on('connection', (socket) => void socket.join(here))
  return {
    tellOthers: (topics, news) =>
      io
        .to([...topics])
        .except(here)
        .emit('news', news),
    close: () => closeRedis(client),
  }
}
