/** A network between a browser or our server and a server on one machine that a test can cut, let stall, and mend. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Relay = {
  readonly port: number
  /** Ends every connection and refuses new ones. */
  cut(): void
  /** Connections that stand carry nothing any more, as when Wi-Fi is gone without a word; new ones work. */
  stall(): void
  /** Holds everything, new connections too, until `mend`. */
  hold(): void
  /** The next message to the server with these bytes in it arrives, and its connection ends before the answer. */
  loseAnswerTo(marker: string): void
  /** How many answers were lost so. */
  lost(): number
  /** What comes from the server with these bytes in it arrives nowhere from now on, and the connection stays as it is; null: everything comes again. */
  swallow(marker: string | null): void
  /** How often that happened. */
  swallowed(): number
  /** New connections work again, and what was held goes on. */
  mend(): void
  close(): Promise<void>
}

/** Listens on a free port of the loopback address and carries everything to `target`. */
export async function startRelay(target: number): Promise<Relay> {
  const open = new Set<Socket>()
  const markers: string[] = []
  let lost = 0
  let unheard: string | null = null
  let swallowed = 0
  let mode: 'open' | 'cut' | 'held' = 'open'
  const server = createServer((client) => {
    if (mode === 'cut') {
      client.destroy()
      return
    }
    const upstream = connect(target, '127.0.0.1')
    let isDeaf = false
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
      socket.on('data', (bytes) => {
        if (socket === client && markers[0] !== undefined && bytes.includes(markers[0])) {
          markers.shift()
          isDeaf = true
        } else if (socket === upstream && isDeaf) {
          lost += 1
          client.destroy()
          return
        }
        if (socket === upstream && unheard !== null && bytes.includes(unheard)) {
          swallowed += 1
          return
        }
        if (!other.write(bytes)) socket.pause()
      })
      other.on('drain', () => {
        if (mode === 'open') socket.resume()
      })
      if (mode === 'held') socket.pause()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      mode = 'cut'
      for (const socket of open) socket.destroy()
    },
    stall() {
      for (const socket of open) {
        socket.removeAllListeners('data')
        socket.pause()
      }
    },
    hold() {
      mode = 'held'
      for (const socket of open) socket.pause()
    },
    loseAnswerTo: (marker) => void markers.push(marker),
    lost: () => lost,
    swallow(marker) {
      unheard = marker
    },
    swallowed: () => swallowed,
    mend() {
      mode = 'open'
      for (const socket of open) socket.resume()
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
