/** A world in which nothing happens by chance but delays: for runs that are told step by step. */
import type { DraftAccess } from '../../../server/collab/member.ts'
import { insertRuns } from '../../../shared/drafting/build.ts'
import { sectionRoot } from '../../../shared/drafting/document.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { Device } from './device.ts'
import { Connection, Network } from './network.ts'
import { durableDoc, Page, type PageDeps } from './page.ts'
import { account, hearConsole, lettersOfUpdate, plant } from './run.ts'
import { SimRedis } from './redis.ts'
import { Servers } from './servers.ts'
import { exactly, SimStore, type StoreFaults } from './store.ts'
import { Truth } from './truth.ts'
import { Owner, World } from './world.ts'
import { Letters, lettersIn } from './writing.ts'

/** Nothing that is waited for takes longer than this many virtual milliseconds. */
const LONG = 60_000

export class Stage {
  readonly world: World
  readonly network: Network
  readonly truth: Truth
  readonly device: Device
  readonly pages: Page[] = []
  /** By which several servers tell each other. */
  readonly redis: SimRedis
  readonly servers: Servers
  private readonly deps: PageDeps
  readonly all: Page[] = []
  private readonly kept = new Set<string>()
  private readonly unhearConsole: () => void

  /** `count` servers; a page is led to the one that it is told to open at. */
  constructor(seed: number, count = 1, faults: Partial<StoreFaults> = {}) {
    this.world = new World(seed)
    this.truth = new Truth(this.world)
    const store = new SimStore(this.world, count === 1, { rule: exactly, sync: 'before answers', ...faults })
    store.onDurable = (entry) => this.truth.durable(entry)
    this.network = new Network(this.world, this.truth)
    this.network.wanders = 0
    this.redis = new SimRedis(this.world)
    this.device = new Device(this.world)
    this.device.onKept = (name, value) => {
      if (name === 'unsent') for (const letter of lettersOfUpdate(value as Uint8Array)) this.kept.add(letter)
    }
    this.deps = { world: this.world, network: this.network, store, truth: this.truth, letters: new Letters() }
    const access = new Map<string, DraftAccess>()
    this.servers = new Servers({ ...this.deps, access, redis: count === 1 ? null : this.redis }, count)
    this.unhearConsole = hearConsole((line) => this.truth.violate(line))
  }

  /** The draft is there, and the servers. */
  async begin(): Promise<void> {
    await plant(this.world, this.deps.store)
    this.servers.begin()
    await this.until('servers', () => this.servers.alive.length === this.servers.count)
  }

  /** A tab of one person on the device that all share; resolves when it has the server's text. */
  async open(person: string, server = 0): Promise<Page> {
    const page = this.opening(person, server)
    await this.until(`${page.owner.name} is there`, () => page.sync?.status.synced === true)
    return page
  }

  /** A tab that is only beginning to open. */
  opening(person: string, server = 0): Page {
    const page = new Page(this.deps, new Owner(`${person}${this.all.length + 1}`), person, this.device, Infinity)
    this.network.homes.set(page.owner, server)
    this.pages.push(page)
    this.all.push(page)
    return page
  }

  /** It is gone at once, with all that it had not told anybody. */
  kill(page: Page): void {
    page.owner.dead = true
    this.pages.splice(this.pages.indexOf(page), 1)
    this.cut(page)
  }

  /** Its network refuses WebSockets, and carries requests. */
  overHttp(page: Page): void {
    this.network.carriesHttp = true
    this.network.refuses.set(page.owner, 'at once')
  }

  /** Whether a request of it is under way. */
  asks(page: Page): boolean {
    return [...this.network.connections].some((link) => link.page === page.owner && !(link instanceof Connection))
  }

  /** Nothing that is under way comes any more, and it is not told. */
  silence(page: Page): void {
    for (const link of this.network.connections) if (link.page === page.owner) link.cut(false, true)
  }

  /** Its connection breaks, and it gets no other; resolves when nothing is under way. */
  async disconnect(page: Page): Promise<void> {
    this.network.offline.add(page.owner)
    this.cut(page)
    await this.pass(500)
  }

  reconnect(page: Page, server = this.network.homes.get(page.owner)!): void {
    this.network.offline.delete(page.owner)
    this.network.homes.set(page.owner, server)
  }

  /** Types three letters at the end of the background; resolves with them when the device has them. */
  async type(page: Page): Promise<string> {
    const text = this.deps.letters.fresh(3)
    page.typed.push(...text)
    await this.edit(page, (root) => insertRuns(root, root.length, [{ text }]))
    return text
  }

  /** Deletes the last letter of the background. */
  async erase(page: Page): Promise<void> {
    await this.edit(page, (root) => {
      const letter = String(root.toDelta().at(-1).insert).at(-1)!
      this.deps.letters.deleted.add(letter)
      root.delete(root.length - 1, 1)
    })
  }

  /** A service writes an entry. */
  async write(kind: 'close' | 'reopen'): Promise<void> {
    let isDone = false
    this.servers.in(kind, async (server) => {
      await server.write(kind)
      isDone = true
    })
    await this.until(kind, () => isDone)
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    await this.world.run(this.world.now + ms)
  }

  async until(what: string, condition: () => boolean): Promise<void> {
    await this.within(LONG, what, condition)
  }

  async within(ms: number, what: string, condition: () => boolean): Promise<void> {
    await this.world.run(this.world.now + ms, condition)
    if (!condition()) throw new Error(`not within ${ms} ms: ${what}`)
  }

  async saved(page: Page): Promise<void> {
    await this.until(
      `${page.owner.name} is saved`,
      () => page.sync?.unsent === 0 && page.sync.status.synced && page.sync.status.save === 'saved',
    )
  }

  /** Whether these letters are in the draft that is durable. */
  stands(text: string): boolean {
    return isIn(durableDoc(this.deps.store, 'entries'), text)
  }

  /** Whether a page shows them. */
  shows(page: Page, text: string): boolean {
    return page.sync !== null && isIn(page.sync.back, text)
  }

  /** What was said or shown and is not so. */
  async end(): Promise<readonly string[]> {
    await this.pass(3_000)
    account(this, this.deps, this.kept)
    for (const page of this.all) page.clear()
    this.unhearConsole()
    return this.truth.violations
  }

  private async edit(page: Page, change: (root: ReturnType<typeof sectionRoot>) => void): Promise<void> {
    await this.as(page.owner, () => {
      const { back } = page.sync!
      back.transact(() => change(sectionRoot(back, 'background')), 'person')
    })
  }

  private async as(owner: Owner, work: () => void): Promise<void> {
    let isDone = false
    this.world.after(0, owner, 'told', () => {
      work()
      isDone = true
    })
    await this.until('told', () => isDone)
  }

  private cut(page: Page): void {
    for (const connection of this.network.connections) if (connection.page === page.owner) connection.cut(true, true)
  }
}

function isIn(doc: ReturnType<typeof durableDoc>, text: string): boolean {
  const letters = lettersIn(readDraft(doc, SHORT_TEMPLATE))
  return [...text].every((letter) => letters.includes(letter))
}
