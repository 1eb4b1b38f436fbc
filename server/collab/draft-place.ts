/** A draft as the document port and its rooms know it. */
import type { DraftId, GroupId, WorkshopId } from '../../shared/ids.ts'

export type DraftPlace = {
  readonly id: DraftId
  readonly generation: number
  readonly workshop: WorkshopId
  /** Null for the consolidated proposal. */
  readonly group: GroupId | null
  /** Its template's id: only the template's sections may be written. */
  readonly template: string
}
