/** One-time links with which somebody who forgot the password sets a new one; an administrator hands them over. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'
import { Problem } from '../problem.ts'
import type { Accounts } from './accounts.ts'
import type { Attempts } from './attempts.ts'
import type { Audit } from './audit.ts'
import { require } from './permission.ts'
import { freshSecret, hashOf } from './secrets.ts'
import type { Viewer } from './viewer.ts'

const DAY_MS = 24 * 3_600_000

/** One for each person, so that a new link replaces the old one. */
type PasswordLink = { _id: PersonId; secret: string; expiresAt: Date; v: number }
const schema = new Schema<PasswordLink>({
  _id: { type: String, required: true },
  secret: { type: String, required: true, unique: true },
  expiresAt: { type: Date, required: true },
  v: Number,
})

export type PasswordLinksDeps = {
  readonly connection: Connection
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly audit: Audit
  readonly now?: () => number
}

export function createPasswordLinks({ connection, accounts, attempts, audit, now = Date.now }: PasswordLinksDeps) {
  const model = connection.model('password-link', schema)

  /** Whose link this is. Throws Problem 404 `link-dead` (unknown, used, replaced, too old, account closed) and counts it. */
  const open = async (secret: string, address: string): Promise<PersonId> => {
    attempts.check(address)
    const found = await model.findOne({ secret: hashOf(secret) }).lean<PasswordLink>()
    if (found !== null && found.expiresAt.getTime() > now() && (await accounts.viewerOf(found._id)) !== null)
      return found._id
    attempts.failed(address)
    throw new Problem(404, 'link-dead')
  }

  return {
    /** A link for one day; the one before dies, the password holds until the link is used. Demo and closed accounts have none. */
    async make(viewer: Viewer, person: PersonId): Promise<string> {
      require(viewer, 'staff.manage', {})
      const account = await accounts.find(person)
      if (account === null) throw new Problem(404, 'not-found')
      if (account.demo || !account.active) throw new Problem(403, 'forbidden')
      const secret = freshSecret()
      const link = { secret: hashOf(secret), expiresAt: new Date(now() + DAY_MS), v: 1 }
      await model.updateOne({ _id: person }, { $set: link }, { upsert: true })
      await audit.record({ what: 'password-link-made', who: viewer.person, whom: person })
      return secret
    },

    /** Whose password it sets. */
    async look(secret: string, address: string): Promise<{ name: string; signInName: string }> {
      const account = await accounts.find(await open(secret, address))
      if (account === null) throw new Problem(404, 'link-dead')
      return { name: account.name, signInName: account.signInName }
    },

    /** Sets the password and ends every session; pressed twice, the second finds the link used. A refused password leaves it open. */
    async use(secret: string, password: string, address: string): Promise<PersonId> {
      const person = await open(secret, address)
      const passwordHash = await accounts.hashFor(person, password)
      const taken = await model.deleteOne({ _id: person, secret: hashOf(secret) })
      if (taken.deletedCount === 0) throw new Problem(404, 'link-dead')
      await accounts.setPassword(person, passwordHash)
      await audit.record({ what: 'password-reset', who: person })
      return person
    },
  }
}
