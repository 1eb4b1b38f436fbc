/** How the people of a roster are stored, and what is remembered of an import's rows that were kept aside. */
import { Schema, type Connection } from 'mongoose'
import type { LgoType } from '../../shared/drafting/canonical.ts'
import type { GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import { GROUP_ROLES } from '../../shared/people/roles.ts'
import type { RosterNotice } from '../../shared/workshop/roster-entry.ts'
import type { AsideReason } from '../../shared/workshop/roster-reading.ts'

export type GroupRole = (typeof GROUP_ROLES)[number]

/** One person of a roster. Only `name` (and the group's) is shown to other participants; the rest to organisers. */
export type ParticipantRecord = {
  _id: PersonId
  workshop: WorkshopId
  name: string
  /** shared/thai/person-name.ts: how a typed name is found. */
  nameKey: string
  prefix: string
  position: string
  organisation: string
  lgoType: LgoType | null
  district: string
  province: string
  notices: RosterNotice[]
  /** Row of the file, for order and questions; 0 for somebody added by hand. */
  row: number
  group: GroupId | null
  role: GroupRole
  createdAt: Date
  v: number
}

const participantSchema = new Schema<ParticipantRecord>({
  _id: String,
  workshop: { type: String, required: true },
  name: { type: String, required: true },
  nameKey: { type: String, required: true },
  prefix: { type: String, default: '' },
  position: { type: String, default: '' },
  organisation: { type: String, default: '' },
  lgoType: { type: String, default: null },
  district: { type: String, default: '' },
  province: { type: String, default: '' },
  notices: { type: [String], default: [] },
  row: { type: Number, required: true },
  group: { type: String, default: null },
  role: { type: String, required: true },
  createdAt: { type: Date, required: true },
  v: Number,
})
participantSchema.index({ workshop: 1, nameKey: 1 })
participantSchema.index({ group: 1 })

/** The last import of a workshop: what was kept aside and what is still asked. Telephone numbers and remarks are never stored. */
export type RosterImportRecord = {
  _id: WorkshopId
  fileName: string
  at: Date
  by: PersonId | null
  kept: number
  aside: {
    row: number
    reason: AsideReason
    /** Row that a duplicate repeats. */
    ofRow: number | null
    name: string
    organisation: string
    position: string
    /** Added later by hand. */
    added: boolean
  }[]
  asks: {
    a: PersonId
    b: PersonId
    rowA: number
    rowB: number
    likely: 'same' | 'different'
    answer: 'same' | 'different' | null
  }[]
  v: number
}

const { Mixed } = Schema.Types
const importSchema = new Schema<RosterImportRecord>({
  _id: String,
  fileName: { type: String, default: '' },
  at: { type: Date, required: true },
  by: { type: String, default: null },
  kept: { type: Number, required: true },
  aside: { type: Mixed, default: [] },
  asks: { type: Mixed, default: [] },
  v: Number,
} as never)

export const participantModel = (connection: Connection) => connection.model('participant', participantSchema)
export const rosterImportModel = (connection: Connection) => connection.model('roster-import', importSchema)
