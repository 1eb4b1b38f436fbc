/** Shapes that the contracts of merging and of review share. */
import { z } from 'zod'
import { DECISION_KINDS } from './decisions.ts'

/** A piece of a redline: words that stayed, came or went. */
export const run = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })
/** What was decided about a clause of a group, by whom (their name) and when. */
export const decision = z.object({
  kind: z.enum(DECISION_KINDS),
  reason: z.string(),
  by: z.string(),
  at: z.number(),
})
