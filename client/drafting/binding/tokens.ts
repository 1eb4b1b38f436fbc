/** What stands between two positions of the document, as Yjs would hold it, for writing own steps. */
import type { Mark, Node } from 'prosemirror-model'
import type { Formats } from '../../../shared/drafting/blocks.ts'
import { fromFormat } from '../../../shared/drafting/inline.ts'
import { isElementBlock, opens } from './positions.ts'

export type Token =
  | { readonly type: 'clause'; readonly node: Node }
  | { readonly type: 'element'; readonly node: Node }
  | { readonly type: 'cite'; readonly law: string; readonly formats: Formats }
  | { readonly type: 'letter'; readonly unit: string; readonly formats: Formats }

/** The formats of a piece of text; `from` marks are a format name each. */
export function formatsOfMarks(marks: readonly Mark[]): Formats {
  const formats: Record<string, unknown> = {}
  for (const mark of marks) {
    if (mark.type.name === 'from')
      formats[fromFormat({ submission: String(mark.attrs['submission']), clause: String(mark.attrs['clause']) })] = true
    else formats[mark.type.name] = true
  }
  return formats
}

/** The formats of a clause's embed; a default is null, that is: not written. */
export function formatsOfClause(clause: Node): Record<string, unknown> {
  const kind: unknown = clause.attrs['kind']
  const level: unknown = clause.attrs['level']
  return { kind: kind === 'text' ? null : kind, level: level === 0 ? null : level }
}

/** Tokens in [from, to): openings of clauses, whole elements that begin there, citations, UTF-16 units. */
export function tokensIn(doc: Node, from: number, to: number): Token[] {
  const tokens: Token[] = []
  if (to <= from) return tokens
  doc.nodesBetween(from, to, (node, pos) => {
    const begins = pos >= from && pos < to
    if (node.type.name === 'clause') {
      if (begins && opens(node) === 1) tokens.push({ type: 'clause', node })
      return true
    }
    if (isElementBlock(node)) {
      if (begins) tokens.push({ type: 'element', node })
      return !begins
    }
    if (!node.isInline) return true
    const formats = formatsOfMarks(node.marks)
    if (node.isText) {
      const text = node.text ?? ''
      for (let i = Math.max(0, from - pos), end = Math.min(text.length, to - pos); i < end; i++)
        tokens.push({ type: 'letter', unit: text.charAt(i), formats })
    } else if (begins) tokens.push({ type: 'cite', law: String(node.attrs['law']), formats })
    return false
  })
  return tokens
}

export function sameFormats(a: Formats, b: Formats): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** The same thing apart from its formats: the same letter, the same law, the clause or element with the same id. */
export function sameThing(a: Token, b: Token): boolean {
  if (a.type === 'letter') return b.type === 'letter' && a.unit === b.unit
  if (a.type === 'cite') return b.type === 'cite' && a.law === b.law
  if (a.type === 'clause') return b.type === 'clause' && a.node.attrs['id'] === b.node.attrs['id']
  if (b.type !== 'element' || a.node.type !== b.node.type) return false
  return a.node === b.node || (a.node.type.name !== 'choice' && a.node.attrs['id'] === b.node.attrs['id'])
}

/** The same in everything. */
export function sameToken(a: Token, b: Token): boolean {
  if (!sameThing(a, b)) return false
  if (a.type === 'clause' && b.type === 'clause')
    return a.node.attrs['kind'] === b.node.attrs['kind'] && a.node.attrs['level'] === b.node.attrs['level']
  if (a.type === 'element' && b.type === 'element') return a.node.eq(b.node)
  return 'formats' in a && 'formats' in b && sameFormats(a.formats, b.formats)
}
