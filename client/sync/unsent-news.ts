/** Tells others by presence that words wait here and do not get through: before a draft is handed in that matters. */
import type { Awareness } from 'y-protocols/awareness'

/** Only when they do so for this long: typing that is acknowledged at once is no news. */
const UNSENT_MS = 1_000

export class UnsentNews {
  #timer: ReturnType<typeof setTimeout> | undefined

  look(awareness: Awareness, waiting: number): void {
    if (waiting > 0) {
      if (awareness.getLocalState()?.['unsent'] !== true)
        this.#timer ??= setTimeout(() => awareness.setLocalStateField('unsent', true), UNSENT_MS)
      return
    }
    this.stop()
    if (awareness.getLocalState()?.['unsent'] === true) awareness.setLocalStateField('unsent', false)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
