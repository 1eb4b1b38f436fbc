/** How one-time links are stored: by the hash of their secret. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'
import type { Role, Standing } from '../../shared/people/roles.ts'

export type LinkRecord = {
  /** A short public id: names the invitation in the administrator's list. */
  _id: string
  kind: 'first-administrator' | 'invitation'
  /** Hash of the secret; replaced when the link is made anew, so the old one dies. */
  secret: string
  /** For whom, as the inviter wrote it. */
  name: string
  standing: Standing & { readonly role: Role }
  state: 'open' | 'accepted' | 'revoked'
  createdBy: PersonId | null
  createdAt: Date
  expiresAt: Date
  v: number
}

const schema = new Schema<LinkRecord>({
  _id: String,
  kind: { type: String, required: true },
  secret: { type: String, required: true, unique: true },
  name: { type: String, default: '' },
  standing: new Schema<Standing>({ role: { type: String, required: true }, workshop: String }, { _id: false }),
  state: { type: String, required: true },
  createdBy: { type: String, default: null },
  createdAt: { type: Date, required: true, index: true },
  expiresAt: { type: Date, required: true },
  v: Number,
})

export const linkModel = (connection: Connection) => connection.model('one-time-link', schema)
