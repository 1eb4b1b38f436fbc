/** Judges an update against what a draft already has, before it is appended: malformed, missing a predecessor, nothing new, or fine. */
import {
  ALLOWED_ATTRIBUTES,
  ALLOWED_ELEMENTS,
  ALLOWED_EMBED_KEYS,
  ALLOWED_ROOTS,
  DECISIONS_ROOT,
  isAllowedFormat,
} from '../../shared/drafting/document.ts'
import { Malformed } from './byte-reader.ts'
import { parseUpdate, type ItemId, type ParsedUpdate, type Struct } from './update-reader.ts'

/** Most operations that one update may add; more is set aside by the client, never a reason to close. */
export const NEW_CONTENT_LIMIT = 256 * 1024

const ATTRIBUTES: ReadonlySet<string> = new Set(Object.values(ALLOWED_ATTRIBUTES).flatMap((names) => [...names]))

/** What a draft has: the next clock of every client, and who first used each client id. */
export type Known = { readonly clocks: Map<number, number>; readonly owners: Map<number, string> }

export type Verdict =
  /** Something new. `fresh` holds the next clock of each client that gets further. */
  | { readonly kind: 'new'; readonly fresh: ReadonlyMap<number, number> }
  /** Every item is known already, and it deletes nothing. */
  | { readonly kind: 'known' }
  /** It builds on operations that the server does not have: the client should send all it has again. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'malformed'; readonly rule: string }

/** Judges the update of `sender`. `awaited`: an earlier frame of the connection was not taken, so deletions may run ahead too. */
export function judgeUpdate(
  bytes: Uint8Array,
  known: Known,
  sender: string,
  { awaited = false, decisions = false }: { awaited?: boolean; decisions?: boolean } = {},
): Verdict {
  let update: ParsedUpdate
  try {
    update = parseUpdate(bytes)
    for (const struct of update.structs) checkAllowed(struct, decisions)
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', rule: error.rule }
    throw error
  }
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  let added = 0
  for (const { client, clock, length, sort } of update.structs) {
    if (sort === 'skip') return { kind: 'missing' }
    if (!starts.has(client)) starts.set(client, clock)
    ends.set(client, clock + length)
    const before = known.clocks.get(client) ?? 0
    added += Math.max(0, clock + length - Math.max(clock, before))
  }
  for (const [client, start] of starts) if (start > (known.clocks.get(client) ?? 0)) return { kind: 'missing' }
  const has = (id: ItemId): boolean => id.clock < Math.max(known.clocks.get(id.client) ?? 0, ends.get(id.client) ?? 0)
  for (const { origin, rightOrigin, parent } of update.structs)
    for (const id of [origin, rightOrigin, typeof parent === 'object' ? parent : undefined])
      if (id !== undefined && !has(id)) return { kind: 'missing' }
  for (const { client, clock, length } of update.deletes)
    if (!has({ client, clock: clock + length - 1 }))
      return awaited ? { kind: 'missing' } : { kind: 'malformed', rule: 'future delete' }
  const fresh = new Map<number, number>()
  for (const [client, end] of ends) {
    if (end <= (known.clocks.get(client) ?? 0)) continue
    const owner = known.owners.get(client)
    if (owner !== undefined && owner !== sender) return { kind: 'malformed', rule: 'foreign client id' }
    fresh.set(client, end)
  }
  if (added > NEW_CONTENT_LIMIT) return { kind: 'too-large' }
  return fresh.size === 0 && update.deletes.length === 0 ? { kind: 'known' } : { kind: 'new', fresh }
}

/** Takes in an update that is in the journal: trusted, so only its clocks are read. */
export function learnUpdate(bytes: Uint8Array, known: Known, sender: string | null): void {
  for (const { client, clock, length } of parseUpdate(bytes).structs) {
    known.clocks.set(client, Math.max(known.clocks.get(client) ?? 0, clock + length))
    if (sender !== null && !known.owners.has(client)) known.owners.set(client, sender)
  }
}

function checkAllowed({ parent, parentSub, content }: Struct, decisions: boolean): void {
  if (typeof parent === 'string') {
    if (decisions && parent === DECISIONS_ROOT) return
    if (!ALLOWED_ROOTS.has(parent)) throw new Malformed('unknown root')
    if (parentSub !== undefined) throw new Malformed('attribute of a section')
  } else if (parentSub !== undefined && !decisions && !ATTRIBUTES.has(parentSub)) throw new Malformed('attribute')
  if (content?.sort === 'type' && content.type === 'xml-element' && !ALLOWED_ELEMENTS.has(content.name))
    throw new Malformed('element')
  if (content?.sort === 'format' && !isAllowedFormat(content.name)) throw new Malformed('format')
  if (content?.sort === 'embed' && !isAllowedEmbed(content.value)) throw new Malformed('embed')
}

function isAllowedEmbed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.keys(value).every((key) => ALLOWED_EMBED_KEYS.has(key))
}
