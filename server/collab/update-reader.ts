/** A bounded parser of Yjs V1 updates: what an update would add and delete, without making a Y.Doc; for the guard. */
import { ByteReader, Malformed } from './byte-reader.ts'

/** A place in somebody's stream of operations. */
export type ItemId = { readonly client: number; readonly clock: number }

/** What an item holds, as far as the guard cares. `plain`: the value is a scalar, and short. */
export type Content =
  | { readonly sort: 'deleted' | 'string' }
  | { readonly sort: 'any'; readonly plain: boolean }
  | { readonly sort: 'embed'; readonly value: unknown }
  | { readonly sort: 'format'; readonly name: string; readonly plain: boolean }
  /** `element` is null for a text. */
  | { readonly sort: 'type'; readonly element: string | null }

/** One struct of an update: a run of `length` operations, of which `size` bytes are content. */
export type Struct = {
  readonly clock: number
  readonly length: number
  readonly size: number
  readonly sort: 'gc' | 'skip' | 'item'
  readonly origin: ItemId | null
  readonly rightOrigin: ItemId | null
  /** A root's name, the id of the item that holds the parent, or null when the neighbours say it. */
  readonly parent: string | ItemId | null
  readonly parentSub: string | null
  readonly content: Content | null
}
/** Structs of one client, clock after clock without a gap (a `skip` is a struct). */
export type ClientStructs = {
  readonly client: number
  readonly start: number
  readonly end: number
  readonly structs: readonly Struct[]
}
export type DeletedRange = { readonly client: number; readonly clock: number; readonly length: number }
export type ParsedUpdate = { readonly clients: readonly ClientStructs[]; readonly deletes: readonly DeletedRange[] }

/** Clocks stay below 2³¹, as yjs counts them. */
const CLOCK_LIMIT = 2 ** 31
const JSON_DEPTH = 16
/** Letters that a plain value may have. */
const PLAIN_LETTERS = 2000

/** Most structs and deleted ranges that anybody may send at once: honest frames have a fifth, and each costs memory to read. */
const MOST_STRUCTS = 64 * 1024
const MOST_DELETES = 64 * 1024

/** There is more in it than anybody may send at once; the rest was not read. */
export class Oversize extends Error {}

/** For what the journal holds: a base may have more. */
export const UNBOUNDED = { structs: Infinity, deletes: Infinity } as const
const BOUNDED = { structs: MOST_STRUCTS, deletes: MOST_DELETES } as const

/** Throws Oversize, or Malformed: bad numbers, zero lengths, self-origins, clients twice or out of order, unknown contents, deep JSON, trailing bytes. */
export function parseUpdate(bytes: Uint8Array, bounds: typeof BOUNDED | typeof UNBOUNDED = BOUNDED): ParsedUpdate {
  const reader = new ByteReader(bytes)
  let total = 0
  const clients: ClientStructs[] = []
  for (let left = boundedCount(reader); left > 0; left--) {
    const count = boundedCount(reader)
    total += count
    if (total > bounds.structs) throw new Oversize()
    if (count === 0) throw new Malformed('zero length')
    const client = reader.uint()
    // Yjs writes the highest first. Its mergeUpdates relies on that, and leaves out a client that comes behind a lower one.
    if (client >= (clients.at(-1)?.client ?? Infinity)) throw new Malformed('clients out of order')
    const start = reader.uint()
    let clock = start
    const structs: Struct[] = []
    for (let i = 0; i < count; i++) {
      const struct = readStruct(reader, client, clock)
      clock += struct.length
      if (clock >= CLOCK_LIMIT) throw new Malformed('clock overflow')
      structs.push(struct)
    }
    clients.push({ client, start, end: clock, structs })
  }
  const deletes = readDeletes(reader, bounds.deletes)
  reader.end()
  return { clients, deletes }
}

/** A count that the bytes left could hold at one byte each: a larger one is a lie, and a trap for whoever allocates. */
function boundedCount(reader: ByteReader): number {
  const count = reader.uint()
  if (count > reader.bytes.length - reader.at) throw new Malformed('impossible count')
  return count
}

function readDeletes(reader: ByteReader, most: number): DeletedRange[] {
  const deletes: DeletedRange[] = []
  let left = boundedCount(reader)
  const seen = left > 1 ? new Set<number>() : null
  for (; left > 0; left--) {
    const client = reader.uint()
    if (seen?.has(client) === true) throw new Malformed('client twice')
    seen?.add(client)
    for (let ranges = boundedCount(reader); ranges > 0; ranges--) {
      const clock = reader.uint()
      const length = reader.uint()
      if (length === 0) throw new Malformed('zero length')
      if (clock + length >= CLOCK_LIMIT) throw new Malformed('clock overflow')
      if (deletes.push({ client, clock, length }) > most) throw new Oversize()
    }
  }
  return deletes
}

