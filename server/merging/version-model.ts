/** How versions, pseudonyms and the signing key are stored. A version is written once and never changed. */
import type { Connection } from 'mongoose'
import { Schema } from 'mongoose'

/** What became of one clause, kept with the version: later decisions do not change what this version did. */
export type OutcomeRow = {
  readonly key: string
  readonly group: number
  readonly section: string
  readonly code: string
  readonly text: string
  readonly kind: string
  readonly reason: string
  readonly by: string
  readonly at: number
  /** Clauses of this version where its words are. */
  readonly where: readonly string[]
}

export type VersionRecord = {
  readonly _id: string
  readonly v: 1
  readonly workshop: string
  readonly number: string
  /** Exactly the letters that were hashed (RFC 8785). */
  readonly canonical: string
  /** SHA-256 of `canonical` as UTF-8, in hex. */
  readonly hash: string
  /** Ed25519 over the hash's 32 bytes, base64. */
  readonly signature: string
  readonly parents: readonly string[]
  /** The journal's entry up to which the proposal was read. */
  readonly seq: number
  readonly by: string
  readonly at: number
  readonly outcomes: readonly OutcomeRow[]
}

export type PseudonymRecord = {
  readonly _id: string
  readonly workshop: string
  readonly person: string
  readonly pseudonym: string
}
export type KeyRecord = { readonly _id: string; readonly v: 1; readonly privateKey: string; readonly publicKey: string }

const version = new Schema<VersionRecord>(
  {
    _id: String,
    v: Number,
    workshop: { type: String, required: true },
    number: { type: String, required: true },
    canonical: { type: String, required: true },
    hash: { type: String, required: true },
    signature: { type: String, required: true },
    parents: [String],
    seq: Number,
    by: String,
    at: Number,
    outcomes: Schema.Types.Mixed,
  },
  { versionKey: false },
)
// Pressed twice gives one: the second freeze of the same number fails and is answered with the first.
version.index({ workshop: 1, number: 1 }, { unique: true })

const pseudonym = new Schema<PseudonymRecord>(
  { _id: String, workshop: String, person: String, pseudonym: String },
  { versionKey: false },
)
const key = new Schema<KeyRecord>(
  { _id: String, v: Number, privateKey: String, publicKey: String },
  { versionKey: false },
)

/** The models on a connection. */
export function versionModels(connection: Connection) {
  return {
    versions: connection.model<VersionRecord>('version', version),
    pseudonyms: connection.model<PseudonymRecord>('pseudonym', pseudonym),
    keys: connection.model<KeyRecord>('signing-key', key),
  }
}
export type VersionModels = ReturnType<typeof versionModels>
