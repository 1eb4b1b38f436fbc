/** One roster cell at a time: what is cleaned, what is written one way, what is only told; for roster-reading. */
import type { LgoType } from '../drafting/canonical.ts'
import { normalise } from '../thai/normalise.ts'
import { PROVINCES, PROVINCE_SPELLINGS } from '../thai/provinces.ts'
import {
  DISTRICT_MARKS,
  NAME_PREFIXES,
  NOTHING_WORDS,
  ORGANISATION_BEGINNINGS,
  PROVINCE_MARKS,
} from '../thai/roster-words.ts'

/** Zero-width, soft-hyphen and bidi characters: never seen, and they make two equal names different. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g
/** Control characters other than tab and line break. */
// oxlint-disable-next-line no-control-regex -- they are what is removed
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** Whether a cell holds characters that nobody can see. */
export function hasInvisible(raw: string): boolean {
  return raw.replace(INVISIBLE, '') !== raw
}

/** Whether a spreadsheet would run this cell as a formula. A lone dash is a placeholder, not a formula. */
export function isFormulaLike(raw: string): boolean {
  return /^\s*(?:[=@]|[+-](?=\s*[A-Za-z(=@]))/.test(raw)
}

/** The same cell for a file that a spreadsheet opens: text stays text. */
export function neutralised(cell: string): string {
  return /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}

/** A cell's words: one form, invisible characters gone, runs of spaces one; a line break inside a word joins when `joinLines`. */
export function cleanCell(raw: string, joinLines = false): string {
  return raw
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(CONTROL, '')
    .replace(/([\u0e00-\u0e7f])[ \t]*\r?\n[ \t]*(?=[\u0e00-\u0e7f])/g, joinLines ? '$1' : '$1 ')
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replace(/\u0e40\u0e40/g, '\u0e41')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}

/** Nothing, dashes, dots, or a word that says nothing. */
export function isNothing(cell: string): boolean {
  return /^[\p{P}\p{S}\s]*$/u.test(cell) || NOTHING_WORDS.has(cell.toLowerCase())
}

/** The prefix as kept ("น.ส." → "นางสาว"); unknown ones stay as written. */
export function prefixOf(cell: string): string {
  return NAME_PREFIXES.find(([written]) => written === cell)?.[1] ?? cell
}

/**
 * Takes a prefix off the front of a name when the rest can stand as a word: a consonant or a leading vowel follows, so a
 * name that merely begins with the same letters stays whole. `given` is the prefix column: only the same prefix is taken off then.
 */
export function splitPrefix(given: string, name: string): { readonly prefix: string; readonly name: string } {
  for (const [written, kept] of NAME_PREFIXES) {
    if (!name.startsWith(written)) continue
    const rest = name.slice(written.length).trimStart()
    if (!/^[\u0e01-\u0e2e\u0e40-\u0e44A-Za-z]/.test(rest)) continue
    if (given !== '' && given !== kept) continue
    return { prefix: kept, name: rest }
  }
  return { prefix: given, name }
}

/** The organisation written one way, and the type that its name tells; null when it tells none. */
export function organisationOf(cell: string): { readonly name: string; readonly type: LgoType | null } {
  const begin = ORGANISATION_BEGINNINGS.find(({ written }) => cell.startsWith(written))
  if (begin === undefined) return { name: cell, type: null }
  const rest = cell.slice(begin.written.length).replace(/^\./, '').trim()
  return { name: rest === '' ? begin.kept : `${begin.kept}${rest}`, type: begin.type }
}

/** The type that a type cell names; null when it names none that we know. */
export function lgoTypeOf(cell: string): LgoType | null {
  const plain = cell.replace(/\s+/g, '')
  return ORGANISATION_BEGINNINGS.find(({ written, kept }) => plain === written || plain === kept)?.type ?? null
}

function withoutMark(cell: string, marks: readonly string[]): string {
  const mark = marks.find((start) => cell.startsWith(start) && cell.length > start.length)
  return mark === undefined ? cell : cell.slice(mark.length).trim()
}

/** The province's name, and whether it is one of the 77. */
export function provinceOf(cell: string): { readonly name: string; readonly known: boolean } {
  const bare = withoutMark(cell, PROVINCE_MARKS)
  const name = PROVINCE_SPELLINGS[bare] ?? bare
  return { name, known: PROVINCES.has(name) }
}

/** The district's name without what stands before it. */
export function districtOf(cell: string): string {
  return withoutMark(cell, DISTRICT_MARKS)
}

/** A name as it is looked up and compared: spaces, digits, repeated marks and case do not count. */
export function nameKey(name: string): string {
  return normalise(name).replace(/[\s.]+/g, '')
}
