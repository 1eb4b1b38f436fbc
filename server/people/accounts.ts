/** Staff accounts: signing in, roles, passwords, switching off. Accounts are made by one-time links (links.ts) and by the demo. */
import type { Connection } from 'mongoose'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { GLOBAL_ROLES, type Role, type Standing } from '../../shared/people/roles.ts'
import { tidyName } from '../../shared/thai/person-name.ts'
import type { Announcer } from '../announce/events.ts'
import { Problem } from '../problem.ts'
import { accountModel, isDuplicate, type AccountRecord } from './account-model.ts'
import type { Attempts } from './attempts.ts'
import type { Audit } from './audit.ts'
import type { Passwords } from './passwords.ts'
import { require } from './permission.ts'
import { newId } from './secrets.ts'
import type { Sessions } from './sessions.ts'
import type { Viewer } from './viewer.ts'

export type NewAccount = {
  readonly name: string
  readonly signInName: string
  readonly password: string
  readonly standings: readonly Standing[]
}
export type Account = Omit<AccountRecord, '_id' | 'passwordHash' | 'v'> & { readonly id: PersonId }

export type AccountsDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly passwords: Passwords
  readonly attempts: Attempts
  readonly audit: Audit
  /** Late, because sessions ask accounts who somebody is. */
  readonly sessions: () => Sessions
}

export type Accounts = ReturnType<typeof createAccounts>

