/** The people room put together: what app.ts makes once and hands to routes and ports. */
import type { Connection } from 'mongoose'
import type { PersonId, VersionId, WorkshopId } from '../../shared/ids.ts'
import type { Standing } from '../../shared/people/roles.ts'
import type { Announcer } from '../announce/events.ts'
import type { Nodes } from '../announce/nodes.ts'
import { createAccounts } from './accounts.ts'
import { createAttempts } from './attempts.ts'
import { createAudit } from './audit.ts'
import { createFront } from './front.ts'
import { homeOf } from './home.ts'
import { createInvitations } from './invitations.ts'
import { createJoinCodes } from './join-codes.ts'
import { createJoining } from './joining.ts'
import { createKeys } from './keys.ts'
import { createPasswordLinks } from './password-links.ts'
import { createPasswords, type PasswordCost } from './passwords.ts'
import { require } from './permission.ts'
import { createPersonalLinks } from './personal-links.ts'
import type { RosterPort, WorkshopPort } from './roster-ports.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { Viewer } from './viewer.ts'

/** Eighty people behind one address mistype a code or a name now and then; a guesser needs a billion tries. */
const JOINING_LIMITS = { freeByAddress: 40, freeOverall: 400, longestDelayMs: 15_000 }
const SIGN_IN_LIMITS = { freeByAddress: 8, freeOverall: 100, longestDelayMs: 60_000 }
const LINK_LIMITS = { freeByAddress: 20, freeOverall: 200, longestDelayMs: 60_000 }

export type PeopleDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly https: boolean
  /** DEMO of the environment. */
  readonly demo: boolean
  readonly roster: RosterPort
  readonly workshops: WorkshopPort
  readonly store: { readonly where: 'embedded' | 'mongodb'; readonly ready: () => Promise<boolean> }
  /** The other nodes, where there are several. */
  readonly nodes?: Pick<Nodes, 'connected' | 'others'> | null
  readonly versionToReview: (workshop: WorkshopId) => Promise<VersionId | null>
  readonly passwordCost?: PasswordCost
}

export type People = ReturnType<typeof createPeople>

export function createPeople(deps: PeopleDeps) {
  const { connection, announcer, roster, workshops } = deps
  const audit = createAudit({ connection })
  const shared = (gate: string) => ({ gate, announcer })
  const keys = createKeys({ connection })
  // Accounts end sessions and sessions ask accounts who somebody is.
  const accounts = createAccounts({
    connection,
    announcer,
    audit,
    passwords: createPasswords(deps.passwordCost),
    attempts: createAttempts(SIGN_IN_LIMITS, shared('sign-in')),
    sessions: () => sessions,
  })
  const participant = async (person: PersonId): Promise<{ name: string; standings: Standing[] } | null> => {
    const found = await roster.byId(person)
    if (found === null) return null
    const place = found.group === null ? { workshop: found.workshop } : { workshop: found.workshop, group: found.group }
    return { name: found.name, standings: found.roles.map((role) => ({ role, ...place })) }
  }
  const sessions: Sessions = createSessions({
    connection,
    announcer,
    https: deps.https,
    people: (person, kind) => (kind === 'staff' ? accounts.viewerOf(person) : participant(person)),
  })
  const codes = createJoinCodes({ connection, keys, audit, announcer })
  const links = createPersonalLinks({ connection, keys })
  const home = (standings: readonly Standing[]) => homeOf(standings, deps)
  const front = createFront({ connection, demo: deps.demo, accounts, roster, workshops, sessions, audit })

  return {
    accounts,
    audit,
    codes,
    front,
    links,
    sessions,
    workshops,
    invitations: createInvitations({
      connection,
      accounts,
      announcer,
      audit,
      attempts: createAttempts(LINK_LIMITS, shared('invitation')),
    }),
    passwordLinks: createPasswordLinks({
      connection,
      accounts,
      audit,
      attempts: createAttempts(LINK_LIMITS, shared('password-link')),
    }),
    joining: createJoining({
      connection,
      announcer,
      codes,
      links,
      roster,
      workshops,
      sessions,
      audit,
      attempts: createAttempts(JOINING_LIMITS, shared('joining')),
    }),
    homeOf: home,

    /** Where somebody begins who has just joined or signed in. */
    async homeOfPerson(person: PersonId): Promise<string> {
      const known = (await accounts.viewerOf(person)) ?? (await participant(person))
      return known === null ? '/' : home(known.standings)
    },

    /** Whether this viewer belongs to the demo workshop. */
    async isDemo(viewer: Viewer): Promise<boolean> {
      const demo = viewer.person === null ? null : await workshops.demo()
      return demo !== null && viewer.standings.some(({ workshop }) => workshop === demo)
    },

    /** A workshop's title, null without a workshop. */
    async titleOf(workshop: WorkshopId | undefined): Promise<string | null> {
      return workshop === undefined ? null : ((await workshops.card(workshop))?.title ?? null)
    },

    /** How many people and groups a workshop has. */
    sizeOf: (workshop: WorkshopId) => workshops.size(workshop),

    /** How the server is, for administrators. */
    async health(viewer: Viewer) {
      require(viewer, 'system.read', {})
      const { nodes = null } = deps
      const link = nodes === null ? ('alone' as const) : nodes.connected ? ('connected' as const) : ('away' as const)
      return {
        nodes: { link, others: nodes?.others.size ?? 0 },
        store: deps.store.where,
        ready: await deps.store.ready(),
        memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
        upSeconds: Math.round(process.uptime()),
        demo: await front.demoShown(),
      }
    },
  }
}
