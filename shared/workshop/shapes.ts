/** Shapes that several requests and answers of the workshop room share. */
import { z } from 'zod'
import { LGO_TYPES } from '../drafting/canonical.ts'
import { GROUP_ROLES } from '../people/roles.ts'
import type { BalanceReason } from './balance.ts'
import { PHASES } from './phases.ts'
import { ROSTER_NOTICES } from './roster-entry.ts'

export const id = z.string().min(1).max(64)
export const name = z.string().min(1).max(300)
export const words = z.string().max(2000)
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const phase = z.enum(PHASES)
/** Milliseconds since 1970. */
export const when = z.number()
export const role = z.enum(GROUP_ROLES)
export const lgoType = z.enum(LGO_TYPES).nullable()
export const ofWorkshop = z.object({ workshop: id })
export const ofGroup = z.object({ group: id })
/** The file's bytes in base64: 5 MB become 6.7 MB. */
export const file = z.string().min(1).max(7_200_000)

export const timer = z.union([
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('running'), endsAt: z.number() }),
  z.object({ kind: z.literal('paused'), leftMs: z.number() }),
])
export const workshop = z.object({
  id,
  title: z.string(),
  organiser: z.string(),
  place: z.string(),
  begins: day,
  ends: day,
  subject: z.string(),
  template: z.string(),
  agenda: z.array(phase).readonly(),
  phase,
  /** A confirmed move that counts down: the phase changes at `at` by the server's clock. */
  pending: z.object({ to: phase, at: z.number() }).nullable(),
  timer,
  demo: z.boolean(),
  createdAt: when,
})
export const broadcast = z.object({ id, text: z.string(), at: when, byName: z.string() })
export const help = z.object({
  id,
  group: id,
  about: z.string(),
  byName: z.string(),
  at: when,
  state: z.enum(['waiting', 'taken', 'closed']),
  takenByName: z.string(),
  takenAt: when.nullable(),
  answer: z.string(),
})
export const participant = z.object({
  id,
  workshop: id,
  name: z.string(),
  prefix: z.string(),
  position: z.string(),
  organisation: z.string(),
  lgoType,
  district: z.string(),
  province: z.string(),
  notices: z.array(z.enum(ROSTER_NOTICES)),
  row: z.number(),
  group: id.nullable(),
  role,
})
export const group = z.object({
  id,
  workshop: id,
  number: z.number(),
  topic: z.string(),
  table: z.string(),
  draft: id.nullable(),
  phase: phase.nullable(),
  sharesWords: z.boolean(),
})
/** Counted by balanceReason; its shape is its own. */
export const reason = z.custom<BalanceReason>(() => true).nullable()
export const grouping = z.object({
  groups: z.array(group.extend({ people: z.array(participant).readonly() })).readonly(),
  waiting: z.array(participant).readonly(),
  reason,
  suggested: z.number(),
})
export const described = z.object({
  title: name,
  organiser: words,
  place: words,
  begins: day,
  ends: day,
  subject: words,
})
