/** What happened, in the past tense: services publish, ports subscribe. One union; every room adds its own lines. Nodes tell each other the same, read by this schema. */
import { z } from 'zod'
import type { DraftId, GroupId, PersonId, SubmissionId, VersionId, WorkshopId } from '../../shared/ids.ts'

/** Longest id, clause key or session hash that is read from another node. */
const LONGEST = 200
const id = <Id extends string>() => z.string().min(1).max(LONGEST) as unknown as z.ZodType<Id>
const workshop = id<WorkshopId>()
const group = id<GroupId>()
const draft = id<DraftId>()
const version = id<VersionId>()
const person = id<PersonId>()
const seq = z.int().min(0)
const of = <Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) =>
  z.object({ kind: z.literal(kind), ...fields })

export const appEvent = z.discriminatedUnion('kind', [
  of('workshop-changed', { workshop }),
  of('roster-changed', { workshop }),
  of('groups-changed', { workshop }),
  of('phase-moved', { workshop, phase: z.string() }),
  of('timer-changed', { workshop }),
  of('broadcast-sent', { workshop, text: z.string() }),
  of('help-changed', { workshop, group }),
  of('digest-changed', { workshop, group: group.nullable(), draft }),
  of('draft-appended', { workshop, group: group.nullable(), draft, generation: z.int(), seq }),
  of('proposers-changed', { draft }),
  of('draft-restored', { draft, seq }),
  of('draft-closed', { draft, seq }),
  of('draft-reopened', { draft, seq }),
  of('submission-made', { workshop, group, submission: id<SubmissionId>() }),
  of('merge-changed', { workshop }),
  of('version-frozen', { workshop, version }),
  of('review-changed', { workshop, version }),
  of('person-revoked', { person }),
  of('session-ended', { session: z.string() }),
  /** Who has a draft open, as this node sees it; each node finds that out for itself. */
  of('presence-changed', { workshop, group: group.nullable(), draft }),
  of('name-waits', { workshop }),
  /** An editor says which clauses are in hand, again and again. */
  of('clauses-in-hand', { workshop, person, name: z.string(), clauses: z.array(z.string().max(LONGEST)) }),
  of('deciding-changed', { workshop }),
  of('staff-changed', {}),
  /** Somebody guessed wrong: every node counts it. */
  of('attempt-failed', { gate: z.string().max(LONGEST), keys: z.array(z.string().max(LONGEST)) }),
  /** What other nodes announced may have been lost: whoever holds something looks again. Said by each node to itself. */
  of('missed', {}),
])

export type AppEvent = Readonly<z.infer<typeof appEvent>>

/** Where an event happened: on this node, or on another one that told of it. */
export type Origin = 'here' | 'elsewhere'
export type Listener = (event: AppEvent, origin: Origin) => void

export type Announcer = {
  /** Tells every subscriber, in the order of subscription; a subscriber's failure is logged and does not stop the others. */
  announce(event: AppEvent): void
  /** Tells the subscribers of this node what happened on another one. */
  relay(event: AppEvent): void
  /** Returns the way to stop listening. */
  subscribe(listener: Listener): () => void
}

/** An announcer for one process; `tellNodes` ties those of several nodes together. */
export function createAnnouncer(onFailure: (error: unknown, event: AppEvent) => void): Announcer {
  const listeners = new Set<Listener>()
  const tell = (event: AppEvent, origin: Origin): void => {
    for (const listener of listeners) {
      try {
        listener(event, origin)
      } catch (error) {
        onFailure(error, event)
      }
    }
  }
  return {
    announce: (event) => tell(event, 'here'),
    relay: (event) => tell(event, 'elsewhere'),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
