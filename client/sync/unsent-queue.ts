/** Own edits until the server says they are durable, counted per connection (the server acknowledges by count, DRAFTING: never by clock). */
import * as Y from 'yjs'
import type { EditId } from './device-store.ts'

type Waiting = { readonly id: EditId; readonly bytes: Uint8Array; frame: number }

/** An update without structs and deletes. */
const NOTHING = new Uint8Array([0, 0])

export class UnsentQueue {
  #waiting: Waiting[] = []
  #sent = 0
  readonly #onRemoved: (ids: readonly EditId[]) => void

  constructor(onRemoved: (ids: readonly EditId[]) => void) {
    this.#onRemoved = onRemoved
  }

  get size(): number {
    return this.#waiting.length
  }

  add(id: EditId, bytes: Uint8Array): void {
    this.#waiting.push({ id, bytes, frame: 0 })
  }

  /** Edits of an earlier visit, older than everything of this one. */
  addEarlier(edits: readonly { readonly id: EditId; readonly bytes: Uint8Array }[]): void {
    this.#waiting.unshift(...edits.map((edit) => ({ ...edit, frame: 0 })))
  }

  /** A new connection counts its frames from nothing. */
  connected(): void {
    this.#sent = 0
    for (const edit of this.#waiting) edit.frame = 0
  }

  /** A frame `0,1` went out: it carried everything that waits. */
  sentAll(): void {
    this.#sent += 1
    for (const edit of this.#waiting) edit.frame = this.#sent
  }

  /** A frame `0,2` went out: it carried the newest edit. */
  sentNewest(): void {
    this.#sent += 1
    const newest = this.#waiting.at(-1)
    if (newest !== undefined && newest.frame === 0) newest.frame = this.#sent
  }

  /** The first `count` frames of this connection are durable. */
  acknowledged(count: number): void {
    const durable = this.#waiting.filter((edit) => edit.frame !== 0 && edit.frame <= count)
    if (durable.length === 0) return
    this.#waiting = this.#waiting.filter((edit) => !durable.includes(edit))
    this.#onRemoved(durable.map((edit) => edit.id))
  }

  /** Everything that waits as one update: the answer to the server's step 1, instead of the whole state with its delete set. */
  merged(): Uint8Array {
    return this.#waiting.length === 0 ? NOTHING : Y.mergeUpdates(this.#waiting.map((edit) => edit.bytes))
  }

  /** What waits, oldest first. */
  get edits(): readonly { readonly id: EditId; readonly bytes: Uint8Array }[] {
    return this.#waiting
  }

  /** Takes edits out that were refused; the caller has set them aside. */
  drop(ids: readonly EditId[]): void {
    this.#waiting = this.#waiting.filter(({ id }) => !ids.includes(id))
  }
}
