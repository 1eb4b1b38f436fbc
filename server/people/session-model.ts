/** How a session is stored: by the hash of its token. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'

/** Staff have an account; participants are persons of a roster. */
export type SessionKind = 'staff' | 'participant'

export type SessionRecord = {
  _id: string
  person: PersonId
  kind: SessionKind
  startedAt: Date
  seenAt: Date
  expiresAt: Date
  v: number
}

const schema = new Schema<SessionRecord>({
  _id: String,
  person: { type: String, required: true, index: true },
  kind: { type: String, enum: ['staff', 'participant'], required: true },
  startedAt: { type: Date, required: true },
  seenAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true, index: true },
  v: Number,
})

export const sessionModel = (connection: Connection) => connection.model('session', schema)
