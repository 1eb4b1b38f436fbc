/** How workshops and what is logged of them are stored: the workshop, its phase moves, its announcements. */
import { Schema, type Connection } from 'mongoose'
import type { GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { PendingMove, Phase } from '../../shared/workshop/phases.ts'
import type { Timer } from '../../shared/workshop/timer.ts'

export type WorkshopRecord = {
  _id: WorkshopId
  title: string
  organiser: string
  place: string
  /** YYYY-MM-DD, Gregorian. */
  begins: string
  ends: string
  subject: string
  /** Id of a built-in template; its version is kept, so that a later template changes no running workshop. */
  template: string
  templateVersion: number
  agenda: Phase[]
  phase: Phase
  pending: PendingMove | null
  timer: Timer
  demo: boolean
  createdBy: PersonId | null
  createdAt: Date
  v: number
}

const { Mixed } = Schema.Types
const workshopSchema = new Schema<WorkshopRecord>(
  {
    _id: String,
    title: { type: String, required: true },
    organiser: { type: String, default: '' },
    place: { type: String, default: '' },
    begins: { type: String, required: true },
    ends: { type: String, required: true },
    subject: { type: String, default: '' },
    template: { type: String, required: true },
    templateVersion: { type: Number, required: true },
    agenda: { type: [String], required: true },
    phase: { type: String, required: true },
    pending: { type: Mixed, default: null },
    timer: { type: Mixed, required: true },
    demo: { type: Boolean, required: true },
    createdBy: { type: String, default: null },
    createdAt: { type: Date, required: true },
    v: Number,
  },
  { minimize: false },
)

/** One move of a phase, for the log: never changed, taken back by another move. */
export type PhaseMoveRecord = {
  _id: string
  workshop: WorkshopId
  /** Null = the whole workshop. */
  group: GroupId | null
  from: Phase
  /** Null = the group follows its workshop again. */
  to: Phase | null
  at: Date
  by: PersonId | null
  byName: string
  what: 'confirmed' | 'called-off'
  v: number
}

const phaseMoveSchema = new Schema<PhaseMoveRecord>({
  _id: String,
  workshop: { type: String, required: true },
  group: { type: String, default: null },
  from: { type: String, required: true },
  to: { type: String, default: null },
  at: { type: Date, required: true },
  by: { type: String, default: null },
  byName: { type: String, default: '' },
  what: { type: String, required: true },
  v: Number,
})
phaseMoveSchema.index({ workshop: 1, at: -1 })

export type BroadcastRecord = {
  _id: string
  workshop: WorkshopId
  text: string
  at: Date
  by: PersonId | null
  byName: string
  v: number
}

const broadcastSchema = new Schema<BroadcastRecord>({
  _id: String,
  workshop: { type: String, required: true },
  text: { type: String, required: true },
  at: { type: Date, required: true },
  by: { type: String, default: null },
  byName: { type: String, default: '' },
  v: Number,
})
broadcastSchema.index({ workshop: 1, at: -1 })

export const workshopModel = (connection: Connection) => connection.model('workshop', workshopSchema)
export const phaseMoveModel = (connection: Connection) => connection.model('phase-move', phaseMoveSchema)
export const broadcastModel = (connection: Connection) => connection.model('broadcast', broadcastSchema)
