/** What is merged: submissions read as units that each need one decision; for aligning, the ledger and outcomes. */
import {
  plainText,
  type Clause,
  type DraftContent,
  type Inline,
  type RecommendationField,
} from '../drafting/canonical.ts'
import { codesOf } from '../drafting/clause-codes.ts'
import { SECTION_IDS, type SectionId } from '../drafting/template.ts'

/** One submission in the merge; `group` is the number on the group's mark. */
export type Source = { readonly submission: string; readonly group: number; readonly content: DraftContent }

/** A clause of a submission. */
export type ClauseRef = { readonly submission: string; readonly clause: string }

/** The key of a clause in the map of decisions. */
export function refKey(ref: ClauseRef): string {
  return `${ref.submission}/${ref.clause}`
}

/** A clause that needs a decision; a heading goes with the clause that follows it. */
export type Unit = {
  readonly ref: ClauseRef
  readonly key: string
  readonly group: number
  readonly section: SectionId
  /** Code within the group's text ("9.2"). */
  readonly code: string
  readonly clause: Clause
  readonly headings: readonly Clause[]
}

const fieldText = (clause: Clause, field: RecommendationField): string =>
  clause.kind === 'recommendation' ? plainText(clause.fields[field]) : ''

/** The words of a clause that say what it is about: the measure of a recommendation, the cells of a table, else its text. */
export function mainText(clause: Clause): string {
  if (clause.kind === 'recommendation') return fieldText(clause, 'measure')
  if (clause.kind === 'table') return clause.rows.map((row) => row.map(plainText).join(' ')).join(' ')
  return plainText(clause.runs)
}

/** Words beside the measure that tell like measures apart: indicator, who leads, who helps. */
export function sideText(clause: Clause): string {
  return [fieldText(clause, 'kpi'), fieldText(clause, 'lead'), fieldText(clause, 'support')].join(' ').trim()
}

/** Every run of inline content of a clause, in order. */
export function inlinesOf(clause: Clause): readonly Inline[] {
  if (clause.kind === 'recommendation') return Object.values(clause.fields).flat()
  if (clause.kind === 'table') return clause.rows.flat(2)
  return clause.runs
}

/** Ids of the laws that a clause cites by chips. */
export function citesOf(clause: Clause): string[] {
  return inlinesOf(clause).flatMap((run) => ('cite' in run ? [run.cite] : []))
}

/** Whether a clause says nothing at all: no letters, no citation. Nothing is decided about nothing. */
export function isEmpty(clause: Clause): boolean {
  return inlinesOf(clause).every((run) => !('cite' in run) && run.text.trim() === '')
}

/** The number that a section shows in both templates. */
export function sectionNumber(section: SectionId): number {
  return SECTION_IDS.indexOf(section) + 1
}

/** The units of a submission in order. A heading at a section's end has no clause to go with and is a unit itself. */
export function unitsOf(source: Source): Unit[] {
  const units: Unit[] = []
  const codes = codesOf(source.content)
  for (const section of source.content.sections) {
    let headings: Clause[] = []
    const add = (clause: Clause, above: readonly Clause[]): void => {
      const ref = { submission: source.submission, clause: clause.id }
      const code = codes.get(clause.id) ?? ''
      units.push({ ref, key: refKey(ref), group: source.group, section: section.id, code, clause, headings: above })
    }
    for (const clause of section.clauses) {
      if (isEmpty(clause)) continue
      if (clause.kind === 'heading') headings.push(clause)
      else {
        add(clause, headings)
        headings = []
      }
    }
    const last = headings.pop()
    if (last !== undefined) add(last, headings)
  }
  return units
}
