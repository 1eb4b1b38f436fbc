/** The services of the workshop room, composed for app.ts, the demo and tests. */
import type { Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'
import type { Standing } from '../../shared/people/roles.ts'
import type { Announcer } from '../announce/events.ts'
import type { Audit } from '../people/audit.ts'
import type { RosterPort } from '../people/roster-ports.ts'
import { createActivity } from './activity.ts'
import { createBroadcasts } from './broadcasts.ts'
import { createCards } from './cards.ts'
import { createGroups, type DraftMaker } from './groups.ts'
import { createHelp } from './help.ts'
import { createParticipants } from './participants.ts'
import { createPhaseMoves } from './phase-moves.ts'
import { createRoster } from './roster.ts'
import { createTimers } from './timers.ts'
import { createWall, type DraftSignals } from './wall.ts'
import { createWorkshops } from './workshops.ts'

export type WorkshopRoomDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly audit: Audit
  /** Accounts.give: the maker of a workshop becomes its facilitator. */
  readonly give: (person: PersonId, standing: Standing) => Promise<void>
  /** PersonalLinks.secretsOf. */
  readonly secretsOf: (people: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, string>>
  readonly drafts: DraftMaker
  readonly signals: DraftSignals
  readonly onFailure: (error: unknown) => void
  readonly now?: () => number
}
export type WorkshopRoom = ReturnType<typeof createWorkshopRoom>

/** Builds the room. `resume()` of `phases` is called once at start, `close()` at the end. */
export function createWorkshopRoom({
  connection,
  announcer,
  audit,
  give,
  secretsOf,
  drafts,
  signals,
  onFailure,
  now = Date.now,
}: WorkshopRoomDeps) {
  const workshops = createWorkshops({ connection, announcer, give, now })
  const participants = createParticipants({ connection, announcer, now })
  const groups = createGroups({ connection, announcer, workshops, participants, drafts, now })
  const roster = createRoster({ connection, announcer, participants, groups, audit, now })
  const phases = createPhaseMoves({ connection, announcer, workshops, now, onFailure })
  const timers = createTimers({ connection, announcer, workshops, now })
  const broadcasts = createBroadcasts({ connection, announcer, now })
  const help = createHelp({ connection, announcer, now })
  const activity = createActivity({ announcer, now })
  const cards = createCards({ workshops, groups, participants, secretsOf, audit })
  const wall = createWall({ workshops, groups, participants, help, broadcasts, activity, signals, now })
  const rosterPort: RosterPort = {
    byName: participants.byName,
    byId: participants.byId,
    // For the demo's cards: of the last group, which is still writing.
    async anyWithRole(workshop, role) {
      for (const { id } of (await groups.ofWorkshop(workshop)).sort((a, b) => b.number - a.number)) {
        const found = (await participants.inGroup(id)).find((one) => one.role === role)
        if (found !== undefined) return participants.byId(found.id)
      }
      return null
    },
    groupCard: groups.card,
  }
  return {
    workshops,
    participants,
    groups,
    roster,
    phases,
    timers,
    broadcasts,
    help,
    cards,
    wall,
    /** What joining asks of rosters. `workshops.port` is its counterpart for workshops. */
    rosterPort,
    close(): void {
      phases.close()
      activity.close()
    },
  }
}
