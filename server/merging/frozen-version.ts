/** A frozen version as the services of merging, review and office use it. */
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { VersionId, WorkshopId } from '../../shared/ids.ts'
import type { OutcomeRow } from './version-model.ts'

export type FrozenVersion = {
  readonly id: VersionId
  readonly workshop: WorkshopId
  readonly number: string
  readonly hash: string
  readonly title: string
  readonly at: number
  readonly by: string
  readonly content: DraftContent
  /** Code of every clause of the content. */
  readonly codes: ReadonlyMap<string, string>
  readonly parents: readonly string[]
  readonly canonical: string
  readonly signature: string
  readonly outcomes: readonly OutcomeRow[]
}
