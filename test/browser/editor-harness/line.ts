/** One writer's network in the harness page: real WebSockets whose frames wait until the run lets them through, and spells offline. */

type Frame = string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>

/** What y-websocket needs of a WebSocket, over a real one. A cut kills it at once, with all frames under way in both directions. */
class HeldSocket extends EventTarget {
  static readonly OPEN = 1
  readonly OPEN = 1
  binaryType: BinaryType = 'arraybuffer'
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  readonly out: Frame[] = []
  readonly in: MessageEvent[] = []
  readyState: number = WebSocket.CONNECTING
  readonly #line: Line
  readonly #real: WebSocket | null

  constructor(line: Line, url: string | URL, protocols?: string | string[]) {
    super()
    this.#line = line
    if (!line.online) {
      this.#real = null
      setTimeout(() => this.die(), 0)
      return
    }
    const real = new WebSocket(url, protocols)
    this.#real = real
    real.binaryType = 'arraybuffer'
    real.addEventListener('open', () => {
      if (this.readyState !== WebSocket.CONNECTING) return
      this.readyState = WebSocket.OPEN
      const event = new Event('open')
      this.onopen?.(event)
      this.dispatchEvent(event)
    })
    real.addEventListener('message', (event) => {
      if (this.readyState !== WebSocket.OPEN) return
      this.in.push(event)
      line.flowIn()
    })
    real.addEventListener('close', (event) => {
      if (this.readyState >= WebSocket.CLOSING) return
      this.readyState = WebSocket.CLOSED
      line.sockets.delete(this)
      line.closes.push(`${event.code} ${event.reason}`)
      this.#closed(event.code, event.reason)
    })
    line.sockets.add(this)
  }

  send(frame: Frame): void {
    if (this.readyState !== WebSocket.OPEN) return
    this.out.push(frame)
    this.#line.flowOut()
  }

  close(): void {
    this.#end()
  }

  /** The network is gone: what was under way is lost, and the page is told at once. */
  die(): void {
    if (this.readyState >= WebSocket.CLOSING) return
    this.#end()
    this.#closed(1006)
  }

  /** Lets one frame through. False when none waits. */
  sendOne(): boolean {
    const frame = this.out.shift()
    if (frame !== undefined) this.#real?.send(frame as ArrayBufferView<ArrayBuffer>)
    return frame !== undefined
  }

  takeOne(): boolean {
    const held = this.in.shift()
    if (held === undefined) return false
    const event = new MessageEvent('message', { data: held.data as unknown })
    this.onmessage?.(event)
    this.dispatchEvent(event)
    return true
  }

  #closed(code: number, reason = ''): void {
    const event = new CloseEvent('close', { code, reason })
    this.onclose?.(event)
    this.dispatchEvent(event)
  }

  #end(): void {
    this.readyState = WebSocket.CLOSED
    this.out.length = 0
    this.in.length = 0
    this.#real?.close()
    this.#line.sockets.delete(this)
  }
}

export class Line {
  readonly sockets = new Set<HeldSocket>()
  /** Code and reason of each time that the server closed a connection. */
  readonly closes: string[] = []
  /** For the provider: sockets on this line. */
  readonly Socket: typeof WebSocket
  #online = true
  /** Frames pass by themselves; until then `release` lets them through. */
  #free = true

  constructor() {
    this.Socket = socketOn(this)
  }

  get online(): boolean {
    return this.#online
  }

  get waiting(): number {
    let count = 0
    for (const socket of this.sockets) count += socket.out.length + socket.in.length
    return count
  }

  hold(): void {
    this.#free = false
  }

  cut(): void {
    this.#online = false
    for (const socket of this.sockets) socket.die()
  }

  restore(): void {
    this.#online = true
  }

  /** Lets so many frames out and in. */
  release(out: number, taken: number): void {
    for (const socket of this.sockets) {
      for (let n = out; n > 0 && socket.sendOne(); n--);
      for (let n = taken; n > 0 && socket.takeOne(); n--);
    }
  }

  /** From now on nothing is held. */
  free(): void {
    this.#free = true
    this.flowOut()
    this.flowIn()
  }

  flowOut(): void {
    if (!this.#free) return
    for (const socket of this.sockets) while (socket.sendOne());
  }

  /** Never called while a page sends: a real socket does not answer within `send`. */
  flowIn(): void {
    if (!this.#free) return
    for (const socket of this.sockets) while (socket.takeOne());
  }
}

function socketOn(line: Line): typeof WebSocket {
  class LineSocket extends HeldSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(line, url, protocols)
    }
  }
  return LineSocket as unknown as typeof WebSocket
}
