/** How staff are stored: a name, a sign-in name, a password's hash, and the roles they hold. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'
import type { Standing } from '../../shared/people/roles.ts'

export type AccountRecord = {
  _id: PersonId
  name: string
  /** Lower case, unique. */
  signInName: string
  /** argon2id; null for the demo's people, who have no password. */
  passwordHash: string | null
  standings: Standing[]
  demo: boolean
  active: boolean
  createdAt: Date
  v: number
}

const standing = new Schema<Standing>({ role: { type: String, required: true }, workshop: String }, { _id: false })

const schema = new Schema<AccountRecord>({
  _id: String,
  name: { type: String, required: true },
  signInName: { type: String, required: true, unique: true },
  passwordHash: { type: String, default: null },
  standings: [standing],
  demo: { type: Boolean, required: true },
  active: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  v: Number,
})

export const accountModel = (connection: Connection) => connection.model('account', schema)

/** Whether the store refused a second record under a unique key. */
export function isDuplicate(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11_000
}
