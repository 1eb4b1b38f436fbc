/** Mounts the editor of a draft on a page: view, binding, gate, carets and commands, for the draft's screen and the merge screen. */
import { keymap } from 'prosemirror-keymap'
import { EditorState, TextSelection } from 'prosemirror-state'
import type { Command, Transaction } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { EditorProps } from 'prosemirror-view'
import * as Y from 'yjs'
import type { Template } from '../../../shared/drafting/template.ts'
import { DraftBinding } from '../binding/draft-binding.ts'
import { clauseIdsPlugin } from '../binding/ids.ts'
import type { Offer } from '../binding/put-back.ts'
import type { EditorContext, EditorTexts } from './context.ts'
import { caretState, composedAt } from './caret-state.ts'
import type { CaretState } from './caret-state.ts'
import { editorActions, placeInClause } from './actions.ts'
import { createCommands } from './editor-commands.ts'
import type { EditorCommands } from './editor-commands.ts'
import { followFingers } from './fingers.ts'
import { flushTyping } from './flush.ts'
import { DESKTOP_WAITS, FROM_BACK, PHONE_WAITS, createGate } from './gate.ts'
import { keyBindings } from './keys.ts'
import { nodeViews } from './node-views.ts'
import { createOverlay } from './overlay.ts'
import type { EditorPresence } from './overlay.ts'
import type { RecommendationView } from './recommendation-view.ts'
import { tableGaps } from './table-gaps.ts'
import { typingProps } from './typing.ts'
import type { RecommendationField } from '../../../shared/drafting/canonical.ts'

export type EditorOptions = {
  /** Where the editor is put; it gets the class `editor-host`, in which the carets are a layer. */
  readonly host: HTMLElement
  /** The editor's own document: new and empty, or as the page left it. The gate fills it from `back`. */
  readonly front: Y.Doc
  /** The document with the provider and the store. */
  readonly back: Y.Doc
  readonly template: Template
  readonly editable: boolean
  readonly presence?: EditorPresence
  /** Own letters that lost their clause and found no place. */
  readonly onOffer: (offer: Offer) => void
  /** Where the caret is, after every change: for the tools. */
  readonly onCaret?: (state: CaretState) => void
  /** How much of the window's upper and lower edge covers the text, in pixels; asked when the caret is brought into view. */
  readonly covered?: () => { readonly top: number; readonly bottom: number }
  readonly texts: EditorTexts
  /** A keyboard on glass composes and reads ahead; by default asked of the browser. */
  readonly touch?: boolean
}

export type MountedEditor = {
  readonly view: EditorView
  readonly binding: DraftBinding
  readonly commands: EditorCommands
  /** Updates of others that wait for the end of a composition. */
  waiting(): number
  setEditable(editable: boolean): void
  setCaretsShown(shown: boolean): void
  /** Called after every change of text or selection. Returns a function that ends it. */
  onSelection(listener: () => void): () => void
  /** Puts the caret at the end of a clause (or of a recommendation's field) and shows it. False when there is none. */
  focusClause(id: string, field?: RecommendationField): boolean
  destroy(): void
}

/** `plaintext-only` where the browser knows it: with `true`, Chromium repeats a base that a composed mark follows. */
function makePlainTextOnly(view: EditorView): void {
  if (!view.editable) return
  try {
    view.dom.contentEditable = 'plaintext-only'
  } catch {
    view.dom.contentEditable = 'true' // Firefox before 136
  }
}

/** ProseMirror asks for the sides each time it scrolls; bars and keyboard come and go. */
function scrollEdges(
  covered: NonNullable<EditorOptions['covered']>,
): Pick<EditorProps, 'scrollMargin' | 'scrollThreshold'> {
  const sides = {
    left: 0,
    right: 0,
    get top() {
      return covered().top
    },
    get bottom() {
      return covered().bottom
    },
  }
  return { scrollMargin: sides, scrollThreshold: sides }
}

