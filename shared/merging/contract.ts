/** Requests, answers and news of merging: the matrix, topics of like clauses, decisions, the ledger, versions, outcomes. */
import { z } from 'zod'
import type { Clause, DraftContent } from '../drafting/canonical.ts'
import { SECTION_IDS } from '../drafting/template.ts'
import { endpoint } from '../http/endpoint.ts'
import { id, ofWorkshop } from '../workshop/shapes.ts'
import { CONFLICT_KINDS, DIFFERENCE_KINDS } from './conflicts.ts'
import { DECISION_KINDS } from './decisions.ts'
import { TROUBLES } from './ledger.ts'
import { comparedText, decision, run } from './shapes.ts'

const section = z.enum(SECTION_IDS)
/** Canonical JSON of shared/drafting/canonical.ts: made by the server, so its shape is not checked again. */
const clause = z.custom<Clause>(() => true)
const content = z.custom<DraftContent>(() => true)
const ref = z.object({ submission: id, clause: id })
const where = z.array(z.object({ clause: id, code: z.string() }))
const change = z.enum(['added', 'changed', 'withdrawn']).nullable()
const group = z.object({ id, number: z.number(), name: z.string(), submitted: z.boolean() })
const progress = z.object({ remaining: z.number(), decided: z.number(), total: z.number(), troubled: z.number() })

const matrix = z.object({
  title: z.string(),
  groups: z.array(group),
  sections: z.array(
    z.object({
      id: section,
      topics: z.number(),
      cells: z.array(z.object({ group: z.number(), total: z.number(), remaining: z.number(), conflict: z.boolean() })),
    }),
  ),
  progress,
  /** Why freezing would be refused now; empty when it would not. */
  barred: z.array(z.enum(['remaining', 'troubled', 'legal-basis', 'nothing-new'])),
  next: z.string(),
  last: z.string().nullable(),
})

const piece = z.object({ text: z.string(), figure: z.boolean(), differs: z.boolean() })
const said = z.object({ texts: z.array(z.string()), ids: z.array(z.string()), groups: z.array(z.number()) })
const topicClause = z.object({
  key: z.string(),
  ref,
  group: z.number(),
  code: z.string(),
  like: z.enum(['base', 'very', 'partly', 'gathered']),
  pieces: z.array(piece),
  /** The redline from what the group wrote before; null when it did not amend this clause. */
  before: z.array(run).nullable(),
  clause,
  /** Names of the members who proposed it; empty: the group. */
  proposers: z.array(z.string()),
  decision: decision.nullable(),
  carried: z.boolean(),
  change,
  where,
  trouble: z.enum(TROUBLES).nullable(),
})
const topic = z.object({
  key: z.string(),
  section,
  title: z.string(),
  decided: z.boolean(),
  clauses: z.array(topicClause),
  conflicts: z.array(z.object({ kind: z.enum(CONFLICT_KINDS), said: z.array(said) })),
  differences: z.array(z.object({ kind: z.enum(DIFFERENCE_KINDS), said: z.array(said) })),
  apart: z.array(z.object({ key: z.string(), group: z.number(), code: z.string() })),
})

const ledgerRow = z.object({
  key: z.string(),
  ref,
  group: z.number(),
  section,
  code: z.string(),
  text: z.string(),
  decision: decision.nullable(),
  carried: z.boolean(),
  change,
  where,
  trouble: z.enum(TROUBLES).nullable(),
})

const versionHead = z.object({
  id,
  number: z.string(),
  hash: z.string(),
  title: z.string(),
  at: z.number(),
  by: z.string(),
  clauses: z.number(),
  parents: z.array(z.string()),
  groups: z.array(z.number()),
})

const compared = comparedText.extend({ from: versionHead, to: versionHead })

