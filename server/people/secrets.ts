/** Random secrets of links and sessions, and the hashes under which they are stored. */
import { createHash, randomBytes, randomFillSync } from 'node:crypto'
import { freshId } from '../../shared/ids.ts'

/** 128 bits (OWASP ASVS 7.2.3). */
const SECRET_BYTES = 16

/** 22 characters that may stand in a link and in a cookie. */
export function freshSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What is stored instead of a secret. The secrets are random, so a plain hash cannot be reversed by guessing. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** A fresh record id of the server. */
export function newId<Id extends string>(): Id {
  return freshId<Id>((bytes) => randomFillSync(bytes))
}
