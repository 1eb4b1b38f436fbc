/** A version as reviewers read it: clause by clause with what changed, whose words it is, and where the groups' figures differ. */
import type { Clause } from '../../shared/drafting/canonical.ts'
import { SECTION_IDS } from '../../shared/drafting/template.ts'
import { DECISION_KINDS } from '../../shared/merging/decisions.ts'
import { changedParts, partsOf } from '../../shared/merging/diff.ts'
import { isEmpty } from '../../shared/merging/sources.ts'
import type { ReviewClause } from '../../shared/review/contract.ts'
import { askedClauses } from '../../shared/review/answers.ts'
import { figures } from '../../shared/thai/figures.ts'
import type { FrozenVersion } from '../merging/frozen-version.ts'

type Origin = ReviewClause['origins'][number]

/** Figures of one kind that not all groups say alike, as they wrote them, the most named first. */
export function differingFigures(origins: readonly Origin[]): ReviewClause['figures'] {
  const said = new Map<string, Map<number, { text: string; groups: Set<number> }>>()
  for (const { group, text } of origins) {
    for (const figure of figures(text)) {
      if (figure.old) continue
      const values = said.get(figure.kind) ?? new Map<number, { text: string; groups: Set<number> }>()
      said.set(figure.kind, values)
      const one = values.get(figure.value) ?? { text: text.slice(figure.start, figure.end).trim(), groups: new Set() }
      one.groups.add(group)
      values.set(figure.value, one)
    }
  }
  return [...said.values()]
    .filter((values) => values.size > 1)
    .flatMap((values) => [...values.values()])
    .map(({ text, groups }) => ({ text, groups: [...groups].sort((a, b) => a - b) }))
    .sort((a, b) => b.groups.length - a.groups.length)
}

const clausesById = (version: FrozenVersion | null): Map<string, Clause> =>
  new Map((version?.content.sections ?? []).flatMap(({ clauses }) => clauses.map((clause) => [clause.id, clause])))

/** The clauses of a version that say something, without answers. `names` gives a person's name. */
export function clausesOf(
  version: FrozenVersion,
  previous: FrozenVersion | null,
  names: ReadonlyMap<string, string>,
): Omit<ReviewClause, 'answer'>[] {
  const before = clausesById(previous)
  const asked = new Set<string>(askedClauses(version.content))
  return version.content.sections.flatMap((section) => {
    const id = SECTION_IDS.find((one) => one === section.id)
    if (id === undefined) return []
    return section.clauses
      .filter((clause) => !isEmpty(clause))
      .map((clause) => {
        const old = before.get(clause.id)
        const changes = old === undefined ? [] : changedParts(old, clause)
        const rows = version.outcomes.filter((row) => row.where.includes(clause.id))
        const origins = rows.map(({ group, code, text }) => ({ group, code, text }))
        // Decided together or one after the other: the last word on the clause is shown.
        const last = [...rows].sort((a, b) => b.at - a.at)[0]
        const kind = DECISION_KINDS.find((one) => one === last?.kind)
        return {
          id: clause.id,
          section: id,
          code: version.codes.get(clause.id) ?? '',
          kind: clause.kind,
          level: 'level' in clause ? clause.level : 0,
          parts: partsOf(clause).map(({ name, text }) => {
            const change = changes.find((part) => part.name === name)
            const runs = (
              change?.runs ?? [{ kind: old === undefined ? ('added' as const) : ('same' as const), text }]
            ).map((run) => ({ ...run }))
            return { name, text, runs: previous === null ? null : runs }
          }),
          asked: asked.has(clause.id),
          groups: [...new Set(rows.map((row) => row.group))].sort((a, b) => a - b),
          origins,
          figures: differingFigures(origins),
          decision:
            last === undefined || kind === undefined
              ? null
              : { kind, reason: last.reason, by: names.get(last.by) ?? '', at: last.at },
        }
      })
  })
}

/** Target groups chosen in the version. */
export function choicesOf(version: FrozenVersion): string[] {
  return version.content.sections.flatMap(({ choices }) => [...choices])
}
