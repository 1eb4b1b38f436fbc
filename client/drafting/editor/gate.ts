/**
 * Two Y.Docs on a page: `back` has the provider and the store, `front` the editor. Own edits go front → back at once; what others write
 * waits here while somebody composes, because an edit in the composed text makes every composing keyboard garble Thai
 * (811 of 1,071 runs wrong without this, 0 of 1,020 with it).
 */
import * as Y from 'yjs'
import { FromEditor, namedDeletes } from '../binding/frames.ts'
import type { DeleteRanges } from '../binding/strays.ts'
import { isHeldFrom, touchedBy } from './touched.ts'
import type { Composed, Touched } from './touched.ts'

/** Waits of the gate in milliseconds. Phones: 700 after the last input; after a dictation's replacement 2,000; never above 4,000. */
export const PHONE_WAITS = { quiet: 700, replacement: 2_000, bound: 4_000, lull: 100 } as const
/** A desktop keyboard does not read ahead: nothing waits once the composition is over. */
export const DESKTOP_WAITS = { quiet: 0, replacement: 0, bound: 4_000, lull: 100 } as const
export type GateWaits = { readonly [Name in keyof typeof PHONE_WAITS]: number }

export type GateOptions = {
  readonly front: Y.Doc
  readonly back: Y.Doc
  readonly waits: GateWaits
  /** Applies one update of others to `front`. `named` is what its author deleted with sight. */
  readonly receive: (update: Uint8Array, named: DeleteRanges | undefined) => void
  /** Reads what the keyboard wrote and the editor has not read yet; called outside any Yjs transaction, before each update. */
  readonly flush: () => void
  /** The clause that is being composed in, or null when nobody composes. */
  readonly composed: () => Composed | null
}

export type Gate = {
  /** Something came from the keyboard, a composition or a finger; `replacement` for insertReplacementText. */
  input(replacement?: boolean): void
  /**
   * A finger or mouse button went down on the text or its buttons, or was let go of. Until then nothing is drawn: a line of somebody
   * else would push the button away, and the click would miss it or meet another.
   */
  press(down: boolean): void
  /** A composition ended: what waits may come. */
  release(): void
  /** How many updates of others wait. */
  readonly waiting: number
  destroy(): void
}

type Held = {
  readonly update: Uint8Array
  readonly named: DeleteRanges | undefined
  readonly touched: Touched
  readonly since: number
}

/** Origin in `front` of what others wrote. */
export const FROM_BACK = { name: 'draft-back' }

export function createGate({ front, back, waits, receive, flush, composed }: GateOptions): Gate {
  const held: Held[] = []
  let lastInput = -Infinity
  let quietUntil = -Infinity
  let pressed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const toBack = (update: Uint8Array, origin: unknown): void => {
    if (origin !== FROM_BACK) Y.applyUpdate(back, update, new FromEditor(update))
  }
  const fromBack = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (origin instanceof FromEditor) return
    held.push({ update, named: namedDeletes(back), touched: touchedBy(transaction), since: Date.now() })
    pump()
  }

  /** May the oldest held update go through now? A number is the wait in milliseconds until it should be asked again. */
  const verdict = (entry: Held, now: number): true | number => {
    const writing = composed()
    const isFree = writing === null && !pressed
    if (isFree && now >= quietUntil) return true
    const age = now - entry.since
    if (age < waits.bound) return isFree ? Math.min(quietUntil - now, waits.bound - age) : waits.bound - age
    const lull = now - lastInput
    if (lull < waits.lull) return waits.lull - lull
    // Forced: only what leaves the composed clause alone. The rest waits for the end of the composition (the touch rule).
    return writing === null || !isHeldFrom(entry.touched, writing) ? true : waits.bound
  }

  function pump(): void {
    clearTimeout(timer)
    for (let entry = held[0]; entry !== undefined; entry = held[0]) {
      const wait = verdict(entry, Date.now())
      if (wait !== true) {
        timer = setTimeout(pump, Math.max(1, wait))
        return
      }
      held.shift()
      flush()
      receive(entry.update, entry.named)
    }
  }

  function input(replacement = false): void {
    lastInput = Date.now()
    quietUntil = Math.max(quietUntil, lastInput + (replacement ? waits.replacement : waits.quiet))
  }
  function release(): void {
    // After the event: the keyboard may write the end of its composition in the same task, and a click comes in it.
    clearTimeout(timer)
    timer = setTimeout(pump, 0)
  }

  front.on('update', toBack)
  back.on('update', fromBack)
  return {
    input,
    press(down) {
      pressed = down
      // The click of a finger comes in a task of its own, within what phones wait after an input.
      input()
      if (!down) release()
    },
    release,
    get waiting() {
      return held.length
    },
    destroy() {
      clearTimeout(timer)
      front.off('update', toBack)
      back.off('update', fromBack)
    },
  }
}
