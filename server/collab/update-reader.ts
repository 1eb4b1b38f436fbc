/** A bounded parser of Yjs V1 updates: what an update would add and delete, without making a Y.Doc; for the room's judge. */
import { ByteReader, Malformed } from './byte-reader.ts'

/** A place in somebody's stream of operations. */
export type ItemId = { readonly client: number; readonly clock: number }

/** What an item holds, as far as the judge cares. */
export type Content =
  | { readonly sort: 'deleted' | 'string' | 'any' }
  | { readonly sort: 'embed'; readonly value: unknown }
  | { readonly sort: 'format'; readonly name: string }
  | { readonly sort: 'type'; readonly type: 'xml-text' | 'xml-element'; readonly name: string }

/** One struct of an update: a run of `length` operations. */
export type Struct = {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly sort: 'gc' | 'skip' | 'item'
  readonly origin?: ItemId | undefined
  readonly rightOrigin?: ItemId | undefined
  /** A root's name, the id of the item that holds the parent, or absent when the neighbours say it. */
  readonly parent?: string | ItemId | undefined
  readonly parentSub?: string | undefined
  readonly content?: Content
}
export type DeletedRange = { readonly client: number; readonly clock: number; readonly length: number }
export type ParsedUpdate = { readonly structs: readonly Struct[]; readonly deletes: readonly DeletedRange[] }

/** Clocks stay below 2³¹, as yjs counts them. */
const CLOCK_LIMIT = 2 ** 31
/** Client ids are 53 bits at most in lib0; yjs draws 32. */
const JSON_DEPTH = 16
const MOST_CLIENTS = 100_000

/** Throws Malformed: bad numbers, zero lengths, self-origins, doubled clients, unknown contents, deep JSON, trailing bytes. */
export function parseUpdate(bytes: Uint8Array): ParsedUpdate {
  const reader = new ByteReader(bytes)
  const structs: Struct[] = []
  const seen = new Set<number>()
  for (let left = boundedCount(reader, bytes, MOST_CLIENTS); left > 0; left--) {
    const count = boundedCount(reader, bytes)
    const client = reader.uint()
    if (seen.has(client)) throw new Malformed('client twice')
    seen.add(client)
    let clock = reader.uint()
    for (let i = 0; i < count; i++) {
      const struct = readStruct(reader, client, clock)
      clock += struct.length
      if (clock >= CLOCK_LIMIT) throw new Malformed('clock overflow')
      structs.push(struct)
    }
  }
  const deletes = readDeletes(reader, bytes)
  reader.end()
  return { structs, deletes }
}

/** A count that the bytes left could hold at one byte each: a larger one is a lie, and a trap for whoever allocates. */
function boundedCount(reader: ByteReader, bytes: Uint8Array, most = Number.MAX_SAFE_INTEGER): number {
  const count = reader.uint()
  if (count > bytes.length - reader.at || count > most) throw new Malformed('impossible count')
  return count
}

function readDeletes(reader: ByteReader, bytes: Uint8Array): DeletedRange[] {
  const deletes: DeletedRange[] = []
  const seen = new Set<number>()
  for (let left = boundedCount(reader, bytes, MOST_CLIENTS); left > 0; left--) {
    const client = reader.uint()
    if (seen.has(client)) throw new Malformed('client twice')
    seen.add(client)
    for (let ranges = boundedCount(reader, bytes); ranges > 0; ranges--) {
      const clock = reader.uint()
      const length = reader.uint()
      if (length === 0) throw new Malformed('zero length')
      if (clock + length >= CLOCK_LIMIT) throw new Malformed('clock overflow')
      deletes.push({ client, clock, length })
    }
  }
  return deletes
}

const readId = (reader: ByteReader): ItemId => ({ client: reader.uint(), clock: reader.uint() })

function readStruct(reader: ByteReader, client: number, clock: number): Struct {
  const info = reader.byte()
  const ref = info & 0x1f
  if (ref === 0 || ref === 10) {
    if (info !== ref) throw new Malformed('bad struct')
    const length = reader.uint()
    if (length === 0) throw new Malformed('zero length')
    return { client, clock, length, sort: ref === 0 ? 'gc' : 'skip' }
  }
  const origin = (info & 0x80) > 0 ? readId(reader) : undefined
  const rightOrigin = (info & 0x40) > 0 ? readId(reader) : undefined
  const saysParent = (info & 0xc0) === 0
  let parent: string | ItemId | undefined
  if (saysParent) parent = reader.uint() === 1 ? reader.string() : readId(reader)
  const parentSub = saysParent && (info & 0x20) > 0 ? reader.string() : undefined
  const { content, length } = readContent(reader, ref)
  if (length === 0) throw new Malformed('zero length')
  for (const id of [origin, rightOrigin, typeof parent === 'object' ? parent : undefined])
    if (id !== undefined && id.client === client && id.clock >= clock) throw new Malformed('self-origin')
  return { client, clock, length, sort: 'item', origin, rightOrigin, parent, parentSub, content }
}

function readContent(reader: ByteReader, ref: number): { content: Content; length: number } {
  switch (ref) {
    case 1:
      return { content: { sort: 'deleted' }, length: reader.uint() }
    case 4:
      return { content: { sort: 'string' }, length: reader.string().length }
    case 5:
      return { content: { sort: 'embed', value: readJson(reader) }, length: 1 }
    case 6: {
      const name = reader.string()
      readJson(reader)
      return { content: { sort: 'format', name }, length: 1 }
    }
    case 7: {
      const type = reader.uint()
      if (type === 3) return { content: { sort: 'type', type: 'xml-element', name: reader.string() }, length: 1 }
      if (type === 6) return { content: { sort: 'type', type: 'xml-text', name: '' }, length: 1 }
      throw new Malformed('kind of content')
    }
    case 8: {
      const count = reader.uint()
      for (let i = 0; i < count; i++) readAny(reader, 0)
      return { content: { sort: 'any' }, length: count }
    }
    default:
      // 2 JSON, 3 binary, 9 sub-document, and what does not exist
      throw new Malformed('kind of content')
  }
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

/** Reads over one value of lib0's `any` encoding. */
function readAny(reader: ByteReader, depth: number): void {
  if (depth > JSON_DEPTH) throw new Malformed('deep JSON')
  const tag = reader.byte()
  if (tag === 127 || tag === 126 || tag === 121 || tag === 120) return // undefined, null, false, true
  if (tag === 125) reader.int()
  else if (tag === 124) reader.take(4)
  else if (tag === 123) reader.take(8)
  else if (tag === 119) reader.string()
  else if (tag === 118) {
    for (let left = reader.uint(); left > 0; left--) {
      if (reader.string() === '__proto__') throw new Malformed('key')
      readAny(reader, depth + 1)
    }
  } else if (tag === 117) for (let left = reader.uint(); left > 0; left--) readAny(reader, depth + 1)
  else throw new Malformed('kind of value') // 116 bytes, 122 BigInt, and what does not exist
}
