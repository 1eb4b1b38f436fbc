/** A person at a draft in tests: the real binding and the real commands over a view without a DOM, and a wire that can be slow or cut. */
import { EditorState, TextSelection } from 'prosemirror-state'
import type { Command, Transaction } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { DraftBinding } from '../../../client/drafting/binding/draft-binding.ts'
import { asWritten, withFrame } from '../../../client/drafting/binding/frames.ts'
import { clauseIdsPlugin } from '../../../client/drafting/binding/ids.ts'
import type { Offer } from '../../../client/drafting/binding/put-back.ts'
import { DESKTOP_WAITS, FROM_BACK, createGate } from '../../../client/drafting/editor/gate.ts'
import type { Gate } from '../../../client/drafting/editor/gate.ts'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import type { RestoredCopy } from '../../../shared/drafting/restored.ts'
import type { Template } from '../../../shared/drafting/template.ts'

/** The server of a test: every update in one order, handed on to each peer in that order. */
export type Wire = { readonly log: Sent[] }
/** `copies`: the server made it, for this person; they get it like everybody else. */
export type Sent = { readonly from: Peer; readonly update: Uint8Array; readonly copies?: readonly RestoredCopy[] }

const FROM_WIRE = 'wire'

export class Peer {
  readonly doc: Y.Doc
  readonly binding: DraftBinding
  readonly offers: Offer[] = []
  readonly unsent: Uint8Array[] = []
  state: EditorState
  online = true
  #read = 0
  #back: Y.Doc
  #gate: Gate | null = null
  #composing = false
  readonly #wire: Wire

  constructor(wire: Wire, template: Template, seed: Uint8Array, clientID: number, now?: () => number) {
    this.#wire = wire
    this.doc = newDraftDoc()
    this.doc.clientID = clientID
    Y.applyUpdate(this.doc, seed)
    const ids = template.sections.map(({ id }) => id)
    this.binding = new DraftBinding(this.doc, ids, (offer) => this.offers.push(offer), now)
    this.state = EditorState.create({ doc: this.binding.render(), plugins: [clauseIdsPlugin()] })
    this.binding.attach(this)
    this.#back = this.doc
    this.#sendFrom(this.doc)
  }

  #sendFrom(doc: Y.Doc): void {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (doc === this.#back && origin !== FROM_WIRE) this.unsent.push(asWritten(update, origin))
    })
  }

  /** From here on the wire ends in a document behind the editor's, as on a page; the gate between them holds while `composing`. */
  gated(): this {
    const back = newDraftDoc()
    Y.applyUpdate(back, Y.encodeStateAsUpdate(this.doc))
    this.#back = back
    this.#gate = createGate({
      front: this.doc,
      back,
      waits: DESKTOP_WAITS,
      receive: (update, named) => this.binding.receive(update, FROM_BACK, named),
      flush: () => undefined,
      composed: () => (this.#composing ? { section: 'none', clause: null } : null),
    })
    this.#sendFrom(back)
    return this
  }

  /** What waits comes in the next turn after composing ends. */
  compose(composing: boolean): void {
    this.#composing = composing
    if (!composing) this.#gate?.release()
  }

  dispatch(tr: Transaction): void {
    const before = this.state
    const { state, transactions } = before.applyTransaction(tr)
    this.state = state
    this.binding.write(before, transactions)
  }

  /** Runs a command of the editor; true when it changed the document. */
  run(command: Command): boolean {
    const { doc } = this.state
    command(this.state, (tr) => this.dispatch(tr))
    return this.state.doc !== doc
  }

  select(anchor: number, head = anchor): void {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, anchor, head)))
  }

  type(text: string): void {
    this.dispatch(this.state.tr.insertText(text))
  }

  /** Sends the oldest unsent update. */
  send(): boolean {
    const update = this.online ? this.unsent.shift() : undefined
    if (update !== undefined) this.#wire.log.push({ from: this, update })
    return update !== undefined
  }

  /** Takes the next update that others sent. */
  take(): boolean {
    if (!this.online) return false
    for (;;) {
      const entry = this.#wire.log[this.#read]
      if (entry === undefined) return false
      this.#read++
      if (entry.from === this && entry.copies === undefined) continue
      const { update } = entry
      if (this.#gate === null) this.binding.receive(update, FROM_WIRE)
      else withFrame(this.#back, update, () => Y.applyUpdate(this.#back, update, FROM_WIRE))
      return true
    }
  }

  /** Does the view show exactly what Yjs holds? */
  viewAgrees(): boolean {
    return this.state.doc.eq(this.binding.render())
  }

  destroy(): void {
    this.#gate?.destroy()
    this.binding.destroy()
    this.doc.destroy()
  }
}

/** Lets everything arrive everywhere, put-backs included. */
export function settle(peers: readonly Peer[]): void {
  for (const peer of peers) peer.online = true
  for (let busy = true; busy;) {
    busy = false
    for (const peer of peers) {
      while (peer.send()) busy = true
      while (peer.take()) busy = true
    }
  }
}

/** Every place where letters can stand: its node, where it begins, the id of its clause or recommendation. */
export function textPlaces(doc: Node): { readonly node: Node; readonly start: number; readonly clause: string }[] {
  const places: { node: Node; start: number; clause: string }[] = []
  doc.descendants((node, pos, parent) => {
    if (!node.inlineContent) return true
    const owner = node.type.name === 'clause' ? node : parent
    places.push({ node, start: pos + 1, clause: String(owner?.attrs['id'] ?? '') })
    return false
  })
  return places
}
