/** Slows guessing: failures are counted by address and over all, with a growing delay; successes never count (a venue is one address). */
import type { Announcer } from '../announce/events.ts'
import { Problem } from '../problem.ts'
import { networkOf } from './network-of.ts'

export type AttemptLimits = {
  /** Failures of one address that cost nothing: eighty people mistype now and then. */
  readonly freeByAddress: number
  readonly freeOverall: number
  readonly longestDelayMs: number
}

const FIRST_DELAY_MS = 1_000
/** After so long without a failure the count is halved. */
const FORGET_MS = 10 * 60_000
/** Addresses remembered; the oldest goes first. */
const MOST_ADDRESSES = 10_000

type Tally = { failures: number; last: number }

export type Attempts = {
  /**
   * Throws Problem 429 `too-many` {seconds} while the address (or the second key, such as an account's name) must wait.
   * An address without failures may try even while everybody else must wait, so that an attack from many places shuts out nobody.
   */
  check(address: string, other?: string): void
  failed(address: string, other?: string): void
}

/** `shared`: failures at this gate are counted by all nodes together. */
export function createAttempts(
  limits: AttemptLimits,
  shared: { readonly gate: string; readonly announcer: Announcer } | null = null,
  now: () => number = Date.now,
): Attempts {
  const tallies = new Map<string, Tally>()
  const overall: Tally = { failures: 0, last: 0 }

  const fade = (tally: Tally): void => {
    while (tally.failures > 0 && now() - tally.last > FORGET_MS) {
      tally.failures = Math.floor(tally.failures / 2)
      tally.last += FORGET_MS
    }
  }
  const waits = (tally: Tally | undefined, free: number): number => {
    if (tally === undefined) return 0
    fade(tally)
    const over = tally.failures - free
    if (over < 0) return 0
    return tally.last + Math.min(limits.longestDelayMs, FIRST_DELAY_MS * 2 ** Math.min(over, 20)) - now()
  }
  const count = (key: string): void => {
    const tally = tallies.get(key) ?? { failures: 0, last: now() }
    fade(tally)
    tallies.delete(key)
    tallies.set(key, { failures: tally.failures + 1, last: now() })
    const oldest = tallies.size > MOST_ADDRESSES ? tallies.keys().next().value : undefined
    if (oldest !== undefined) tallies.delete(oldest)
  }
  const keysOf = (address: string, other?: string): string[] => {
    const own = `ip ${networkOf(address)}`
    return other === undefined ? [own] : [own, `of ${other}`]
  }

  const countAll = (keys: readonly string[]): void => {
    for (const key of keys) count(key)
    fade(overall)
    overall.failures++
    overall.last = now()
  }
  shared?.announcer.subscribe((event, origin) => {
    if (event.kind === 'attempt-failed' && origin === 'elsewhere' && event.gate === shared.gate) countAll(event.keys)
  })

  return {
    check(address, other) {
      const own = keysOf(address, other).map((key) => tallies.get(key))
      const delays = own.map((tally) => waits(tally, limits.freeByAddress))
      if ((own[0]?.failures ?? 0) > 0) delays.push(waits(overall, limits.freeOverall))
      const delay = Math.max(...delays)
      if (delay > 0) throw new Problem(429, 'too-many', { seconds: Math.ceil(delay / 1_000) })
    },
    failed(address, other) {
      const keys = keysOf(address, other)
      countAll(keys)
      shared?.announcer.announce({ kind: 'attempt-failed', gate: shared.gate, keys })
    },
  }
}
