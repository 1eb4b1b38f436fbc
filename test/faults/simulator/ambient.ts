/** Puts a world's clock, timers and random numbers in the place of the process's own; imported before anything that keeps a copy of them. */
import { webcrypto } from 'node:crypto'

/** What stands for the process's own while a world runs. */
export type Ambient = {
  /** `performance.now()`. */
  elapsed(): number
  /** What `indexedDB` is to whoever runs. */
  readonly device: object | undefined
  clock(): number
  fraction(): number
  bytes(into: Uint8Array): void
  timer(ms: number, what: string, run: () => void): () => void
}

let world: Ambient | null = null

export function enter(next: Ambient): void {
  world = next
}
export function leave(): void {
  world = null
}

const own = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  clearImmediate: globalThis.clearImmediate,
  now: Date.now,
  performance: performance.now.bind(performance),
  random: Math.random,
  getRandomValues: webcrypto.getRandomValues.bind(webcrypto),
}

/** Resolves when every promise and tick that can go on has gone on. */
export const realImmediate = (): Promise<void> => new Promise((resolve) => own.setImmediate(resolve))
/** Milliseconds of the real clock. */
export const realNow = (): number => own.performance()

type Callback = (...given: unknown[]) => void

/** A timer of the world, as Node's Timeout is used. */
class Timer {
  cancel: () => void = () => undefined
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  hasRef(): boolean {
    return true
  }
}

function once(ms: number, what: string, run: () => void): Timer {
  const timer = new Timer()
  timer.cancel = world!.timer(ms, what, run)
  return timer
}

function every(ms: number, run: () => void): Timer {
  const timer = new Timer()
  const again = (): void => {
    timer.cancel = world!.timer(ms, 'interval', () => {
      again()
      run()
    })
  }
  again()
  return timer
}

const stop =
  (real: (timer: never) => void) =>
  (timer: unknown): void =>
    timer instanceof Timer ? timer.cancel() : real(timer as never)

Object.assign(globalThis, {
  setTimeout: (run: Callback, ms = 0, ...given: unknown[]) =>
    world === null ? own.setTimeout(run, ms, ...given) : once(ms, 'timeout', () => run(...given)),
  setInterval: (run: Callback, ms = 0, ...given: unknown[]) =>
    world === null ? own.setInterval(run, ms, ...given) : every(ms, () => run(...given)),
  setImmediate: (run: Callback, ...given: unknown[]) =>
    world === null ? own.setImmediate(run, ...given) : once(0, 'immediate', () => run(...given)),
  clearTimeout: stop(own.clearTimeout),
  clearInterval: stop(own.clearInterval),
  clearImmediate: stop(own.clearImmediate),
})
Date.now = () => (world === null ? own.now() : world.clock())
Math.random = () => (world === null ? 0.5 : world.fraction())
performance.now = () => (world === null ? own.performance() : world.elapsed())
webcrypto.getRandomValues = ((into: Uint8Array) => {
  if (world === null) return own.getRandomValues(into)
  world.bytes(new Uint8Array(into.buffer, into.byteOffset, into.byteLength))
  return into
}) as typeof webcrypto.getRandomValues
Object.defineProperty(globalThis, 'indexedDB', { get: () => world?.device })
// Pages that are killed leave their listeners behind.
process.setMaxListeners(0)
