/** What happens to a run: which people and devices there are, and every fault, drawn from the seed; then all of it mended. */
import * as Y from 'yjs'
import type { DraftAccess } from '../../../server/collab/member.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { faultsBetweenNodes, leaveBetweenNodes } from './between-nodes.ts'
import { Device } from './device.ts'
import { docOf, Page, type PageDeps } from './page.ts'
import type { SimRedis } from './redis.ts'
import { Servers } from './servers.ts'
import { Owner } from './world.ts'
import { edit } from './writing.ts'

export type ChaosDeps = PageDeps & { readonly access: Map<string, DraftAccess>; readonly redis: SimRedis | null }

const PEOPLE = ['alice', 'bob', 'carol', 'dao', 'ek']
const DAY = 86_400_000

export class Chaos {
  /** Pages that are open. */
  pages: Page[] = []
  /** All pages there ever were. */
  readonly all: Page[] = []
  readonly done: Record<string, number> = {}
  /** Called with each own edit that a device kept among the unsent. */
  onKept: (update: Uint8Array) => void = () => undefined
  private readonly deps: ChaosDeps
  readonly servers: Servers
  private visits = 0
  private isMended = false
  private settled = false
  private readonly pause: number
  /** Whether several tabs share a device. */
  private readonly hasTabs: boolean

  constructor(deps: ChaosDeps) {
    this.deps = deps
    this.servers = new Servers(deps, deps.redis === null ? 1 : 2)
    this.hasTabs = deps.world.chance(0.4)
    this.pause = deps.world.between(60, 500)
  }

  begin(): void {
    const { world, network } = this.deps
    network.lag = world.pick([3, 20, 20, 200])
    network.carriesHttp = world.chance(0.4)
    network.breaksRequests = world.pick([0, 0.05, 0.3])
    this.servers.begin()
    const devices = 2 + world.integer(3)
    for (let at = 0; at < devices; at++) {
      // A device that refuses IndexedDB keeps nothing.
      const device = world.chance(0.8) ? new Device(world) : null
      if (device !== null) device.onKept = (store, value) => store === 'unsent' && this.onKept(value as Uint8Array)
      const person = PEOPLE[at]!
      this.open(person, device, world.chance(0.2) ? world.pick([-DAY, DAY]) : 0)
      if (this.hasTabs && world.chance(0.3)) this.open(person, device, 0)
    }
    const { redis } = this.deps
    const between = redis === null ? [] : faultsBetweenNodes(world, redis, this.servers, () => this.isMended)
    for (const [name, fault] of [...this.faults(), ...between]) {
      // Each seed has its own mixture: some faults often, some never.
      if (!world.chance(0.5) || (!this.hasTabs && name === 'second tab')) continue
      const every = world.between(400, 6_000)
      const again = (): void => {
        world.after(world.between(0.2, 1.8) * every, world.outside, name, () => {
          if (this.isMended) return
          this.done[name] = (this.done[name] ?? 0) + 1
          world.note(name)
          fault()
          again()
        })
      }
      again()
    }
  }

  /** Everything works again (Redis need not), everybody is awake, every device is opened, the draft is open, and nobody types. */
  mend(): void {
    const { world, network, store, access } = this.deps
    this.isMended = true
    world.note('mended')
    network.isDown = false
    network.breaksRequests = 0
    Object.assign(store.weather, { failing: false, slow: 1, losesAnswers: 0 })
    access.clear()
    for (const page of this.pages) {
      page.typing = false
      world.wake(page.owner)
    }
    for (const { device } of this.all) if (device !== null) device.isFull = false
    const used = new Map(this.all.flatMap(({ device, person }) => (device === null ? [] : [[device, person] as const])))
    // Also beside an open page: another tab's words wait for the next visit.
    for (const [device, person] of used)
      if (this.hasTabs || !this.pages.some((page) => page.device === device))
        this.open(person, device, 0).typing = false
    this.servers.mend()
    // What Redis loses or does not carry at all is found in the journal.
    if (this.deps.redis !== null) leaveBetweenNodes(world, this.deps.redis)
    world.after(1, world.outside, 'settle', () => this.settle())
  }

  /** Whether everybody has all letters, and nothing waits. */
  isAtRest(): boolean {
    return (
      this.settled &&
      this.pages.every(
        ({ sync, device }) =>
          sync !== null &&
          sync.status.synced &&
          sync.unsent === 0 &&
          device?.isIdle !== false &&
          this.deps.truth.isWithin(sync.back),
      ) &&
      this.miscounted() === null
    )
  }

  /** Who takes whom for present though they are not, or the other way round; null: nobody, or nodes do not hear each other well. */
  miscounted(): string | null {
    const { redis } = this.deps
    if (redis?.isWhole === false) return null
    const people = listOf(this.pages.map(({ person }) => person))
    for (const server of this.servers.alive) {
      const seen = listOf(server.peopleIn())
      if (seen !== people) return `${server.listener.owner.name} sees ${seen}, and ${people} are there`
    }
    const clients = listOf(this.pages.map(({ sync }) => sync?.back.clientID))
    for (const { owner, sync } of this.pages) {
      const seen = listOf([...(sync?.awareness.getStates().keys() ?? [])])
      if (seen !== clients) return `${owner.name} sees the clients ${seen}, and ${clients} are there`
    }
    return null
  }

