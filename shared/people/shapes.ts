/** Shapes that several requests and answers of the people room share. */
import { z } from 'zod'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../ids.ts'
import { PHASES } from '../workshop/phases.ts'
import { ROLES, STAFF_ROLES } from './roles.ts'

export const workshopId = z
  .string()
  .max(40)
  .brand<'workshop'>()
  .transform((id) => id as unknown as WorkshopId)
export const personId = z
  .string()
  .max(40)
  .transform((id) => id as PersonId)
export const typedName = z.string().trim().min(1).max(120)
export const secret = z.string().min(1).max(64)
export const typedCode = z.string().max(60)
export const typedPassword = z.string().min(1).max(400)
export const moment = z.iso.datetime()
export const standing = z.object({ role: z.enum(ROLES), workshop: z.string().optional(), group: z.string().optional() })
export const staffStanding = z.strictObject({ role: z.enum(STAFF_ROLES), workshop: workshopId.optional() })

export const workshopCard = z.object({
  id: z.custom<WorkshopId>(),
  title: z.string(),
  organiser: z.string(),
  place: z.string(),
  begins: z.string(),
  ends: z.string(),
  phase: z.enum(PHASES),
})
export const groupCard = z.object({
  id: z.custom<GroupId>(),
  number: z.number(),
  topic: z.string(),
  table: z.string(),
  facilitator: z.string(),
  draft: z.custom<DraftId>().nullable(),
  members: z.array(z.object({ id: z.custom<PersonId>(), name: z.string() })),
})
/** Before joining one sees the number of one's group and no names of others. */
export const groupGlimpse = z.object({ number: z.number(), topic: z.string() }).nullable()
export const entered = z.object({ home: z.string() })
