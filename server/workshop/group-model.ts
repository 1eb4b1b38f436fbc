/** How groups and their calls for help are stored. */
import { Schema, type Connection } from 'mongoose'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Phase } from '../../shared/workshop/phases.ts'

export type GroupRecord = {
  _id: GroupId
  workshop: WorkshopId
  /** From 1; the mark people look for. Never given to another group. */
  number: number
  topic: string
  /** Where it sits. */
  table: string
  draft: DraftId | null
  /** A phase of its own while it lags or leads; null = the workshop's. */
  phase: Phase | null
  /** Whether the wall may show the last words it wrote. */
  sharesWords: boolean
  createdAt: Date
  v: number
}

const groupSchema = new Schema<GroupRecord>({
  _id: String,
  workshop: { type: String, required: true },
  number: { type: Number, required: true },
  topic: { type: String, default: '' },
  table: { type: String, default: '' },
  draft: { type: String, default: null },
  phase: { type: String, default: null },
  sharesWords: { type: Boolean, default: false },
  createdAt: { type: Date, required: true },
  v: Number,
})
groupSchema.index({ workshop: 1, number: 1 }, { unique: true })

export type HelpRecord = {
  _id: string
  workshop: WorkshopId
  group: GroupId
  about: string
  by: PersonId | null
  byName: string
  at: Date
  state: 'waiting' | 'taken' | 'closed'
  takenBy: PersonId | null
  takenByName: string
  takenAt: Date | null
  answer: string
  closedAt: Date | null
  v: number
}

const helpSchema = new Schema<HelpRecord>({
  _id: String,
  workshop: { type: String, required: true },
  group: { type: String, required: true },
  about: { type: String, default: '' },
  by: { type: String, default: null },
  byName: { type: String, default: '' },
  at: { type: Date, required: true },
  state: { type: String, required: true },
  takenBy: { type: String, default: null },
  takenByName: { type: String, default: '' },
  takenAt: { type: Date, default: null },
  answer: { type: String, default: '' },
  closedAt: { type: Date, default: null },
  v: Number,
})
helpSchema.index({ workshop: 1, state: 1, at: 1 })

export const groupModel = (connection: Connection) => connection.model('group', groupSchema)
export const helpModel = (connection: Connection) => connection.model('help-call', helpSchema)
