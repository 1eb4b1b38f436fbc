/** The consolidated proposal as the merge screen and readers see it: each clause with its code, words and sources. */
import { codesOf } from '../../shared/drafting/clause-codes.ts'
import type { Clause } from '../../shared/drafting/canonical.ts'
import type { DraftId } from '../../shared/ids.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import type { DecisionKind } from '../../shared/merging/decisions.ts'
import type { Ledger } from '../../shared/merging/ledger.ts'
import { isEmpty, mainText } from '../../shared/merging/sources.ts'
import type { ProposalState } from './proposals.ts'

export type ProposalView = {
  readonly draft: DraftId
  readonly sections: {
    readonly id: SectionId
    readonly choices: string[]
    readonly clauses: {
      readonly clause: Clause
      readonly code: string
      readonly text: string
      readonly groups: number[]
      readonly kind: DecisionKind | null
      readonly by: string
      readonly at: number
    }[]
  }[]
}

/** Sources come from the marks in the words and the decisions' targets, by way of the ledger: never from a stored list. */
export function proposalView(state: ProposalState, ledger: Ledger): ProposalView {
  const codes = codesOf(state.content)
  return {
    draft: state.draft,
    sections: state.content.sections.map(({ id, choices, clauses }) => ({
      id,
      choices: [...choices],
      clauses: clauses
        .filter((clause) => !isEmpty(clause))
        .map((clause) => {
          const rows = ledger.rows.filter((row) => row.where.some((place) => place.clause === clause.id))
          const decision = rows.find((row) => row.decision !== null)?.decision ?? null
          return {
            clause,
            code: codes.get(clause.id) ?? '',
            text: mainText(clause),
            groups: [...new Set(rows.map((row) => row.group))].sort((a, b) => a - b),
            kind: decision?.kind ?? null,
            by: decision?.by ?? '',
            at: decision?.at ?? 0,
          }
        }),
    })),
  }
}
