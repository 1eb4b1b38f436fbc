/** The parts in reading order: store, services, ports. `startApp` is the whole server; main.ts and the tests start it. */
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createAnnouncer } from './announce/events.ts'
import type { Config } from './config.ts'
import { createHttpPort } from './http/http-port.ts'
import { createRoutes, type Routes } from './http/routes.ts'
import { attachLivePort } from './live/live-port.ts'
import { openStore, type Store } from './store/store.ts'

export type App = {
  /** Where it listens. */
  readonly port: number
  readonly store: Store
  readonly routes: Routes
  /** Stops the ports, saves what is left, closes the store. */
  close(): Promise<void>
}

/** The built client beside the built server; under tsx (tests) the same dist. */
const clientDir = (): string => {
  const here = new URL('.', import.meta.url).pathname
  return here.includes('/dist/') ? join(here, '../client') : join(here, '../dist/client')
}

/** Starts everything on one port. Throws the store's or the listener's error, with nothing left open. */
export async function startApp(config: Config, log: Logger): Promise<App> {
  const store = await openStore({ dataDir: config.dataDir, mongodbUri: config.mongodbUri })
  const announcer = createAnnouncer((error, event) => log.error({ err: error, event: event.kind }, 'a subscriber failed'))

  // ---- services, in the order of the way of a proposal

  // ---- routes
  const routes = createRoutes()

  // ---- ports
  const authenticate = async () => null
  const http = createHttpPort({
    config,
    routes,
    log,
    authenticate,
    ready: async () => store.connection.readyState === 1,
    clientDir: clientDir(),
  })
  const server = createServer(http)
  const live = attachLivePort({ server, config, announcer, authenticate, mayFollow: async () => false, log })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, () => {
      server.off('error', reject)
      resolve()
    })
  }).catch(async (error: unknown) => {
    await live.close()
    await store.close()
    throw error
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    store,
    routes,
    async close() {
      server.closeAllConnections()
      await live.close()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
    },
  }
}
