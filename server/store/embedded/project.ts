/** Projections of the embedded store: fields to keep, or fields to leave out; nothing computed. */
import { Refusal } from './refusal.ts'
import { asNumber, isDoc, type Doc } from './values.ts'

type Tree = Map<string, Tree | null>

/** Compiles a projection; null when every field is kept. Throws Refusal 2 for computed fields and operators, 31254 for a mixture. */
export function compileProjection(spec: Doc): ((doc: Doc) => Doc) | null {
  const tree: Tree = new Map()
  let keep: boolean | undefined
  let keepId: boolean | undefined
  for (const [field, value] of Object.entries(spec)) {
    const flag = flagOf(field, value)
    if (field === '_id') keepId = flag
    else {
      if (keep !== undefined && keep !== flag)
        throw new Refusal(31254, `cannot mix kept and left-out fields at ${field}`)
      keep = flag
      plant(tree, field)
    }
  }
  if (keep === undefined && keepId === undefined) return null
  const keeping = keep ?? keepId === true
  if (keeping ? keepId !== false : keepId === false) tree.set('_id', null)
  return keeping ? (doc) => kept(doc, tree) : (doc) => without(doc, tree)
}

function flagOf(field: string, value: unknown): boolean {
  const number = typeof value === 'boolean' ? Number(value) : asNumber(value)
  if (number === undefined || field.startsWith('$') || field.includes('.$')) {
    throw new Refusal(2, `projection of ${field} is not served: only 1 and 0 are`)
  }
  return number !== 0
}

function plant(tree: Tree, field: string): void {
  const path = field.split('.')
  let at = tree
  for (const [depth, name] of path.entries()) {
    const below = at.get(name)
    if (below === null || (below !== undefined && depth === path.length - 1))
      throw new Refusal(31250, `path collision at ${field}`)
    if (depth === path.length - 1) at.set(name, null)
    else {
      const next: Tree = below ?? new Map()
      at.set(name, next)
      at = next
    }
  }
}

/** Assigns an own field, also one named `__proto__`. */
export function put(doc: Doc, field: string, value: unknown): void {
  Object.defineProperty(doc, field, { value, writable: true, enumerable: true, configurable: true })
}

/** The document's own field order, `_id` first (it is stored first). */
function kept(doc: Doc, tree: Tree): Doc {
  const result: Doc = {}
  for (const [field, value] of Object.entries(doc)) {
    const below = tree.get(field)
    if (below === null) put(result, field, value)
    else if (below !== undefined) {
      const inner = keptWithin(value, below)
      if (inner !== undefined) put(result, field, inner)
    }
  }
  return result
}

function keptWithin(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.map((element) => keptWithin(element, tree)).filter((element) => element !== undefined)
  return isDoc(value) ? kept(value, tree) : undefined
}

function without(doc: Doc, tree: Tree): Doc {
  const result: Doc = {}
  for (const [field, value] of Object.entries(doc)) {
    const below = tree.get(field)
    if (below !== null) put(result, field, below === undefined ? value : withoutWithin(value, below))
  }
  return result
}

function withoutWithin(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => withoutWithin(element, tree))
  return isDoc(value) ? without(value, tree) : value
}
