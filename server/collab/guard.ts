/** The guard before the journal: judges an update against what the server knows of the text, and against the schema's lists. */
import { diffUpdate } from 'yjs'
import * as encoding from 'lib0/encoding'
import { ANYWHERE, isAllowedFormat, type Holder } from '../../shared/drafting/allowed.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import { Malformed } from './byte-reader.ts'
import type { Addition, KnownText } from './known-text.ts'
import type { Place } from './places.ts'
import { placeStructs, type Strictness } from './placing.ts'
import type { Rule } from './rules.ts'
import {
  Oversize,
  parseUpdate,
  type ClientStructs,
  type ItemId,
  type ParsedUpdate,
  type Struct,
} from './update-reader.ts'

/** Most that one update may add; more is set aside by the client (101), never a reason to close. */
export const NEW_CONTENT_BYTES = 256 * 1024
const NEW_OPERATIONS = 256 * 1024
/** Client ids that one update may bring for the first time, and that one person may use in a draft: each page makes one. */
const NEW_CLIENT_IDS = 200
const MOST_CLIENT_IDS = 5000
/** A clause's id has 12 letters, a law's id is a word. */
const EMBED_LETTERS = 200

export type Verdict =
  /** Something new. `bytes` go into the journal: the update without the structs that the text has already. */
  | { readonly kind: 'new'; readonly bytes: Uint8Array; readonly addition: Addition }
  /** Every item is known already, and everything that it deletes is deleted. */
  | { readonly kind: 'known' }
  /** It builds on operations that the server does not have: the client should send all it has again. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'too-large' }
  /** It adds to or deletes from a locked section. */
  | { readonly kind: 'locked'; readonly section: SectionId }
  | { readonly kind: 'malformed'; readonly rule: Rule }

export type Asking = {
  /** The person who sent the frame. */
  readonly sender: string
  /** Something of the connection is still to come or was not taken, so deletions may run ahead too. */
  readonly awaited: boolean
  readonly locked: ReadonlyMap<SectionId, number>
}

/** Judges an update; changes nothing. A verdict `new` is taken in with `known.take`. */
export function judgeUpdate(bytes: Uint8Array, known: KnownText, asking: Asking): Verdict {
  try {
    return judge(bytes, parseUpdate(bytes), known, asking)
  } catch (error) {
    if (error instanceof Oversize) return { kind: 'too-large' }
    if (error instanceof Malformed) return { kind: 'malformed', rule: error.rule }
    throw error
  }
}

function judge(
  bytes: Uint8Array,
  update: ParsedUpdate,
  known: KnownText,
  { sender, awaited, locked }: Asking,
): Verdict {
  const further = update.clients.filter(({ client, end }) => end > known.endOf(client))
  const ends = new Ends(further, known)
  if (isMissing(further, known, ends)) return { kind: 'missing' }
  if (update.deletes.some(({ client, clock, length }) => clock + length > ends.of(client))) {
    if (awaited) return { kind: 'missing' }
    refuse('future delete')
  }
  checkClients(further, known, sender)
  const checks = new Checks(locked)
  const fresh = placeStructs(known, further, checks)
  if (checks.isLarge) return { kind: 'too-large' }
  if (locked.size > 0) for (const range of update.deletes) known.someLiving(range, (place) => checks.lookAtLock(place))
  if (checks.lockedSection !== null) return { kind: 'locked', section: checks.lockedSection }
  // What went with its holder is named all the same: who deleted it with sight decides whether it is offered back.
  if (fresh.length === 0 && !update.deletes.some((range) => known.isNewDeletion(range))) return { kind: 'known' }
  return {
    kind: 'new',
    bytes: trimmed(bytes, update, known),
    addition: { fresh, deletes: update.deletes, turn: known.lineage.turn },
  }
}

function refuse(rule: Rule): never {
  throw new Malformed(rule)
}

/** What one update adds, and whether it may. */
class Checks implements Strictness {
  lockedSection: SectionId | null = null
  private size = 0
  private operations = 0
  private readonly locked: Asking['locked']

  constructor(locked: Asking['locked']) {
    this.locked = locked
  }

  get isLarge(): boolean {
    return this.size > NEW_CONTENT_BYTES || this.operations > NEW_OPERATIONS
  }

