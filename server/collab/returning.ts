/** What a page that comes back lacks of a large draft, worked out in a worker: a phone comes back forty times a day, and need not fetch all each time. */
import { soon } from '../soon.ts'
import { updateMessage, type Message } from './frames.ts'
import type { RoomText } from './room-text.ts'

/** One update with everything in `updates` beyond the state vector `state`, and all deletions; made away from the serving thread. */
export type Missing = (updates: readonly Uint8Array[], state: Uint8Array) => Promise<Uint8Array>

/** A draft of at most so many bytes is sent whole: deletions go along in either case. */
const WHOLE_UP_TO = 64 * 1024
/** No honest state vector is larger. */
const LARGEST_STATE = 64 * 1024
/** Questions that the worker may have before it: when everybody comes back at once, most get all. */
const MOST_AT_ONCE = 20
/** The worker has other work too. */
const PATIENCE_MS = 1000

/** One for all rooms of a process. */
export class Returning {
  private readonly missing: Missing
  private readonly wholeUpTo: number
  private readonly asked = new Map<string, Promise<Message | null>>()

  constructor(missing: Missing, wholeUpTo = WHOLE_UP_TO) {
    this.missing = missing
    this.wholeUpTo = wholeUpTo
  }

  /** Hands `send` what somebody with the state vector `state` needs of a draft: all of it at once, or what is missing a little later. */
  answer(draft: string, text: RoomText, state: Uint8Array, send: (updates: readonly Message[]) => void): void {
    const asked = this.ask(draft, text, state)
    if (asked === null) return send(text.messages)
    const { seq } = text
    void asked.then((missing) => {
      const later = text.since(seq)
      send(missing === null || later === null ? text.messages : [missing, ...later])
    })
  }

  /** Who lacks the same of the same text shares the answer, which is null where it takes too long; null: nobody is asked. */
  private ask(draft: string, text: RoomText, state: Uint8Array): Promise<Message | null> | null {
    const hasNothing = state.length <= 1
    if (hasNothing || state.length > LARGEST_STATE || text.size <= this.wholeUpTo) return null
    const key = `${draft} ${text.seq} ${Buffer.from(state).toString('base64')}`
    const found = this.asked.get(key)
    if (found !== undefined || this.asked.size >= MOST_AT_ONCE) return found ?? null
    const made = this.missing(text.updates, state).then(updateMessage, () => null)
    void made.then(() => this.asked.delete(key))
    const answer = soon(made, PATIENCE_MS, () => null)
    this.asked.set(key, answer)
    return answer
  }
}
