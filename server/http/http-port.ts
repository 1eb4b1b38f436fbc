/** The HTTP port: express with strict headers, one pipeline for every route (origin, session, input, handler, answer). */
import express, { type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { mayEver } from '../../shared/people/access.ts'
import { SAVED_MEANS, type SavedMeans } from '../../shared/texts/saved-means.ts'
import type { Config } from '../config.ts'
import { NOBODY, type Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import { soon } from '../soon.ts'
import { openApiDocument } from './openapi.ts'
import { sameOrigin } from './origin.ts'
import { answerProblem } from './problem-answer.ts'
import { precompressed } from './precompressed.ts'
import type { Route, Routes } from './routes.ts'

/** Largest JSON body: a 5 MB roster as base64. */
const BODY_LIMIT = '8mb'
/** Longest wait for a handler: beyond it its database has not answered. What it was asked to do may still be done. */
const ANSWER_MS = 30_000
/** A document by itself may take 60 s (workers/office-exports.ts). */
const DOCUMENT_MS = 75_000

export type HttpPortDeps = {
  readonly config: Config
  readonly routes: Routes
  readonly log: Logger
  /** The session behind a Cookie header; null when there is none. */
  readonly authenticate: (cookie: string | undefined) => Promise<Viewer | null>
  /** Whether the store answers, and what "saved" means on it: what /readyz says. */
  readonly storeHealth: () => Promise<{ readonly answers: boolean; readonly saved: SavedMeans }>
  /** Whether an error only says that the store does not answer now. */
  readonly isStoreAway: (error: unknown) => boolean
  /** Folder of the built client; pages are served from it. */
  readonly clientDir: string
  /** Longest wait for a handler, in milliseconds; tests set it low. */
  readonly answerMs?: number
}

/** Builds the express application. */
export function createHttpPort(deps: HttpPortDeps): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  // Address and scheme of a request: see addressOf.
  app.set('trust proxy', [...deps.config.trustedProxies])
  const https = deps.config.publicUrl?.startsWith('https:') === true
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          fontSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'", 'ws:', 'wss:'],
          manifestSrc: ["'self'"],
          workerSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      // On a plain-http hotel LAN these would blank the page or pin a host that has no certificate.
      strictTransportSecurity: https,
      crossOriginOpenerPolicy: https,
      originAgentCluster: https,
    }),
  )
  // Whether the process lives. A database that is away is no reason to end it: it holds what nobody else has.
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true })
  })
  app.get('/readyz', async (_request, response) => {
    const { answers, saved } = await deps.storeHealth()
    response
      .status(answers ? 200 : 503)
      .json({ ok: answers, store: answers ? 'answers' : 'away', ...SAVED_MEANS[saved] })
  })
  app.get('/api/openapi.json', (_request, response) => {
    response.json(openApiDocument(deps.routes.list()))
  })
  for (const route of deps.routes.list()) mount(app, route, deps)
  app.use('/api', (_request, _response, next) => {
    next(new Problem(404, 'not-found'))
  })
  servePages(app, deps.clientDir)
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const isAway = deps.isStoreAway(error)
    // Hundreds of pages ask while a database is away: a line each, without where in the code.
    if (isAway) deps.log.warn({ why: String(error), route: request.route?.path }, 'the store does not answer')
    answerProblem(isAway ? new Problem(503, 'store-failing') : error, request, response, deps.log)
  })
  return app
}

function mount(app: express.Express, { endpoint, handler }: Route, deps: HttpPortDeps): void {
  const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
  app[method](endpoint.path, express.json({ limit: BODY_LIMIT }), async (request: Request, response: Response) => {
    if (endpoint.method !== 'GET' && !sameOrigin(request.headers, deps.config.publicUrl))
      throw new Problem(403, 'foreign-origin')
    const viewer = (await deps.authenticate(request.headers.cookie)) ?? NOBODY
    if (endpoint.action !== 'public' && viewer.person === null) throw new Problem(401, 'sign-in-needed')
    if (!open(endpoint.action) && !mayEver(viewer.standings, endpoint.action)) throw new Problem(403, 'forbidden')
    const parsed = {
      params: parse(endpoint.params, request.params, 'path'),
      query: parse(endpoint.query, request.query, 'query'),
      body: parse(endpoint.body, request.body, 'body'),
    }
    let sent = false
    const scheme = request.secure || deps.config.publicUrl?.startsWith('https:') === true ? 'https' : 'http'
    response.setHeader('Cache-Control', 'no-store')
    const answering = handler({
      ...(parsed as { params: never; query: never; body: never }),
      viewer,
      language: languageOf(request),
      ip: addressOf(request),
      cookie: request.headers.cookie,
      secure: scheme === 'https',
      origin: deps.config.publicUrl?.replace(/\/$/, '') ?? `${scheme}://${request.headers.host ?? 'localhost'}`,
      answer: {
        header: (name, value) => response.append(name, value),
        file(bytes, name) {
          sent = true
          response.setHeader('Content-Type', endpoint.file ?? 'application/octet-stream')
          response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
          response.end(bytes)
        },
      },
    })
    const ms = deps.answerMs ?? (endpoint.file === undefined ? ANSWER_MS : DOCUMENT_MS)
    const reply = await soon(answering, ms, (): never => {
      throw new Problem(503, 'store-failing')
    })
    if (sent) return
    if (reply === undefined) response.status(204).end()
    else response.json(reply)
  })
}

/** Who asks, by the word of trusted proxies. Where that is no address (some put a port to it), their people count as one: else each connection would be somebody new. */
function addressOf({ ip = '', socket }: Request): string {
  return isIP(ip) === 0 ? (socket.remoteAddress ?? '') : ip
}

/** Rules that ask for no role. */
function open(action: Route['endpoint']['action']): action is 'public' | 'signed-in' {
  return action === 'public' || action === 'signed-in'
}

function parse(schema: Route['endpoint']['params'], value: unknown, place: string): unknown {
  if (schema === undefined) return undefined
  const outcome = schema.safeParse(value ?? {})
  if (outcome.success) return outcome.data
  const where = outcome.error.issues[0]?.path.join('.') ?? ''
  throw new Problem(400, 'bad-request', { where: where === '' ? place : where })
}

function languageOf(request: Request): 'th' | 'en' {
  return request.headers['accept-language']?.startsWith('en') === true ? 'en' : 'th'
}

/** Built files by their hashed names, and the one page for every address that is not a file. */
function servePages(app: express.Express, clientDir: string): void {
  app.use('/assets', precompressed(join(clientDir, 'assets')))
  app.use('/assets', express.static(join(clientDir, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  app.use(express.static(clientDir, { index: false, maxAge: 0 }))
  app.get(/.*/, (_request, response, next) => {
    const page = join(clientDir, 'index.html')
    if (!existsSync(page)) return next(new Problem(404, 'not-found'))
    response.setHeader('Cache-Control', 'no-cache')
    response.sendFile(page)
  })
}
