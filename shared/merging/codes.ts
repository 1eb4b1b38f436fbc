/** Clauses of a content with their codes, in order, without those that say nothing; for redlines and the ledger. */
import type { Clause, DraftContent } from '../drafting/canonical.ts'
import { codesOf } from '../drafting/clause-codes.ts'
import type { SectionId } from '../drafting/template.ts'
import { isEmpty } from './sources.ts'

export type Coded = { readonly section: SectionId; readonly code: string; readonly clause: Clause }

/** Every clause that says something, with the code that every screen and document gives it. */
export function codedClauses(content: DraftContent): Coded[] {
  const codes = codesOf(content)
  return content.sections.flatMap(({ id, clauses }) =>
    clauses
      .filter((clause) => !isEmpty(clause))
      .map((clause) => ({ section: id, code: codes.get(clause.id) ?? '', clause })),
  )
}