const readId = (reader: ByteReader): ItemId => ({ client: reader.uint(), clock: reader.uint() })
const isAhead = (id: ItemId | null, client: number, clock: number): boolean =>
  id !== null && id.client === client && id.clock >= clock

function readStruct(reader: ByteReader, client: number, clock: number): Struct {
  const info = reader.byte()
  const ref = info & 0x1f
  if (ref === 0 || ref === 10) {
    if (info !== ref) throw new Malformed('bad struct')
    const length = reader.uint()
    if (length === 0) throw new Malformed('zero length')
    const sort = ref === 0 ? 'gc' : 'skip'
    return {
      clock,
      length,
      size: 0,
      sort,
      origin: null,
      rightOrigin: null,
      parent: null,
      parentSub: null,
      content: null,
    }
  }
  const origin = (info & 0x80) > 0 ? readId(reader) : null
  const rightOrigin = (info & 0x40) > 0 ? readId(reader) : null
  const saysParent = (info & 0xc0) === 0
  let parent: string | ItemId | null = null
  if (saysParent) parent = reader.uint() === 1 ? reader.string() : readId(reader)
  const parentSub = saysParent && (info & 0x20) > 0 ? reader.string() : null
  const from = reader.at
  const { content, length } = readContent(reader, ref)
  if (length === 0) throw new Malformed('zero length')
  if (isAhead(origin, client, clock) || isAhead(rightOrigin, client, clock)) throw new Malformed('self-origin')
  if (parent !== null && typeof parent === 'object' && isAhead(parent, client, clock))
    throw new Malformed('self-origin')
  return { clock, length, size: reader.at - from, sort: 'item', origin, rightOrigin, parent, parentSub, content }
}

const DELETED: Content = { sort: 'deleted' }
const STRING: Content = { sort: 'string' }
const TEXT: Content = { sort: 'type', element: null }

function readContent(reader: ByteReader, ref: number): { readonly content: Content; readonly length: number } {
  switch (ref) {
    case 1:
      return { content: DELETED, length: reader.uint() }
    case 4:
      return { content: STRING, length: reader.letters() }
    case 5:
      return { content: { sort: 'embed', value: readJson(reader) }, length: 1 }
    case 6: {
      const name = reader.string()
      return { content: { sort: 'format', name, plain: isPlain(readJson(reader)) }, length: 1 }
    }
    case 7: {
      const type = reader.uint()
      if (type === 3) return { content: { sort: 'type', element: reader.string() }, length: 1 }
      if (type === 6) return { content: TEXT, length: 1 }
      throw new Malformed('kind of content')
    }
    case 8: {
      const count = reader.uint()
      let plain = true
      for (let i = 0; i < count; i++) plain = readAny(reader, 0) && plain
      return { content: { sort: 'any', plain }, length: count }
    }
    default:
      // 2 JSON, 3 binary, 9 sub-document, and what does not exist
      throw new Malformed('kind of content')
  }
}

/** A scalar that is not long. */
function isPlain(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= PLAIN_LETTERS : typeof value !== 'object' || value === null
}

function readJson(reader: ByteReader): unknown {
  const text = reader.string()
  // The depth is counted before parsing: JSON.parse itself recurses.
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (quoted) {
      if (letter === '\\') i++
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '{' || letter === '[') depth++
    else if (letter === '}' || letter === ']') depth--
    if (depth > JSON_DEPTH) throw new Malformed('deep JSON')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Malformed('bad JSON')
  }
}

/** Reads over one value of lib0's `any` encoding; says whether it is plain. */
function readAny(reader: ByteReader, depth: number): boolean {
  if (depth > JSON_DEPTH) throw new Malformed('deep JSON')
  const tag = reader.byte()
  if (tag === 127 || tag === 126 || tag === 121 || tag === 120) return true // undefined, null, false, true
  if (tag === 119) return reader.letters() <= PLAIN_LETTERS
  if (tag === 125) reader.int()
  else if (tag === 124) reader.take(4)
  else if (tag === 123) reader.take(8)
  else if (tag === 118 || tag === 117) {
    for (let left = reader.uint(); left > 0; left--) {
      if (tag === 118 && reader.string() === '__proto__') throw new Malformed('key')
      readAny(reader, depth + 1)
    }
    return false
  } else throw new Malformed('kind of value') // 116 bytes, 122 BigInt, and what does not exist
  return true
}
