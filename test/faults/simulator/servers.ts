/** The server processes of a world, one or two over one store, each in its place: killed, ended, stalled, and started again. */
import type { Network } from './network.ts'
import { startServer, type ServerDeps, type ServerProcess } from './server-process.ts'
import { Owner } from './world.ts'

export type ServersDeps = ServerDeps & { readonly network: Network }

/** After so long at most a process that ended is there again. */
const RESTART_MS = 4_000
/** How long a process may stall: seldom so long that other nodes take it for gone. */
const STALL_MS = 2_500
const LONG_STALL_MS = 9_000

const isAlive = (server: ServerProcess | undefined): boolean => server?.listener.owner.dead === false

export class Servers {
  /** How many places there are. */
  readonly count: number
  private readonly deps: ServersDeps
  private readonly places: ServerProcess[] = []
  private started = 0

  constructor(deps: ServersDeps, count: number) {
    this.deps = deps
    this.count = count
  }

  begin(): void {
    for (let at = 0; at < this.count; at++) this.start(at)
  }

  /** Those that live. */
  get alive(): readonly ServerProcess[] {
    return this.places.filter(isAlive)
  }

  /** One that lives, or null. */
  some(): ServerProcess | null {
    const { alive } = this
    return alive.length === 0 ? null : this.deps.world.pick(alive)
  }

  /** Has something done in one that lives. */
  in(what: string, work: (server: ServerProcess) => Promise<unknown>): void {
    const server = this.some()
    if (server !== null) this.within(server, what, () => work(server))
  }

  accessChanged(server: ServerProcess): void {
    this.within(server, 'access', async () => server.accessChanged())
  }

  /** A process is gone at once, and the store with it where that is within. */
  kill(powerLost: boolean, server = this.some()): void {
    if (server === null) return
    this.die(server, powerLost)
    this.startLater(server)
  }

  /** A process ends in order. */
  end(): void {
    const server = this.some()
    if (server === null) return
    this.within(server, 'end', async () => {
      await server.end()
      this.die(server, false)
    })
    this.startLater(server)
  }

  stall(): void {
    const { world } = this.deps
    const isLong = this.count > 1 && world.chance(0.2)
    const server = this.some()
    if (server !== null) world.sleep(server.listener.owner, world.between(20, isLong ? LONG_STALL_MS : STALL_MS))
  }

  /** All are there and awake. */
  mend(): void {
    for (let at = 0; at < this.count; at++) {
      const server = this.places[at]
      if (server === undefined || !isAlive(server)) this.start(at)
      else this.deps.world.wake(server.listener.owner)
    }
  }

  private within({ listener }: ServerProcess, what: string, work: () => Promise<unknown>): void {
    const { world } = this.deps
    world.after(0, listener.owner, what, () => {
      work().catch((error: unknown) => world.note(`${what}: ${String(error)}`))
    })
  }

  private startLater(server: ServerProcess): void {
    const { world } = this.deps
    world.after(world.between(20, RESTART_MS), world.outside, 'restart', () => {
      const at = this.places.indexOf(server)
      if (at < 0) return
      // One that has not come to its end yet is not waited for.
      if (isAlive(server)) this.die(server, false)
      this.start(at)
    })
  }

  private die({ listener: { owner } }: ServerProcess, powerLost: boolean): void {
    const { world, network, store } = this.deps
    owner.dead = true
    for (const connection of network.connections)
      if (connection.server === owner) connection.cut(world.chance(powerLost ? 0.5 : 0.95), false)
    if (store.isWithin) store.crash(powerLost)
  }

  private start(at: number): void {
    const { world, network } = this.deps
    const owner = new Owner(`server${(this.started += 1)}`)
    world.after(0, owner, 'start', () => {
      const server = startServer(this.deps, owner)
      this.places[at] = server
      network.listeners[at] = server.listener
    })
  }
}