export function mountEditor(options: EditorOptions): MountedEditor {
  const { host, front, back, template, texts } = options
  let { editable } = options
  const listeners = new Set<(editable: boolean) => void>()
  const followers = new Set<() => void>()
  host.classList.add('editor-host')
  Y.applyUpdate(front, Y.encodeStateAsUpdate(back), FROM_BACK)
  const ids = template.sections.map(({ id }) => id)
  const binding = new DraftBinding(front, ids, options.onOffer)
  binding.writable = editable
  const recommendations = new WeakMap<Element, RecommendationView>()
  const context: EditorContext = {
    texts,
    template,
    actions: editorActions(binding, () => view, focusClause),
    isEditable: () => editable,
    onEditable: (listener) => {
      listeners.add(listener)
      listener(editable)
      return () => listeners.delete(listener)
    },
  }
  const composing = { clause: null as string | null, active: false }
  const run = (command: Command): boolean => command(view.state, (tr) => view.dispatch(tr), view)
  const commands = createCommands({ binding, run, context, view: () => view })
  const view: EditorView = new EditorView(host, {
    state: EditorState.create({
      doc: binding.render(),
      plugins: [clauseIdsPlugin(), tableGaps(), keymap(keyBindings(commands))],
    }),
    editable: () => editable,
    attributes: {
      class: 'page',
      lang: 'th',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': texts.editor.text,
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
    },
    nodeViews: nodeViews(context, recommendations),
    dispatchTransaction: dispatch,
    ...(options.covered === undefined ? {} : scrollEdges(options.covered)),
    ...typingProps({
      run,
      input: (replacement) => gate.input(replacement),
      compose: (active) => {
        composing.active = active
        if (!active) gate.release()
      },
    }),
  })
  makePlainTextOnly(view)
  binding.attach(view)
  const isTouch = options.touch ?? matchMedia('(pointer: coarse)').matches
  const gate = createGate({
    front,
    back,
    waits: isTouch ? PHONE_WAITS : DESKTOP_WAITS,
    receive: (update, named) => binding.receive(update, FROM_BACK, named),
    flush: () => flushTyping(view),
    composed: () => (composing.active ? composedAt(view.state) : null),
  })
  const unfollowFingers = followFingers(view.dom, (down) => gate.press(down))
  const overlay = options.presence === undefined ? null : createOverlay(host, view, binding, options.presence)

  function dispatch(tr: Transaction): void {
    const before = view.state
    const { state, transactions } = before.applyTransaction(tr)
    view.updateState(state)
    binding.write(before, transactions)
    afterChange(!state.selection.eq(before.selection) || state.doc !== before.doc)
  }

  function afterChange(changed: boolean): void {
    if (!changed) return
    unfoldAtCaret()
    options.presence?.publish(editable && view.hasFocus() ? binding.selection() : null)
    overlay?.draw()
    options.onCaret?.(caretState(view.state))
    for (const follower of followers) follower()
  }

  function unfoldAtCaret(): void {
    const { $head } = view.state.selection
    if ($head.depth < 3 || $head.node(2).type.name !== 'recommendation' || $head.node(3).attrs['name'] === 'measure')
      return
    const dom = view.nodeDOM($head.before(2))
    if (dom instanceof Element) recommendations.get(dom)?.open()
  }

  function focusClause(id: string, field?: RecommendationField): boolean {
    const place = placeInClause(view.state.doc, id, field)
    if (place === null) return false
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place)).scrollIntoView())
    view.focus()
    return true
  }

  return {
    view,
    binding,
    commands,
    waiting: () => gate.waiting,
    setEditable(next) {
      if (next === editable) return
      editable = next
      binding.writable = next
      view.setProps({ editable: () => editable })
      makePlainTextOnly(view)
      for (const listener of listeners) listener(editable)
    },
    setCaretsShown: (shown) => overlay?.setShown(shown),
    onSelection: (listener) => {
      followers.add(listener)
      return () => followers.delete(listener)
    },
    focusClause,
    destroy() {
      overlay?.destroy()
      unfollowFingers()
      gate.destroy()
      binding.destroy()
      view.destroy()
    },
  }
}
