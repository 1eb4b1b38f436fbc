/** A WebSocket's likeness over HTTP, for networks that refuse WebSockets: frames go up by POST and come down as server-sent events, or by held answers where a proxy gathers. */
import { carried, framesIn, type Closing } from '../../shared/drafting/carried-frames.ts'
import { eventsIn, type ServerEvent } from './server-events.ts'
import { onLeaving } from './waking.ts'

/** How long anything may take before it counts as failed; a body of many bytes longer. */
const ASK_MS = 8_000
const BYTES_PER_MS = 20
/** The stream's first line comes at once; where it does not, something on the way gathers. */
const FIRST_MS = 4_000
/** The server says something every 12 s. */
const SILENT_MS = 20_000
/** Pauses before what failed is tried again; then the connection is closed, and the provider opens another. */
const PAUSES_MS = [150, 500, 1_500]
/** Of one request; a larger frame goes alone. */
const MOST_BYTES = 256 * 1024
const MOST_FRAMES = 1_000
/** What browsers let a page send that is going away is 64 kB. */
const MOST_LAST_BYTES = 60_000

/** The server knows no such connection (any more). */
const GONE = 410

type Ask = typeof globalThis.fetch

/** Whether something on the way gathers streams: found out once for a page. */
const ofThisPage = { gathers: false }