export const mergeMatrix = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/merge',
  action: 'merge.read',
  summary: 'Groups by sections with what is left to decide',
  params: ofWorkshop,
  reply: matrix,
})
export const mergeTopics = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/merge/topics/:section',
  action: 'merge.read',
  summary: 'Like clauses of a section side by side, with what they disagree on',
  params: ofWorkshop.extend({ section }),
  reply: z.object({ section, topics: z.array(topic) }),
})
export const mergeProposal = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/merge/proposal',
  action: 'merge.read',
  summary: 'The consolidated proposal as it stands, each clause with its sources',
  params: ofWorkshop,
  reply: z.object({
    draft: id,
    sections: z.array(
      z.object({
        id: section,
        choices: z.array(z.string()),
        clauses: z.array(
          z.object({
            clause,
            code: z.string(),
            text: z.string(),
            groups: z.array(z.number()),
            kind: z.enum(DECISION_KINDS).nullable(),
            by: z.string(),
            at: z.number(),
          }),
        ),
      }),
    ),
  }),
})
export const mergeLedger = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/merge/ledger',
  action: 'merge.read',
  summary: 'Every clause of every submission and what became of it',
  params: ofWorkshop,
  reply: z.object({ progress, rows: z.array(ledgerRow) }),
})
export const decideClauses = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/merge/decisions',
  action: 'merge.decide',
  summary: 'Decides clauses of one section together; text and decisions are written at once',
  params: ofWorkshop,
  body: z.object({
    clauses: z.array(ref).min(1).max(200),
    kind: z.enum(DECISION_KINDS),
    reason: z.string().max(2000).default(''),
    text: z.string().max(8000).optional(),
    /** When each clause was decided (`decision.at`) as the page showed it; refused when it has been decided since. */
    seen: z.array(z.number().nullable()).max(200).optional(),
  }),
  reply: z.object({ progress, targets: z.array(id) }),
})
export const undecideClauses = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/merge/decisions/undo',
  action: 'merge.decide',
  summary: 'Takes decisions back: the clauses are undecided again',
  params: ofWorkshop,
  body: z.object({ clauses: z.array(ref).min(1).max(200) }),
  reply: z.object({ progress }),
})
export const othersDeciding = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/merge/in-hand',
  action: 'merge.read',
  summary: 'Which clauses other editors have in hand now',
  params: ofWorkshop,
  reply: z
    .array(z.object({ person: z.string(), name: z.string(), clauses: z.array(z.string()).readonly() }))
    .readonly(),
})
export const tellDeciding = endpoint({
  method: 'PUT',
  path: '/api/workshops/:workshop/merge/in-hand',
  action: 'merge.decide',
  summary: 'Says which clauses one has in hand; an empty list when leaving; forgotten after 45 seconds',
  params: ofWorkshop,
  body: z.object({ clauses: z.array(z.string().max(80)).max(60) }),
})

export const freezeVersion = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/versions',
  action: 'version.freeze',
  summary: 'Freezes the proposal as a version; refused until every clause is decided',
  params: ofWorkshop,
  body: z.object({
    title: z.string().max(300).optional(),
    /** The department does not know the legal basis yet; a clause that says so is put into the section. */
    legalUnknown: z.boolean().optional(),
  }),
  reply: versionHead,
})
export const listVersions = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/versions',
  action: 'version.read',
  summary: 'The versions of a workshop, newest first, and the submissions they come from',
  params: ofWorkshop,
  reply: z.object({
    title: z.string(),
    versions: z.array(versionHead),
    submissions: z.array(
      z.object({ id, group: z.number(), n: z.number(), at: z.number(), by: z.string(), hash: z.string() }),
    ),
    /** Undecided clauses of what groups handed in since the last version. */
    open: z.number(),
  }),
})
export const compareVersions = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/versions/compare',
  action: 'version.read',
  summary: 'What changed from one version to another, by Thai words',
  params: ofWorkshop,
  query: z.object({ from: id, to: id }),
  reply: compared,
})
export const readVersion = endpoint({
  method: 'GET',
  path: '/api/versions/:version/content',
  action: 'version.read',
  summary: 'A frozen version: its canonical content, codes, hash, signature and public key',
  params: z.object({ version: id }),
  reply: versionHead.extend({
    workshop: id,
    content,
    codes: z.record(z.string(), z.string()),
    /** The exact letters that were hashed. */
    canonical: z.string(),
    signature: z.string(),
    publicKey: z.string(),
  }),
})
export const groupOutcomes = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/groups/:group/outcomes',
  action: 'outcomes.read',
  summary: 'What became of each clause of a group in the last version',
  params: ofWorkshop.extend({ group: id }),
  reply: z.object({
    group,
    version: versionHead.nullable(),
    submittedAt: z.number().nullable(),
    rows: z.array(
      z.object({
        key: z.string(),
        section,
        code: z.string(),
        text: z.string(),
        kind: z.enum(DECISION_KINDS),
        reason: z.string(),
        by: z.string(),
        at: z.number(),
        final: z.array(z.object({ code: z.string(), runs: z.array(run), groups: z.array(z.number()) })),
      }),
    ),
  }),
})

export type Matrix = z.infer<typeof matrix>
export type TopicView = z.infer<typeof topic>
export type TopicClauseView = z.infer<typeof topicClause>
export type LedgerRowView = z.infer<typeof ledgerRow>
export type VersionHead = z.infer<typeof versionHead>
export type Compared = z.infer<typeof compared>
export type Progress = z.infer<typeof progress>
