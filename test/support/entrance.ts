/** What a proxy does for one browser: keeps it with one node, and leads it to the other when that one is gone. A relay of bytes, for tests. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Entrance = {
  readonly port: number
  /** How many connections went to another node than the first of the list. */
  readonly led: number
  close(): Promise<void>
}

/** `nodes` are ports on the loopback address, in the order in which they are tried. */
export async function openEntrance(nodes: readonly number[]): Promise<Entrance> {
  const open = new Set<Socket>()
  let led = 0
  const server = createServer((client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => open.delete(client))
    const lead = (at: number): void => {
      const node = nodes[at]
      if (node === undefined) return void client.destroy()
      const upstream = connect(node, '127.0.0.1')
      upstream.once('connect', () => {
        if (at > 0) led += 1
        upstream.off('error', next)
        upstream.on('error', () => upstream.destroy())
        upstream.on('close', () => client.destroy())
        client.on('close', () => upstream.destroy())
        client.pipe(upstream).pipe(client)
      })
      const next = (): void => lead(at + 1)
      upstream.once('error', next)
    }
    lead(0)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get led() {
      return led
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