/** The class that a provider opens; whoever brings an `ask` of its own, as tests do, is a page of its own. */
export function httpSocket(given?: Ask): typeof WebSocket {
  const ask: Ask = given ?? ((...asked) => fetch(...asked))
  const way = given === undefined ? ofThisPage : { gathers: false }
  class HttpSocket extends EventTarget {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSING = 2
    static readonly CLOSED = 3
    readonly CONNECTING = 0
    readonly OPEN = 1
    readonly CLOSING = 2
    readonly CLOSED = 3
    readonly protocol = ''
    readonly extensions = ''
    readonly url: string
    binaryType: BinaryType = 'arraybuffer'
    readyState = 0
    onopen: ((event: Event) => void) | null = null
    onmessage: ((event: MessageEvent) => void) | null = null
    onerror: ((event: Event) => void) | null = null
    onclose: ((event: CloseEvent) => void) | null = null
    readonly #place: string
    readonly #over = new AbortController()
    readonly #stay = onLeaving(() => this.#leave())
    #connection = ''
    /** Frames with their heads that the server is not known to have, and how many it has. */
    #waiting: Uint8Array<ArrayBuffer>[] = []
    #sent = 0
    #sending = false
    /** The last message that came. */
    #got = 0

    constructor(url: string | URL) {
      super()
      this.url = String(url)
      const [path = ''] = this.url.split('?', 1)
      this.#place = path.replace(/^ws/, 'http')
      void this.#open()
    }

    get bufferedAmount(): number {
      return this.#waiting.reduce((sum, { length }) => sum + length, 0)
    }

    send(data: Uint8Array): void {
      if (this.readyState !== this.OPEN) return
      this.#waiting.push(carried(data))
      if (!this.#sending) void this.#bring()
    }

    close(code = 1000, reason = ''): void {
      if (this.readyState >= this.CLOSING) return
      const { href } = this
      this.#end({ code, reason })
      // The page may be going away; the server notices in any case.
      if (href !== null) ask(href, { method: 'DELETE', keepalive: true }).catch(() => undefined)
    }

    /** The page goes away: it says so, with the frames that are not known to have come. */
    #leave(): void {
      const { href } = this
      const body = new Blob(this.#waiting)
      if (href === null || body.size > MOST_LAST_BYTES || this.#waiting.length > MOST_FRAMES) return this.close()
      const place = `${href}?from=${this.#sent + 1}&after=${this.#got}&last=1`
      this.#end({ code: 1001, reason: '' })
      ask(place, { method: 'POST', body, keepalive: true }).catch(() => undefined)
    }

    /** Where this connection is, once it is open. */
    get href(): string | null {
      return this.#connection === '' ? null : `${this.#place}/${this.#connection}`
    }

    async #open(): Promise<void> {
      try {
        const read = (answer: Response) => answer.json() as Promise<{ connection?: string; closed?: Closing }>
        const url = this.url.replace(/^ws/, 'http')
        const { connection, closed } = await this.#ask(url, { method: 'POST' }, ASK_MS, read)
        if (closed !== undefined) return this.#end(closed)
        if (typeof connection !== 'string') throw new Error('no connection')
        if (this.readyState !== this.CONNECTING) return
        this.#connection = connection
      } catch {
        return this.#end(null)
      }
      this.readyState = this.OPEN
      this.#tell(new Event('open'))
      await this.#listen()
    }

    /** Asks for what comes, again and again. */
    async #listen(): Promise<void> {
      for (let failures = 0; this.readyState === this.OPEN;) {
        const before = this.#got
        const good = await this.#hear().catch(() => false)
        failures = good || this.#got > before ? 0 : failures + 1
        if (failures > 0 && !(await this.#rest(failures))) return
      }
    }

    /** One request for what comes, to its end; false when it broke. */
    async #hear(): Promise<boolean> {
      const poll = way.gathers
      const ending = new AbortController()
      const stop = (): void => ending.abort()
      this.#over.signal.addEventListener('abort', stop)
      let first = !poll
      const late = (): void => {
        if (first) way.gathers = true
        stop()
      }
      let timer = setTimeout(late, poll ? SILENT_MS : FIRST_MS)
      try {
        const answer = await ask(`${this.href}?after=${this.#got}${poll ? '&poll=1' : ''}`, {
          signal: ending.signal,
          cache: 'no-store',
        })
        if (!answer.ok || answer.body === null) {
          const closed = await closedIn(answer)
          if (closed !== null) this.#end(answer.status === GONE ? null : closed)
          return false
        }
        for await (const event of eventsIn(answer.body)) {
          first = false
          clearTimeout(timer)
          timer = setTimeout(late, SILENT_MS)
          this.#take(event)
          if (this.readyState !== this.OPEN) return true
        }
        return true
      } finally {
        clearTimeout(timer)
        this.#over.signal.removeEventListener('abort', stop)
      }
    }

    #take({ id, kind, data }: ServerEvent): void {
      if (kind === 'close') return this.#end(JSON.parse(data) as Closing)
      if (data === '' || id !== this.#got + 1) return
      this.#got = id
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
      for (const frame of framesIn(bytes) ?? []) {
        if (this.readyState !== this.OPEN) return
        // A buffer of its own, as a WebSocket gives it.
        this.#tell(new MessageEvent('message', { data: frame.slice().buffer }))
      }
    }

    /** Brings what waits, one request at a time; what is not known to have come is brought again under the same number. */
    async #bring(): Promise<void> {
      this.#sending = true
      for (let failures = 0; this.#waiting.length > 0 && this.readyState === this.OPEN;) {
        const count = this.#together()
        const body = new Blob(this.#waiting.slice(0, count))
        const sent = await this.#ask(
          `${this.href}?from=${this.#sent + 1}&after=${this.#got}`,
          { method: 'POST', body },
          ASK_MS + body.size / BYTES_PER_MS,
          async (answer) => ({
            ok: answer.ok,
            status: answer.status,
            closed: answer.ok ? null : await closedIn(answer),
          }),
        ).catch(() => null)
        if (sent?.ok === true) {
          this.#waiting.splice(0, count)
          this.#sent += count
          failures = 0
          continue
        }
        const closed = sent?.closed ?? null
        // What was said before the end comes by the other way, and the end behind it.
        if (closed !== null && sent?.status !== GONE) break
        if (closed !== null) this.#end(null)
        failures += 1
        if (!(await this.#rest(failures))) break
      }
      this.#sending = false
    }

    /** How many of the frames that wait go into one request. */
    #together(): number {
      let size = 0
      const count = this.#waiting.findIndex((frame, at) => (size += frame.length) > MOST_BYTES || at === MOST_FRAMES)
      return count < 0 ? this.#waiting.length : Math.max(1, count)
    }

    /** An answer, read within the time: it may break off without a word in its middle, too. */
    async #ask<Said>(
      url: string,
      init: RequestInit,
      ms: number,
      read: (answer: Response) => Promise<Said>,
    ): Promise<Said> {
      const ending = new AbortController()
      const stop = (): void => ending.abort()
      const timer = setTimeout(stop, ms)
      this.#over.signal.addEventListener('abort', stop)
      try {
        return await read(await ask(url, { ...init, signal: ending.signal, cache: 'no-store' }))
      } finally {
        clearTimeout(timer)
        this.#over.signal.removeEventListener('abort', stop)
      }
    }

    /** A pause before what failed is tried again; false when the connection is given up. */
    async #rest(failures: number): Promise<boolean> {
      const ms = PAUSES_MS[failures - 1]
      if (ms === undefined) this.#end(null)
      else await new Promise((resolve) => setTimeout(resolve, ms))
      return this.readyState === this.OPEN
    }

    /** Null: it broke. */
    #end(closed: Closing | null): void {
      if (this.readyState === this.CLOSED) return
      this.readyState = this.CLOSED
      this.#stay()
      this.#waiting = []
      this.#over.abort()
      setTimeout(() => {
        if (closed === null) this.#tell(new Event('error'))
        this.#tell(Object.assign(new Event('close'), closed ?? { code: 1006, reason: '' }))
      })
    }

    #tell(event: Event): void {
      this.dispatchEvent(event)
      this[`on${event.type}` as 'onopen']?.(event)
    }
  }
  return HttpSocket as unknown as typeof WebSocket
}

/** What our server says a connection was closed with; null for the answer of a proxy, which may pass. */
async function closedIn(answer: Response): Promise<Closing | null> {
  const said = (await answer.json().catch(() => null)) as { closed?: Closing } | null
  return said?.closed ?? null
}
