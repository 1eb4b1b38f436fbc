/** Ids of clauses: given by the client whose own user made the clause, kept through split, join and move. */
import { freshId } from '../ids.ts'
import type { ClauseId } from '../ids.ts'

/** In browsers (on plain http too) and in Node ≥ 20; this folder has neither's types. */
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }

/** A fresh id of twelve characters. */
export function newClauseId(): ClauseId {
  return freshId<ClauseId>((bytes) => crypto.getRandomValues(bytes))
}

/**
 * The ids that a section's clauses read as, asked for in their order with the id that each has. Of several with the same id the first
 * keeps it, later ones read as `id~2`, `id~3` until somebody edits them; those without any as `background~1`, `background~2`. `seen`
 * counts ids over the whole draft, in the template's order.
 */
export function readIds(section: string, seen: Map<string, number>): (own: string | null) => ClauseId {
  let nameless = 0
  return (own) => {
    if (own === null || own === '') return `${section}~${++nameless}` as ClauseId
    const nth = (seen.get(own) ?? 0) + 1
    seen.set(own, nth)
    return (nth === 1 ? own : `${own}~${nth}`) as ClauseId
  }
}

/** Is it an id that only reading gives? Nobody may write these. */
export const isMadeUp = (id: ClauseId): boolean => /~\d+$/.test(id)
