/** The Ed25519 key with which this installation signs versions and approvals: made at first start, kept in the store. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyRecord, VersionModels } from './version-model.ts'

export type SigningKey = {
  /** SPKI, PEM: shown on the published page and put into bundles. */
  readonly publicKey: string
  /** Signature of a hash (hex) in base64. */
  sign(hash: string): string
  verify(hash: string, signature: string): boolean
}

const ID = 'ed25519'

/** The key of this store; two first starts at once agree on the one that was stored. */
export async function openSigningKey(keys: VersionModels['keys']): Promise<SigningKey> {
  const record = (await keys.findById(ID).lean<KeyRecord>()) ?? (await made(keys))
  const privateKey = createPrivateKey(record.privateKey)
  const publicKey = createPublicKey(record.publicKey)
  return {
    publicKey: record.publicKey,
    sign: (hash) => sign(null, Buffer.from(hash, 'hex'), privateKey).toString('base64'),
    verify: (hash, signature) => verify(null, Buffer.from(hash, 'hex'), publicKey, Buffer.from(signature, 'base64')),
  }
}

async function made(keys: VersionModels['keys']): Promise<KeyRecord> {
  const pair = generateKeyPairSync('ed25519')
  const record: KeyRecord = {
    _id: ID,
    v: 1,
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
  try {
    await keys.create(record)
    return record
  } catch (error) {
    // Somebody else stored one between the look and the write.
    const stored = await keys.findById(ID).lean<KeyRecord>()
    if (stored === null) throw error
    return stored
  }
}
