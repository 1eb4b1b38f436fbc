/** One seeded run in the harness page: three writers edit one draft at once over slow lines with offline spells, and all is counted. */
import type { Node } from 'prosemirror-model'
import { randomOf } from '../../../shared/random.ts'
import { openElements } from './element-writer.ts'
import { Ledger, lettersOf } from './ledger.ts'
import type { Account, Action } from './ledger.ts'
import { openOurs } from './our-writer.ts'
import { paste, press, select, textPlaces, type } from './writer.ts'
import type { Kind, Place, Writer } from './writer.ts'

export type Form = 'ours' | 'elements'
export type RunOrder = {
  readonly form: Form
  readonly draft: string
  readonly seed: number
  readonly steps: number
  readonly actions: readonly Action[]
}
export type RunCount = Account & {
  readonly seed: number
  readonly effects: Readonly<Record<Action, number>>
  readonly putBack: number
  readonly offlineSpells: number
  readonly redraws: number
  readonly viewWrong: number
  readonly diverged: boolean
  /** Why the server refused edits: nothing here is to be refused. */
  readonly refused: string[]
  readonly sectionsVanished: number
  /** What all three ended with, for comparing with the server's. */
  readonly content: string
  readonly ms: number
}

const KINDS: readonly Kind[] = ['text', 'heading', 'bullet', 'number', 'quote']
const SETTLE_MS = 8_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The letters as the page shows them, in order. */
const shownLetters = (writer: Writer): string => lettersOf(writer.view.dom.textContent ?? '').join('')
const heldLetters = (doc: Node): string => lettersOf(doc.textContent).join('')

export async function run({ form, draft, seed, steps, actions }: RunOrder): Promise<RunCount> {
  const started = performance.now()
  const random = randomOf(seed)
  const whole = (below: number): number => Math.floor(random() * below)
  const pick = <T>(list: readonly T[]): T => list[whole(list.length)] as T
  const open = form === 'ours' ? openOurs : openElements
  const writers: Writer[] = []
  for (let i = 0; i < 3; i++) writers.push(await open(draft, i, seed * 10 + i + 1))
  for (const { line } of writers) line.hold()
  const ledger = new Ledger()
  const sectionsBefore = writers[0]?.view.state.doc.childCount ?? 0
  let viewWrong = 0
  let offlineSpells = 0

  const anywhere = ({ node, start }: Place): number => start + whole(node.content.size + 1)
  const act = (writer: Writer, action: Action): void => {
    const { view } = writer
    const places = textPlaces(view.state.doc)
    if (places.length === 0) return
    const place = pick(places)
    // Half of the carets are in the text where most people write, else the fields of recommendations would get nearly everything.
    const near = places.filter(({ node }) => node.type.name === 'clause' && node.content.size > 0)
    const target = random() < 0.5 && near.length > 0 ? pick(near) : place
    if (action === 'join') {
      const up = random() < 0.5
      select(view, up ? target.start : target.start + target.node.content.size)
      press(view, up ? 'Backspace' : 'Delete')
      return
    }
    if (action === 'range') {
      const [a, b] = [anywhere(target), anywhere(pick(places))]
      select(view, Math.min(a, b), Math.max(a, b))
      press(view, 'Delete')
      return
    }
    select(view, anywhere(target))
    if (action === 'type') {
      const really = random() < 0.5
      for (let n = 1 + whole(4); n > 0; n--) type(view, ledger.letters(1), really)
    } else if (action === 'paste') paste(view, `<p>${ledger.letters(2)}</p><p>${ledger.letters(2)}</p>`)
    else if (action === 'split') press(view, 'Enter')
    else if (action === 'kind') writer.setKind(pick(KINDS))
    else if (action === 'move') writer.move(random() < 0.5 ? -1 : 1)
    else if (action === 'delete') writer.remove()
    else press(view, action === 'undo' ? 'z' : 'y', { ctrlKey: true })
  }
  const look = (writer: Writer): void => {
    if (!writer.viewAgrees()) viewWrong++
  }
  const toggle = (writer: Writer): void => {
    if (writer.line.online) {
      offlineSpells++
      writer.line.cut()
      return
    }
    writer.line.restore()
    writer.reconnect()
  }

  for (let step = 0; step < steps; step++) {
    const writer = pick(writers)
    const action = random() < 0.4 ? 'type' : pick(actions)
    if (random() < 0.05) toggle(writer)
    const before = writer.view.state.doc
    act(writer, action)
    ledger.acted(action, before, writer.view.state.doc)
    look(writer)
    for (const other of writers) other.line.release(whole(3), whole(3))
    await pause(0)
    for (const other of writers) look(other)
  }

  for (const writer of writers) {
    writer.line.free()
    if (!writer.line.online) toggle(writer)
  }
  const settled = (): boolean =>
    writers.every((writer) => writer.unsettled() === 0 && writer.line.waiting === 0) &&
    new Set(writers.map((writer) => writer.content())).size === 1
  const end = performance.now() + SETTLE_MS
  for (let calm = 0; calm < 2 && performance.now() < end; calm = settled() ? calm + 1 : 0) await pause(8)
  for (const writer of writers) {
    look(writer)
    if (shownLetters(writer) !== heldLetters(writer.view.state.doc)) viewWrong++
  }
  const first = writers[0] as Writer
  const { doc } = first.view.state
  const count: RunCount = {
    ...ledger.account(doc, writers.map((writer) => writer.offered()).join('')),
    seed,
    effects: ledger.effects,
    putBack: writers.reduce((sum, writer) => sum + writer.putBack(), 0),
    offlineSpells,
    redraws: writers.reduce((sum, writer) => sum + writer.redraws(), 0),
    viewWrong,
    diverged: !settled(),
    refused: writers.flatMap((writer) => writer.refused() ?? []),
    sectionsVanished: sectionsBefore - doc.childCount,
    content: first.content(),
    ms: performance.now() - started,
  }
  for (const writer of writers) writer.destroy()
  return count
}
