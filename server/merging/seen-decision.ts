/** Whether clauses were decided since an editor looked at them, and whether that is the very decision that is asked for again. */
import { takesIn, type DecisionKind, type Decisions } from '../../shared/merging/decisions.ts'
import type { LedgerRow } from '../../shared/merging/ledger.ts'
import type { Proposal } from '../../shared/merging/proposal-doc.ts'
import { mainText, refKey, type ClauseRef, type Unit } from '../../shared/merging/sources.ts'

export type Wanted = {
  readonly units: readonly Unit[]
  readonly kind: DecisionKind
  readonly reason: string
  readonly text?: string | undefined
  /** Moment of the decision that was shown of each unit, null for none; undefined: it is not said. */
  readonly seen: ReadonlyMap<string, number | null> | undefined
}

/** By the clauses' keys, from two lists of the same order. */
export function seenOf(clauses: readonly ClauseRef[], seen: readonly (number | null)[] | undefined): Wanted['seen'] {
  return seen === undefined ? undefined : new Map(clauses.map((clause, i) => [refKey(clause), seen[i] ?? null]))
}

const sharing = (decisions: Decisions, target: string): string[] =>
  Object.keys(decisions).filter((key) => decisions[key]?.targets.some((id) => id === target))

/** Does what stands already say what is wanted, of these clauses and no others? */
function isRepeated(
  { content, decisions }: Proposal,
  rows: readonly (LedgerRow | undefined)[],
  wanted: Wanted,
): boolean {
  const { units, kind, reason, text } = wanted
  const stands = rows.every(
    (row) => row?.trouble === null && row.decision?.kind === kind && row.decision.reason === reason,
  )
  if (!stands || !takesIn(kind) || text === undefined) return stands
  const target = rows[0]?.decision?.targets[0]
  const clause = content.sections.flatMap(({ clauses }) => clauses).find(({ id }) => id === target)
  if (target === undefined || clause === undefined || mainText(clause) !== text) return false
  const keys = sharing(decisions, target)
  return keys.length === units.length && units.every(({ key }) => keys.includes(key))
}

/**
 * `repeated`: it stands already, by a press that came twice or by somebody of the same mind; `unseen`: something else was decided
 * since the editor looked; `open`: it may be written. Deciding anew what one saw decided is open.
 */
export function standingOf(
  proposal: Proposal,
  rows: ReadonlyMap<string, LedgerRow>,
  wanted: Wanted,
): 'open' | 'repeated' | 'unseen' {
  const { seen, units } = wanted
  const here = units.map(({ key }) => rows.get(key))
  const isSeen = units.every(({ key }, i) => seen?.get(key) === (here[i]?.decision?.at ?? null))
  if (isSeen) return 'open'
  if (isRepeated(proposal, here, wanted)) return 'repeated'
  return seen === undefined ? 'open' : 'unseen'
}
