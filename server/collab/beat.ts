/** When rooms may begin a commit: all at once, at most so often; who comes after a rest need not wait. */

/**
 * Between two commits, in milliseconds. Each write to a socket costs, and each commit is one to everybody in its rooms: up to 312 are told
 * forty times a second, 500 and more twenty-five times.
 */
export const beatMs = (connections: number): number => Math.min(40, Math.max(25, connections / 12.5))

export class Beat {
  private readonly pauseMs: () => number
  private last = -Infinity
  private waiting: (() => void)[] = []

  constructor(pauseMs: () => number) {
    this.pauseMs = pauseMs
  }

  /**
   * Resolves for everybody who waits at the end of one turn of the event loop, not sooner than the pause after the beat before. What comes to
   * a room meanwhile goes into the same commit, and the commits of all rooms into one message and one fsync.
   */
  next(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.push(resolve) > 1) return
      const wait = this.last + this.pauseMs() - performance.now()
      if (wait > 0) setTimeout(() => this.strike(), wait)
      else setImmediate(() => this.strike())
    })
  }

  private strike(): void {
    this.last = performance.now()
    const waited = this.waiting
    this.waiting = []
    for (const resolve of waited) resolve()
  }
}