export function createAccounts({ connection, announcer, passwords, attempts, audit, sessions }: AccountsDeps) {
  const model = accountModel(connection)

  const insert = async (record: Omit<AccountRecord, 'createdAt' | 'v' | 'active'>): Promise<PersonId> => {
    try {
      await model.create({ ...record, active: true, createdAt: new Date(), v: 1 })
    } catch (error) {
      if (isDuplicate(error)) throw new Problem(409, 'sign-in-name-taken')
      throw error
    }
    announcer.announce({ kind: 'staff-changed' })
    return record._id
  }
  const living = async (person: PersonId): Promise<AccountRecord> => {
    const found = await model.findById(person).lean<AccountRecord>()
    if (found === null) throw new Problem(404, 'not-found')
    return found
  }
  const setPassword = async (person: PersonId, passwordHash: string): Promise<void> => {
    await model.updateOne({ _id: person }, { $set: { passwordHash } })
    await sessions().endAllOf(person)
  }
  const otherAdministrators = (person: PersonId): Promise<number> =>
    model.countDocuments({ _id: { $ne: person }, active: true, 'standings.role': 'administrator' })

  return {
    /** An account with a password. Throws Problem 409 `sign-in-name-taken` and the problems of Passwords.hash. */
    async create({ name, signInName, password, standings }: NewAccount): Promise<PersonId> {
      const key = signInKey(signInName)
      const passwordHash = await passwords.hash(password, key)
      const record = { _id: newId<PersonId>(), name: tidyName(name), signInName: key, passwordHash, demo: false }
      return insert({ ...record, standings: [...standings] })
    },

    /** One of the demo's people: no password, reached by the front page's cards only; never a role that holds everywhere. */
    async createDemo(name: string, role: Role, workshop: WorkshopId): Promise<PersonId> {
      if (GLOBAL_ROLES.some((global) => global === role)) throw new Problem(403, 'forbidden')
      const _id = newId<PersonId>()
      return insert({
        _id,
        name,
        signInName: `demo:${_id}`,
        passwordHash: null,
        demo: true,
        standings: [{ role, workshop }],
      })
    },

    /** The demo's person with this role in that workshop, or null. */
    async demoPerson(role: Role, workshop: WorkshopId): Promise<{ id: PersonId; name: string } | null> {
      const found = await model
        .findOne({ demo: true, active: true, standings: { $elemMatch: { role, workshop } } })
        .lean<AccountRecord>()
      return found === null ? null : { id: found._id, name: found.name }
    },

    /** Whether the right password was given; each failure is counted. Throws Problem 401 `wrong-sign-in`, 429 `too-many`. */
    async signIn(signInName: string, password: string, address: string): Promise<PersonId> {
      const key = signInKey(signInName)
      attempts.check(address, key)
      const found = await model.findOne({ signInName: key }).lean<AccountRecord>()
      const right = await passwords.matches(found?.passwordHash ?? null, password)
      if (found === null || !right || !found.active) {
        attempts.failed(address, key)
        throw new Problem(401, 'wrong-sign-in')
      }
      await audit.record({ what: 'signed-in', who: found._id })
      return found._id
    },

    /** An account by its person, whoever asks; null for none. */
    async find(person: PersonId): Promise<Account | null> {
      const found = await model.findById(person).lean<AccountRecord>()
      return found === null ? null : shown(found)
    },

    /** The hash of a new password for this account. Throws the problems of Passwords.hash. */
    async hashFor(person: PersonId, password: string): Promise<string> {
      return passwords.hash(password, (await living(person)).signInName)
    },

    /** Sets a password's hash and ends every session: for services that have decided already. */
    setPassword,

    /** Who a member of staff is to ports and services; null when switched off. */
    async viewerOf(person: PersonId): Promise<{ name: string; standings: readonly Standing[] } | null> {
      const found = await model.findById(person).lean<AccountRecord>()
      return found === null || !found.active ? null : { name: found.name, standings: found.standings }
    },

    /** The account of somebody, for one's own page. Throws 404 for a participant. */
    async own(viewer: Viewer): Promise<Account> {
      if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
      return shown(await living(viewer.person))
    },

    /** All accounts, by name; administrators. */
    async list(viewer: Viewer): Promise<Account[]> {
      require(viewer, 'staff.manage', {})
      const found = await model.find({ demo: false }).sort({ signInName: 1 }).lean<AccountRecord[]>()
      return found.map(shown)
    },

    /** Throws Problem 400 for a wrong old password or a weak new one. Ends the other sessions of this person. */
    async changePassword(viewer: Viewer, old: string, fresh: string, address: string): Promise<void> {
      if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
      const account = await living(viewer.person)
      attempts.check(address, account.signInName)
      if (!(await passwords.matches(account.passwordHash, old))) {
        attempts.failed(address, account.signInName)
        throw new Problem(400, 'wrong-old-password')
      }
      await setPassword(account._id, await passwords.hash(fresh, account.signInName))
      await audit.record({ what: 'password-changed', who: account._id })
    },

    /** Gives a role without asking: for services that have decided already (whoever makes a workshop is its facilitator). */
    async give(person: PersonId, standing: Standing): Promise<void> {
      await model.updateOne({ _id: person }, { $addToSet: { standings: plain(standing) } })
      announcer.announce({ kind: 'staff-changed' })
    },

    /** An administrator gives a role; a demo account cannot get one. */
    async grant(viewer: Viewer, person: PersonId, standing: Standing): Promise<void> {
      require(viewer, 'staff.manage', {})
      if ((await living(person)).demo) throw new Problem(403, 'forbidden')
      await model.updateOne({ _id: person }, { $addToSet: { standings: plain(standing) } })
      await audit.record({
        what: `role-given:${standing.role}`,
        who: viewer.person,
        whom: person,
        workshop: standing.workshop,
      })
      announcer.announce({ kind: 'staff-changed' })
    },

    /** An administrator takes a role back; sockets are closed so that nothing goes on with the old rights. */
    async withdraw(viewer: Viewer, person: PersonId, standing: Standing): Promise<void> {
      require(viewer, 'staff.manage', {})
      await living(person)
      if (standing.role === 'administrator' && (await otherAdministrators(person)) === 0)
        throw new Problem(409, 'last-administrator')
      await model.updateOne({ _id: person }, { $pull: { standings: plain(standing) } })
      await audit.record({
        what: `role-taken:${standing.role}`,
        who: viewer.person,
        whom: person,
        workshop: standing.workshop,
      })
      announcer.announce({ kind: 'person-revoked', person })
      announcer.announce({ kind: 'staff-changed' })
    },

    /** Switches an account off (every session ends, `person-revoked` is announced) or on again. */
    async setActive(viewer: Viewer, person: PersonId, active: boolean): Promise<void> {
      require(viewer, 'staff.manage', {})
      await living(person)
      if (!active && (await otherAdministrators(person)) === 0) throw new Problem(409, 'last-administrator')
      await model.updateOne({ _id: person }, { $set: { active } })
      if (!active) await sessions().endAllOf(person)
      await audit.record({ what: active ? 'account-opened' : 'account-closed', who: viewer.person, whom: person })
      announcer.announce({ kind: 'staff-changed' })
    },

    /** How many administrators can sign in. */
    administrators(): Promise<number> {
      return model.countDocuments({ active: true, 'standings.role': 'administrator' })
    },
  }
}

/** One sign-in name however it is typed. */
function signInKey(name: string): string {
  return tidyName(name).toLowerCase()
}

function plain({ role, workshop }: Standing): Standing {
  return workshop === undefined ? { role } : { role, workshop }
}

function shown({ _id, name, signInName, standings, demo, active, createdAt }: AccountRecord): Account {
  return { id: _id, name, signInName, standings: standings.map(plain), demo, active, createdAt }
}
