/** A version as it is hashed: immutable, without names; anybody with the JSON can check it. */
import type { DraftContent } from '../drafting/canonical.ts'
import { canonicalJson } from '../drafting/canonical-json.ts'

export const VERSION_FORMAT = 'rangruam-version/1'

/**
 * What the hash is of (DESIGN "Versions"). `parents`: hashes of the version before and of the submissions, sorted. `authors`:
 * random pseudonyms; names live outside, in one table, and can be erased without breaking a hash. `at`: ISO 8601, UTC.
 */
export type VersionBody = {
  readonly format: typeof VERSION_FORMAT
  readonly content: DraftContent
  readonly parents: readonly string[]
  readonly title: string
  readonly authors: readonly string[]
  readonly at: string
}

/** The letters whose SHA-256 (of UTF-8) is the version's hash: RFC 8785 canonical JSON of exactly these six members. */
export function versionHashInput(body: VersionBody): string {
  const { format, content, parents, title, authors, at } = body
  return canonicalJson({ format, content, parents: [...parents].sort(), title, authors: [...authors].sort(), at })
}

/** The number after a version's number: 0.1, 0.2, … Approval gives 1.0 to the same version; the next frozen one is then 1.1. */
export function nextNumber(last: string | null): string {
  if (last === null) return '0.1'
  const [major, minor] = last.split('.').map(Number)
  return `${major ?? 0}.${(minor ?? 0) + 1}`
}

/** The eight characters of a hash that people compare, in two groups. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`
}
