/** Whether the server is there and does not store what it gets: it said so, or has acknowledged nothing for some seconds. */

/** Typing is acknowledged within a second, on a poor network within two or three. */
const LATE_MS = 4_000

export class StoreWatch {
  #said = false
  #late = false
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get isAway(): boolean {
    return this.#said || this.#late
  }

  /** Call it with how many edits wait, whenever that may have changed. */
  look(waiting: number): void {
    if (waiting === 0) this.heard()
    else
      this.#timer ??= setTimeout(() => {
        this.#late = true
        this.#changed()
      }, LATE_MS)
  }

  /** Something was acknowledged. */
  heard(): void {
    this.stop()
    this.#late = false
  }

  /** The server takes nothing now (true), or asks for what there is. */
  said(isAway: boolean): void {
    this.#said = isAway
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
