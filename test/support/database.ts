/** A MongoDB-protocol database that a test can take away and give back: the reference server (which keeps all in memory) behind a relay. */
import { startReferenceServer } from './reference-server.ts'
import { startRelay, type Relay } from './relay.ts'

export type Database = {
  readonly kind: 'running'
  readonly relay: Relay
  /** The address of a database through the relay. */
  through(name: string): string
  /** The same one, past the relay. */
  past(name: string): string
  stop(): Promise<void>
}

/** Says why where there is none. */
export async function startDatabase(): Promise<Database | { readonly kind: 'absent'; readonly reason: string }> {
  const server = await startReferenceServer()
  if (server.kind === 'absent') return server
  const relay = await startRelay(Number(new URL(server.uri('any')).port))
  return {
    kind: 'running',
    relay,
    through: (name) => `mongodb://127.0.0.1:${relay.port}/${name}`,
    past: (name) => server.uri(name),
    async stop() {
      await relay.close()
      await server.stop()
    },
  }
}
