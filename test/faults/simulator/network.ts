/** The network of the world: connections whose bytes come late, in pieces, in order, and can be cut at any byte, at one end or both. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import { clientFrame, ServerFrames, type ServerFrame } from './wire.ts'
import type { Owner, World } from './world.ts'

/** The end of a connection that a page holds. */
export type PageEnd = {
  opened(): void
  message(payload: Uint8Array): void
  /** The server said goodbye with a code, or the connection broke (1006). */
  closed(code: number): void
}
/** A server process that takes connections, and requests. */
export type Listener = {
  readonly owner: Owner
  accept(url: string, who: string, socket: Duplex): void
  request(request: IncomingMessage, response: ServerResponse): void
}

/** What can be cut: a WebSocket, or a request with its answer. */
export type Link = {
  readonly page: Owner
  readonly server: Owner | null
  cut(tellsPage: boolean, tellsServer: boolean): void
}
/** A page's connection to the document port, whichever way it goes. */
export type Line = { readonly page: Owner }

/** What may be looked at as it passes. */
export type Watch = {
  /** The server writes a message: whatever it says must be true now. */
  sends(line: Line, payload: Uint8Array): void
  /** A message of a page reaches the server. */
  hears(line: Line, payload: Uint8Array): void
}

/** Bytes that may be under way before the server's writes wait. */
const WINDOW = 64 * 1024
const CONNECT_MS = 60_000
/** Kinds of frames. */
const OPCODE = { close: 8, ping: 9, pong: 10, binary: 2 } as const

export class Connection implements Link {
  readonly url: string
  readonly who: string
  readonly page: Owner
  isOpen = false
  /** Nothing passes any more in the direction named. */
  private isCut = { up: false, down: false }
  private isSilent = false
  private isClosedAtPage = false
  private readonly world: World
  private readonly network: Network
  private readonly end: PageEnd
  private listener: Listener | null = null
  private socket: Duplex | null = null
  private upAt = 0
  private downAt = 0
  private underWay = 0
  private waiting: (() => void)[] = []

  constructor(network: Network, world: World, page: Owner, url: string, who: string, end: PageEnd) {
    this.network = network
    this.world = world
    this.page = page
    this.url = url
    this.who = who
    this.end = end
    world.after(this.delay(), page, 'connect', () => this.connect())
    // Browsers give up a connection that does not open.
    world.after(CONNECT_MS, page, 'gives up', () => {
      if (!this.isOpen) this.closeAtPage(1006)
    })
  }

  get server(): Owner | null {
    return this.listener?.owner ?? null
  }

  /** A message of the page. */
  send(payload: Uint8Array): void {
    this.up(clientFrame(OPCODE.binary, payload), () => this.network.watch.hears(this, payload))
  }

  /** The page closes. */
  close(code = 1000): void {
    this.up(clientFrame(OPCODE.close, new Uint8Array([code >> 8, code & 255])))
    this.world.after(this.delay() + 50, this.page, 'closed', () => this.closeAtPage(code))
  }

  /** Cuts it: of what is under way a part still comes. The ends hear of it later, or one of them never. */
  cut(tellsPage: boolean, tellsServer: boolean): void {
    if (this.isCut.up && this.isCut.down) return
    this.isCut = { up: true, down: true }
    this.network.forget(this)
    if (tellsPage) this.world.after(this.delay() * 4, this.page, 'cut', () => this.closeAtPage(1006))
    const { listener, socket } = this
    if (listener !== null && tellsServer)
      this.world.after(this.delay() * 4, listener.owner, 'cut', () => socket?.destroy())
  }

  private delay(): number {
    return this.world.between(0.2, this.network.lag)
  }

  private connect(): void {
    if (this.isCut.up || this.isClosedAtPage) return
    const listener = this.network.route(this.page)
    this.world.say(() => `${this.page.name} opens a WebSocket`)
    if (listener === null) {
      this.isCut = { up: true, down: true }
      this.network.forget(this)
      return this.closeAtPage(1006)
    }
    const refusal = this.network.refuses.get(this.page)
    if (refusal === 'at once') this.closeAtPage(1006)
    if (refusal !== undefined) return
    this.listener = listener
    // Also what a page sends that closes at once comes behind the upgrade.
    this.upAt = this.world.now + this.delay()
    this.world.at(this.upAt, listener.owner, 'accept', () => {
      if (this.isCut.up) return
      this.socket = this.makeSocket()
      listener.accept(this.url, this.who, this.socket)
    })
  }

