/** The parts in reading order: store, services, ports. `startApp` is the whole server; main.ts and the tests start it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createAnnouncer } from './announce/events.ts'
import { joinNodes, type Nodes } from './announce/nodes.ts'
import { tellNodes } from './announce/tell-nodes.ts'
import { askedTogether } from './asked-together.ts'
import { createCollab } from './collab/collab-socket.ts'
import type { DraftPlace } from './collab/draft-place.ts'
import { createUnsaved } from './collab/unsaved.ts'
import type { Config } from './config.ts'
import { makeDemo } from './demo/demo.ts'
import { inTurn } from './demo/demo-turn.ts'
import { createHttpPort } from './http/http-port.ts'
import { sameOrigin } from './http/origin.ts'
import { createRoutes, type Routes } from './http/routes.ts'
import { serveDraftingRoutes } from './http/drafting-routes.ts'
import { serveJoiningRoutes } from './http/joining-routes.ts'
import { serveMerging } from './http/merging-routes.ts'
import { serveOfficeRoutes } from './http/office-routes.ts'
import { servePeopleRoutes } from './http/people-routes.ts'
import { serveReviewRoutes } from './http/review-routes.ts'
import { serveWorkshopRoutes } from './http/workshop-routes.ts'
import { followRule } from './live/follow-rule.ts'
import { attachLivePort } from './live/live-port.ts'
import { createRooms, type Rooms } from './rooms.ts'
import { inTime, LOOKUP_MS } from './store/in-time.ts'
import { isStoreAway } from './store/store-away.ts'
import { openStore, type Store } from './store/store.ts'
import type { DraftId } from '../shared/ids.ts'

export type App = {
  /** Where it listens. */
  readonly port: number
  readonly store: Store
  readonly routes: Routes
  readonly rooms: Rooms
  /** The other nodes; null where there is no REDIS_URL. */
  readonly nodes: Nodes | null
  /** Resolves when the demo workshop is there, or is not to be made. */
  readonly demoMade: Promise<void>
  /** Stops the ports, saves what is left, closes the store; resolves with whether the store took everything. */
  close(): Promise<boolean>
}

/** The built client beside the built server; under tsx (tests) the same dist. */
const clientDir = (): string => {
  const here = new URL('.', import.meta.url).pathname
  return here.includes('/dist/') ? join(here, '../client') : join(here, '../dist/client')
}

/** Starts everything on one port. Throws the store's or the listener's error, with nothing left open. `loud` hears of damage in the store. */
export async function startApp(config: Config, log: Logger, loud?: (line: string) => void): Promise<App> {
  const { dataDir, mongodbUri } = config
  const store = await openStore({ dataDir, mongodbUri, ...(loud === undefined ? {} : { loud }) })
  const announcer = createAnnouncer((error, event) =>
    log.error({ err: error, event: event.kind }, 'a subscriber failed'),
  )
  const { redisUrl } = config
  const nodes = redisUrl === undefined ? null : joinNodes({ url: redisUrl, scope: store.connection.name, log })
  const stopTelling = nodes === null ? () => undefined : tellNodes(announcer, nodes)

  // ---- services, in the order of the way of a proposal
  const rooms = await createRooms({
    config,
    store,
    announcer,
    nodes,
    log,
    peopleIn: (draft) => collab.peopleIn(draft),
    collect: (draft, ms) => collab.collect(draft, ms),
  })
  const authenticate = askedTogether(
    (cookie: string | undefined) => cookie ?? '',
    (cookie) => inTime(rooms.people.sessions.authenticate(cookie), LOOKUP_MS),
  )

  // ---- routes
  const routes = createRoutes()
  servePeopleRoutes(routes, rooms.people)
  serveJoiningRoutes(routes, rooms.people)
  serveWorkshopRoutes(routes, rooms.workshop)
  serveDraftingRoutes(routes, rooms.drafting)
  serveMerging(routes, rooms.merging)
  serveReviewRoutes(routes, rooms.review)
  serveOfficeRoutes(routes, rooms.review)

  // ---- ports
  const storeHealth = askedTogether((name: string) => name, store.health)
  const http = createHttpPort({
    config,
    routes,
    log,
    authenticate,
    storeHealth: () => storeHealth(''),
    isStoreAway,
    clientDir: clientDir(),
  })
  const server = createServer((request, response) => {
    if (!collab.handleRequest(request, response)) http(request, response)
  })
  const mayFollow = followRule(rooms)
  const live = attachLivePort({
    server,
    config,
    announcer,
    nodes,
    authenticate,
    mayFollow: (viewer, topic) => inTime(mayFollow(viewer, topic), LOOKUP_MS),
    isStoreAway,
    log,
  })
  const { drafts, accessTo, compact, missing } = rooms.drafting
  const draftById = askedTogether(
    (id: DraftId) => id,
    (id) => inTime(drafts.byId(id), LOOKUP_MS),
  )
  const draftOf = async (id: DraftId): Promise<DraftPlace | null> => {
    const draft = await draftById(id)
    if (draft === null) return null
    const { generation, workshop, group, template } = draft
    return { id, generation, workshop, group, template }
  }
  const collab = createCollab({
    journal: store.journal,
    announcer,
    nodes,
    authenticate: (request) => authenticate(request.headers.cookie),
    sameOrigin: (request) => sameOrigin(request.headers, config.publicUrl),
    draftOf,
    draftAccess: (viewer, { id, workshop, group }) => inTime(accessTo(viewer, { _id: id, workshop, group }), LOOKUP_MS),
    compact,
    missing,
    log,
  })
  server.on('upgrade', (request, socket, head) => {
    // A reset during an upgrade must not end the process.
    socket.on('error', () => socket.destroy())
    if (collab.handleUpgrade(request, socket, head) || request.url?.startsWith('/live') === true) return
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
  })
  const unsaved = createUnsaved({
    dataDir: config.dataDir,
    journal: store.journal,
    announcer,
    draftOf,
    // Of a file, what fails is one draft's damage: the others go on.
    isAway: (error) => store.where === 'mongodb' && isStoreAway(error),
    log,
  })
  const stopServices = async (): Promise<boolean> => {
    const left = await collab.close()
    if (left.length > 0) unsaved.keep(left)
    await live.close()
    await rooms.close()
    stopTelling()
    await nodes?.close()
    await store.close()
    return left.length === 0
  }
  try {
    // Before anybody is let in: what is handed in, or typed anew, comes behind what was typed before.
    await unsaved.takeIn()
    server.listen(config.port, config.host)
    await once(server, 'listening')
  } catch (error) {
    await stopServices()
    throw error
  }
  let stopping = false
  // People can sign in meanwhile: the demo takes a few seconds once, on the first start.
  const demo = config.demo
    ? (nodes === null
        ? makeDemo(rooms)
        : inTurn(
            store.connection,
            nodes.id,
            () => stopping,
            () => makeDemo(rooms),
          )
      ).catch((error: unknown) => {
        if (!stopping) log.error({ err: error }, 'making the demo workshop failed')
        return null
      })
    : Promise.resolve(null)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    store,
    routes,
    rooms,
    nodes,
    demoMade: demo.then(() => undefined),
    async close() {
      // Nothing answers from here on. A demo that is being made is left: the next start makes it good.
      stopping = true
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      const isAllSaved = await stopServices()
      await closed
      return isAllSaved
    },
  }
}
