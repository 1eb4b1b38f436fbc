/** Passwords of staff: argon2id, and the same work for a name that does not exist. */
import { hash, verify } from '@node-rs/argon2'
import { judgePassword } from '../../shared/people/password.ts'
import { Problem } from '../problem.ts'

/** OWASP's password storage sheet: 19 MiB, two passes. */
export type PasswordCost = { readonly memoryCost: number; readonly timeCost: number }
export const DEFAULT_COST: PasswordCost = { memoryCost: 19_456, timeCost: 2 }

export type Passwords = {
  /** Judges a new password and hashes it. Throws Problem 400 `password-too-short`, `password-too-long` or `password-too-plain`. */
  hash(password: string, signInName: string): Promise<string>
  /** False as well for a missing hash, after the same work, so that the time tells nothing about which names exist. */
  matches(stored: string | null, password: string): Promise<boolean>
}

export function createPasswords(cost: PasswordCost = DEFAULT_COST): Passwords {
  let nobody: Promise<string> | undefined
  return {
    async hash(password, signInName) {
      const verdict = judgePassword(password, signInName)
      if (verdict !== 'fine') throw new Problem(400, `password-${verdict}`)
      return hash(password.normalize('NFC'), cost)
    },
    async matches(stored, password) {
      nobody ??= hash('nobody has this password', cost)
      const right = await verify(stored ?? (await nobody), password.normalize('NFC'))
      return right && stored !== null
    },
  }
}
