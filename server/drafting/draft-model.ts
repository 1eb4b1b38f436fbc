/** Drafts in the database: what a document is for; its text is in the journal. */
import { Schema, type Connection } from 'mongoose'
import type { DraftId, GroupId, WorkshopId } from '../../shared/ids.ts'

/** A group's draft; `group` null = the workshop's consolidated proposal. `generation` rises only when the journal is abandoned. */
export type DraftRecord = {
  _id: DraftId
  v: 1
  workshop: WorkshopId
  group: GroupId | null
  template: string
  generation: number
  createdAt: number
}

/** Where a draft belongs: it never moves, so who has this need not look again. */
export type DraftWhere = Pick<DraftRecord, '_id' | 'workshop' | 'group'>

const schema = new Schema<DraftRecord>(
  {
    _id: { type: String, required: true },
    v: { type: Number, required: true },
    workshop: { type: String, required: true },
    group: { type: String, default: null },
    template: { type: String, required: true },
    generation: { type: Number, required: true },
    createdAt: { type: Number, required: true },
  },
  { versionKey: false, collection: 'drafts' },
)
// One draft a group, one consolidated proposal a workshop: two who make it at once get the same.
schema.index({ workshop: 1, group: 1 }, { unique: true })

/** The model on a connection; the same one each time. */
export function draftModel(connection: Connection) {
  return connection.model<DraftRecord>('draft', schema)
}
