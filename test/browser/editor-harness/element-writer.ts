/** A writer with y-prosemirror's form, for comparison: an element for each clause, the stock plugins, commands and provider. */
import { baseKeymap, deleteSelection, setBlockType } from 'prosemirror-commands'
import { keymap } from 'prosemirror-keymap'
import { Schema } from 'prosemirror-model'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { WebsocketProvider } from 'y-websocket'
import { initProseMirrorDoc, redo, undo, yUndoPlugin, ySyncPlugin, yXmlFragmentToProsemirrorJSON } from 'y-prosemirror'
import * as Y from 'yjs'
import { ELEMENT_ROOT } from './places.ts'
import { Line } from './line.ts'
import type { Writer } from './writer.ts'

/** As loose as the product's, so that nothing is lost to a strict schema. */
const schema = new Schema({
  nodes: {
    doc: { content: 'section*' },
    section: {
      content: '(clause|recommendation)*',
      attrs: { id: { default: '' } },
      isolating: true,
      selectable: false,
      toDOM: () => ['section', 0],
    },
    clause: {
      content: 'text*',
      attrs: { id: { default: null }, kind: { default: 'text' } },
      selectable: false,
      toDOM: () => ['p', 0],
      parseDOM: [{ tag: 'p' }],
    },
    recommendation: {
      content: 'field*',
      attrs: { id: { default: null } },
      isolating: true,
      selectable: false,
      toDOM: () => ['article', 0],
    },
    field: { content: 'text*', isolating: true, selectable: false, toDOM: () => ['div', 0] },
    text: {},
  },
})

export async function openElements(draft: string, place: number, clientID: number): Promise<Writer> {
  const line = new Line()
  const doc = new Y.Doc()
  doc.clientID = clientID
  const provider = new WebsocketProvider(`${location.origin.replace(/^http/, 'ws')}/plain`, draft, doc, {
    WebSocketPolyfill: line.Socket,
    disableBc: true,
    params: { place: String(place) },
  })
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  const fragment = doc.getXmlFragment(ELEMENT_ROOT)
  const host = document.createElement('div')
  document.querySelector('#host')?.append(host)
  const drawn = initProseMirrorDoc(fragment, schema)
  const view: EditorView = new EditorView(host, {
    state: EditorState.create({
      doc: drawn.doc,
      plugins: [
        ySyncPlugin(fragment, { mapping: drawn.mapping }),
        yUndoPlugin(),
        keymap({ 'Mod-z': undo, 'Mod-y': redo }),
        keymap(baseKeymap),
      ],
    }),
  })
  const run = (command: typeof deleteSelection): boolean => command(view.state, (tr) => view.dispatch(tr), view)
  /** The clause or recommendation with the caret: its node, where it begins, and its place among its neighbours. */
  const block = () => {
    const { $head } = view.state.selection
    return { node: $head.node(2), from: $head.before(2), index: $head.index(1), section: $head.node(1) }
  }
  return {
    view,
    line,
    setKind: (kind) => {
      const { $head } = view.state.selection
      if ($head.parent.type === schema.nodes.clause)
        run(setBlockType(schema.nodes.clause, { ...$head.parent.attrs, kind }))
    },
    move(by) {
      const { node, from, index, section } = block()
      const neighbour = index + by < 0 || index + by >= section.childCount ? null : section.child(index + by)
      if (neighbour === null) return
      const to = by < 0 ? from - neighbour.nodeSize : from + neighbour.nodeSize
      view.dispatch(view.state.tr.delete(from, from + node.nodeSize).insert(to, node))
    },
    remove() {
      const { node, from } = block()
      view.dispatch(view.state.tr.delete(from, from + node.nodeSize))
    },
    reconnect() {
      provider.disconnect()
      provider.connect()
    },
    offered: () => '',
    putBack: () => 0,
    refused: () => null,
    redraws: () => 0,
    unsettled: () => (provider.synced ? 0 : 1),
    content: () => JSON.stringify(yXmlFragmentToProsemirrorJSON(fragment)),
    viewAgrees: () => plain(view.state.doc.textContent) === plain(lettersIn(fragment)),
    destroy() {
      view.destroy()
      provider.destroy()
      doc.destroy()
      host.remove()
    },
  }
}

const plain = (text: string): string => text.replace(/\s/g, '')

function lettersIn(type: Y.XmlFragment): string {
  return type
    .toArray()
    .map((child) =>
      child instanceof Y.XmlText
        ? (child.toDelta() as { insert: unknown }[]).map(({ insert }) => String(insert)).join('')
        : child instanceof Y.XmlFragment
          ? lettersIn(child)
          : '',
    )
    .join('')
}
