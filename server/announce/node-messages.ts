/** What nodes say to each other through Redis; everything that comes is read by this schema. */
import { z } from 'zod'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import { appEvent } from './events.ts'

const id = <Id extends string>() => z.string().min(1).max(200) as unknown as z.ZodType<Id>
const clientId = z.int().min(0)

/** One client's presence in a room; `state` is JSON that its node has parsed and stamped, null when it left. */
const presenceLine = z.object({ client: clientId, person: id<PersonId>(), state: z.string().max(4096).nullable() })

const roomPresence = z.object({
  draft: id<DraftId>(),
  generation: z.int(),
  workshop: id<WorkshopId>(),
  group: id<GroupId>().nullable(),
  lines: z.array(presenceLine),
})

const nodeMessage = z.discriminatedUnion('kind', [
  /** Said every second. */
  z.object({ kind: z.literal('alive') }),
  /** What this node said or heard may be incomplete: the others look again, and say who is with them. */
  z.object({ kind: z.literal('back') }),
  /** It stops. */
  z.object({ kind: z.literal('leaving') }),
  z.object({ kind: z.literal('happened'), event: appEvent }),
  /** Who has drafts open on this node: what changed, or (`whole`) everything there is. */
  z.object({ kind: z.literal('presence'), whole: z.boolean(), rooms: z.array(roomPresence) }),
  /** A draft is about to be closed: tabs of every node are asked for what they have not sent. */
  z.object({ kind: z.literal('collect'), turn: z.int(), draft: id<DraftId>(), ms: z.number().max(60_000) }),
  z.object({ kind: z.literal('collected'), turn: z.int(), asker: z.string().max(100) }),
])

/** `nth`: the how-manieth message of its node this is, so that one which is lost is missed. A node of an earlier version does not count. */
export const envelope = z.object({
  from: z.string().min(1).max(100),
  nth: z.int().min(1).optional(),
  message: nodeMessage,
})

export type NodeMessage = Readonly<z.infer<typeof nodeMessage>>
export type RoomPresenceLines = z.infer<typeof roomPresence>
