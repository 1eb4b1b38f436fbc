/** Index and document keys for the embedded store: bytes whose order is exactly that of `compare`. */
import { createHash } from 'node:crypto'
import type { Binary, ObjectId } from 'bson'
import { EMPTY_ARRAY, leaves, numberParts, otherBytes, TYPE, typeOf, type Doc } from './values.ts'

/** A longer component keeps its first 448 bytes and a SHA-256 of all: equality stays exact, order beyond them does not. */
export const COMPONENT_LIMIT = 480
export const KEPT_PREFIX = 448

const ZERO = Buffer.from([0])
const STRING_END = Buffer.from([0, 0])

export function u32(id: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(id)
  return bytes
}

/** The type byte and the value, no length limit. No component is a prefix of another. */
export function fullComponent(value: unknown): Buffer {
  const type = typeOf(value)
  return Buffer.concat([Buffer.from([type]), ...payload(type, value)])
}

/** A component of at most 480 bytes. */
export function component(value: unknown): Buffer {
  const full = fullComponent(value)
  if (full.length <= COMPONENT_LIMIT) return full
  return Buffer.concat([full.subarray(0, KEPT_PREFIX), createHash('sha256').update(full).digest()])
}

function payload(type: number, value: unknown): Buffer[] {
  switch (type) {
    case TYPE.null:
    case TYPE.emptyArray:
    case TYPE.minKey:
    case TYPE.maxKey:
      return []
    case TYPE.number:
      return [numberBytes(value)]
    case TYPE.string:
      return [...escaped(value as string), STRING_END]
    case TYPE.bool:
      return [Buffer.from([value === true ? 1 : 0])]
    case TYPE.date:
      return [int64Bytes(BigInt((value as Date).getTime()))]
    case TYPE.objectId:
      return [Buffer.from((value as ObjectId).id)]
    case TYPE.binary: {
      const bytes = (value as Binary).value()
      return [u32(bytes.length), Buffer.from([(value as Binary).sub_type]), Buffer.from(bytes)]
    }
    case TYPE.array:
      return [...(value as unknown[]).map(fullComponent), ZERO]
    case TYPE.object:
      return [...Object.entries(value as Doc).flatMap(([name, item]) => fieldBytes(name, item)), ZERO]
    default: {
      const bytes = otherBytes(value)
      return [u32(bytes.length), bytes]
    }
  }
}

function fieldBytes(name: string, value: unknown): Buffer[] {
  const type = typeOf(value)
  return [Buffer.from([type]), Buffer.from(name), ZERO, ...payload(type, value)]
}

/** UTF-8 with 00 written 00 FF, so that the end mark 00 00 is lower than any continuation. */
function escaped(text: string): Buffer[] {
  if (!text.includes('\0')) return [Buffer.from(text)]
  return text
    .split('\0')
    .flatMap((part, at) => (at === 0 ? [Buffer.from(part)] : [Buffer.from([0, 0xff]), Buffer.from(part)]))
}

/** Eight sortable bytes of the double and two of the difference to it: exact for every int64. NaN is zeros, -0 is 0. */
function numberBytes(value: unknown): Buffer {
  const { double, rest } = numberParts(value)
  const bytes = Buffer.alloc(10)
  if (Number.isNaN(double)) return bytes
  bytes.writeDoubleBE(double === 0 ? 0 : double)
  if (bytes[0]! >= 0x80) for (let at = 0; at < 8; at += 1) bytes[at] = ~bytes[at]!
  else bytes[0] = bytes[0]! | 0x80
  bytes.writeUInt16BE(rest + 0x8000, 8)
  return bytes
}

function int64Bytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  bytes[0] = bytes[0]! ^ 0x80
  return bytes
}

/** For a descending field: all bits inverted. */
export function inverted(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => ~byte))
}

/** The least key above every key that begins with `prefix`. */
export function after(prefix: Buffer): Buffer {
  let length = prefix.length
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1
  const bytes = Buffer.from(prefix.subarray(0, length))
  if (length > 0) bytes[length - 1] = bytes[length - 1]! + 1
  return bytes
}

/** Everything whose key begins with a number: the documents of a collection, the entries of an index. */
export function allUnder(id: number): { readonly low: Buffer; readonly high: Buffer; readonly reverse: false } {
  return { low: u32(id), high: after(u32(id)), reverse: false }
}

export type IndexShape = {
  readonly id: number
  /** Field paths with 1 or -1. */
  readonly key: ReadonlyArray<readonly [path: string, direction: 1 | -1]>
}

export type Entries = {
  /** The index id and one component a field, without the document's key. */
  readonly prefixes: readonly Buffer[]
  /** Some field holds an array: more entries than one, and order within the index says nothing. */
  readonly multikey: boolean
  /** Some component was cut: order within the index is not exact. */
  readonly long: boolean
}

/** All entries of a document: one a combination of array elements, at least one. */
export function indexEntries(index: IndexShape, doc: Doc): Entries {
  let prefixes = [u32(index.id)]
  let multikey = false
  let long = false
  for (const [path, direction] of index.key) {
    const found = indexValues(leaves(doc, path.split('.')))
    multikey ||= found.multikey
    const components = new Map<string, Buffer>()
    for (const value of found.values) {
      const bytes = component(value)
      long ||= bytes.length === COMPONENT_LIMIT
      components.set(bytes.toString('latin1'), direction === 1 ? bytes : inverted(bytes))
    }
    prefixes = prefixes.flatMap((prefix) => [...components.values()].map((bytes) => Buffer.concat([prefix, bytes])))
  }
  return { prefixes, multikey, long }
}

/** The values that stand in an index, or that a sort compares: array elements one by one, missing as null. */
export function indexValues(found: readonly unknown[]): {
  readonly values: readonly unknown[]
  readonly multikey: boolean
} {
  const values: unknown[] = []
  for (const leaf of found) {
    if (!Array.isArray(leaf)) values.push(leaf ?? null)
    else if (leaf.length === 0) values.push(EMPTY_ARRAY)
    else values.push(...leaf)
  }
  const multikey = found.length !== 1 || Array.isArray(found[0])
  return { values: values.length === 0 ? [null] : values, multikey }
}
