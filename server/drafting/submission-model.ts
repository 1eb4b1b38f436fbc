/** Submissions in the database: written once, never changed. */
import { Schema, type Connection } from 'mongoose'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { Missing } from '../../shared/drafting/progress.ts'
import type { ClauseId, DraftId, GroupId, PersonId, SubmissionId, WorkshopId } from '../../shared/ids.ts'

export type SubmissionRecord = {
  _id: SubmissionId
  v: 1
  draft: DraftId
  workshop: WorkshopId
  group: GroupId
  /** Counts from 1 within the draft. */
  n: number
  /** Seq of the `close` entry: the content is what stood before it. */
  seq: number
  content: DraftContent
  /** What was asked for and not there; recorded, never a bar. */
  missing: Missing[]
  /** Everybody whose frames are in the text. */
  authors: PersonId[]
  /** Of each clause: who proposed it (the group, unless somebody said otherwise) and how many letters whose frames brought. */
  provenance: {
    readonly clause: ClauseId
    readonly proposers: readonly string[]
    readonly people: readonly { readonly person: string; readonly letters: number }[]
  }[]
  /** Clauses that had no id of their own in the text, and the one they have here. */
  renamed: { readonly from: ClauseId; readonly to: ClauseId }[]
  /** Milliseconds since 1970. */
  at: number
  by: PersonId
}

const schema = new Schema<SubmissionRecord>(
  {
    _id: { type: String, required: true },
    v: { type: Number, required: true },
    draft: { type: String, required: true },
    workshop: { type: String, required: true },
    group: { type: String, required: true },
    n: { type: Number, required: true },
    seq: { type: Number, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    missing: { type: Schema.Types.Mixed, required: true },
    authors: { type: [String], required: true },
    provenance: { type: Schema.Types.Mixed, default: [] },
    renamed: { type: Schema.Types.Mixed, default: [] },
    at: { type: Number, required: true },
    by: { type: String, required: true },
  },
  { versionKey: false, collection: 'submissions', minimize: false },
)
schema.index({ draft: 1, n: 1 }, { unique: true })
schema.index({ workshop: 1, n: 1 })

export function submissionModel(connection: Connection) {
  return connection.model<SubmissionRecord>('submission', schema)
}
