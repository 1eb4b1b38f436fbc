/** What becomes of a clause: the kinds of decision, what each needs, and the clauses that it puts into the proposal. */
import {
  RECOMMENDATION_FIELDS,
  type Clause,
  type Inline,
  type Origin,
  type RecommendationField,
} from '../drafting/canonical.ts'
import type { ClauseId } from '../ids.ts'
import { lawName } from '../thai/laws.ts'
import { citesOf, type ClauseRef, type Unit } from './sources.ts'

export const DECISION_KINDS = ['adopt', 'combine', 'edit', 'decline', 'defer'] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

/**
 * One decision; `targets` are the clauses of the proposal that it made. `by` (a person's id) and `at` (milliseconds) are those of the
 * journal's entry, copied by the server that wrote it, because compacting the journal drops who wrote an entry.
 */
export type Decision = {
  readonly kind: DecisionKind
  readonly reason: string
  readonly targets: readonly ClauseId[]
  readonly by: string
  readonly at: number
}
/** Decisions by `submission/clause`. */
export type Decisions = Readonly<Record<string, Decision>>

/** Whether a decision of this kind puts words into the proposal. */
export function takesIn(kind: DecisionKind): boolean {
  return kind === 'adopt' || kind === 'combine' || kind === 'edit'
}

/** Whether a reason must be given: declining always; adopting or combining where like clauses conflict. */
export function needsReason(kind: DecisionKind, resolvesConflict: boolean): boolean {
  return kind === 'decline' || (takesIn(kind) && resolvesConflict)
}

function sorted(refs: readonly ClauseRef[]): Origin[] {
  const unique = new Map(refs.map((ref) => [`${ref.submission}/${ref.clause}`, ref]))
  return [...unique.values()].sort((a, b) =>
    a.submission === b.submission ? compare(a.clause, b.clause) : compare(a.submission, b.submission),
  )
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function marked(runs: readonly Inline[], from: readonly Origin[]): Inline[] {
  return runs.map((run): Inline => ('cite' in run ? run : { ...run, from }))
}

/** A copy of a clause under a new id, its words marked with where they come from. */
export function copied(clause: Clause, id: ClauseId, refs: readonly ClauseRef[]): Clause {
  const from = sorted(refs)
  if (clause.kind === 'table') {
    return { ...clause, id, rows: clause.rows.map((row) => row.map((cell) => marked(cell, from))) }
  }
  if (clause.kind === 'recommendation') {
    const fields: Record<RecommendationField, readonly Inline[]> = { ...clause.fields }
    for (const name of RECOMMENDATION_FIELDS) fields[name] = marked(clause.fields[name], from)
    return { ...clause, id, fields }
  }
  return { ...clause, id, runs: marked(clause.runs, from) }
}

/** A wording in which the names of cited laws are citations again, where they stand: the editor writes words alone. */
function worded(text: string, cites: readonly string[], from: readonly Origin[]): Inline[] {
  const laws = [...new Set(cites)].map((cite) => ({ cite, name: lawName(cite) }))
  const runs: Inline[] = []
  let rest = text
  for (;;) {
    let next: { readonly cite: string; readonly name: string; readonly at: number } | null = null
    for (const law of laws) {
      const at = rest.indexOf(law.name)
      // Of two that begin together the longer one: a law is named with and without its section.
      if (at < 0 || (next !== null && (at > next.at || (at === next.at && law.name.length <= next.name.length))))
        continue
      next = { ...law, at }
    }
    if (next === null) break
    if (next.at > 0) runs.push({ text: rest.slice(0, next.at), from })
    runs.push({ cite: next.cite })
    rest = rest.slice(next.at + next.name.length)
  }
  if (rest !== '') runs.push({ text: rest, from })
  return runs
}

/** The base clause (the first unit's) with other main words, which come from all the clauses that were decided together. */
export function reworded(units: readonly [Unit, ...Unit[]], text: string, id: ClauseId): Clause {
  const [base] = units
  const cites = units.flatMap(({ clause }) => citesOf(clause))
  const runs = worded(text, cites, sorted(units.map(({ ref }) => ref)))
  const clause = copied(base.clause, id, [base.ref])
  if (clause.kind === 'recommendation') return { ...clause, fields: { ...clause.fields, measure: runs } }
  if (clause.kind === 'table') return { id, kind: 'text', level: 0, runs }
  return { ...clause, runs }
}

/** What a decision adds: the new clauses, and for each decided key the ones that are its targets. */
export type Composition = {
  readonly clauses: readonly Clause[]
  readonly targets: ReadonlyMap<string, readonly ClauseId[]>
}

/**
 * The clauses that deciding these units adds. Adopt: each unit's own, its headings first. Combine and edit: one clause with `text`,
 * built on the first unit. Decline and defer: none.
 */
export function compose(
  kind: DecisionKind,
  units: readonly Unit[],
  text: string | undefined,
  newId: () => ClauseId,
): Composition {
  const targets = new Map<string, readonly ClauseId[]>(units.map((unit) => [unit.key, []]))
  if (!takesIn(kind)) return { clauses: [], targets }
  const [base, ...others] = units
  if (base === undefined) return { clauses: [], targets }
  if (kind === 'adopt') {
    const clauses: Clause[] = []
    for (const unit of units) {
      for (const heading of unit.headings) clauses.push(copied(heading, newId(), [unit.ref]))
      const id = newId()
      clauses.push(copied(unit.clause, id, [unit.ref]))
      targets.set(unit.key, [id])
    }
    return { clauses, targets }
  }
  const id = newId()
  const refs = units.map((unit) => unit.ref)
  const clause = text === undefined ? copied(base.clause, id, refs) : reworded([base, ...others], text, id)
  for (const unit of units) targets.set(unit.key, [id])
  return { clauses: [clause], targets }
}
