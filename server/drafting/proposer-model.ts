/** Who proposed a clause of a draft, in the database: one record a clause that somebody said it of; absent = the group. */
import { Schema, type Connection } from 'mongoose'
import type { ClauseId, DraftId, PersonId } from '../../shared/ids.ts'

export type ProposerRecord = {
  /** Draft and clause. */
  _id: string
  v: 1
  draft: DraftId
  clause: ClauseId
  /** Members of the group; none = the group as a whole again. */
  people: PersonId[]
  at: number
  by: PersonId
}

const schema = new Schema<ProposerRecord>(
  {
    _id: { type: String, required: true },
    v: { type: Number, required: true },
    draft: { type: String, required: true },
    clause: { type: String, required: true },
    people: { type: [String], required: true },
    at: { type: Number, required: true },
    by: { type: String, required: true },
  },
  { versionKey: false, collection: 'proposers' },
)
schema.index({ draft: 1 })

export function proposerModel(connection: Connection) {
  return connection.model<ProposerRecord>('proposer', schema)
}
