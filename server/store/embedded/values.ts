/**
 * Exact BSON values for the embedded store: decoding without promotion (Double 2.0 stays a Double), encoding, paths, and the one
 * order of all values that matching, sorting, `$min`, `$addToSet` and index keys share.
 */
import {
  deserialize,
  serialize,
  type Binary,
  type BSONRegExp,
  type Double,
  type Int32,
  type Long,
  type ObjectId,
} from 'bson'
import { Refusal } from './refusal.ts'

/** A decoded document; numbers are Int32, Long or Double objects. Own properties only are fields. */
export type Doc = { [field: string]: unknown }

/** MongoDB's limit for one document, bytes. */
export const DOCUMENT_LIMIT = 16 * 1024 * 1024

export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true }) as Doc
}

/** Throws Refusal 10334 above 16 MB. */
export function encode(doc: Doc): Buffer {
  let bytes: Uint8Array
  try {
    bytes = serialize(doc, { ignoreUndefined: false })
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(10334, 'document is larger than 16 MB')
    throw error
  }
  if (bytes.length > DOCUMENT_LIMIT) throw new Refusal(10334, `document of ${bytes.length} bytes is larger than 16 MB`)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Types in BSON order; the byte stands before every value in a key. `emptyArray` exists in index entries and sort keys only. */
export const TYPE = {
  minKey: 0x05,
  emptyArray: 0x08,
  null: 0x0a,
  number: 0x14,
  string: 0x1e,
  object: 0x28,
  array: 0x32,
  binary: 0x3c,
  objectId: 0x46,
  bool: 0x50,
  date: 0x5a,
  other: 0x64,
  maxKey: 0xf0,
} as const

/** A stand-in for an empty array in index entries and sort keys, below null. */
export const EMPTY_ARRAY = Symbol('empty array')

const TAGGED: Readonly<Record<string, number>> = {
  Int32: TYPE.number,
  Double: TYPE.number,
  Long: TYPE.number,
  ObjectId: TYPE.objectId,
  Binary: TYPE.binary,
  MinKey: TYPE.minKey,
  MaxKey: TYPE.maxKey,
}

/** Refuses Decimal128, whose order this store does not know. Timestamps, patterns and code share one class, ordered by their bytes. */
export function typeOf(value: unknown): number {
  if (value === null || value === undefined) return TYPE.null
  if (typeof value === 'string') return TYPE.string
  if (typeof value === 'boolean') return TYPE.bool
  if (typeof value === 'number' || typeof value === 'bigint') return TYPE.number
  if (value === EMPTY_ARRAY) return TYPE.emptyArray
  if (Array.isArray(value)) return TYPE.array
  if (value instanceof Date) return TYPE.date
  const tag = tagOf(value)
  if (tag === undefined) return TYPE.object
  if (tag === 'Decimal128') throw new Refusal(2, 'the embedded store does not compare Decimal128 values')
  return TAGGED[tag] ?? TYPE.other
}

function tagOf(value: unknown): string | undefined {
  return (value as { _bsontype?: string })._bsontype
}

/** Whether a value is an embedded document. */
export function isDoc(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    tagOf(value) === undefined
  )
}

/** A number as the nearest double and what is missing to the exact value: 0 for all but large Longs. */
export function numberParts(value: unknown): { readonly double: number; readonly rest: number } {
  if (typeof value === 'number') return { double: value, rest: 0 }
  if (tagOf(value) === 'Long') {
    const exact = (value as Long).toBigInt()
    const double = Number(exact)
    return { double, rest: Number(exact - BigInt(double)) }
  }
  return { double: (value as Int32 | Double).value, rest: 0 }
}

/** A number as a JavaScript number; undefined for everything else. */
export function asNumber(value: unknown): number | undefined {
  return typeof value !== 'boolean' && value !== null && value !== undefined && typeOf(value) === TYPE.number
    ? numberParts(value).double
    : undefined
}

/** Negative, zero or positive, in BSON order: by type, then by value; NaN below all numbers. */
export function compare(left: unknown, right: unknown): number {
  const type = typeOf(left)
  const difference = type - typeOf(right)
  if (difference !== 0) return difference
  switch (type) {
    case TYPE.null:
    case TYPE.emptyArray:
    case TYPE.minKey:
    case TYPE.maxKey:
      return 0
    case TYPE.number: {
      const a = numberParts(left)
      const b = numberParts(right)
      if (Number.isNaN(a.double)) return Number.isNaN(b.double) ? 0 : -1
      if (Number.isNaN(b.double)) return 1
      return a.double < b.double ? -1 : a.double > b.double ? 1 : a.rest - b.rest
    }
    case TYPE.string:
      // By UTF-8 bytes: UTF-16 order differs beyond the basic plane.
      return left === right ? 0 : Buffer.compare(Buffer.from(left as string), Buffer.from(right as string))
    case TYPE.bool:
      return Number(left) - Number(right)
    case TYPE.date:
      return (left as Date).getTime() - (right as Date).getTime()
    case TYPE.objectId:
      return Buffer.compare((left as ObjectId).id, (right as ObjectId).id)
    case TYPE.binary:
      return compareBinary(left as Binary, right as Binary)
    case TYPE.array:
      return compareArrays(left as unknown[], right as unknown[])
    case TYPE.object:
      return compareDocs(left as Doc, right as Doc)
    default:
      return Buffer.compare(otherBytes(left), otherBytes(right))
  }
}

function compareBinary(left: Binary, right: Binary): number {
  const a = left.value()
  const b = right.value()
  return a.length - b.length || left.sub_type - right.sub_type || Buffer.compare(a, b)
}

function compareArrays(left: readonly unknown[], right: readonly unknown[]): number {
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const order = compare(left[at], right[at])
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Field by field: the type of the value, then the name, then the value; key order counts. */
function compareDocs(left: Doc, right: Doc): number {
  const ours = Object.keys(left)
  const theirs = Object.keys(right)
  for (let at = 0; at < ours.length && at < theirs.length; at += 1) {
    const a = ours[at]!
    const b = theirs[at]!
    const order = typeOf(left[a]) - typeOf(right[b]) || compare(a, b) || compare(left[a], right[b])
    if (order !== 0) return order
  }
  return ours.length - theirs.length
}

/** The bytes that order timestamps, patterns, code and the like. */
export function otherBytes(value: unknown): Buffer {
  return encode({ '': value })
}

/** Source of a pattern value, or undefined. */
export function patternOf(value: unknown): BSONRegExp | undefined {
  return typeof value === 'object' && value !== null && tagOf(value) === 'BSONRegExp'
    ? (value as BSONRegExp)
    : undefined
}

/**
 * Every leaf at a path, through arrays of documents and array positions; `undefined` where a document lacks the field. A scalar
 * within an array, and an empty array, have no leaf at all (so null does not match them, as in MongoDB).
 */
export function leaves(value: unknown, path: readonly string[], at = 0, found: unknown[] = []): unknown[] {
  const field = path[at]
  if (field === undefined) found.push(value)
  else if (Array.isArray(value)) {
    if (isPosition(field) && Number(field) < value.length) leaves(value[Number(field)], path, at + 1, found)
    for (const element of value) if (isDoc(element)) leaves(element, path, at, found)
  } else if (isDoc(value)) leaves(Object.hasOwn(value, field) ? value[field] : undefined, path, at + 1, found)
  else found.push(undefined)
  return found
}

export function isPosition(field: string): boolean {
  return /^(0|[1-9]\d{0,6})$/.test(field)
}