  refuse(rule: Rule): never {
    throw new Malformed(rule)
  }

  look(struct: Struct, place: Place): void {
    checkAllowed(struct, place)
    this.size += struct.size
    this.operations += struct.length
    this.lookAtLock(place)
  }

  /** Whether the place is in a locked section. */
  lookAtLock({ section }: Place): boolean {
    if (section === null || this.locked.size === 0 || !this.locked.has(section)) return false
    this.lockedSection = section
    return true
  }
}

/** The end of each client's structs, the update's included. */
class Ends {
  private readonly known: KnownText
  private readonly further: ReadonlyMap<number, number> | null

  constructor(further: readonly ClientStructs[], known: KnownText) {
    this.known = known
    this.further = further.length === 0 ? null : new Map(further.map(({ client, end }) => [client, end]))
  }

  of(client: number): number {
    return this.further?.get(client) ?? this.known.endOf(client)
  }
}

/** Whether it builds on anything that neither the text nor the update has. */
function isMissing(further: readonly ClientStructs[], known: KnownText, ends: Ends): boolean {
  for (const { client, start, structs } of further) {
    const from = known.endOf(client)
    if (start > from) return true
    for (const { clock, length, sort, origin, rightOrigin, parent } of structs) {
      if (clock + length <= from) continue
      if (sort === 'skip' || lacks(ends, origin) || lacks(ends, rightOrigin)) return true
      if (parent !== null && typeof parent === 'object' && lacks(ends, parent)) return true
    }
  }
  return false
}

const lacks = (ends: Ends, id: ItemId | null): boolean => id !== null && id.clock >= ends.of(id.client)

/** Client ids belong to whoever used them first. */
function checkClients(further: readonly ClientStructs[], known: KnownText, sender: string): void {
  let fresh = 0
  for (const { client } of further) {
    const owner = known.ownerOf(client)
    if (owner !== undefined && owner !== sender) refuse('foreign client id')
    if (owner === undefined) fresh += 1
  }
  if (fresh > NEW_CLIENT_IDS || (fresh > 0 && known.idsOf(sender) + fresh > MOST_CLIENT_IDS))
    refuse('too many client ids')
}

/** What may stand where, from the schema. */
function checkAllowed({ content, length }: Struct, { holder, attributeName }: Place): void {
  if (content === null || content.sort === 'deleted') return
  if (attributeName !== null) {
    if (holder.attributes === null) return content.sort === 'any' ? undefined : refuse('attribute value')
    if (!holder.attributes.has(attributeName)) refuse('attribute')
    if (content.sort !== 'any' || length !== 1 || !content.plain) refuse('attribute value')
    return
  }
  switch (content.sort) {
    case 'string':
      return holder.letters ? undefined : refuse('content here')
    case 'format':
      if (!holder.letters) refuse('content here')
      if (!isAllowedFormat(content.name)) refuse('format')
      return content.plain ? undefined : refuse('format value')
    case 'embed':
      return isAllowedEmbed(content.value, holder) ? undefined : refuse('embed')
    case 'type':
      if (content.element === null) return holder.text === null ? refuse('content here') : undefined
      return holder.elements.has(content.element) ? undefined : refuse('element')
    case 'any':
      return holder === ANYWHERE ? undefined : refuse('content here')
  }
}

function isAllowedEmbed(value: unknown, holder: Holder): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(value)
  return (
    entries.length === 1 &&
    entries.every(([key, name]) => holder.embeds.has(key) && typeof name === 'string' && name.length <= EMBED_LETTERS)
  )
}

/**
 * The update without what the text has already. Merging updates takes the first struct that covers a clock, and two may cut the same
 * text differently: a copy of known operations with other letters would replace the true ones in the next base, for everybody who
 * opens the draft from then on.
 */
function trimmed(bytes: Uint8Array, { clients }: ParsedUpdate, known: KnownText): Uint8Array {
  const overlaps: ItemId[] = []
  for (const { client, start } of clients) {
    const clock = known.endOf(client)
    if (start < clock) overlaps.push({ client, clock })
  }
  if (overlaps.length === 0) return bytes
  return diffUpdate(
    bytes,
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, overlaps.length)
      for (const { client, clock } of overlaps) {
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
      }
    }),
  )
}
