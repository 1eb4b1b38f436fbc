/** What commands may carry: every option that the embedded store does not serve is refused, never ignored. */
import { Refusal } from './refusal.ts'
import { asNumber, isDoc, type Doc } from './values.ts'
import type { Sort } from './planner.ts'

/** Answers one command of one database; a Buffer is a whole answer, a document gets `ok: 1`. */
export type Command = (given: Doc, db: string) => Doc | Buffer | Promise<Doc | Buffer>

/** Options that any command may carry; durability is always full, so the concerns change nothing. */
const EVERYWHERE = [
  '$db',
  '$readPreference',
  '$clusterTime',
  'lsid',
  'comment',
  'writeConcern',
  'readConcern',
  'maxTimeMS',
]

/** MongoDB knows them, this store does not serve them. */
const KNOWN = new Set(
  `collation hint let arrayFilters sort c capped size viewOn pipeline timeseries validator validationLevel validationAction
   storageEngine indexOptionDefaults expireAfterSeconds clusteredIndex changeStreamPreAndPostImages encryptedFields commitQuorum
   returnKey showRecordId tailable oplogReplay awaitData noCursorTimeout allowPartialResults allowDiskUse min max explain bypassDocumentValidation`.split(
    /\s+/,
  ),
)

/** Throws Refusal 20 for transactions, 115 for what MongoDB knows and this store does not serve, 40415 for the unknown. */
export function allowOnly(given: Doc, what: string, allowed: readonly string[], nested = false): void {
  for (const [name, value] of Object.entries(given)) {
    if (allowed.includes(name) || (!nested && EVERYWHERE.includes(name))) continue
    if (['txnNumber', 'startTransaction', 'autocommit'].includes(name))
      throw new Refusal(20, 'the embedded store has no transactions')
    if (name === 'bypassDocumentValidation' && value !== true) continue
    if (KNOWN.has(name)) throw new Refusal(115, `the embedded store does not serve the option '${name}' of ${what}`)
    throw new Refusal(40415, `BSON field '${what}.${name}' is an unknown field.`)
  }
}

export function docAt(given: Doc, name: string): Doc {
  const value = given[name]
  if (value === undefined || value === null) return {}
  if (!isDoc(value)) throw new Refusal(14, `'${name}' must be a document`)
  return value
}

export function docsAt(given: Doc, name: string): Doc[] {
  const value = given[name]
  if (!Array.isArray(value) || value.length === 0 || !value.every(isDoc))
    throw new Refusal(9, `'${name}' must be a list of documents`)
  return value
}

export function textAt(given: Doc, name: string): string {
  const value = given[name]
  if (typeof value !== 'string' || value === '') throw new Refusal(14, `'${name}' must be a name`)
  return value
}

/** A whole number of at least 0; `missing` when it is not there. */
export function countAt(given: Doc, name: string, missing = 0): number {
  const value = given[name]
  if (value === undefined || value === null) return missing
  const number = asNumber(value)
  if (number === undefined || !Number.isInteger(number) || number < 0)
    throw new Refusal(2, `'${name}' must be a whole number of at least 0`)
  return number
}

export function flagAt(given: Doc, name: string, missing = false): boolean {
  const value = given[name]
  return value === undefined || value === null
    ? missing
    : typeof value === 'boolean'
      ? value
      : (asNumber(value) ?? 0) !== 0
}

/** Field paths with 1 or -1. */
export function directions(spec: Doc, code: number): Sort {
  return Object.entries(spec).map(([path, value]) => {
    const direction = asNumber(value)
    if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$')))
      throw new Refusal(code, `'${path}' is not a field path`)
    if (direction !== 1 && direction !== -1)
      throw new Refusal(code, `the direction of '${path}' must be 1 or -1; nothing else is served`)
    return [path, direction] as const
  })
}
