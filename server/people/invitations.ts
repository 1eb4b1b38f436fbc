/** One-time links that make accounts: the first administrator's, and invitations with a role and a workshop. */
import type { Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'
import { GLOBAL_ROLES, type Standing } from '../../shared/people/roles.ts'
import { tidyName } from '../../shared/thai/person-name.ts'
import type { Announcer } from '../announce/events.ts'
import { Problem } from '../problem.ts'
import type { Accounts } from './accounts.ts'
import type { Attempts } from './attempts.ts'
import type { Audit } from './audit.ts'
import { linkModel, type LinkRecord } from './link-model.ts'
import { require } from './permission.ts'
import { freshSecret, hashOf, newId } from './secrets.ts'
import type { Viewer } from './viewer.ts'

const WEEK_MS = 7 * 24 * 3_600_000

export type Invitation = {
  readonly id: string
  readonly name: string
  readonly standing: Standing
  readonly state: 'open' | 'expired' | 'accepted' | 'revoked'
  readonly createdAt: Date
  readonly expiresAt: Date
}
export type Acceptance = {
  readonly secret: string
  readonly name: string
  readonly signInName: string
  readonly password: string
}

export type InvitationsDeps = {
  readonly connection: Connection
  readonly accounts: Accounts
  readonly announcer: Announcer
  readonly attempts: Attempts
  readonly audit: Audit
  readonly now?: () => number
}

export type Invitations = ReturnType<typeof createInvitations>

export function createInvitations({
  connection,
  accounts,
  announcer,
  attempts,
  audit,
  now = Date.now,
}: InvitationsDeps) {
  const model = linkModel(connection)

  /** The open link of a secret. Throws Problem 404 `link-dead` (unknown, used, revoked, expired: one answer for all) and counts it. */
  const open = async (secret: string, address: string): Promise<LinkRecord> => {
    attempts.check(address)
    const found = await model.findOne({ secret: hashOf(secret), state: 'open' }).lean<LinkRecord>()
    if (found === null || found.expiresAt.getTime() <= now()) {
      attempts.failed(address)
      throw new Problem(404, 'link-dead')
    }
    if (found.kind === 'first-administrator' && (await accounts.administrators()) > 0)
      throw new Problem(404, 'link-dead')
    return found
  }
  const make = async (
    link: Pick<LinkRecord, 'kind' | 'name' | 'standing' | 'createdBy'>,
  ): Promise<{ id: string; secret: string }> => {
    const secret = freshSecret()
    const at = now()
    const id = newId<string>()
    const times = { createdAt: new Date(at), expiresAt: new Date(at + WEEK_MS) }
    await model.create({ _id: id, secret: hashOf(secret), state: 'open', ...times, ...link, v: 1 })
    return { id, secret }
  }
  const manageable = async (viewer: Viewer, id: string): Promise<LinkRecord> => {
    require(viewer, 'staff.manage', {})
    const found = await model.findOne({ _id: id, kind: 'invitation' }).lean<LinkRecord>()
    if (found === null) throw new Problem(404, 'not-found')
    return found
  }

  return {
    /**
     * The secret of the link that makes the first administrator, a new one at each start; null once there is an administrator.
     * The person who starts the server reads it on the terminal: that is the proof.
     */
    async firstAdministratorSecret(): Promise<string | null> {
      await model.deleteMany({ kind: 'first-administrator', state: 'open' })
      if ((await accounts.administrators()) > 0) return null
      const { secret } = await make({
        kind: 'first-administrator',
        name: '',
        standing: { role: 'administrator' },
        createdBy: null,
      })
      return secret
    },

    /** What a link offers, before it is accepted. */
    async look(secret: string, address: string): Promise<Pick<LinkRecord, 'kind' | 'name' | 'standing'>> {
      const { kind, name, standing } = await open(secret, address)
      return { kind, name, standing }
    },

    /** Makes the account and uses the link up; pressed twice, the second finds it used. A refused account leaves the link open. */
    async accept({ secret, name, signInName, password }: Acceptance, address: string): Promise<PersonId> {
      const link = await open(secret, address)
      const taken = await model.updateOne({ _id: link._id, state: 'open' }, { $set: { state: 'accepted' } })
      if (taken.modifiedCount === 0) throw new Problem(404, 'link-dead')
      let person: PersonId
      try {
        person = await accounts.create({ name, signInName, password, standings: [link.standing] })
      } catch (error) {
        await model.updateOne({ _id: link._id, state: 'accepted' }, { $set: { state: 'open' } })
        throw error
      }
      await audit.record({
        what: `${link.kind}-accepted`,
        who: person,
        whom: link._id,
        workshop: link.standing.workshop,
      })
      return person
    },

    /** An administrator invites somebody; the secret is shown once and stored as a hash. A week's time. */
    async invite(viewer: Viewer, name: string, standing: Standing): Promise<{ id: string; secret: string }> {
      require(viewer, 'staff.manage', {})
      const everywhere = GLOBAL_ROLES.some((role) => role === standing.role)
      if (everywhere && standing.workshop !== undefined) throw new Problem(400, 'role-holds-everywhere')
      // A facilitator without a workshop may make one; every other role needs to know where.
      if (!everywhere && standing.workshop === undefined && standing.role !== 'facilitator')
        throw new Problem(400, 'workshop-needed')
      const made = await make({ kind: 'invitation', name: tidyName(name), standing, createdBy: viewer.person })
      await audit.record({
        what: `invitation-made:${standing.role}`,
        who: viewer.person,
        whom: made.id,
        workshop: standing.workshop,
      })
      announcer.announce({ kind: 'staff-changed' })
      return made
    },

    /** A new secret for an invitation that nobody accepted; the old link dies, the week begins again. */
    async reissue(viewer: Viewer, id: string): Promise<{ id: string; secret: string }> {
      const link = await manageable(viewer, id)
      if (link.state === 'accepted') throw new Problem(409, 'conflict')
      const secret = freshSecret()
      const expiresAt = new Date(now() + WEEK_MS)
      await model.updateOne({ _id: id }, { $set: { secret: hashOf(secret), state: 'open', expiresAt } })
      await audit.record({ what: 'invitation-remade', who: viewer.person, whom: id })
      announcer.announce({ kind: 'staff-changed' })
      return { id, secret }
    },

    /** Makes an open invitation useless. */
    async revoke(viewer: Viewer, id: string): Promise<void> {
      await manageable(viewer, id)
      await model.updateOne({ _id: id, state: 'open' }, { $set: { state: 'revoked' } })
      await audit.record({ what: 'invitation-revoked', who: viewer.person, whom: id })
      announcer.announce({ kind: 'staff-changed' })
    },

    /** The newest hundred, without secrets. */
    async list(viewer: Viewer): Promise<Invitation[]> {
      require(viewer, 'staff.manage', {})
      const found = await model.find({ kind: 'invitation' }).sort({ createdAt: -1 }).limit(100).lean<LinkRecord[]>()
      return found.map(({ _id, name, standing, state, createdAt, expiresAt }) => ({
        id: _id,
        name,
        standing,
        state: state === 'open' && expiresAt.getTime() <= now() ? ('expired' as const) : state,
        createdAt,
        expiresAt,
      }))
    },
  }
}
