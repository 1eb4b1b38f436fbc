/** Requests and answers of review: handing a version in, answering clause by clause, approving its hash, publishing, downloads. */
import { z } from 'zod'
import { SECTION_IDS } from '../drafting/template.ts'
import { endpoint } from '../http/endpoint.ts'
import { decision, run } from '../merging/shapes.ts'
import { id, ofWorkshop } from '../workshop/shapes.ts'
import { ANSWER_KINDS } from './answers.ts'
import { CAPACITIES, REVIEW_STATES, VERBS } from './steps.ts'

const params = z.object({ version: id })
const step = z.object({
  position: z.string().max(200),
  person: z.string().nullable(),
  verb: z.enum(VERBS),
  capacity: z.enum(CAPACITIES),
})
const answer = z.object({
  kind: z.enum(ANSWER_KINDS),
  /** The reason of a decline, or what is to be changed. */
  words: z.string(),
  by: z.string(),
  /** Name of the secretary who recorded it from paper; empty = answered in person. */
  recordedBy: z.string(),
  at: z.number(),
})
const clause = z.object({
  id,
  section: z.enum(SECTION_IDS),
  code: z.string(),
  kind: z.enum(['text', 'heading', 'bullet', 'number', 'quote', 'recommendation', 'table']),
  level: z.number(),
  /** Main words first; the fields of a measure after them. `runs`: against the version before, null where there is none. */
  parts: z.array(z.object({ name: z.string(), text: z.string(), runs: z.array(run).nullable() })),
  /** Whether an approval waits for an answer to it. */
  asked: z.boolean(),
  groups: z.array(z.number()),
  origins: z.array(z.object({ group: z.number(), code: z.string(), text: z.string() })),
  /** Figures on which the groups' own words differ. */
  figures: z.array(z.object({ text: z.string(), groups: z.array(z.number()) })),
  decision: decision.nullable(),
  answer: answer.nullable(),
})
const approval = z.object({
  by: z.string(),
  verb: z.enum(VERBS),
  capacity: z.enum(CAPACITIES),
  /** Name of the secretary who recorded a signature on paper; empty = by the person in the system. */
  recordedBy: z.string(),
  at: z.number(),
  signature: z.string(),
})
const review = z.object({
  version: id,
  workshop: id,
  workshopTitle: z.string(),
  title: z.string(),
  number: z.string(),
  /** The number that approval gives, or has given. */
  approvedNumber: z.string(),
  hash: z.string(),
  at: z.number(),
  by: z.string(),
  groups: z.array(z.number()),
  /** Clauses of the groups that were decided for this version. */
  decided: z.number(),
  state: z.enum(REVIEW_STATES).nullable(),
  step: z.number(),
  chain: z.array(step),
  submitted: z.object({ by: z.string(), at: z.number() }).nullable(),
  previous: z.object({ id, number: z.string() }).nullable(),
  choices: z.array(z.string()),
  clauses: z.array(clause),
  returned: z.object({ by: z.string(), at: z.number(), reason: z.string(), recordedBy: z.string() }).nullable(),
  approvals: z.array(approval),
  published: z.number().nullable(),
  may: z.object({
    submit: z.boolean(),
    answer: z.boolean(),
    approve: z.boolean(),
    /** Recording a decision from paper, on behalf. */
    record: z.boolean(),
    publish: z.boolean(),
    download: z.boolean(),
  }),
})
/** A secretary names whose decision it is; ignored for a policymaker. */
const behalf = z.string().max(200).optional()

