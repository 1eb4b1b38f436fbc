/** Updates of the embedded store as compiled closures: operators or a whole replacement; everything else is refused. */
import { Long, Int32, Double } from 'bson'
import { compileElement, isOperators } from './match.ts'
import { put } from './project.ts'
import { Refusal } from './refusal.ts'
import { asNumber, compare, isDoc, isPosition, numberParts, typeOf, TYPE, type Doc } from './values.ts'

/** Changes a freshly decoded document in place, or makes a new one. `inserting`: whether `$setOnInsert` counts. */
export type Update = (doc: Doc, inserting: boolean) => Doc

/** Given the present value (undefined: missing), the new one; LEAVE changes nothing, REMOVE takes the field away. */
type Modifier = (present: unknown, path: string) => unknown
const LEAVE = Symbol('leave')
const REMOVE = Symbol('remove')

type Modification = { readonly path: readonly string[]; readonly modify: Modifier; readonly insertOnly: boolean }

/** Throws Refusal: 2 and 9 for what is not served, 40 for two changes of one path. */
export function compileUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw new Refusal(115, 'pipeline updates are not served')
  if (!isDoc(update)) throw new Refusal(9, 'an update needs to be a document')
  const names = Object.keys(update)
  if (!names[0]?.startsWith('$')) {
    const odd = names.find((name) => name.startsWith('$'))
    if (odd !== undefined) throw new Refusal(52, `the field ${odd} is not allowed in a replacement`)
    return (doc) => ({ ...(Object.hasOwn(doc, '_id') ? { _id: doc['_id'] } : {}), ...update })
  }
  const modifications = names.flatMap((name) => modificationsOf(name, update[name]))
  // MongoDB adds new fields in the order of their names, array positions by number.
  modifications.sort((a, b) => comparePaths(a.path, b.path))
  for (const [at, { path }] of modifications.entries()) {
    const next = modifications[at + 1]?.path
    if (next !== undefined && path.every((name, depth) => next[depth] === name)) {
      throw new Refusal(40, `Updating the path '${next.join('.')}' would create a conflict at '${path.join('.')}'`)
    }
  }
  return (doc, inserting) => {
    for (const { path, modify, insertOnly } of modifications) if (inserting || !insertOnly) modifyAt(doc, path, modify)
    return doc
  }
}

function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const a = left[at]!
    const b = right[at]!
    if (a !== b) return isPosition(a) && isPosition(b) ? Number(a) - Number(b) : a < b ? -1 : 1
  }
  return left.length - right.length
}

function modificationsOf(name: string, operand: unknown): Modification[] {
  const make = MODIFIERS[name]
  if (make === undefined) throw new Refusal(9, `Unknown modifier: ${name}`)
  if (!isDoc(operand)) throw new Refusal(9, `Modifiers operate on fields but ${name} was given something else`)
  return Object.entries(operand).map(([field, value]) => {
    const path = field.split('.')
    if (path.some((part) => part === '' || part.startsWith('$') || part === '__proto__')) {
      throw new Refusal(2, `the path '${field}' is not served in an update`)
    }
    return { path, modify: make(value, field), insertOnly: name === '$setOnInsert' }
  })
}

const MODIFIERS: Readonly<Record<string, (operand: unknown, field: string) => Modifier>> = {
  $set: (operand) => () => operand,
  $setOnInsert: (operand) => () => operand,
  $unset: () => () => REMOVE,
  $inc: (operand, field) => {
    if (asNumber(operand) === undefined) throw new Refusal(14, `Cannot increment ${field} with a non-numeric argument`)
    return (present, path) => {
      if (present === undefined) return operand
      if (asNumber(present) === undefined) throw new Refusal(14, `Cannot apply $inc to ${path}: it is not a number`)
      return added(present, operand)
    }
  },
  $max: (operand) => {
    typeOf(operand)
    return (present) => (present === undefined || compare(operand, present) > 0 ? operand : LEAVE)
  },
  $min: (operand) => {
    typeOf(operand)
    return (present) => (present === undefined || compare(operand, present) < 0 ? operand : LEAVE)
  },
  $push: (operand) => {
    const items = each('$push', operand)
    return (present, path) => [...arrayAt('$push', present, path), ...items]
  },
  $addToSet: (operand) => {
    const items = each('$addToSet', operand)
    return (present, path) => {
      const set = [...arrayAt('$addToSet', present, path)]
      const before = set.length
      for (const item of items) if (!set.some((element) => compare(element, item) === 0)) set.push(item)
      return set.length === before && present !== undefined ? LEAVE : set
    }
  },
  $pull: (operand) => {
    const matches = isDoc(operand) ? compileElement(operand) : (element: unknown) => compare(element, operand) === 0
    return without('$pull', matches)
  },
  $pullAll: (operand) => {
    if (!Array.isArray(operand)) throw new Refusal(2, '$pullAll requires an array argument')
    return without('$pullAll', (element) => operand.some((item) => compare(element, item) === 0))
  },
}

