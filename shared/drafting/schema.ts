/**
 * The ProseMirror schema of a draft. Never strict: it takes whatever concurrent edits can produce (no `+`, no fixed sequence, nothing
 * that validates and throws); order, doubles and gaps are mended when reading. Every node is `selectable: false`: with a selected
 * node a foreign deletion of it leaves the view old, and the next key deletes what others wrote since.
 */
import { Schema } from 'prosemirror-model'
import type { Attrs, NodeSpec } from 'prosemirror-model'

const nodes = {
  doc: { content: 'section*' },
  section: {
    content: '(clause|recommendation|table|choice)*',
    attrs: { id: { default: '' } },
    isolating: true,
    defining: true,
    selectable: false,
    toDOM: (node) => ['section', { 'data-section': String(node.attrs['id']) }, 0],
  },
  clause: {
    content: 'inline*',
    attrs: { id: { default: null }, kind: { default: 'text' }, level: { default: 0 } },
    selectable: false,
    toDOM: (node) => [
      'p',
      {
        'data-clause': String(node.attrs['id'] ?? ''),
        'data-kind': String(node.attrs['kind']),
        'data-level': String(node.attrs['level']),
      },
      0,
    ],
    // Pasted HTML: what a word processor calls a heading, an item or a quotation.
    parseDOM: [
      { tag: 'p' },
      { tag: 'h1,h2,h3,h4,h5,h6', attrs: { kind: 'heading' } },
      { tag: 'ol > li', attrs: { kind: 'number' } },
      { tag: 'li', attrs: { kind: 'bullet' } },
      { tag: 'blockquote', attrs: { kind: 'quote' } },
    ],
  },
  recommendation: {
    content: '(field|choice)*',
    attrs: {
      id: { default: null },
      levelOf: { default: null },
      instrument: { default: null },
      priority: { default: null },
      amount: { default: null },
      unit: { default: null },
    },
    isolating: true,
    selectable: false,
    toDOM: (node) => ['article', { 'data-clause': String(node.attrs['id'] ?? '') }, 0],
  },
  field: {
    content: 'inline*',
    attrs: { name: { default: '' } },
    isolating: true,
    selectable: false,
    toDOM: (node) => ['div', { 'data-field': String(node.attrs['name']) }, 0],
  },
  choice: {
    attrs: { name: { default: '' }, value: { default: '' } },
    atom: true,
    selectable: false,
    toDOM: (node) => ['span', { 'data-choice': String(node.attrs['value']), hidden: '' }],
  },
  table: {
    content: 'row*',
    attrs: { id: { default: null } },
    isolating: true,
    selectable: false,
    toDOM: (node) => ['table', { 'data-clause': String(node.attrs['id'] ?? '') }, ['tbody', 0]],
  },
  row: { content: 'cell*', selectable: false, toDOM: () => ['tr', 0] },
  cell: { content: 'inline*', isolating: true, selectable: false, toDOM: () => ['td', 0] },
  cite: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { law: { default: '' } },
    selectable: false,
    toDOM: (node) => ['span', { 'data-cite': String(node.attrs['law']), contenteditable: 'false' }],
  },
  text: { group: 'inline' },
} satisfies Record<string, NodeSpec>

/** The schema that pages and tests share. */
export const draftSchema = new Schema({
  nodes: nodes as Record<keyof typeof nodes, NodeSpec>,
  marks: {
    strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
    em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
    // Sources overlap: a mark of this kind excludes nothing, not even another of its kind; typing at its edge does not extend it.
    from: {
      attrs: { submission: { default: '' }, clause: { default: '' } },
      excludes: '',
      inclusive: false,
      toDOM: (mark) => [
        'span',
        { 'data-from': `${String(mark.attrs['submission'])}:${String(mark.attrs['clause'])}` },
        0,
      ],
    },
  },
})

/** A clause, recommendation or table begins with one place in Yjs; a clause without id with none. */
export function attrsOfClause(id: string | null, formats: Readonly<Record<string, unknown>>): Attrs {
  return { id, kind: formats['kind'] ?? 'text', level: formats['level'] ?? 0 }
}
