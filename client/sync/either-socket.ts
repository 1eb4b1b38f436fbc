/** Which way a draft's frames take: a WebSocket, or HTTP where the network refuses WebSockets; found out by trying, remembered for the tab. */

/** A WebSocket that has not opened by then is held by something on the way. */
const OPEN_MS = 5_000
/** A WebSocket that closes so often without having brought anything is refused by something on the way. */
const MOST_CLOSED = 3
/** Open so long without having brought anything, it is no use: the server says something every 12 s. */
const MUTE_MS = 15_000
/** While HTTP is used, whether WebSockets get through is tried at these distances; the last one again and again. */
const TRIES_MS = [30_000, 120_000, 600_000]
const NAME = 'rangruam:documents-by-http'

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
  /** How often in a row each way brought nothing. */
  #webSocketFailed = 0
  #httpFailed = 0
  #byHttp = remembered()
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
    // A server that is away refuses both: HTTP is tried once, and kept when it works.
    const byHttp = this.#byHttp || this.#webSocketFailed >= MOST_CLOSED
    return byHttp ? this.#openHttp(url) : this.#openWebSocket(url)
  }

  #openWebSocket(url: string): WebSocket {
    const socket = new this.#ways.byWebSocket(url)
    const since = performance.now()
    let heard = false
    let own = false
    const timer = setTimeout(() => {
      this.#webSocketFailed = MOST_CLOSED
      own = true
      socket.close()
    }, OPEN_MS)
    socket.addEventListener('open', () => clearTimeout(timer))
    socket.addEventListener(
      'message',
      () => {
        heard = true
        this.#webSocketFailed = 0
      },
      { once: true },
    )
    socket.addEventListener('close', ({ code }) => {
      clearTimeout(timer)
      if (!heard && !own && !isOurs(code)) this.#webSocketFailed += 1
    })
    const close = socket.close.bind(socket)
    // The provider gives up: on waking, on leaving, or because nothing came.
    socket.close = (...given) => {
      own ||= performance.now() - since < MUTE_MS
      close(...given)
    }
    return socket
  }

  #openHttp(url: string): WebSocket {
    const socket = new this.#ways.byHttp(url)
    let heard = false
    socket.addEventListener(
      'message',
      () => {
        heard = true
        this.#httpFailed = 0
        this.#remember(true)
        this.#tryLater(url, socket)
      },
      { once: true },
    )
    socket.addEventListener('close', ({ code }) => {
      clearTimeout(this.#timer)
      if (heard || isOurs(code)) return
      this.#httpFailed += 1
      if (this.#byHttp && this.#httpFailed < MOST_CLOSED) return
      this.#remember(false)
      this.#webSocketFailed = this.#httpFailed = 0
    })
    return socket
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
          this.#webSocketFailed = 0
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
    try {
      if (byHttp) sessionStorage.setItem(NAME, '1')
      else sessionStorage.removeItem(NAME)
    } catch {
      // Where the browser refuses its storage, each page finds out for itself.
    }
  }
}

/** Codes of 4000 and more come from our server: the way there is open. */
const isOurs = (code: number): boolean => code >= 4000

function remembered(): boolean {
  try {
    return sessionStorage.getItem(NAME) === '1'
  } catch {
    return false
  }
}
