/** Which clauses an update of others touches, so that the gate can let through what leaves the composed clause alone. */
import * as Y from 'yjs'
import { blocksOf } from '../../../shared/drafting/blocks.ts'

/** The clause somebody composes in: its section's text in `back`, and its id. */
export type Composed = { readonly section: string; readonly clause: string | null }

/** Per section (root name): the clauses whose letters changed, or 'shape' when clauses were begun, ended or moved there. */
export type Touched = ReadonlyMap<string, ReadonlySet<string | null> | 'shape'>

type Part = {
  readonly retain?: number
  readonly delete?: number
  readonly insert?: unknown
  readonly attributes?: object
}

function clausesOf(text: Y.XmlText, delta: readonly Part[]): ReadonlySet<string | null> | 'shape' {
  const blocks = blocksOf(text)
  const touched = new Set<string | null>()
  let at = 0
  for (const part of delta) {
    if (part.retain !== undefined && part.attributes === undefined) {
      at += part.retain
      continue
    }
    // A deletion may have taken an opening with it; that cannot be read from a delta.
    if (part.delete !== undefined || (part.insert !== undefined && typeof part.insert !== 'string')) return 'shape'
    const length = part.retain ?? (part.insert as string).length
    for (const block of blocks)
      if (block.at <= at + length && block.at + block.length >= at)
        touched.add(block.type === 'clause' ? block.id : (block.element.getAttribute('id') ?? null))
    at += length
  }
  return touched
}

/** What a transaction in `back` touched. To be called in its update event, while deltas can still be computed. */
export function touchedBy(transaction: Y.Transaction): Touched {
  const touched = new Map<string, ReadonlySet<string | null> | 'shape'>()
  const { doc } = transaction
  for (const [name, type] of doc.share) {
    const events = transaction.changedParentTypes.get(type)
    if (events === undefined || !(type instanceof Y.XmlText)) continue
    const own = events.filter((event) => event.target === (type as unknown))
    touched.set(
      name,
      own.length === events.length && own.length === 1 ? clausesOf(type, (own[0]?.delta ?? []) as Part[]) : 'shape',
    )
  }
  return touched
}

/** Must this update wait while somebody composes in this clause? */
export function isHeldFrom(touched: Touched, composed: Composed): boolean {
  const clauses = touched.get(composed.section)
  if (clauses === undefined) return false
  return clauses === 'shape' || clauses.has(composed.clause)
}
