/** Review behind the real HTTP and news ports, everybody signed in as one viewer: for browser tests of its screens. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { createAnnouncer } from '../../../server/announce/events.ts'
import type { Config } from '../../../server/config.ts'
import { createHttpPort } from '../../../server/http/http-port.ts'
import { serveOfficeRoutes } from '../../../server/http/office-routes.ts'
import { serveReviewRoutes } from '../../../server/http/review-routes.ts'
import { createRoutes } from '../../../server/http/routes.ts'
import { attachLivePort } from '../../../server/live/live-port.ts'
import type { Viewer } from '../../../server/people/viewer.ts'
import type { ReviewBench } from './review-bench.ts'

const BUILT = fileURLToPath(new URL('../../../dist/client', import.meta.url))

/** `who.viewer` may be changed while it runs. */
export async function openReviewSite(review: ReviewBench, who: { viewer: Viewer }, clientDir = BUILT) {
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    dataDir: review.bench.dataDir,
    mongodbUri: undefined,
    publicUrl: undefined,
    demo: false,
    logLevel: 'silent',
  }
  const log = pino({ level: 'silent' })
  const routes = createRoutes()
  serveReviewRoutes(routes, review)
  serveOfficeRoutes(routes, review)
  const authenticate = async () => who.viewer
  const server = createServer(createHttpPort({ config, routes, log, authenticate, ready: async () => true, clientDir }))
  const announcer = createAnnouncer(() => undefined)
  const live = attachLivePort({ server, config, announcer, authenticate, mayFollow: async () => true, log })
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
