/** One person of a roster as a row says it, and what there is to know about the row: for reading, looking for doubles and importing. */
import type { LgoType } from '../drafting/canonical.ts'

/** Something to know about a kept row; it does not stop the import. */
export const ROSTER_NOTICES = [
  'prefix-split',
  'invisible-removed',
  'formula-like',
  'type-from-name',
  'type-unknown',
  'type-contradicts-name',
  'province-unknown',
  'health-told',
] as const
export type RosterNotice = (typeof ROSTER_NOTICES)[number]

export type RosterEntry = {
  /** Row of the file, counted from 1. */
  readonly row: number
  readonly prefix: string
  readonly name: string
  readonly nickname: string
  readonly position: string
  readonly organisation: string
  readonly lgoType: LgoType | null
  readonly district: string
  readonly province: string
  readonly notices: readonly RosterNotice[]
}