  private makeSocket(): Duplex {
    const frames = new ServerFrames()
    const socket = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, written) => {
        for (const frame of frames.take(chunk)) this.down(frame)
        if (this.underWay < WINDOW && !this.isCut.down) written()
        else this.waiting.push(written)
      },
      final: (done) => {
        done()
        this.goodbye(1006)
        // The other side of a connection that ends answers with its own end.
        this.world.after(this.delay(), this.listener!.owner, 'end', () => socket.push(null))
      },
      destroy: (error, done) => {
        done(error)
        this.goodbye(1006)
      },
    })
    return socket
  }

  /** Bytes of the page on their way, in up to three pieces; `whole` runs when the last has come. */
  private up(bytes: Uint8Array, whole: () => void = () => undefined): void {
    const { listener, world } = this
    if (listener === null) return
    const pieces = world.chance(0.1) ? 1 + world.integer(3) : 1
    let from = 0
    for (let piece = 1; piece <= pieces; piece++) {
      const to = piece === pieces ? bytes.length : from + world.integer(bytes.length - from)
      const part = bytes.subarray(from, to)
      from = to
      this.upAt = Math.max(this.upAt, world.now + this.delay())
      world.at(this.upAt, listener.owner, 'bytes', () => {
        // Bytes that were under way when it was cut come or do not; after one that did not, none does.
        if (this.isCut.up && (this.socket === null || world.chance(0.5))) this.socket = null
        if (this.socket === null || this.socket.destroyed) return
        if (piece === pieces) whole()
        this.socket.push(part)
      })
    }
  }

  private down(frame: ServerFrame): void {
    const { world } = this
    if (frame.kind === 'message') this.network.watch.sends(this, frame.payload)
    if (this.isCut.down) return
    this.underWay += frame.size
    this.downAt = Math.max(this.downAt, world.now + this.delay())
    world.at(this.downAt, this.page, frame.kind, () => {
      this.underWay -= frame.size
      // After a frame that was lost nothing comes any more.
      if (this.isCut.down && world.chance(0.5)) this.isSilent = true
      if (!this.isClosedAtPage && !this.isSilent) this.arrive(frame)
      if (this.underWay < WINDOW && !this.isCut.down)
        for (const written of this.waiting.splice(0)) world.after(0, this.listener!.owner, 'written', written)
    })
  }

  private arrive(frame: ServerFrame): void {
    if (frame.kind === 'opened') {
      this.isOpen = true
      this.end.opened()
    } else if (frame.kind === 'message') this.end.message(frame.payload)
    else if (frame.kind === 'ping') this.up(clientFrame(OPCODE.pong, frame.payload))
    else if (frame.kind === 'close') {
      this.up(clientFrame(OPCODE.close, frame.payload))
      this.closeAtPage(frame.code)
    }
  }

  private goodbye(code: number): void {
    if (this.isCut.down) return
    this.downAt = Math.max(this.downAt, this.world.now + this.delay())
    this.world.at(this.downAt, this.page, 'ended', () => {
      this.network.forget(this)
      this.closeAtPage(code)
    })
  }

  private closeAtPage(code: number): void {
    if (this.isClosedAtPage) return
    this.isClosedAtPage = true
    this.isOpen = false
    this.network.forget(this)
    this.end.closed(code)
  }
}

export class Network {
  /** Server processes by their place, dead ones among them. */
  readonly listeners: Listener[] = []
  /** In whose place the server stands that a page is led to, as a proxy keeps it. */
  readonly homes = new Map<Owner, number>()
  /** How often a page is led elsewhere all the same. */
  wanders = 0.1
  /** Whether requests come through; else WebSockets alone do. */
  carriesHttp = false
  /** How often a request breaks on its way there or back. */
  breaksRequests = 0
  /** Pages whose network refuses WebSockets, and how. */
  readonly refuses = new Map<Owner, 'at once' | 'without a word'>()
  /** Pages to which something on the way hands answers on only when they are whole. */
  readonly gathers = new Set<Owner>()
  private readonly overHttp = new Map<string, Line & { heard: number }>()
  /** Nobody reaches a server. */
  isDown = false
  /** Pages that open no connection. */
  readonly offline = new Set<Owner>()
  /** The longest that anything takes, in milliseconds. */
  lag = 20
  readonly watch: Watch
  readonly connections = new Set<Link>()
  private readonly world: World

  constructor(world: World, watch: Watch) {
    this.world = world
    this.watch = watch
  }

  /** Frames that came by requests. */
  get heardOverHttp(): number {
    return [...this.overHttp.values()].reduce((sum, { heard }) => sum + heard, 0)
  }

  /** Whether somebody would be answered. */
  get isReachable(): boolean {
    return !this.isDown && this.listeners.some(({ owner }) => !owner.dead)
  }

  /** Where a page's connection ends now; null: it is refused. Whoever leads to a server that died does so once more, now and then. */
  route(page: Owner, wanders = this.wanders): Listener | null {
    const { listeners, homes, world } = this
    if (!this.isReachable || this.offline.has(page)) return null
    const home = homes.get(page)
    const last = home === undefined ? undefined : listeners[home]
    if (last?.owner.dead === true && world.chance(0.3)) return null
    if (last !== undefined && !last.owner.dead && !world.chance(wanders)) return last
    const next = world.pick(listeners.flatMap(({ owner }, at) => (owner.dead ? [] : [at])))
    homes.set(page, next)
    return listeners[next]!
  }

  /** The connection over HTTP of this name, and how many frames of its page have come. */
  lineOf(name: string, page: Owner): Line & { heard: number } {
    const line = this.overHttp.get(name) ?? { page, heard: 0 }
    this.overHttp.set(name, line)
    return line
  }

  connect(page: Owner, url: string, who: string, end: PageEnd): Connection {
    const connection = new Connection(this, this.world, page, url, who, end)
    this.connections.add(connection)
    return connection
  }

  forget(connection: Connection): void {
    this.connections.delete(connection)
  }
}
