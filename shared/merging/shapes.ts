/** Shapes that the contracts of merging, of review and of a draft's history share. */
import { z } from 'zod'
import { SECTION_IDS } from '../drafting/template.ts'
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

/** Two texts compared clause by clause, in the order of the newer, by Thai words. */
export const comparedText = z.object({
  counts: z.object({ added: z.number(), changed: z.number(), removed: z.number(), moved: z.number() }),
  changes: z.array(
    z.object({
      kind: z.enum(['unchanged', 'changed', 'added', 'removed']),
      moved: z.boolean(),
      section: z.enum(SECTION_IDS),
      code: z.string(),
      fromCode: z.string(),
      text: z.string(),
      parts: z.array(z.object({ name: z.string(), runs: z.array(run) })),
      groups: z.array(z.number()),
    }),
  ),
})
export type ComparedText = z.infer<typeof comparedText>
