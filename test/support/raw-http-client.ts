/** A bare program at the document port over HTTP: asks whatever it likes, and remembers what came. */
import * as decoding from 'lib0/decoding'
import { eventsIn } from '../../client/sync/server-events.ts'
import { carried, framesIn, type Closing } from '../../shared/drafting/carried-frames.ts'
import { framed } from './raw-client.ts'
import { until } from './waiting.ts'

export type RawHttpClient = {
  /** Where its connection is; null when it was not let in. */
  readonly href: string | null
  readonly frames: Uint8Array[]
  /** The status with which it was let in or not. */
  readonly status: number
  closed(): number | null
  acknowledged(): number
  refusals(): string[]
  /** Brings frames; the first is the `from`-th, by default the next. Returns the status. */
  bring(frames: readonly Uint8Array[], from?: number): Promise<number>
  /** Sends an update in a frame `0,2`. */
  update(bytes: Uint8Array): Promise<number>
  closedWith(): Promise<number>
  leave(): Promise<void>
}

/** `fetch` with headers that a browser would send by itself. */
export function fetchWith(headers: Readonly<Record<string, string>>): typeof globalThis.fetch {
  return (address, init) => fetch(address, { ...init, headers: { ...(init?.headers as object), ...headers } })
}

/** A browser that was signed in, as far as its cookies go: those that answers set are sent with what is asked next. */
export function cookiesOf(session: string): { readonly fetch: typeof globalThis.fetch; shown(): string } {
  const jar = new Map<string, string>()
  const keep = (given: string): void => {
    const [name = '', value = ''] = (given.split(';', 1)[0] ?? '').split('=', 2)
    jar.set(name, value)
  }
  keep(session)
  const shown = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    shown,
    async fetch(address, init) {
      const answer = await fetchWith({ cookie: shown() })(address, init)
      for (const each of answer.headers.getSetCookie()) keep(each)
      return answer
    },
  }
}

/** Connects and asks for what comes until it is closed. `path` is `/collab/<draft>.<generation>?…`. */
export async function rawHttpClient(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  poll = false,
): Promise<RawHttpClient> {
  const ask = fetchWith(headers)
  const place = `http://127.0.0.1:${port}${path}`
  const opened = await ask(place, { method: 'POST' })
  const told = (await opened.json()) as { connection?: string; closed?: Closing }
  const href = told.connection === undefined ? null : `${place.split('?', 1)[0]}/${told.connection}`
  const frames: Uint8Array[] = []
  let closed: number | null = told.closed?.code ?? null
  let sent = 0
  let got = 0
  const listen = async (): Promise<void> => {
    while (href !== null && closed === null) {
      const answer = await ask(`${href}?after=${got}${poll ? '&poll=1' : ''}`)
      if (!answer.ok || answer.body === null) {
        closed ??= ((await answer.json()) as { closed: Closing }).closed.code
        return
      }
      for await (const { id, kind, data } of eventsIn(answer.body)) {
        if (kind === 'close') closed = (JSON.parse(data) as Closing).code
        else if (id === got + 1) {
          got = id
          frames.push(...(framesIn(Buffer.from(data, 'base64')) ?? []))
        }
      }
    }
  }
  listen().catch(() => undefined)
  const own = (kind: number): decoding.Decoder[] =>
    frames.flatMap((frame) => {
      const decoder = decoding.createDecoder(frame)
      return decoding.readVarUint(decoder) === kind ? [decoder] : []
    })
  const client: RawHttpClient = {
    href,
    frames,
    status: opened.status,
    closed: () => closed,
    acknowledged: () => Math.max(0, ...own(100).map((decoder) => decoding.readVarUint(decoder))),
    refusals: () => own(101).map((decoder) => `${decoding.readVarString(decoder)}@${decoding.readVarUint(decoder)}`),
    async bring(given, from = sent + 1) {
      sent = Math.max(sent, from + given.length - 1)
      const body = new Blob(given.map((frame) => carried(frame)))
      const answer = await ask(`${href}?from=${from}&after=${got}`, { method: 'POST', body })
      await answer.arrayBuffer()
      return answer.status
    },
    update: (bytes) => client.bring([framed(0, 2, bytes)]),
    async closedWith() {
      await until('the connection is closed', () => closed !== null)
      return closed ?? 0
    },
    async leave() {
      if (href !== null) await ask(href, { method: 'DELETE' })
      closed ??= 1000
    },
  }
  return client
}
