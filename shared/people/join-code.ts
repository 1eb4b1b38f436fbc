/** The workshop's join code: nine digits as people type them, and as they are shown. */
import { arabicDigits } from '../thai/digits.ts'

const DIGITS = 9
/** What stands between digits when people type, paste or dictate: spaces of every width, hyphens, dots, unseen characters. */
const BETWEEN = /[\s.\-\u00ad\u200b-\u200f\u2010-\u2015\u2060-\u2069\u202a-\u202e\ufeff]/g

/** Nine Arabic digits, or null when it is no code. Thai digits count. */
export function readJoinCode(typed: string): string | null {
  const digits = arabicDigits(typed).replace(BETWEEN, '')
  return digits.length === DIGITS && /^\d+$/.test(digits) ? digits : null
}

/** How many digits have been typed so far, for a sentence that says how many are missing. */
export function digitsTyped(typed: string): number {
  return (arabicDigits(typed).match(/\d/g) ?? []).length
}

/** As it stands on the wall and on cards: 417 052 938. */
export function showJoinCode(code: string): string {
  return code.replace(/(\d{3})(?=\d)/g, '$1 ')
}
