/** One room behind the real HTTP and news ports with the built pages, everybody signed in as one viewer: for browser tests of its screens. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { createAnnouncer } from '../../server/announce/events.ts'
import type { Config } from '../../server/config.ts'
import { createHttpPort } from '../../server/http/http-port.ts'
import { createRoutes, type Routes } from '../../server/http/routes.ts'
import { attachLivePort } from '../../server/live/live-port.ts'
import { me } from '../../shared/people/contract.ts'
import type { Viewer } from '../../server/people/viewer.ts'

/** RANGRUAM_CLIENT: another place where the pages were built. */
const BUILT = process.env['RANGRUAM_CLIENT'] ?? fileURLToPath(new URL('../../dist/client', import.meta.url))

export type RoomSite = Awaited<ReturnType<typeof openRoomSite>>

/** `serve` puts the room's routes in; `who.viewer` may be changed while it runs. */
export async function openRoomSite(dataDir: string, who: { viewer: Viewer }, serve: (routes: Routes) => void) {
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    mongodbUri: undefined,
    redisUrl: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    demo: false,
    logLevel: 'silent',
  }
  const log = pino({ level: 'silent' })
  const routes = createRoutes()
  serve(routes)
  routes.serve(me, async () => {
    const { person, name, standings } = who.viewer
    return { person, name, standings: [...standings], home: '/', demo: false, plainHttp: false }
  })
  const authenticate = async () => who.viewer
  const storeHealth = async () => ({ answers: true, saved: 'one-file' as const })
  const server = createServer(
    createHttpPort({ config, routes, log, authenticate, storeHealth, isStoreAway: () => false, clientDir: BUILT }),
  )
  const announcer = createAnnouncer(() => undefined)
  const mayFollow = async () => true
  const live = attachLivePort({ server, config, announcer, authenticate, mayFollow, isStoreAway: () => false, log })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async close() {
      await live.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
