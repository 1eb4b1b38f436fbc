/** The Redis of the world, by which nodes tell each other: it may be away, lose what passes, or be out of a node's reach without a word. */
import type { NodeClient } from '../../../server/announce/redis-client.ts'
import { Owner, type World } from './world.ts'

/** After so long a connection that nobody answers is given up. */
const CONNECT_MS = 2_000
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000
/** The longest that anything takes on its way. */
const LAG_MS = 4

/** How it behaves now; the world turns these. */
export type RedisWeather = {
  /** How often a message is lost on its way to a node, without a word. */
  loses: number
  /** The same for what happened alone: nodes hear that each other live, and nothing else. */
  losesNews: number
}

export class SimRedis {
  readonly weather: RedisWeather = { loses: 0, losesNews: 0 }
  /** Nodes to and from which nothing passes, without a word. */
  readonly cutOff = new Set<Owner>()
  /** Messages that came to a node, and that were lost on the way to one. */
  carried = 0
  lost = 0
  readonly self = new Owner('redis')
  readonly world: World
  private readonly clients = new Set<Client>()
  private away = false

  constructor(world: World) {
    this.world = world
  }

  /** It is gone: connections break, and there are no others. */
  get isAway(): boolean {
    return this.away
  }
  set isAway(isAway: boolean) {
    this.away = isAway
    if (isAway) for (const client of this.clients) client.breaks()
  }

  /** Opens a client of a node as `openRedis` does. */
  readonly opens =
    (owner: Owner) =>
    (_url: string, failed: (error: unknown) => void): NodeClient => {
      const client = new Client(this, owner, failed)
      this.clients.add(client)
      return client
    }

  /** Whether everything comes to everybody. */
  get isWhole(): boolean {
    return !this.away && this.cutOff.size === 0 && Math.max(this.weather.loses, this.weather.losesNews) === 0
  }

  reaches(owner: Owner): boolean {
    return !this.cutOff.has(owner)
  }

  deliver(channel: string, text: string): void {
    const { weather, world } = this
    for (const client of this.clients) {
      if (client.isGone) this.clients.delete(client)
      else if (client.listensTo(channel)) {
        const share = text.includes('"happened"') ? Math.max(weather.loses, weather.losesNews) : weather.loses
        if (!this.reaches(client.owner) || world.chance(share)) this.lost += 1
        else client.comes(text)
      }
    }
  }
}

/** A client of `redis` as far as nodes use one: it connects by itself, again and again, and its subscription lives on. */
class Client implements NodeClient {
  isOpen = true
  isReady = false
  readonly owner: Owner
  private readonly redis: SimRedis
  private readonly failed: (error: unknown) => void
  private readonly ready: (() => void)[] = []
  private subscription: { readonly channel: string; readonly hear: (text: string) => void } | null = null
  private subscribed: () => void = () => undefined
  /** Which connection it has: what is under way on an earlier one never comes. */
  private line = 0
  private isUp = false
  private tries = 0
  private upAt = 0
  private downAt = 0
  private waiting = new Set<(error: Error) => void>()

  constructor(redis: SimRedis, owner: Owner, failed: (error: unknown) => void) {
    this.redis = redis
    this.owner = owner
    this.failed = failed
    this.connect()
  }

  get isGone(): boolean {
    return !this.isOpen || this.owner.dead
  }

  on(_event: 'ready', call: () => void): void {
    this.ready.push(call)
  }

  publish(channel: string, text: string): Promise<unknown> {
    const { redis, owner, line } = this
    return new Promise((resolve, reject) => {
      this.waiting.add(reject)
      if (!this.isUp) return
      this.upAt = Math.max(this.upAt, redis.world.now + this.delay())
      redis.world.at(this.upAt, redis.self, 'publish', () => {
        if (line !== this.line || !redis.reaches(owner)) return
        redis.deliver(channel, text)
        redis.world.after(this.delay(), owner, 'published', () => {
          if (line !== this.line || !this.waiting.delete(reject)) return
          resolve(1)
        })
      })
    })
  }

  subscribe(channel: string, hear: (text: string) => void): Promise<unknown> {
    this.subscription = { channel, hear }
    return new Promise<void>((resolve, reject) => {
      this.waiting.add(reject)
      this.subscribed = () => {
        this.waiting.delete(reject)
        resolve()
      }
      if (this.isReady) this.subscribed()
    })
  }

  destroy(): void {
    this.isOpen = false
    this.isReady = false
    this.hangUp('the client is closed')
  }

  listensTo(channel: string): boolean {
    return this.isUp && this.subscription?.channel === channel
  }

  /** A message of the channel, on its way to the node. */
  comes(text: string): void {
    const { redis, owner, line } = this
    this.downAt = Math.max(this.downAt, redis.world.now + this.delay())
    redis.world.at(this.downAt, owner, 'told by redis', () => {
      if (line !== this.line || !redis.reaches(owner)) return
      redis.carried += 1
      this.subscription?.hear(text)
    })
  }

  /** The connection breaks; the node hears of it a little later. */
  breaks(): void {
    if (!this.isUp) return
    this.isUp = false
    this.line += 1
    const { line } = this
    this.redis.world.after(this.delay(), this.owner, 'redis broke', () => {
      if (!this.isOpen || line !== this.line) return
      this.isReady = false
      this.hangUp('the socket closed')
      this.failed(new Error('the socket closed'))
      this.again()
    })
  }

  private connect(): void {
    const { redis, owner } = this
    const isAnswered = redis.reaches(owner)
    redis.world.after(isAnswered ? this.delay() : CONNECT_MS, owner, 'to redis', () => {
      if (!this.isOpen) return
      if (!isAnswered || redis.isAway) {
        this.failed(new Error(isAnswered ? 'refused' : 'no answer'))
        return this.again()
      }
      this.tries = 0
      this.isUp = this.isReady = true
      if (this.subscription !== null) this.subscribed()
      for (const call of this.ready) call()
    })
  }

  private again(): void {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.tries, 10), LONGEST_PAUSE_MS)
    this.tries += 1
    this.redis.world.after(pause, this.owner, 'redis again', () => {
      if (this.isOpen) this.connect()
    })
  }

  /** What waits for an answer has none. */
  private hangUp(why: string): void {
    this.isUp = false
    this.line += 1
    const waited = this.waiting
    this.waiting = new Set()
    for (const reject of waited) reject(new Error(why))
  }

  private delay(): number {
    return this.redis.world.between(0.1, LAG_MS)
  }
}
