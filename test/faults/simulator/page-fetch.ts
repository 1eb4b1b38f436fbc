/** The browser's fetch as a page of the world has it: requests that are answered in pieces, late and in order, and can be cut at either end. */
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { framesIn } from '../../../shared/drafting/carried-frames.ts'
import { Body, responseOf } from './answer-body.ts'
import type { Link, Listener, Network } from './network.ts'
import type { Owner, World } from './world.ts'

/** A page's proxy seldom leads it elsewhere between two requests. */
const WANDERS = 0.01

/** What a server answers, piece by piece. */
type Piece =
  | { readonly kind: 'head'; readonly status: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end' | 'broken' }

/** The function that a page calls; `who` is in its cookie. */
export function pageFetch(world: World, network: Network, who: string): typeof fetch {
  return (async (url: string, init: RequestInit = {}) => {
    const page = world.current
    const bytes = init.body instanceof Blob ? new Uint8Array(await init.body.arrayBuffer()) : new Uint8Array()
    const path = String(url).replace(/^https?:\/\/[^/]+/, '')
    return new Promise<Response>((resolve, reject) => {
      new Exchange({ world, network, page, who, path, init, bytes }, resolve, reject).begin()
    })
  }) as typeof fetch
}

type Asked = {
  readonly world: World
  readonly network: Network
  readonly page: Owner
  readonly who: string
  readonly path: string
  readonly init: RequestInit
  readonly bytes: Uint8Array
}

/** One request and its answer. */
class Exchange implements Link {
  readonly page: Owner
  private readonly asked: Asked
  private readonly resolve: (response: Response) => void
  private readonly reject: (error: Error) => void
  private readonly body = new Body(() => this.abort())
  private listener: Listener | null = null
  private request: Readable | null = null
  private answer: Answer | null = null
  private isCut = false
  private isSilent = false
  private isOver = false
  private downAt = 0
  /** What something on the way gathers until the answer is whole; null where nothing does. */
  private gathered: Piece[] | null

  constructor(asked: Asked, resolve: (response: Response) => void, reject: (error: Error) => void) {
    this.asked = asked
    this.page = asked.page
    this.resolve = resolve
    this.reject = reject
    this.gathered = asked.network.gathers.has(asked.page) ? [] : null
  }

  get server(): Owner | null {
    return this.listener?.owner ?? null
  }

  begin(): void {
    const { world, network, page, init } = this.asked
    init.signal?.addEventListener('abort', () => this.abort())
    network.connections.add(this)
    // What a page sends that goes away is sent all the same.
    world.after(this.delay(), init.keepalive === true ? world.outside : page, 'request', () => this.reach())
  }

  /** Cuts it: the ends hear of it later, or one of them never. */
  cut(tellsPage: boolean, tellsServer: boolean): void {
    if (this.isCut) return
    this.isCut = true
    const { world, network } = this.asked
    network.connections.delete(this)
    if (tellsPage) world.after(this.delay() * 4, this.page, 'cut', () => this.fail('network error'))
    if (tellsServer) this.tellServer()
  }

  /** A piece of the answer, on its way to the page. */
  down(piece: Piece): void {
    const { world } = this.asked
    if (piece.kind === 'text') this.watchText(piece.text)
    if (this.isCut) return
    const pieces = this.gather(piece)
    if (pieces.length === 0) return
    this.downAt = Math.max(this.downAt, world.now + this.delay())
    world.at(this.downAt, this.page, `answer ${piece.kind}`, () => {
      // After a piece that was lost nothing comes any more.
      if (this.isCut && world.chance(0.5)) this.isSilent = true
      for (const one of pieces) if (!this.isOver && !this.isSilent) this.arrive(one)
    })
  }

  private delay(): number {
    return this.asked.world.between(0.2, this.asked.network.lag)
  }

  private reach(): void {
    const { world, network, page, path, init, who, bytes } = this.asked
    if (this.isOver || this.isCut) return
    const listener = network.route(page, WANDERS)
    world.say(
      () => `${page.name} asks ${init.method ?? 'GET'} ${path.slice(0, 60)} of ${listener?.owner.name ?? 'nobody'}`,
    )
    if (listener === null || !network.carriesHttp) return this.fail('fetch failed')
    this.listener = listener
    if (world.chance(network.breaksRequests))
      world.after(world.between(0, network.lag * 4), world.outside, 'request breaks', () =>
        this.cut(world.chance(0.9), world.chance(0.7)),
      )
    const at = world.now + this.delay()
    const lost = (): boolean => this.isCut && world.chance(0.5)
    world.at(at, listener.owner, 'request', () => {
      if (lost()) return
      const request = new Readable({ read: () => undefined })
      // It breaks under whoever reads it; nobody else hears.
      request.on('error', () => undefined)
      Object.assign(request, { method: init.method ?? 'GET', url: path, headers: { cookie: who } })
      const answer = new Answer(this)
      this.request = request
      this.answer = answer
      listener.request(request as never as IncomingMessage, answer as never as ServerResponse)
    })
    world.at(bytes.length === 0 ? at : at + this.delay(), listener.owner, 'body', () => {
      const { request } = this
      if (request === null || request.destroyed) return
      if (lost()) return void request.destroy(new Error('aborted'))
      this.watchBody()
      if (bytes.length > 0) request.push(Buffer.from(bytes))
      request.push(null)
    })
  }

  private tellServer(): void {
    const { world } = this.asked
    if (this.listener === null) return
    world.after(this.delay() * 4, this.listener.owner, 'gone', () => {
      this.request?.destroy(new Error('aborted'))
      this.answer?.gone()
    })
  }

  private gather(piece: Piece): readonly Piece[] {
    if (this.gathered === null) return [piece]
    this.gathered.push(piece)
    return piece.kind === 'end' || piece.kind === 'broken' ? this.gathered.splice(0) : []
  }

  private arrive(piece: Piece): void {
    const { body } = this
    this.asked.world.say(() => `${this.page.name} has ${JSON.stringify(piece).slice(0, 80)}`)
    if (piece.kind === 'head') this.resolve(responseOf(piece.status, body))
    else if (piece.kind === 'text') body.add(piece.text)
    else if (piece.kind === 'broken') this.fail('network error')
    else {
      this.over()
      body.end(null)
    }
  }

  private fail(why: string): void {
    if (this.isOver) return
    this.over()
    this.asked.world.say(() => `${this.page.name}: ${this.asked.init.method ?? 'GET'} ${why}`)
    const error = new TypeError(why)
    this.reject(error)
    this.body.end(error)
  }

  /** The page does not want it any more. */
  private abort(): void {
    if (this.isOver) return
    this.fail('aborted')
    if (!this.isCut) this.tellServer()
  }

  private over(): void {
    this.isOver = true
    this.asked.network.connections.delete(this)
  }

  /** The connection over HTTP that the path names; null for one that is only opened. */
  private get named(): string | null {
    return this.asked.path.split('?', 1)[0]!.split('/')[3] ?? null
  }

  private watchText(text: string): void {
    const { network, page } = this.asked
    if (this.named === null) return
    const line = network.lineOf(this.named, page)
    for (const [, data = ''] of text.matchAll(/^data: ([^{\n]*)$/gm))
      for (const frame of framesIn(new Uint8Array(Buffer.from(data, 'base64'))) ?? [])
        network.watch.sends(line, new Uint8Array(frame))
  }

  /** Frames of the page have come; those that came before are no news. */
  private watchBody(): void {
    const { network, page, path, bytes } = this.asked
    if (this.named === null) return
    const line = network.lineOf(this.named, page)
    const from = Number(new URLSearchParams(path.split('?')[1]).get('from'))
    for (const frame of framesIn(bytes)?.slice(line.heard + 1 - from) ?? []) {
      line.heard += 1
      network.watch.hears(line, frame)
    }
  }
}

/** What a server takes for its response. */
class Answer extends EventEmitter {
  headersSent = false
  private readonly exchange: Exchange
  private isEnded = false

  constructor(exchange: Exchange) {
    super()
    this.exchange = exchange
  }

  writeHead(status: number): this {
    this.headersSent = true
    this.exchange.down({ kind: 'head', status })
    return this
  }

  write(text: string): void {
    if (this.isEnded) throw new Error('write after end')
    this.exchange.down({ kind: 'text', text })
  }

  end(text?: string): void {
    if (this.isEnded) return
    if (text !== undefined) this.write(text)
    this.exchange.down({ kind: 'end' })
    this.gone()
  }

  destroy(): void {
    if (this.isEnded) return
    this.exchange.down({ kind: 'broken' })
    this.gone()
  }

  gone(): void {
    if (this.isEnded) return
    this.isEnded = true
    queueMicrotask(() => this.emit('close'))
  }
}
