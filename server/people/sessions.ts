/** Sessions by cookie: started at joining and signing in, looked up by every port, ended at once everywhere. */
import type { Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'
import type { Standing } from '../../shared/people/roles.ts'
import type { Announcer } from '../announce/events.ts'
import { freshSecret, hashOf } from './secrets.ts'
import { sessionModel, type SessionKind } from './session-model.ts'
import type { Viewer } from './viewer.ts'

const HOUR_MS = 3_600_000
/** How long a session lasts without a request; each request moves the end on. Three days of workshop need no second joining. */
const IDLE_MS = { staff: 12 * HOUR_MS, participant: 96 * HOUR_MS } as const satisfies Record<SessionKind, number>
/** A session's longest life whatever happens. */
const LONGEST_MS = {
  staff: 7 * 24 * HOUR_MS,
  participant: 30 * 24 * HOUR_MS,
} as const satisfies Record<SessionKind, number>
/** The end is moved on at most this often, so that a request costs no write. */
const TOUCH_MS = 5 * 60_000

/** Browsers refuse `__Host-` and Secure on plain http in silence; there the same token goes under a plain name. */
const SECURE_COOKIE = '__Host-rr'
const PLAIN_COOKIE = 'rr'

/** What is known about the person of a session; null for somebody deactivated or gone. */
export type PersonSource = (
  person: PersonId,
  kind: SessionKind,
) => Promise<{ readonly name: string; readonly standings: readonly Standing[] } | null>

export type SessionsDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  /** Whether people reach this server by https (PUBLIC_URL). Decides the cookie; a plain cookie is ignored on https. */
  readonly https: boolean
  readonly people: PersonSource
  readonly now?: () => number
}

export type Sessions = {
  /** Starts a session with a new token, ends the one that this browser had, and returns the Set-Cookie value. */
  start(person: PersonId, kind: SessionKind, cookie: string | undefined): Promise<string>
  /** The viewer behind a Cookie header, null without a living session. Used by HTTP and at the upgrades of both sockets. */
  authenticate(cookie: string | undefined): Promise<Viewer | null>
  /** Ends the session of this viewer, announces it, and returns the Set-Cookie value that clears the cookie. */
  end(viewer: Viewer): Promise<string>
  /** Ends every session of a person and announces `person-revoked`, which closes the sockets. */
  endAllOf(person: PersonId): Promise<void>
  /** Removes what has run out. */
  sweep(): Promise<void>
}

export function createSessions({ connection, announcer, https, people, now = Date.now }: SessionsDeps): Sessions {
  const model = sessionModel(connection)
  const name = https ? SECURE_COOKIE : PLAIN_COOKIE
  const attributes = `Path=/; HttpOnly; SameSite=Strict${https ? '; Secure' : ''}`

  const endSession = async (session: string): Promise<void> => {
    const { deletedCount } = await model.deleteOne({ _id: session })
    if (deletedCount > 0) announcer.announce({ kind: 'session-ended', session })
  }

  return {
    async start(person, kind, cookie) {
      const before = tokenIn(cookie, name)
      if (before !== null) await endSession(hashOf(before))
      const token = freshSecret()
      const at = now()
      await model.create({
        _id: hashOf(token),
        person,
        kind,
        startedAt: new Date(at),
        seenAt: new Date(at),
        expiresAt: new Date(at + IDLE_MS[kind]),
        v: 1,
      })
      return `${name}=${token}; ${attributes}; Max-Age=${LONGEST_MS[kind] / 1000}`
    },

    async authenticate(cookie) {
      const token = tokenIn(cookie, name)
      if (token === null) return null
      const found = await model.findById(hashOf(token)).lean()
      if (found === null) return null
      const at = now()
      const end = Math.min(found.expiresAt.getTime(), found.startedAt.getTime() + LONGEST_MS[found.kind])
      if (end <= at) {
        await endSession(found._id)
        return null
      }
      const person = await people(found.person, found.kind)
      if (person === null) return null
      if (at - found.seenAt.getTime() > TOUCH_MS) {
        const expiresAt = new Date(at + IDLE_MS[found.kind])
        await model.updateOne({ _id: found._id }, { $set: { seenAt: new Date(at), expiresAt } })
      }
      return { person: found.person, name: person.name, standings: person.standings, session: found._id }
    },

    async end(viewer) {
      if (viewer.session !== null) await endSession(viewer.session)
      return `${name}=; ${attributes}; Max-Age=0`
    },

    async endAllOf(person) {
      await model.deleteMany({ person })
      announcer.announce({ kind: 'person-revoked', person })
    },

    async sweep() {
      await model.deleteMany({ expiresAt: { $lt: new Date(now()) } })
    },
  }
}

/** The token in a Cookie header: exactly as we make them, else null. A name given twice counts as none. */
function tokenIn(cookie: string | undefined, name: string): string | null {
  if (cookie === undefined || cookie.length > 8_192) return null
  const values = cookie
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
  const [token] = values
  return values.length === 1 && token !== undefined && /^[\w-]{22}$/.test(token) ? token : null
}
