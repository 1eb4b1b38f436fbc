/** Clients of Redis as this server uses them: they never give up, never end the process, and hold no more than a bounded queue. */
import { createClient } from 'redis'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1000
const CONNECT_MS = 2000
/** Commands that wait for Redis; more are refused, and what they would have told is caught up. */
const MOST_WAITING = 1000

/** What nodes need of a client; the simulator has one of its own. */
export type NodeClient = {
  readonly isOpen: boolean
  readonly isReady: boolean
  on(event: 'ready', call: () => void): unknown
  publish(channel: string, text: string): Promise<unknown>
  subscribe(channel: string, hear: (text: string) => void): Promise<unknown>
  destroy(): void
}

/** Begins to connect and goes on trying; `failed` hears of every error, and is all that happens. */
export function openRedis(url: string, failed: (error: unknown) => void) {
  const client = createClient({
    url,
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (tries) => Math.min(FIRST_PAUSE_MS * 2 ** Math.min(tries, 10), LONGEST_PAUSE_MS),
    },
  })
  client.on('error', failed)
  client.connect().catch(failed)
  return client
}

/** Ends a client at once; what waited in it is refused. */
export function closeRedis(client: Pick<NodeClient, 'isOpen' | 'destroy'>): void {
  if (client.isOpen) client.destroy()
}
