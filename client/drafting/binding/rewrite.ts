/** Turns old tokens into new ones at one place of Yjs, touching as little as possible. */
import type { Formats } from '../../../shared/drafting/blocks.ts'
import type { Flow } from './flow.ts'
import { formatsOfClause, sameFormats, sameThing, sameToken } from './tokens.ts'
import type { Token } from './tokens.ts'

/** How element blocks are made and changed; a field, which holds none, gives functions that do nothing. */
export type ElementWriter = {
  make(token: Extract<Token, { type: 'element' }>): object
  change(index: number, before: Extract<Token, { type: 'element' }>, after: Extract<Token, { type: 'element' }>): void
}

const isHigh = (token: Token | undefined): boolean => token?.type === 'letter' && /[\uD800-\uDBFF]/.test(token.unit)
const isLow = (token: Token | undefined): boolean => token?.type === 'letter' && /[\uDC00-\uDFFF]/.test(token.unit)

function put(flow: Flow, start: number, tokens: readonly Token[], elements: ElementWriter): void {
  let at = start
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i]
    if (token === undefined) return
    if (token.type === 'letter') {
      let letters = ''
      for (
        let next = tokens[i];
        next?.type === 'letter' && sameFormats(next.formats, token.formats);
        next = tokens[i]
      ) {
        letters += next.unit
        i++
      }
      flow.insert(at, letters, token.formats)
      at += letters.length
      continue
    }
    if (token.type === 'clause') flow.insert(at, { id: String(token.node.attrs['id']) }, formatsOfClause(token.node))
    else if (token.type === 'cite') flow.insert(at, { cite: token.law }, token.formats)
    else flow.insert(at, elements.make(token), {})
    at++
    i++
  }
}

/** Only formats, attributes and insides differ: nothing is deleted, nothing inserted. */
function reformat(flow: Flow, at: number, a: readonly Token[], b: readonly Token[], elements: ElementWriter): void {
  for (let i = 0; i < a.length;) {
    const [was, is] = [a[i], b[i]]
    if (was === undefined || is === undefined) return
    if (sameToken(was, is)) {
      i++
      continue
    }
    if (was.type === 'clause' && is.type === 'clause') flow.format(at + i, 1, formatsOfClause(is.node))
    else if (was.type === 'element' && is.type === 'element') elements.change(at + i, was, is)
    else if ('formats' in was && 'formats' in is) {
      let n = i + 1
      for (let x = a[n], y = b[n]; x !== undefined && y !== undefined && 'formats' in x && 'formats' in y;) {
        if (!sameFormats(x.formats, was.formats) || !sameFormats(y.formats, is.formats)) break
        n++
        x = a[n]
        y = b[n]
      }
      flow.format(at + i, n - i, changedFormats(was.formats, is.formats))
      i = n
      continue
    }
    i++
  }
}

function changedFormats(a: Formats, b: Formats): Formats {
  const changed: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (a[name] !== b[name]) changed[name] = b[name] ?? null
  return changed
}

/** Rewrites `a`, which stands at `at`, as `b`. Half a surrogate pair is never cut off. */
export function rewrite(
  flow: Flow,
  at: number,
  a: readonly Token[],
  b: readonly Token[],
  elements: ElementWriter,
): void {
  const isSame = (x: Token | undefined, y: Token | undefined): boolean =>
    x !== undefined && y !== undefined && sameToken(x, y)
  if (a.length === b.length && a.every((token, i) => b[i] !== undefined && sameThing(token, b[i])))
    return reformat(flow, at, a, b, elements)
  let start = 0
  while (start < a.length && start < b.length && isSame(a[start], b[start])) start++
  if (start > 0 && isHigh(a[start - 1])) start--
  let end = 0
  while (end < a.length - start && end < b.length - start && isSame(a[a.length - 1 - end], b[b.length - 1 - end])) end++
  if (end > 0 && isLow(a[a.length - end])) end--
  if (a.length - start - end > 0) flow.delete(at + start, a.length - start - end)
  put(flow, at + start, b.slice(start, b.length - end), elements)
}
