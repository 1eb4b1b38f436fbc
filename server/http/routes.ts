/** The list of routes: every handler is served through its contract, so permission, OpenAPI and tests see the same list. */
import type { Endpoint, ParsedOf, ReplyOf } from '../../shared/http/endpoint.ts'
import type { Viewer } from '../people/viewer.ts'

/** What a handler may do to the answer besides returning its JSON. */
export type Answer = {
  /** Sets a response header. */
  header(name: string, value: string): void
  /** Sends bytes instead of JSON, with the contract's media type; `name` becomes the download's file name. */
  file(bytes: Uint8Array, name: string): void
}

export type Asker = {
  readonly viewer: Viewer
  /** Language of the person: `th` unless English was chosen. */
  readonly language: 'th' | 'en'
  /** Who asks; behind a trusted proxy the address that it names. */
  readonly ip: string
  readonly cookie: string | undefined
  /** Whether the request came by https (by PUBLIC_URL, or as a trusted proxy says). */
  readonly secure: boolean
  /** Origin that people see, for links: PUBLIC_URL or scheme and Host. */
  readonly origin: string
}

export type Call<E> = ParsedOf<E> & Asker & { readonly answer: Answer }
export type AnyHandler = (call: Call<Endpoint>) => Promise<unknown>
export type Route = { readonly endpoint: Endpoint; readonly handler: AnyHandler }

export type Routes = {
  /** Adds a route; the handler gets parsed input and returns what the contract's reply says. */
  serve<E extends Endpoint>(endpoint: E, handler: (call: Call<E>) => Promise<ReplyOf<E>>): void
  list(): readonly Route[]
}

/** An empty list of routes; the same method and path twice is a programming error. */
export function createRoutes(): Routes {
  const routes = new Map<string, Route>()
  return {
    serve(endpoint, handler) {
      const key = `${endpoint.method} ${endpoint.path}`
      if (routes.has(key)) throw new Error(`route declared twice: ${key}`)
      // The contract's types were checked at this call; inside the list they are erased to the common shape.
      routes.set(key, { endpoint, handler: handler as unknown as AnyHandler })
    },
    list: () => [...routes.values()],
  }
}