export const readReview = endpoint({
  method: 'GET',
  path: '/api/versions/:version/review',
  action: 'review.read',
  summary: 'A version clause by clause with origins and answers, and how far its review is',
  params,
  reply: review,
})
export const submitForReview = endpoint({
  method: 'POST',
  path: '/api/versions/:version/review',
  action: 'review.submit',
  summary: 'Hands a frozen version in for review',
  params,
  body: z.object({ chain: z.array(step).min(1).max(12).optional() }),
  reply: z.object({ state: z.enum(REVIEW_STATES) }),
})
export const answerClause = endpoint({
  method: 'PUT',
  path: '/api/versions/:version/answers/:clause',
  action: 'review.answer',
  summary: 'Answers one clause; a secretary records an answer given on paper',
  params: z.object({ version: id, clause: id }),
  body: z.object({ kind: z.enum(ANSWER_KINDS), words: z.string().max(4000).default(''), behalf }),
  reply: z.object({ left: z.number() }),
})
export const acceptRest = endpoint({
  method: 'POST',
  path: '/api/versions/:version/answers',
  action: 'review.answer',
  summary: 'Accepts every asked clause that has no answer yet',
  params,
  body: z.object({ behalf }),
  reply: z.object({ left: z.number() }),
})
export const returnVersion = endpoint({
  method: 'POST',
  path: '/api/versions/:version/return',
  action: 'review.answer',
  summary: 'Sends the version back with reasons',
  params,
  body: z.object({ reason: z.string().max(4000), behalf }),
  reply: z.object({ state: z.enum(REVIEW_STATES) }),
})
export const approveVersion = endpoint({
  method: 'POST',
  path: '/api/versions/:version/approval',
  action: 'review.answer',
  summary: 'Approves exactly the version whose hash is given; the last step gives it its whole number',
  params,
  body: z.object({
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    capacity: z.enum(CAPACITIES).default('self'),
    behalf,
  }),
  reply: z.object({ state: z.enum(REVIEW_STATES), number: z.string() }),
})
export const publishVersion = endpoint({
  method: 'POST',
  path: '/api/versions/:version/publication',
  action: 'review.publish',
  summary: 'Publishes an endorsed version',
  params,
  reply: z.object({ state: z.enum(REVIEW_STATES) }),
})

const file = { params, action: 'public' } as const
export const downloadDocx = endpoint({
  ...file,
  method: 'GET',
  path: '/api/versions/:version/document.docx',
  summary: 'The official package as DOCX; everybody once published, before that staff of the workshop',
  file: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
})
export const downloadPdf = endpoint({
  ...file,
  method: 'GET',
  path: '/api/versions/:version/document.pdf',
  summary: 'The official package as PDF; everybody once published, before that staff of the workshop',
  file: 'application/pdf',
})
export const downloadBundle = endpoint({
  ...file,
  method: 'GET',
  path: '/api/versions/:version/bundle.json',
  summary: 'The exact letters that were hashed, the signatures and the public key: everything a check needs',
  file: 'application/json',
})
export const readPublished = endpoint({
  method: 'GET',
  path: '/api/versions/:version/published',
  action: 'public',
  summary: 'A published version to read and verify; staff of the workshop may look before it is published',
  params,
  reply: z.object({
    version: id,
    workshop: z.string(),
    workshopTitle: z.string(),
    title: z.string(),
    number: z.string(),
    state: z.enum(REVIEW_STATES).nullable(),
    hash: z.string(),
    at: z.number(),
    publicKey: z.string(),
    signature: z.string(),
    parents: z.number(),
    groups: z.array(z.number()),
    approvals: z.array(approval),
    published: z.number().nullable(),
    choices: z.array(z.string()),
    clauses: z.array(
      clause.pick({ id: true, section: true, code: true, kind: true, level: true, groups: true }).extend({
        parts: z.array(z.object({ name: z.string(), text: z.string() })),
      }),
    ),
  }),
})

export type ReviewView = z.infer<typeof review>
export type ReviewClause = z.infer<typeof clause>
export type Approval = z.infer<typeof approval>

// ---- the memo's head and foot

const memoFields = z.strictObject({
  agency: z.string().trim().max(160),
  contact: z.string().trim().max(160),
  prefix: z.string().trim().max(40),
  to: z.string().trim().max(160),
  signer: z.string().trim().max(120),
  position: z.string().trim().max(160),
})

export const readMemo = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/memo',
  action: 'document.download',
  summary: 'What the memo of this workshop says at its head and foot, and what stands there by default',
  params: ofWorkshop,
  reply: z.object({ fields: memoFields, defaults: z.object({ agency: z.string(), to: z.string() }) }),
})

export const changeMemo = endpoint({
  method: 'PUT',
  path: '/api/workshops/:workshop/memo',
  action: 'memo.change',
  summary: 'Sets what the memo says at its head and foot; the next DOCX and PDF say it',
  params: ofWorkshop,
  body: memoFields,
})
