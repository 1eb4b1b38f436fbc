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
 * How the n-th clause with the same id reads (DESIGN "A draft" 3): the first in order keeps it, later ones read as `id~2`, `id~3`
 * until somebody edits them.
 */
export function doubledId(id: string, nth: number): ClauseId {
  return (nth === 1 ? id : `${id}~${nth}`) as ClauseId
}

/** How the n-th clause of a section that has no id at all reads, for example `background~1`; nobody may write this id. */
export function idOfNameless(section: string, nth: number): ClauseId {
  return `${section}~${nth}` as ClauseId
}
