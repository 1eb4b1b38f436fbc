/** Short codes of clauses for people: section number, point, place ("9.2"); shown, printed and searched, in every frozen text. */
import type { Clause, DraftContent } from '../drafting/canonical.ts'
import type { SectionId } from '../drafting/template.ts'
import { isEmpty, sectionNumber } from './sources.ts'

export type Coded = { readonly section: SectionId; readonly code: string; readonly clause: Clause }

/**
 * Every clause that says something, in order, with its code. A heading has the code of the clause that it stands above, because it
 * shares that clause's fate; only a heading at a section's end has a code of its own.
 */
export function codedClauses(content: DraftContent): Coded[] {
  return content.sections.flatMap(({ id, clauses }) => {
    const said = clauses.filter((clause) => !isEmpty(clause))
    let place = 0
    return said.map((clause, index) => {
      const code = `${sectionNumber(id)}.${place + 1}`
      if (clause.kind !== 'heading' || index === said.length - 1) place += 1
      return { section: id, code, clause }
    })
  })
}

/** Codes by clause id. */
export function codesOf(content: DraftContent): Map<string, string> {
  return new Map(codedClauses(content).map(({ clause, code }) => [clause.id, code]))
}
