/** What a `restore-point` entry says of the update behind it: to which entry the text went back, and what its letters are copies of. */

/** Letters of one minted client id, clock by clock copies of older ones. */
export type RestoredCopy = {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly sourceClient: number
  readonly sourceClock: number
}
export type RestoreRecord = {
  /** The text was made to read as it did after this entry. */
  readonly to: number
  /** The last entry that whoever asked had before them; what came behind it was left to stand. */
  readonly seen: number
  /** Each minted client id with the person (or `server`) who first typed the letters under it. */
  readonly authors: readonly { readonly client: number; readonly person: string }[]
  readonly copies: readonly RestoredCopy[]
}

const VERSION = 1

/** What the entry's bytes say, in UTF-8. */
export function restoreText({ to, seen, authors, copies }: RestoreRecord): string {
  return JSON.stringify({
    v: VERSION,
    to,
    seen,
    authors: authors.map(({ client, person }) => [client, person]),
    copies: copies.map((copy) => [copy.client, copy.clock, copy.length, copy.sourceClient, copy.sourceClock]),
  })
}

type Stored = {
  readonly to: number
  readonly seen: number
  readonly authors: readonly [number, string][]
  readonly copies: readonly [number, number, number, number, number][]
}

/** Reads what `restoreText` wrote; null for an entry that says nothing. */
export function restoreOf(text: string): RestoreRecord | null {
  if (text === '') return null
  // The server wrote it: `restoreText`.
  const { to, seen, authors, copies } = JSON.parse(text) as Stored
  return {
    to,
    seen,
    authors: authors.map(([client, person]) => ({ client, person })),
    copies: copies.map(([client, clock, length, sourceClient, sourceClock]) => ({
      client,
      clock,
      length,
      sourceClient,
      sourceClock,
    })),
  }
}
