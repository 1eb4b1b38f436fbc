/** What goes over HTTP about drafts: what a draft is, its text, handing in, opening again. */
import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import type { DraftContent } from './canonical.ts'
import type { SectionId } from './template.ts'
import type { ClauseId, DraftId, GroupId, PersonId, WorkshopId } from '../ids.ts'
import { PHASES } from '../workshop/phases.ts'
import { id } from '../workshop/shapes.ts'

const ofDraft = z.object({ draft: id })

export const readDraftInfo = endpoint({
  method: 'GET',
  path: '/api/drafts/:draft',
  action: 'draft.read',
  summary: 'What a draft is and what this viewer may do with it now; the text comes by the document socket',
  params: ofDraft,
  reply: z.object({
    id: z.custom<DraftId>(),
    generation: z.number().int(),
    /** The form of drafts that this server speaks (DRAFT_SCHEMA); a page of another version loads itself anew before it opens the draft. */
    schema: z.number().int(),
    template: z.string(),
    workshop: z.custom<WorkshopId>(),
    group: z.custom<GroupId>().nullable(),
    phase: z.enum(PHASES).nullable(),
    /** What the access table and the journal allow at this moment. */
    access: z.enum(['write', 'read']),
    maySubmit: z.boolean(),
    mayReopen: z.boolean(),
    /** The submission that stands while the draft is closed. */
    submitted: z.object({ n: z.number().int(), at: z.number() }).nullable(),
    /** When an older text was brought back last. */
    restoredAt: z.number().nullable(),
  }),
})

export const readDraftContent = endpoint({
  method: 'GET',
  path: '/api/drafts/:draft/content',
  action: 'draft.read',
  summary: 'The text as canonical JSON and the journal entry at which it stood so',
  params: ofDraft,
  reply: z.object({ content: z.custom<DraftContent>(), seq: z.number().int() }),
})

const entrySpan = z.object({ first: z.number().int(), last: z.number().int() })

export const readAuthors = endpoint({
  method: 'GET',
  path: '/api/drafts/:draft/authors',
  action: 'authors.read',
  summary:
    'Who typed and who deleted what, by entry of the journal: of all, a section or a clause, now or as of an entry',
  params: ofDraft,
  query: z.object({
    section: z.string().max(64).optional(),
    clause: z.string().max(64).optional(),
    seq: z.coerce.number().int().min(1).optional(),
  }),
  reply: z.object({
    seq: z.number().int(),
    sections: z.array(
      z.object({
        section: z.custom<SectionId>(),
        clauses: z.array(
          z.object({
            /** Null: what stood where no clause is now. */
            clause: z.custom<ClauseId>().nullable(),
            parts: z.array(
              z.object({
                /** A field of a recommendation, a cell of a table as `row:cell`, or null. */
                part: z.string().nullable(),
                runs: z.array(
                  z.object({
                    text: z.string(),
                    /** A person's id, or `server`. */
                    typedBy: z.string(),
                    typedAt: entrySpan,
                    deleted: z.object({ by: z.string(), at: entrySpan }).nullable(),
                  }),
                ),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
})

export const submitDraft = endpoint({
  method: 'POST',
  path: '/api/drafts/:draft/submission',
  action: 'draft.submit',
  summary: 'Hand the draft in: it closes, and what stood is stored; pressed twice it is one',
  params: ofDraft,
  reply: z.object({ n: z.number().int(), missing: z.number().int() }),
})

export const reopenDraft = endpoint({
  method: 'POST',
  path: '/api/drafts/:draft/opening',
  action: 'draft.reopen',
  summary: 'Open a draft that was handed in; the next submission is the next number',
  params: ofDraft,
})

export const listSubmissions = endpoint({
  method: 'GET',
  path: '/api/drafts/:draft/submissions',
  action: 'submission.read',
  summary: 'What a group handed in, oldest first',
  params: ofDraft,
  reply: z.array(
    z.object({
      id: z.string(),
      n: z.number().int(),
      at: z.number(),
      missing: z.number().int(),
      content: z.custom<DraftContent>(),
    }),
  ),
})

export const readProposers = endpoint({
  method: 'GET',
  path: '/api/drafts/:draft/proposers',
  action: 'draft.read',
  summary: 'The clauses that somebody named proposers for; every other one is proposed by the group',
  params: ofDraft,
  reply: z.array(z.object({ clause: z.custom<ClauseId>(), people: z.array(z.custom<PersonId>()) })),
})

export const nameProposers = endpoint({
  method: 'POST',
  path: '/api/drafts/:draft/clauses/:clause/proposers',
  action: 'draft.write',
  summary: 'Say which members of the group proposed a clause; nobody = the group',
  params: ofDraft.extend({ clause: id }),
  body: z.object({ people: z.array(id).max(40) }),
})
