/** Binds a draft's Y.Doc to an editor: own steps become small Yjs edits, foreign edits small steps; undo and put-back belong to it. */
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { disableTidying, sectionRoot } from '../../../shared/drafting/document.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'
import { agrees } from './apply.ts'
import { capturedBy } from './captured.ts'
import { absoluteSelection, letterAt, placeBehind, positionOf, relativeSelection } from './carets.ts'
import type { RelativePlace, RelativeSelection } from './carets.ts'
import { changeOf, drawChange, insertedText, keepCaret, redrawSection } from './draw.ts'
import type { SectionChange } from './draw.ts'
import { FROM_YJS, isOwn } from './ids.ts'
import { openerId } from './items.ts'
import { putBack } from './put-back.ts'
import type { Offer } from './put-back.ts'
import { draftNode } from './render.ts'
import { straysOf } from './strays.ts'
import type { DeleteRanges, Stray } from './strays.ts'
import { BEFORE, CaptureRule, mayUndoDelete } from './undo.ts'
import type { UndoneStep } from './undo.ts'
import { writeStep } from './write.ts'

/** What the binding needs of an EditorView; tests give it one without a DOM. */
export type BoundView = { readonly state: EditorState; dispatch(tr: Transaction): void }

export class DraftBinding {
  readonly doc: Y.Doc
  readonly ids: readonly SectionId[]
  readonly texts: readonly Y.XmlText[]
  readonly undoManager: Y.UndoManager
  /** Origin of commands that act on Yjs directly (move, choices): drawn like foreign changes, undone like own ones. */
  readonly commands = { name: 'draft-commands' }
  /** Origin of letters put back: own, but nothing to undo. */
  readonly mending = { name: 'draft-put-back' }
  /** How often a section did not agree with Yjs and was drawn anew; tests watch it. */
  redraws = 0
  /** False where one may only read: letters without a place are then offered, nothing is written. */
  writable = true
  #view: BoundView | null = null
  #changes: SectionChange[] = []
  #selectionBefore: RelativeSelection | null = null
  #selectionAtUndo: RelativeSelection | null = null
  #beforeState: ReadonlyMap<number, number> = new Map()
  #popping: readonly UndoneStep[] = []
  readonly #capture = new CaptureRule()
  readonly #onOffer: (offer: Offer) => void
  readonly #now: () => number
  readonly #stop: (() => void)[] = []

  constructor(doc: Y.Doc, ids: readonly SectionId[], onOffer: (offer: Offer) => void, now = (): number => Date.now()) {
    this.doc = doc
    this.ids = ids
    this.#onOffer = onOffer
    this.#now = now
    this.texts = ids.map((id) => sectionRoot(doc, id))
    disableTidying(doc)
    this.texts.forEach((text, index) => {
      const observer = (events: Y.YEvent<Y.XmlText>[], transaction: Y.Transaction): void => {
        if (transaction.origin !== this) this.#changes.push(changeOf(index, text, events))
      }
      text.observeDeep(observer as Parameters<typeof text.observeDeep>[0])
      this.#stop.push(() => text.unobserveDeep(observer as Parameters<typeof text.observeDeep>[0]))
    })
    // Registered before the undo manager's own listener, which asks for what is remembered here.
    const after = (transaction: Y.Transaction): void => this.#afterTransaction(transaction)
    doc.on('afterTransaction', after)
    this.#stop.push(() => doc.off('afterTransaction', after))
    this.undoManager = this.#makeUndo()
  }

  /** The document as ProseMirror has it at the start. */
  render(): Node {
    return draftNode(this.doc, this.ids)
  }

  /** The view that this binding writes to; call once, before anything is typed. */
  attach(view: BoundView): void {
    this.#view = view
  }