  /** Somebody opens the draft and its sections, and presses again where the store failed. */
  private settle(): void {
    const { world } = this.deps
    for (const server of this.servers.alive) this.servers.accessChanged(server)
    this.servers.in('settle', async (server) => {
      await server.write('reopen')
      for (const { id } of SHORT_TEMPLATE.sections) await server.write('unlock', () => new TextEncoder().encode(id))
      this.settled = true
    })
    world.after(3_000, world.outside, 'settle again', () => {
      if (!this.settled) this.settle()
    })
  }

  private open(person: string, device: Device | null, skew: number): Page {
    const owner = new Owner(`${person}${(this.visits += 1)}`)
    owner.skew = skew
    const { carriesHttp, refuses, gathers } = this.deps.network
    if (carriesHttp && this.deps.world.chance(0.5)) {
      refuses.set(owner, this.deps.world.pick(['at once', 'at once', 'without a word']))
      if (this.deps.world.chance(0.3)) gathers.add(owner)
    }
    const page = new Page(this.deps, owner, person, device, this.pause)
    this.pages.push(page)
    this.all.push(page)
    return page
  }

  private faults(): [string, () => void][] {
    const { network, store, access, world } = this.deps
    const { servers } = this
    const somePage = (): Page | null => (this.pages.length === 0 ? null : world.pick(this.pages))
    const later = (from: number, to: number, work: () => void): void =>
      void world.after(world.between(from, to), world.outside, 'over', work)
    return [
      [
        'cut',
        () => {
          const open = [...network.connections]
          if (open.length > 0) world.pick(open).cut(world.chance(0.8), world.chance(0.7))
        },
      ],
      [
        'network down',
        () => {
          network.isDown = true
          for (const connection of network.connections) connection.cut(world.chance(0.9), world.chance(0.9))
          later(100, 6_000, () => (network.isDown = false))
        },
      ],
      ['kill -9', () => servers.kill(false)],
      ['power lost', () => servers.kill(true)],
      ['server ended', () => servers.end()],
      ['store restarted', () => !store.isWithin && store.crash(world.chance(0.5))],
      ['server stalls', () => servers.stall()],
      [
        'page asleep',
        () => {
          const page = somePage()
          if (page !== null) world.sleep(page.owner, world.between(200, world.chance(0.3) ? 45_000 : 3_000))
        },
      ],
      ['page reloaded', () => this.reload(false)],
      ['page killed', () => this.reload(true)],
      [
        'second tab',
        () => {
          const page = somePage()
          if (page !== null && this.pages.length < 7) this.open(page.person, page.device, 0)
        },
      ],
      [
        'store fails',
        () => {
          store.weather.failing = true
          later(50, 6_000, () => (store.weather.failing = false))
        },
      ],
      [
        'store slow',
        () => {
          store.weather.slow = world.between(5, 100)
          later(100, 5_000, () => (store.weather.slow = 1))
        },
      ],
      [
        'answers lost',
        () => {
          store.weather.losesAnswers = world.between(0.1, 0.8)
          later(200, 4_000, () => (store.weather.losesAnswers = 0))
        },
      ],
      [
        'device full',
        () => {
          const device = somePage()?.device
          if (device === null || device === undefined) return
          device.isFull = true
          later(100, 4_000, () => (device.isFull = false))
        },
      ],
      ['draft closed', () => servers.in('close', (server) => server.write('close'))],
      ['draft opened', () => servers.in('reopen', (server) => server.write('reopen'))],
      ['section locked', () => servers.in('lock', (server) => server.write('lock', () => this.sectionName()))],
      ['section unlocked', () => servers.in('unlock', (server) => server.write('unlock', () => this.sectionName()))],
      [
        'service edits',
        () =>
          servers.in('edit', (server) =>
            server.write('update', (entries) => {
              const doc = docOf(entries)
              const made: Uint8Array[] = []
              doc.on('update', (update: Uint8Array) => made.push(update))
              edit(doc, world, this.deps.letters)
              return made.length === 0 ? null : Y.mergeUpdates(made)
            }),
          ),
      ],
      [
        'access changed',
        () => {
          const page = somePage()
          if (page === null) return
          access.set(page.person, world.pick(['write', 'write', 'read']))
          servers.in('access', async (server) => server.accessChanged())
        },
      ],
    ]
  }

  private sectionName(): Uint8Array {
    return new TextEncoder().encode(this.deps.world.pick(SHORT_TEMPLATE.sections).id)
  }

  private reload(killed: boolean): void {
    const { world, network } = this.deps
    if (this.pages.length === 0) return
    const page = world.pick(this.pages)
    this.pages = this.pages.filter((one) => one !== page)
    if (killed) page.owner.dead = true
    else page.leave()
    for (const connection of network.connections)
      if (connection.page === page.owner) connection.cut(false, world.chance(0.8))
    world.after(world.between(10, 3_000), world.outside, 'opened again', () => {
      if (!this.isMended) this.open(page.person, page.device, 0)
    })
  }
}

/** Each once. */
const listOf = (items: readonly (string | number | undefined)[]): string => [...new Set(items)].sort().join()
