/** Carets of others, in a layer over the text: widgets in the text split it and disturb composing keyboards. */
import type { EditorView } from 'prosemirror-view'
import type { DraftBinding } from '../binding/draft-binding.ts'
import type { RelativeSelection } from '../binding/carets.ts'
import { make } from './dom.ts'

/** Another person's caret; `colour` is one of the six person colours. */
export type RemoteCaret = {
  readonly key: string
  readonly name: string
  readonly colour: 1 | 2 | 3 | 4 | 5 | 6
  readonly selection: RelativeSelection
}

/** Who else is here, and where. The page fills this from the provider's awareness. */
export type EditorPresence = {
  publish(selection: RelativeSelection | null): void
  carets(): readonly RemoteCaret[]
  subscribe(listener: () => void): () => void
}

/** A name shows for two seconds after its caret moved, then only the bar. */
const FLAG_MS = 2_000

type Drawn = { readonly bar: HTMLElement; readonly flag: HTMLElement; place: string; shownUntil: number }

export type Overlay = { draw(): void; setShown(shown: boolean): void; destroy(): void }

/** Makes the layer inside `host`, which must be positioned; `draw` is cheap and may be called at every change. */
export function createOverlay(
  host: HTMLElement,
  view: EditorView,
  binding: DraftBinding,
  presence: EditorPresence,
): Overlay {
  const layer = make('div', { class: 'carets', 'aria-hidden': 'true' })
  host.append(layer)
  const drawn = new Map<string, Drawn>()
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const request = (): void => {
    if (frame === 0) frame = requestAnimationFrame(render)
  }

  const drawnFor = (caret: RemoteCaret): Drawn => {
    const known = drawn.get(caret.key)
    if (known !== undefined) return known
    const bar = make('span', { class: `caret-bar p${caret.colour}` })
    const flag = make('span', { class: `caret-flag p${caret.colour}` })
    layer.append(bar, flag)
    const fresh = { bar, flag, place: '', shownUntil: 0 }
    drawn.set(caret.key, fresh)
    return fresh
  }

  const place = (caret: RemoteCaret, now: number): void => {
    const entry = drawnFor(caret)
    const position = binding.position(caret.selection.head)
    if (position === null) {
      entry.bar.hidden = true
      entry.flag.hidden = true
      return
    }
    const at = view.coordsAtPos(position, -1)
    const box = layer.getBoundingClientRect()
    const key = JSON.stringify(caret.selection.head)
    if (entry.place !== key) {
      entry.place = key
      entry.shownUntil = now + FLAG_MS
    }
    entry.flag.textContent = caret.name
    entry.bar.hidden = at.bottom === at.top // folded away
    entry.flag.hidden = entry.bar.hidden || now >= entry.shownUntil
    for (const element of [entry.bar, entry.flag])
      element.style.setProperty('inset-block-start', `${at.top - box.top}px`)
    entry.bar.style.setProperty('inset-inline-start', `${at.left - box.left}px`)
    entry.bar.style.setProperty('block-size', `${at.bottom - at.top}px`)
  }

  function render(): void {
    frame = 0
    const now = Date.now()
    const carets = presence.carets()
    const keys = new Set(carets.map(({ key }) => key))
    for (const [key, entry] of drawn) {
      if (keys.has(key)) continue
      entry.bar.remove()
      entry.flag.remove()
      drawn.delete(key)
    }
    try {
      for (const caret of carets) place(caret, now)
    } catch {
      request() // while the page is ahead of the editor (between a key and its reading) places cannot be measured: next frame
      return
    }
    clearTimeout(timer)
    const next = Math.min(...[...drawn.values()].map(({ shownUntil }) => shownUntil).filter((until) => until > now))
    if (Number.isFinite(next)) timer = setTimeout(request, next - now)
  }

  const stop = presence.subscribe(request)
  const resized = new ResizeObserver(request)
  resized.observe(host)
  request()
  return {
    draw: request,
    setShown: (shown) => {
      layer.hidden = !shown
    },
    destroy() {
      stop()
      resized.disconnect()
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      layer.remove()
    },
  }
}
