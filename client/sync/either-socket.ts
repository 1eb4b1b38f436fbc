/** Which way a draft's frames take: a WebSocket, or HTTP where the network refuses WebSockets; found out by trying, remembered for the tab. */
import { forTab } from './for-tab.ts'

/** A WebSocket that has not opened by then is held by something on the way. */
const OPEN_MS = 5_000
/** So many connections in a row that brought nothing: the other way is tried, then each in turn. */
const MOST_CLOSED = 3
/** Open so long without having brought anything, it is no use: the server says something every 12 s. */
const MUTE_MS = 15_000
/** While HTTP is used, whether WebSockets get through is tried at these distances; the last one again and again. */
const TRIES_MS = [30_000, 120_000, 600_000]
const remembered = forTab('rangruam:documents-by-http')

export type Ways = {
  readonly byWebSocket: typeof WebSocket
  readonly byHttp: typeof WebSocket
  /** For trying whether WebSockets get through; not counted, and nobody's frames go over it. */
  readonly trying: typeof WebSocket
}

export class EitherSocket {
  /** The class that the provider opens. */
  readonly Socket: typeof WebSocket
  readonly #ways: Ways
  /** How many connections in a row brought nothing. */
  #failed = 0
  /** Which way brought something last. */
  #byHttp = remembered.get()
  #timer: ReturnType<typeof setTimeout> | undefined
  #tries = 0
  #stopped = false

  constructor(ways: Ways) {
    this.#ways = ways
    this.Socket = new Proxy(ways.byWebSocket, { construct: (_class, [url]: [string]) => this.#open(url) })
  }

  /** Whether frames go over HTTP, as far as is known. */
  get byHttp(): boolean {
    return this.#byHttp
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #open(url: string): WebSocket {
    clearTimeout(this.#timer)
    // A server that is away refuses both: each is tried in turn until one brings something.
    const other = this.#failed >= MOST_CLOSED && (this.#failed - MOST_CLOSED) % 2 === 0
    return this.#byHttp === other ? this.#openWebSocket(url) : this.#openHttp(url)
  }

  #openWebSocket(url: string): WebSocket {
    const socket = new this.#ways.byWebSocket(url)
    const timer = setTimeout(() => {
      // Once is enough, where the provider would wait for each of three.
      this.#failed = Math.max(MOST_CLOSED - 1, this.#failed)
      close()
    }, OPEN_MS)
    socket.addEventListener('open', () => clearTimeout(timer))
    socket.addEventListener('close', () => clearTimeout(timer))
    const close = this.#judge(socket, false)
    return socket
  }

  #openHttp(url: string): WebSocket {
    const socket = new this.#ways.byHttp(url)
    socket.addEventListener('message', () => this.#tryLater(url, socket), { once: true })
    socket.addEventListener('close', () => clearTimeout(this.#timer))
    this.#judge(socket, true)
    return socket
  }

  /** Counts a connection that ends without having brought anything; returns its own `close`. */
  #judge(socket: WebSocket, byHttp: boolean): () => void {
    const since = performance.now()
    let heard = false
    let own = false
    socket.addEventListener(
      'message',
      () => {
        heard = true
        this.#failed = 0
        this.#remember(byHttp)
      },
      { once: true },
    )
    socket.addEventListener('close', ({ code }) => {
      if (!heard && !own && !isOurs(code)) this.#failed += 1
    })
    const close = socket.close.bind(socket)
    // The provider gives up: on waking, on leaving, or because nothing came.
    socket.close = (...given) => {
      own ||= performance.now() - since < MUTE_MS
      close(...given)
    }
    return close
  }

  /** Networks change under a page: when a WebSocket brings something, the provider is led back to it. */
  #tryLater(url: string, socket: WebSocket): void {
    const wait = TRIES_MS[Math.min(this.#tries, TRIES_MS.length - 1)]
    this.#tries += 1
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      const trial = new this.#ways.trying(url.replace('ack=1', ''))
      trial.addEventListener('error', () => undefined)
      const timer = setTimeout(() => trial.close(), MUTE_MS)
      trial.addEventListener(
        'message',
        () => {
          trial.close()
          this.#remember(false)
          this.#failed = 0
          socket.close()
        },
        { once: true },
      )
      trial.addEventListener('close', () => {
        clearTimeout(timer)
        if (this.#byHttp) this.#tryLater(url, socket)
      })
    }, wait)
  }

  #remember(byHttp: boolean): void {
    if (byHttp === this.#byHttp) return
    this.#byHttp = byHttp
    remembered.set(byHttp)
  }
}

/** Codes of 4000 and more come from our server: the way there is open. */
const isOurs = (code: number): boolean => code >= 4000
