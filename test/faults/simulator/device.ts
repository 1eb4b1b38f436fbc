/** A device's IndexedDB as far as the product uses it: transactions in turn, all or nothing; a page that is killed leaves no half of one. */
import type { Owner, World } from './world.ts'

type Key = string | number
type Rows = Map<Key, unknown>
type Request = {
  result: unknown
  onsuccess: (() => void) | null
  onerror: (() => void) | null
  onupgradeneeded?: (() => void) | null
  onblocked?: (() => void) | null
}
type Transaction = { oncomplete: (() => void) | null; onabort: (() => void) | null }

const request = (): Request => ({ result: undefined, onsuccess: null, onerror: null })
const inOrder = (rows: Rows): [Key, unknown][] => [...rows].sort(([one], [other]) => (one < other ? -1 : 1))

class Database {
  readonly stores = new Map<string, Rows>()
  next = 1
  /** When the last transaction ends. */
  busyUntil = 0
}

export class Device {
  /** No room: transactions that write are given up. */
  isFull = false
  /** The longest that a transaction takes, in milliseconds. */
  lag = 4
  /** Called with each value that a transaction kept, after it did. */
  onKept: (store: string, value: unknown) => void = () => undefined
  private readonly world: World
  private readonly databases = new Map<string, Database>()

  constructor(world: World) {
    this.world = world
  }

  /** Whether no transaction waits. */
  get isIdle(): boolean {
    return [...this.databases.values()].every(({ busyUntil }) => busyUntil <= this.world.now)
  }

  /** Everything that a store of any database holds. */
  values(store: string): unknown[] {
    return [...this.databases.values()].flatMap(({ stores }) => [...(stores.get(store)?.values() ?? [])])
  }

  /** What `indexedDB` is for a page on this device. */
  factory(): object {
    return {
      open: (name: string) => {
        const asked = request()
        const owner = this.world.current
        const isNew = !this.databases.has(name)
        const database = this.databases.get(name) ?? new Database()
        this.databases.set(name, database)
        asked.result = this.opened(database, owner)
        this.world.after(this.world.between(0.2, 10), owner, 'open device', () => {
          if (isNew) asked.onupgradeneeded?.()
          asked.onsuccess?.()
        })
        return asked
      },
    }
  }

  private opened(database: Database, owner: Owner): object {
    let isClosed = false
    return {
      objectStoreNames: { contains: (name: string) => database.stores.has(name) },
      createObjectStore: (name: string) => database.stores.set(name, new Map()),
      transaction: (names: string | string[], mode: string) => {
        if (isClosed) throw new Error('InvalidStateError')
        return this.transaction(database, owner, [names].flat(), mode === 'readwrite')
      },
      close: () => {
        isClosed = true
      },
    }
  }

  private transaction(database: Database, owner: Owner, names: readonly string[], writes: boolean): object {
    const { world } = this
    const staged = new Map<string, Rows>()
    const todo: (() => void)[] = []
    const added: [string, unknown][] = []
    const rows = (name: string): Rows => {
      let found = staged.get(name)
      if (found === undefined) staged.set(name, (found = new Map(database.stores.get(name))))
      return found
    }
    const later = (work: (asked: Request) => unknown): Request => {
      const asked = request()
      todo.push(() => {
        asked.result = work(asked)
        asked.onsuccess?.()
      })
      return asked
    }
    const transaction: Transaction & object = {
      oncomplete: null,
      onabort: null,
      objectStore: (name: string) => ({
        add: (value: unknown) =>
          later(() => {
            added.push([name, value])
            rows(name).set((database.next += 1), value)
          }),
        put: (value: unknown, key: Key) =>
          later(() => {
            world.note(`puts ${key} into ${name}`)
            added.push([name, value])
            rows(name).set(key, value)
          }),
        delete: (key: Key) => later(() => rows(name).delete(key)),
        clear: () => later(() => rows(name).clear()),
        getAll: () => later(() => inOrder(rows(name)).map(([, value]) => value)),
        openCursor: () => {
          const list: [Key, unknown][] = []
          const step = (asked: Request): void => {
            const [row] = list.splice(0, 1)
            asked.result =
              row === undefined ? null : { key: row[0], value: row[1], continue: () => todo.push(() => step(asked)) }
            asked.onsuccess?.()
          }
          const asked = request()
          todo.push(() => {
            list.push(...inOrder(rows(name)))
            step(asked)
          })
          return asked
        },
      }),
    } as Transaction & object
    database.busyUntil = Math.max(database.busyUntil, world.now) + world.between(0.1, this.lag)
    world.at(database.busyUntil, owner, 'device', () => {
      if (writes && this.isFull) return transaction.onabort?.()
      for (let work = todo.shift(); work !== undefined; work = todo.shift()) work()
      if (writes) for (const name of names) if (staged.has(name)) database.stores.set(name, staged.get(name)!)
      for (const [name, value] of added) this.onKept(name, value)
      world.after(0.05, owner, 'kept', () => transaction.oncomplete?.())
    })
    return transaction
  }
}
