/** The seeded world: virtual time, one queue of events, and owners (a server process, a page) that can stall, sleep or die between any two. */
import { seededRandom } from '../../support/random-thai.ts'
import { enter, leave, realImmediate, type Ambient } from './ambient.ts'

/** Whose timers and answers an event is: a dead owner's never come, a sleeping one's come when it wakes. */
export class Owner {
  readonly name: string
  dead = false
  /** Events that came while it slept; null: awake. */
  asleep: Event[] | null = null
  /** How far its clock is off, in milliseconds. */
  skew = 0
  /** What `indexedDB` is to it; undefined: refused. */
  device: object | undefined

  constructor(name: string) {
    this.name = name
  }
}

export type Event = {
  at: number
  readonly order: number
  readonly owner: Owner
  readonly what: string
  run: (() => void) | null
}

/** Virtual milliseconds since 1970 at which every world begins. */
const BEGIN = 1_790_000_000_000

export class World implements Ambient {
  now = 0
  /** Events run so far. */
  events = 0
  /** What ran when, as one number: the same seed gives the same. */
  trace = 0x811c9dc5
  readonly outside = new Owner('outside')
  current: Owner = this.outside
  readonly log: string[] | null
  private readonly heap: Event[] = []
  private order = 0
  private worked = 0
  private readonly random: ReturnType<typeof seededRandom>

  constructor(seed: number, keepLog = false) {
    this.random = seededRandom(seed)
    this.log = keepLog ? [] : null
  }

  /** 0 ≤ n < below, whole. */
  integer(below: number): number {
    return this.random.integer(below)
  }
  /** 0 ≤ x < 1. */
  fraction(): number {
    return this.random.integer(2 ** 30) / 2 ** 30
  }
  chance(probability: number): boolean {
    return this.fraction() < probability
  }
  between(from: number, to: number): number {
    return from + this.fraction() * (to - from)
  }
  pick<Item>(items: readonly Item[]): Item {
    return this.random.pick(items)
  }
  bytes(into: Uint8Array): void {
    for (let i = 0; i < into.length; i++) into[i] = this.random.integer(256)
  }

  get device(): object | undefined {
    return this.current.device
  }

  clock(): number {
    return Math.floor(BEGIN + this.now + this.current.skew)
  }

  /** Work takes time: each look at the clock is a little later than the one before. */
  elapsed(): number {
    return this.now + (this.worked += this.fraction())
  }

  note(line: string): void {
    this.log?.push(`${this.now.toFixed(1).padStart(9)} ${this.current.name}: ${line}`)
    for (let i = 0; i < line.length; i++) this.trace = Math.imul(this.trace ^ line.charCodeAt(i), 0x01000193) >>> 0
  }

  /** For the log alone, which most runs do not keep. */
  say(line: () => string): void {
    this.log?.push(`${this.now.toFixed(1).padStart(9)} ${this.current.name}: ${line()}`)
  }

  /** Runs `run` as `owner` in `ms` milliseconds. Returns the way to cancel it. */
  after(ms: number, owner: Owner, what: string, run: () => void): () => void {
    return this.at(this.now + Math.max(0, ms), owner, what, run)
  }

  /** The same at a moment: what has one moment happens in the order of the calls, which sums of times do not keep. */
  at(at: number, owner: Owner, what: string, run: () => void): () => void {
    const event: Event = { at, order: (this.order += 1), owner, what, run }
    this.push(event)
    return () => {
      event.run = null
    }
  }

  /** Nothing happens to an owner for so long; what should have does when it wakes, in its order. */
  sleep(owner: Owner, ms: number): void {
    if (owner.asleep !== null) return
    const slept: Event[] = []
    owner.asleep = slept
    this.after(ms, this.outside, 'wake', () => {
      if (owner.asleep === slept) this.wake(owner)
    })
  }

  wake(owner: Owner): void {
    const slept = owner.asleep ?? []
    owner.asleep = null
    for (const event of slept) {
      event.at = this.now
      this.push(event)
    }
  }

  /** A timer of whoever is running: never early, a little late. */
  timer(ms: number, what: string, run: () => void): () => void {
    const owner = this.current
    return this.after(ms === 0 ? 0.01 : ms + this.fraction() * 2, owner, what, run)
  }

  /** Resolves, as whoever is running, after a time that the seed chooses. */
  wait(from: number, to: number): Promise<void> {
    const owner = this.current
    return new Promise((resolve) => this.after(this.between(from, to), owner, 'wait', resolve))
  }

  /** Runs events until `until` (virtual milliseconds) or until `done` says so after one. */
  async run(until: number, done: () => boolean = () => false): Promise<void> {
    enter(this)
    try {
      for (;;) {
        const next = this.heap[0]
        if (next === undefined || next.at > until) {
          this.now = Math.max(this.now, until)
          return
        }
        this.pop()
        if (next.run === null || next.owner.dead) continue
        if (next.owner.asleep !== null) {
          next.owner.asleep.push(next)
          continue
        }
        this.now = Math.max(this.now, next.at)
        this.current = next.owner
        this.events += 1
        this.trace = Math.imul(this.trace ^ (next.order + Math.floor(this.now)), 0x01000193) >>> 0
        next.run()
        // Everything that follows by promises and ticks belongs to this event.
        await realImmediate()
        this.current = this.outside
        if (done()) return
      }
    } finally {
      this.current = this.outside
      leave()
    }
  }

  private push(event: Event): void {
    const { heap } = this
    let at = heap.push(event) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isBefore(event, heap[above]!)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = event
  }

  private pop(): void {
    const { heap } = this
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1
      if (!isBefore(heap[below]!, last)) break
      heap[at] = heap[below]!
      at = below
    }
    heap[at] = last
  }
}

const isBefore = (one: Event, other: Event): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order)
