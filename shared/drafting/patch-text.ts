/** Turns the letters and marks at one place of a Yjs text into given runs, touching only what differs. */
import type * as Y from 'yjs'
import type { Piece } from './blocks.ts'
import type { Inline } from './canonical.ts'
import { graphemesOf } from './graphemes.ts'
import { formatsOf, runsOf, sameMarks } from './inline.ts'
import { diffSequences } from './sequence.ts'

/** A citation among graphemes: a string that no text holds as one grapheme. */
const CITE = '\u0000cite:'

type Units = { readonly units: string[]; readonly lengths: number }

function unitsOf(runs: readonly Inline[]): Units {
  const units: string[] = []
  let letters = ''
  let lengths = 0
  const flush = (): void => {
    units.push(...graphemesOf(letters))
    letters = ''
  }
  for (const run of runs) {
    if ('text' in run) {
      letters += run.text
      lengths += run.text.length
    } else {
      flush()
      units.push(CITE + run.cite)
      lengths += 1
    }
  }
  flush()
  return { units, lengths }
}

/**
 * Inserts letters of a wanted stretch at an index of a text. `from`: how many letters of the stretch stand before them, citations not
 * counted.
 */
export type WriteLetters = (text: Y.XmlText, at: number, letters: string, formats: object, from: number) => void

const insertLetters: WriteLetters = (text, at, letters, formats) => text.insert(at, letters, formats)

const lengthOfUnit = (unit: string): number => (unit.startsWith(CITE) ? 1 : unit.length)
const NO_MARKS = { kind: null, level: null, strong: null, em: null }

/** The same runs letter by letter? */
function sameRuns(a: readonly Inline[], b: readonly Inline[]): boolean {
  if (a.length !== b.length) return false
  return a.every((run, i) => {
    const other = b[i]
    if (other === undefined) return false
    if (!('text' in run) || !('text' in other)) return !('text' in run) && !('text' in other) && run.cite === other.cite
    return run.text === other.text && sameMarks(run, other)
  })
}

/** Writes the letters; returns the number of edits. */
function patchLetters(text: Y.XmlText, start: number, have: Units, want: Units, write: WriteLetters): number {
  let edits = 0
  let at = start
  let from = 0
  for (const { op, items } of diffSequences(have.units, want.units)) {
    const length = items.reduce((sum, unit) => sum + lengthOfUnit(unit), 0)
    if (op === 'delete') text.delete(at, length)
    if (op === 'insert') {
      let end = at
      for (const unit of joinLetters(items)) {
        if (unit.startsWith(CITE)) text.insertEmbed(end, { cite: unit.slice(CITE.length) }, NO_MARKS)
        else {
          write(text, end, unit, NO_MARKS, from)
          from += unit.length
        }
        end += lengthOfUnit(unit)
      }
    }
    if (op === 'keep') from += items.reduce((sum, unit) => sum + (unit.startsWith(CITE) ? 0 : unit.length), 0)
    if (op !== 'delete') at += length
    if (op !== 'keep') edits++
  }
  return edits
}

/** Neighbouring letters in one insert, citations alone. */
function joinLetters(units: readonly string[]): string[] {
  const joined: string[] = []
  for (const unit of units) {
    const last = joined.at(-1)
    if (last !== undefined && !last.startsWith(CITE) && !unit.startsWith(CITE)) joined[joined.length - 1] = last + unit
    else joined.push(unit)
  }
  return joined
}

/**
 * Makes the stretch that begins at `start` and holds `pieces` read as `wanted`. Returns the number of edits, 0 when it already does.
 * Marks are written after the letters, run by run, and clear every mark that the stretch had.
 */
export function patchRuns(
  text: Y.XmlText,
  start: number,
  pieces: readonly Piece[],
  wanted: readonly Inline[],
  write: WriteLetters = insertLetters,
): number {
  const have = runsOf(pieces)
  if (sameRuns(have, wanted)) return 0
  const target = unitsOf(wanted)
  const edits = patchLetters(text, start, unitsOf(have), target, write)
  const names = new Set(pieces.flatMap((piece) => Object.keys(piece.formats)))
  for (const run of wanted) for (const name of Object.keys(formatsOf(run))) names.add(name)
  if (names.size === 0) return edits
  const cleared = Object.fromEntries([...names].map((name) => [name, null]))
  let at = start
  for (const run of wanted) {
    const length = 'text' in run ? run.text.length : 1
    text.format(at, length, { ...cleared, ...formatsOf(run) })
    at += length
  }
  return edits + 1
}
