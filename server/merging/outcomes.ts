/** What became of a group's text: each clause with its decision, the reason, and the words that stand in the last version. */
import type { GroupId, WorkshopId } from '../../shared/ids.ts'
import type { VersionHead } from '../../shared/merging/contract.ts'
import { DECISION_KINDS, type DecisionKind } from '../../shared/merging/decisions.ts'
import { diffWords, type DiffRun } from '../../shared/merging/diff.ts'
import { mainText } from '../../shared/merging/sources.ts'
import { SECTION_IDS, type SectionId } from '../../shared/drafting/template.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { MergeSources } from './merge-sources.ts'
import type { FrozenVersion } from './frozen-version.ts'
import type { Versions } from './versions.ts'

export type GroupOutcomes = {
  readonly group: { id: string; number: number; name: string; submitted: boolean }
  readonly version: VersionHead | null
  readonly submittedAt: number | null
  readonly rows: {
    key: string
    section: SectionId
    code: string
    text: string
    kind: DecisionKind
    reason: string
    by: string
    at: number
    final: { code: string; runs: DiffRun[]; groups: number[] }[]
  }[]
}

export type Outcomes = { ofGroup(viewer: Viewer, workshop: WorkshopId, group: GroupId): Promise<GroupOutcomes> }

function finalOf(
  version: FrozenVersion,
  where: readonly string[],
  own: string,
): GroupOutcomes['rows'][number]['final'] {
  return version.content.sections.flatMap(({ clauses }) =>
    clauses
      .filter((clause) => where.includes(clause.id))
      .map((clause) => ({
        code: version.codes.get(clause.id) ?? '',
        // What the group wrote is beside it already: of the redline only what stands now is shown.
        runs: diffWords(own, mainText(clause)).filter((run) => run.kind !== 'removed'),
        groups: [
          ...new Set(version.outcomes.filter((row) => row.where.includes(clause.id)).map((row) => row.group)),
        ].sort((a, b) => a - b),
      })),
  )
}

export function createOutcomes({ sources, versions }: { sources: MergeSources; versions: Versions }): Outcomes {
  return {
    async ofGroup(viewer, workshop, group) {
      require(viewer, 'outcomes.read', { workshop, group })
      const found = (await sources.groups(workshop)).find(({ id }) => id === group)
      if (found === undefined) throw new Problem(404, 'not-found')
      const submissions = (await sources.submissions(workshop)).filter((submission) => submission.group === group)
      const version = await versions.last(workshop)
      const names = new Map<string, string>()
      const mine = version?.outcomes.filter((row) => row.group === found.number) ?? []
      for (const by of new Set(mine.map((row) => row.by))) names.set(by, await sources.nameOf(by))
      return {
        group: { ...found, submitted: submissions.length > 0 },
        version: version === null ? null : await versions.head(version),
        submittedAt: submissions.sort((a, b) => b.n - a.n)[0]?.at ?? null,
        rows: mine.flatMap((row) => {
          const section = SECTION_IDS.find((id) => id === row.section)
          const kind = DECISION_KINDS.find((name) => name === row.kind)
          if (section === undefined || kind === undefined || version === null) return []
          const { key, code, text, reason, at, where } = row
          const final = finalOf(version, where, text)
          return [{ key, section, code, text, kind, reason, at, by: names.get(row.by) ?? '', final }]
        }),
      }
    },
  }
}
