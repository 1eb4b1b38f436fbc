/** The time left of a phase: running towards a moment, paused with what was left, or none. It warns; it never changes the phase. */

export type Timer =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly endsAt: number }
  | { readonly kind: 'paused'; readonly leftMs: number }

export const NO_TIMER: Timer = { kind: 'none' }
/** Longest time a phase may be given: a day. */
const LONGEST_MS = 24 * 3_600_000

/** Milliseconds left, never below zero; null without a timer. */
export function timeLeft(timer: Timer, now: number): number | null {
  if (timer.kind === 'none') return null
  return Math.max(0, timer.kind === 'running' ? timer.endsAt - now : timer.leftMs)
}

/** Runs for `ms` from now on. */
export function started(ms: number, now: number): Timer {
  return { kind: 'running', endsAt: now + Math.min(Math.max(0, ms), LONGEST_MS) }
}

/** More (or less) time; a time that has run out begins again from now, so that "5 minutes more" means five minutes. */
export function extended(timer: Timer, ms: number, now: number): Timer {
  const left = Math.min(Math.max(0, (timeLeft(timer, now) ?? 0) + ms), LONGEST_MS)
  return timer.kind === 'paused' ? { kind: 'paused', leftMs: left } : { kind: 'running', endsAt: now + left }
}

/** Holds the time; nothing happens to one that is held or absent. */
export function paused(timer: Timer, now: number): Timer {
  return timer.kind === 'running' ? { kind: 'paused', leftMs: Math.max(0, timer.endsAt - now) } : timer
}

/** Lets a held time go on. */
export function resumed(timer: Timer, now: number): Timer {
  return timer.kind === 'paused' ? { kind: 'running', endsAt: now + timer.leftMs } : timer
}
