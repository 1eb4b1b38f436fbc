/** Filters of the embedded store as compiled closures: what is not in these tables is refused with MongoDB's code. */
import { component } from './keys.ts'
import { Refusal } from './refusal.ts'
import {
  asNumber,
  compare,
  isDoc,
  isPosition,
  leaves,
  numberParts,
  patternOf,
  typeOf,
  TYPE,
  type Doc,
} from './values.ts'

export type Predicate = (doc: Doc) => boolean

/**
 * One condition on a field: `single` judges a value by itself; `leaf` judges what stands at the path (an array matches by itself or
 * by any element); a negated condition is the exact complement of its positive.
 */
export type Condition = {
  readonly single: (value: unknown) => boolean
  readonly leaf: (value: unknown) => boolean
  readonly negated: boolean
}

/** Compiles a filter. Throws Refusal 2 for unknown operators. */
export function compileFilter(filter: Doc): Predicate {
  const parts = Object.entries(filter).map(([field, operand]): Predicate => {
    if (!field.startsWith('$')) return fieldPredicate(field, operand)
    if (field === '$and') {
      const all = clauses(field, operand)
      return (doc) => all.every((part) => part(doc))
    }
    if (field === '$or') {
      const any = clauses(field, operand)
      return (doc) => any.some((part) => part(doc))
    }
    throw new Refusal(2, `unknown top level operator: ${field}`)
  })
  return parts.length === 1 ? parts[0]! : (doc) => parts.every((part) => part(doc))
}

function clauses(name: string, operand: unknown): Predicate[] {
  if (!Array.isArray(operand) || operand.length === 0) throw new Refusal(2, `${name} must be a nonempty array`)
  return operand.map((part) => {
    if (!isDoc(part)) throw new Refusal(2, `${name} entries need to be full objects`)
    return compileFilter(part)
  })
}

function fieldPredicate(field: string, operand: unknown): Predicate {
  const path = field.split('.')
  const conditions = compileConditions(operand, path.some(isPosition))
  return (doc) => {
    const found = leaves(doc, path)
    return conditions.every(({ leaf, negated }) => found.some(leaf) !== negated)
  }
}

/** Whether an operand is a document of operators rather than a value. Throws on a mixture. */
export function isOperators(operand: unknown): operand is Doc {
  if (!isDoc(operand)) return false
  const names = Object.keys(operand)
  const operators = names.filter((name) => name.startsWith('$'))
  if (operators.length === 0) return false
  if (operators.length < names.length)
    throw new Refusal(2, `unknown operator: ${names.find((name) => !name.startsWith('$'))}`)
  return true
}

/** `numericPath`: null against an array position is refused; MongoDB versions and copies of it disagree there. */
export function compileConditions(operand: unknown, numericPath: boolean): Condition[] {
  const refuseNull = (value: unknown): void => {
    if (numericPath && (value === null || value === undefined))
      throw new Refusal(2, 'null against an array position is not served')
  }
  if (patternOf(operand) !== undefined) return [prefixCondition(operand, '')]
  if (!isOperators(operand)) {
    refuseNull(operand)
    return [equal(operand)]
  }
  return Object.entries(operand).flatMap(([name, value]): Condition[] => {
    switch (name) {
      case '$eq':
      case '$ne':
        refuseNull(value)
        if (patternOf(value) !== undefined) throw new Refusal(2, `${name} with a pattern is not served`)
        return [{ ...equal(value), negated: name === '$ne' }]
      case '$in':
      case '$nin':
        if (!Array.isArray(value)) throw new Refusal(2, `${name} needs an array`)
        for (const item of value) {
          refuseNull(item)
          if (patternOf(item) !== undefined) throw new Refusal(2, `patterns within ${name} are not served`)
          if (isOperators(item)) throw new Refusal(2, `cannot nest $ under ${name}`)
        }
        return [{ ...oneOf(value), negated: name === '$nin' }]
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        refuseNull(value)
        return [range(name, value)]
      case '$exists': {
        const wanted = value === true || (typeof value !== 'boolean' && (asNumber(value) ?? 0) !== 0)
        return [{ single: () => true, leaf: (leaf) => leaf !== undefined, negated: !wanted }]
      }
      case '$elemMatch': {
        const element = compileElement(value)
        const leaf = (found: unknown): boolean => Array.isArray(found) && found.some(element)
        return [{ single: leaf, leaf, negated: false }]
      }
      case '$regex':
        return [prefixCondition(value, operand['$options'] ?? '')]
      case '$options':
        if (!Object.hasOwn(operand, '$regex')) throw new Refusal(2, '$options needs a $regex')
        return []
      default:
        throw new Refusal(2, `unknown operator: ${name}`)
    }
  })
}

/** The test of `$elemMatch` and `$pull` on one element: operators on the element itself, or a filter on an embedded document. */
export function compileElement(operand: unknown): (element: unknown) => boolean {
  if (!isDoc(operand)) throw new Refusal(2, '$elemMatch needs an Object')
  const first = Object.keys(operand)[0]
  if (first !== undefined && first.startsWith('$') && first !== '$and' && first !== '$or') {
    const conditions = compileConditions(operand, false)
    return (element) => conditions.every(({ single, negated }) => single(element) !== negated)
  }
  const filter = compileFilter(operand)
  return (element) => isDoc(element) && filter(element)
}

function through(single: (value: unknown) => boolean): Condition {
  return { single, leaf: (leaf) => single(leaf) || (Array.isArray(leaf) && leaf.some(single)), negated: false }
}

function equal(operand: unknown): Condition {
  typeOf(operand)
  return through((value) => compare(value, operand) === 0)
}

function oneOf(operands: readonly unknown[]): Condition {
  const keys = new Set(operands.map((operand) => component(operand).toString('latin1')))
  return through((value) => keys.has(component(value).toString('latin1')))
}

/** Ranges stay within the operand's type; NaN is within none but its own equality. */
function range(name: string, operand: unknown): Condition {
  if (patternOf(operand) !== undefined) throw new Refusal(2, `${name} with a pattern is not served`)
  const type = typeOf(operand)
  const inclusive = name.endsWith('e')
  const sign = name.startsWith('$g') ? 1 : -1
  const nan = (value: unknown): boolean => type === TYPE.number && Number.isNaN(numberParts(value).double)
  return through((value) => {
    if (typeOf(value) !== type) return false
    const order = compare(value, operand)
    if (order === 0) return inclusive
    return order * sign > 0 && !nan(value) && !nan(operand)
  })
}

function prefixCondition(pattern: unknown, options: unknown): Condition {
  const prefix = literalPrefix(pattern, options)
  return through((value) => typeof value === 'string' && value.startsWith(prefix))
}

/** The literal text of a pattern `^text`; everything else is refused, so that no filter can run a slow pattern. */
export function literalPrefix(pattern: unknown, options: unknown): string {
  const source = typeof pattern === 'string' ? pattern : patternOf(pattern)?.pattern
  const flags = `${typeof options === 'string' ? options : '?'}${patternOf(pattern)?.options ?? ''}`
  const literal = /^\^((?:[^\\^$.|?*+()[\]{}]|\\[^A-Za-z0-9])*)$/s.exec(source ?? '')?.[1]
  if (literal === undefined || flags !== '')
    throw new Refusal(2, `$regex is served for a literal prefix only, like /^abc/`)
  return literal.replaceAll(/\\(.)/gs, '$1')
}
