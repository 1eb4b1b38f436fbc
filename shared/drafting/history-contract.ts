/** What goes over HTTP about the history of a draft: its moments, the text at one beside what stands now, and bringing it back. */
import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import { comparedText } from '../merging/shapes.ts'
import { id } from '../workshop/shapes.ts'
import { MOMENT_KINDS } from './moments.ts'
import { SECTION_IDS } from './template.ts'

const ofDraft = z.object({ draft: id })
/** A moment is named by the entry of the journal after which the text read so. */
const ofMoment = ofDraft.extend({ moment: z.coerce.number().int().min(1) })
const section = z.enum(SECTION_IDS)

/** Why this viewer cannot bring a text back now: handed in, the phase does not write, or it is for the scribe and organisers. */
export const RESTORE_BARS = ['closed', 'phase', 'role'] as const

export const listMoments = endpoint({
  method: 'GET',
  path: '/api/drafts/:draft/history',
  action: 'history.read',
  summary: 'The moments of a draft that somebody may want back, newest first',
  params: ofDraft,
  reply: z.object({
    template: z.string(),
    /** The last entry of the journal. */
    now: z.number().int(),
    /** Null: this viewer may restore. */
    bar: z.enum(RESTORE_BARS).nullable(),
    moments: z.array(
      z.object({
        seq: z.number().int(),
        at: z.number(),
        kind: z.enum(MOMENT_KINDS),
        letters: z.number().int(),
        nth: z.number().int().nullable(),
        of: z.number().nullable(),
      }),
    ),
  }),
})

export const readMoment = endpoint({
  method: 'GET',
  path: '/api/drafts/:draft/history/:moment',
  action: 'history.read',
  summary: 'The text at a moment, and what would come back and what would go if it were restored now',
  params: ofMoment,
  reply: comparedText.extend({
    seq: z.number().int(),
    at: z.number(),
    /** The text of that moment, to be read: clauses that say something, in order, with their parts. */
    clauses: z.array(
      z.object({
        id: z.string(),
        section,
        code: z.string(),
        parts: z.array(z.object({ name: z.string(), text: z.string() })),
      }),
    ),
    /** Target groups that were ticked then. */
    ticked: z.array(z.string()),
    /** The entry up to which the text of now was compared: restoring leaves what comes behind it. */
    now: z.number().int(),
    /** Ticked choices of sections that would come back and go. */
    choices: z.array(z.object({ section, back: z.array(z.string()), gone: z.array(z.string()) })),
    /** Locked sections: they would stay as they are, and are not compared. */
    locked: z.array(section),
  }),
})

export const restoreMoment = endpoint({
  method: 'POST',
  path: '/api/drafts/:draft/history/:moment/restoration',
  action: 'draft.restore',
  summary: 'Bring the text of a moment back as an edit of its own; what others have typed since `seen` stays',
  params: ofMoment,
  body: z.object({
    /** `now` of what whoever asks has looked at. */
    seen: z.number().int().min(1),
  }),
  reply: z.object({
    /** The entry that brought it back, or null: the text read so already. */
    seq: z.number().int().nullable(),
    /** The moment before: bringing that back undoes this. */
    before: z.number().int(),
    /** Sections that stayed because they are locked. */
    locked: z.array(section),
  }),
})
