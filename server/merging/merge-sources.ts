/** What merging needs to know of workshops and submissions; the services of those rooms answer it. */
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { GroupId, PersonId, SubmissionId, WorkshopId } from '../../shared/ids.ts'
import type { GroupSources } from '../../shared/merging/ledger.ts'
import type { Source } from '../../shared/merging/sources.ts'

export type MergeGroup = { readonly id: GroupId; readonly number: number; readonly name: string }

/** A frozen copy that a group handed in; `n` counts from 1 within the draft. */
export type MergeSubmission = {
  readonly id: SubmissionId
  readonly group: GroupId
  readonly n: number
  readonly content: DraftContent
  /** Milliseconds since 1970. */
  readonly at: number
  /** Who handed it in. */
  readonly by: PersonId
  /** People whose words it holds, for the version's authors. */
  readonly authors: readonly PersonId[]
  /** Members who were named as proposing a clause; a clause that is not here, or names nobody, is the group's. */
  readonly proposers: readonly { readonly clause: string; readonly people: readonly string[] }[]
}

export type MergeSources = {
  /** The workshop's name; throws Problem 404. */
  title(workshop: WorkshopId): Promise<string>
  groups(workshop: WorkshopId): Promise<readonly MergeGroup[]>
  submissions(workshop: WorkshopId): Promise<readonly MergeSubmission[]>
  /** A person's name as people of the workshop may read it; empty when it was erased. */
  nameOf(person: string): Promise<string>
}

/** The groups' submissions in the order of their numbers, the newest of each as current. */
export function groupSources(groups: readonly MergeGroup[], submissions: readonly MergeSubmission[]): GroupSources[] {
  return [...groups]
    .sort((a, b) => a.number - b.number)
    .flatMap((group) => {
      const sources = submissions
        .filter((submission) => submission.group === group.id)
        .sort((a, b) => b.n - a.n)
        .map((submission): Source => ({ submission: submission.id, group: group.number, content: submission.content }))
      const [current, ...earlier] = sources
      return current === undefined ? [] : [{ current, earlier }]
    })
}
