/** Before a draft closes the server asks a tab for what it has; the tab answers when that is durable. */
import { readVarUint, type Decoder } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import type { EditId } from './device-store.ts'
import type { UnsentQueue } from './unsent-queue.ts'

/** A frame of a message and one number. */
export function frameOf(message: number, value: number): Uint8Array<ArrayBuffer> {
  const encoder = createEncoder()
  writeVarUint(encoder, message)
  writeVarUint(encoder, value)
  return toUint8Array(encoder)
}

export class Asked {
  readonly #queue: UnsentQueue
  readonly #answer: (turn: number) => void
  #open: { readonly turn: number; readonly awaited: readonly EditId[] }[] = []

  constructor(queue: UnsentQueue, answer: (turn: number) => void) {
    this.#queue = queue
    this.#answer = answer
  }

  /** The server asks; what is typed afterwards is not waited for. */
  ask(decoder: Decoder): void {
    this.#open.push({ turn: readVarUint(decoder), awaited: this.#queue.edits.map(({ id }) => id) })
    this.look()
  }

  /** Answers what can be answered; called whenever edits were acknowledged. */
  look(): void {
    const waiting = new Set(this.#queue.edits.map(({ id }) => id))
    const isOpen = (one: { readonly awaited: readonly EditId[] }): boolean => one.awaited.some((id) => waiting.has(id))
    const done = this.#open.filter((one) => !isOpen(one))
    this.#open = this.#open.filter(isOpen)
    for (const { turn } of done) this.#answer(turn)
  }

  /** Another connection: nobody waits for these answers any more. */
  forget(): void {
    this.#open = []
  }
}