function without(name: string, matches: (element: unknown) => boolean): Modifier {
  return (present, path) =>
    present === undefined ? LEAVE : arrayAt(name, present, path).filter((element) => !matches(element))
}

function each(name: string, operand: unknown): readonly unknown[] {
  if (!isDoc(operand) || !Object.keys(operand).some((key) => key.startsWith('$'))) return [operand]
  const { $each: items, ...rest } = operand
  if (Object.keys(rest).length > 0)
    throw new Refusal(2, `${name} is served with $each alone, not ${Object.keys(rest).join(', ')}`)
  if (!Array.isArray(items)) throw new Refusal(14, `The argument to $each in ${name} must be an array`)
  return items
}

function arrayAt(name: string, present: unknown, path: string): readonly unknown[] {
  if (present === undefined) return []
  if (!Array.isArray(present)) throw new Refusal(2, `${name}: the field '${path}' must be an array`)
  return present
}

/** Int32 + Int32 grows to Long, Long never silently to Double. */
function added(left: unknown, right: unknown): Int32 | Long | Double {
  const kinds = [left, right].map((value) => (value as { _bsontype?: string })._bsontype ?? 'Double')
  if (kinds.includes('Double')) return new Double(numberParts(left).double + numberParts(right).double)
  const sum = exact(left) + exact(right)
  if (BigInt.asIntN(64, sum) !== sum) throw new Refusal(2, 'Failed to apply $inc: the result does not fit in 64 bits')
  return kinds.includes('Long') || BigInt.asIntN(32, sum) !== sum ? Long.fromBigInt(sum) : new Int32(Number(sum))
}

function exact(value: unknown): bigint {
  const { double, rest } = numberParts(value)
  return BigInt(double) + BigInt(rest)
}

/** Walks to the parent of a path, making documents that are missing, and modifies the last step. */
function modifyAt(doc: Doc, path: readonly string[], modify: Modifier): void {
  let holder: unknown = doc
  for (const [depth, name] of path.entries()) {
    const last = depth === path.length - 1
    const here = path.slice(0, depth + 1).join('.')
    const present = stepInto(holder, name, here)
    if (present === LEAVE) {
      const value = modify(undefined, here)
      if (value === REMOVE || value === LEAVE) return
      throw new Refusal(28, `Cannot create field '${name}' at '${here}': what stands there is not a document`)
    }
    if (!last && present !== undefined) {
      holder = present
      continue
    }
    const value = modify(last ? present : undefined, path.join('.'))
    if (value === LEAVE) return
    if (value === REMOVE) {
      if (last && present !== undefined) removeAt(holder as Doc | unknown[], name)
      return
    }
    // Missing steps in between become documents.
    return assign(
      holder as Doc | unknown[],
      name,
      path.slice(depth + 1).reduceRight<unknown>((inner, step) => ({ [step]: inner }), value),
    )
  }
}

/** The value at one step; undefined where it is missing; LEAVE where the holder cannot have such a field. */
function stepInto(holder: unknown, name: string, here: string): unknown {
  if (Array.isArray(holder)) {
    if (!isPosition(name)) return LEAVE
    if (Number(name) > holder.length + 1_500_000)
      throw new Refusal(2, `the position '${here}' is too far behind the array's end`)
    return holder[Number(name)] as unknown
  }
  if (!isDoc(holder)) return LEAVE
  if (!Object.hasOwn(holder, name)) return undefined
  return holder[name]
}

function assign(holder: Doc | unknown[], name: string, value: unknown): void {
  if (!Array.isArray(holder)) return put(holder, name, value)
  while (holder.length < Number(name)) holder.push(null)
  holder[Number(name)] = value
}

function removeAt(holder: Doc | unknown[], name: string): void {
  if (Array.isArray(holder)) holder[Number(name)] = null
  else delete holder[name]
}

/** The document that an upsert starts from: what the filter says by equality. */
export function seedFromFilter(filter: Doc, doc: Doc = {}): Doc {
  for (const [field, operand] of Object.entries(filter)) {
    if (field === '$and') for (const part of operand as Doc[]) seedFromFilter(part, doc)
    else if (!field.startsWith('$')) {
      const operators = isOperators(operand)
      if (operators && !Object.hasOwn(operand, '$eq')) continue
      if (typeOf(operand) === TYPE.other) continue
      modifyAt(doc, field.split('.'), () => (operators ? operand['$eq'] : operand))
    }
  }
  return doc
}