  destroy(): void {
    for (const stop of this.#stop) stop()
    this.undoManager.destroy()
    this.#view = null
  }

  /** Own changes: call with what `state.applyTransaction` gave, right after the view took the new state. */
  write(before: EditorState, transactions: readonly Transaction[]): void {
    const own = transactions.filter(isOwn)
    if (own.length === 0) return
    this.#selectionBefore = relativeSelection(this.texts, before)
    if (this.#capture.begins(insertedText(own), this.#now())) this.undoManager.stopCapturing()
    this.doc.transact(() => {
      for (const tr of own)
        tr.steps.forEach((step, i) => {
          const from = tr.docs[i]
          if (from !== undefined) writeStep(this.texts, step, from, tr.docs[i + 1] ?? tr.doc)
        })
    }, this)
    this.#check()
  }

  /**
   * A foreign update: applied, drawn, and own letters that it left without their clause put back. `named` is the delete set of the
   * frame as its author sent it; without it the update's own (which an intermediate document may have made longer).
   */
  receive(update: Uint8Array, origin: unknown, named: DeleteRanges = Y.decodeUpdate(update).ds): void {
    const strays: Stray[] = []
    const collect = (transaction: Y.Transaction): void => {
      if (transaction.origin !== origin) return
      strays.push(...straysOf(transaction, this.doc.clientID, named, (id) => this.#isReborn(id, transaction)))
      if (!this.writable) return
      const known = new Set(strays.flatMap(({ living }) => living.map(({ clock }) => clock)))
      const captured = capturedBy(transaction, this.texts, this.doc.clientID)
      strays.push(...captured.filter(({ living }) => !living.some(({ clock }) => known.has(clock))))
    }
    this.doc.on('afterTransaction', collect)
    try {
      Y.applyUpdate(this.doc, update, origin)
    } finally {
      this.doc.off('afterTransaction', collect)
    }
    if (strays.length === 0) return
    const offers = this.writable ? this.#putBack(strays) : strays
    for (const { clause, field, text } of offers) this.#onOffer({ clause, field, text })
  }

  /** A caret behind a letter that is put back goes with it. */
  #putBack(strays: readonly Stray[]): Offer[] {
    const view = this.#view
    const at = view?.state.selection.empty === true ? letterAt(relativeSelection(this.texts, view.state).head) : null
    const { offers, moved } = putBack(this.doc, this.texts, strays, this.mending)
    const to = at?.client === this.doc.clientID ? moved.get(at.clock) : undefined
    if (view !== null && to !== undefined) {
      const place = placeBehind(this.doc.clientID, to)
      this.#restore({ anchor: place, head: place })
    }
    return offers
  }

  undo(): boolean {
    return this.#step('undo')
  }

  redo(): boolean {
    return this.#step('redo')
  }

  /** The user's selection as places, for presence. */
  selection(): RelativeSelection | null {
    return this.#view === null ? null : relativeSelection(this.texts, this.#view.state)
  }

  /** Place -> position in the view's document, or null. */
  position(place: RelativePlace): number | null {
    return this.#view === null ? null : positionOf(this.doc, this.texts, this.#view.state.doc, place)
  }

  #isReborn(id: string, { beforeState }: Y.Transaction): boolean {
    return this.texts.some((text) => {
      for (let item = text._start; item !== null; item = item.right)
        if (!item.deleted && openerId(item) === id && item.id.clock >= (beforeState.get(item.id.client) ?? 0))
          return true
      return false
    })
  }

  #makeUndo(): Y.UndoManager {
    const undo: Y.UndoManager = new Y.UndoManager([...this.texts], {
      trackedOrigins: new Set<unknown>([this, this.commands]),
      captureTimeout: 1e9, // steps end by the capture rule alone
      // While an item is popped, what is left on its stack is its index in the copy taken before.
      deleteFilter: (item) => mayUndoDelete(item, this.#popping[this.#stack().length], this.doc.clientID),
    })
    undo.on('stack-item-added', ({ stackItem, origin }) => {
      stackItem.meta.set(this, origin === undo ? this.#selectionAtUndo : this.#selectionBefore)
      stackItem.meta.set(BEFORE, this.#beforeState)
    })
    undo.on('stack-item-popped', ({ stackItem }) => this.#restore(stackItem.meta.get(this) as RelativeSelection | null))
    return undo
  }

  #stack(): readonly UndoneStep[] {
    return (this.undoManager.undoing ? this.undoManager.undoStack : this.undoManager.redoStack) as UndoneStep[]
  }

  #step(kind: 'undo' | 'redo'): boolean {
    if (this.#view === null) return false
    this.#selectionAtUndo = relativeSelection(this.texts, this.#view.state)
    const { undoStack, redoStack } = this.undoManager
    this.#popping = [...((kind === 'undo' ? undoStack : redoStack) as UndoneStep[])]
    return this.undoManager[kind]() !== null
  }

  #restore(selection: RelativeSelection | null | undefined): void {
    const view = this.#view
    if (view === null || selection === null || selection === undefined) return
    const now = absoluteSelection(this.doc, this.texts, view.state.doc, selection)
    if (now !== null) view.dispatch(view.state.tr.setSelection(now).scrollIntoView())
  }

  #afterTransaction(transaction: Y.Transaction): void {
    this.#beforeState = transaction.beforeState
    const view = this.#view
    const changes = this.#changes
    this.#changes = []
    if (view === null || changes.length === 0) return
    if (transaction.origin === this.commands) {
      this.#selectionBefore = null
      this.#capture.rest()
      this.undoManager.stopCapturing()
    }
    const { tr } = view.state
    for (const change of changes) {
      const [text, id] = [this.texts[change.index], this.ids[change.index]]
      if (text !== undefined && id !== undefined && drawChange(tr, change, text, id, transaction)) this.redraws++
    }
    if (!tr.docChanged) return
    keepCaret(tr, view.state)
    this.#dispatchForeign(view, tr)
  }

  /** After an own change lengths and shapes must agree; if they ever do not, Yjs is right and is drawn. */
  #check(): void {
    const view = this.#view
    if (view === null) return
    const { tr } = view.state
    this.texts.forEach((text, index) => {
      const id = this.ids[index]
      if (id === undefined || agrees(tr.doc.child(index), text)) return
      this.redraws++
      redrawSection(tr, index, this.doc, id)
    })
    if (tr.docChanged) this.#dispatchForeign(view, tr)
  }

  #dispatchForeign(view: BoundView, tr: Transaction): void {
    view.dispatch(tr.setMeta(FROM_YJS, true).setMeta('addToHistory', false))
  }
}
