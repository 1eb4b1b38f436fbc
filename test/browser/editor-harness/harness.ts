/** A page with nothing but the real editor, and other writers in the same page: for the typing traces. */
import * as Y from 'yjs'
import { mountEditor } from '../../../client/drafting/editor/mount-editor.ts'
import type { MountedEditor } from '../../../client/drafting/editor/mount-editor.ts'
import { blocksOf } from '../../../shared/drafting/blocks.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { plainText } from '../../../shared/drafting/canonical.ts'
import type { DraftContent } from '../../../shared/drafting/canonical.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { th } from '../../../shared/texts/th/index.ts'
import { editAround } from './edit-around.ts'
import type { ClauseId } from '../../../shared/ids.ts'

type Harness = {
  start(texts: readonly string[], caret: { clause: number; offset: number }, touch: boolean): void
  /** Somebody else types a letter in a clause, at a share (0 to 1) of its length. */
  typeElsewhere(clause: number, share: number, letter: string): void
  /** Somebody else types at an end of a clause: 'start' or 'end'. */
  typeAtEnd(clause: number, end: 'start' | 'end', letter: string): void
  texts(): { view: string[]; back: string[]; peer: string[]; waiting: number }
  content(): DraftContent
  editAround: typeof editAround
  readonly editor: MountedEditor | null
}

declare global {
  interface Window {
    harness: Harness
  }
}

let editor: MountedEditor | null = null
let back = newDraftDoc()
let peer = newDraftDoc()
const FROM_PEER = { name: 'peer' }
const FROM_BACK = { name: 'back' }

const clauses = (doc: Y.Doc): string[] =>
  (readDraft(doc, SHORT_TEMPLATE).sections.find(({ id }) => id === 'background')?.clauses ?? []).map((clause) =>
    'runs' in clause ? plainText(clause.runs) : '',
  )

function insert(clause: number, at: (length: number) => number, letter: string): void {
  const text = sectionRoot(peer, 'background')
  const block = blocksOf(text)[clause]
  if (block?.type !== 'clause') return
  const opens = block.id === null ? 0 : 1
  text.insert(block.at + opens + at(block.length - opens), letter, {})
}

window.harness = {
  editAround,
  content: () => readDraft(back, SHORT_TEMPLATE),
  get editor() {
    return editor
  },
  start(texts, caret, touch) {
    editor?.destroy()
    document.querySelector('#host')?.replaceChildren()
    back = newDraftDoc()
    peer = newDraftDoc()
    const seed = seedDraft(SHORT_TEMPLATE, {
      sections: [
        { id: 'recommendations', choices: [], clauses: [] },
        {
          id: 'background',
          choices: [],
          clauses: texts.map((text, i) => ({
            id: `clause${i}` as ClauseId,
            kind: 'text',
            level: 0,
            runs: text === '' ? [] : [{ text }],
          })),
        },
      ],
    })
    Y.applyUpdate(back, seed)
    Y.applyUpdate(peer, seed)
    back.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_PEER) Y.applyUpdate(peer, update, FROM_BACK)
    })
    peer.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_BACK) Y.applyUpdate(back, update, FROM_PEER)
    })
    const host = document.querySelector<HTMLElement>('#host')
    if (host === null) throw new Error('the harness page has no host')
    editor = mountEditor({
      host,
      front: newDraftDoc(),
      back,
      template: SHORT_TEMPLATE,
      editable: true,
      onOffer: () => undefined,
      texts: th,
      touch,
    })
    editor.focusClause(`clause${caret.clause}`)
    const { state } = editor.view
    const start = state.selection.$head.start()
    const { constructor } = state.selection as unknown as {
      constructor: { create(doc: typeof state.doc, at: number): typeof state.selection }
    }
    editor.view.dispatch(state.tr.setSelection(constructor.create(state.doc, start + caret.offset)))
    editor.view.focus()
  },
  typeElsewhere: (clause, share, letter) => insert(clause, (length) => Math.floor(share * length), letter),
  typeAtEnd: (clause, end, letter) => insert(clause, (length) => (end === 'start' ? 0 : length), letter),
  texts: () => ({
    view: editor === null ? [] : clauses(editor.binding.doc),
    back: clauses(back),
    peer: clauses(peer),
    waiting: editor?.waiting() ?? 0,
  }),
}
