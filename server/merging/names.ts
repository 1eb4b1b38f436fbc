/** Puts people's names in the place of their ids in what the merge screens show. */
import type { LedgerRowView, TopicClauseView } from '../../shared/merging/contract.ts'
import { refKey } from '../../shared/merging/sources.ts'
import type { MergeSources, MergeSubmission } from './merge-sources.ts'

export function createNames({ nameOf }: Pick<MergeSources, 'nameOf'>) {
  const namesOf = async (people: Iterable<string>): Promise<Map<string, string>> => {
    const names = new Map<string, string>()
    for (const person of new Set(people)) names.set(person, person === '' ? '' : await nameOf(person))
    return names
  }

  const named = async <Row extends { by: string }>(rows: readonly Row[]): Promise<Row[]> => {
    const names = await namesOf(rows.map(({ by }) => by))
    return rows.map((row) => ({ ...row, by: names.get(row.by) ?? '' }))
  }

  return {
    named,

    async withNames<Row extends { decision: LedgerRowView['decision'] }>(rows: readonly Row[]): Promise<Row[]> {
      const decisions = await named(rows.flatMap((row) => (row.decision === null ? [] : [row.decision])))
      let at = 0
      return rows.map((row) => (row.decision === null ? row : { ...row, decision: decisions[at++] ?? null }))
    },

    /** Who of the group proposed each clause; who was erased is not named. */
    async withProposers(
      clauses: readonly TopicClauseView[],
      submissions: readonly MergeSubmission[],
    ): Promise<TopicClauseView[]> {
      const people = new Map(
        submissions.flatMap(({ id, proposers }) =>
          proposers.map(({ clause, people }) => [refKey({ submission: id, clause }), people] as const),
        ),
      )
      const names = await namesOf(clauses.flatMap(({ key }) => people.get(key) ?? []))
      return clauses.map((clause) => ({
        ...clause,
        proposers: (people.get(clause.key) ?? [])
          .map((person) => names.get(person) ?? '')
          .filter((name) => name !== ''),
      }))
    },
  }
}
