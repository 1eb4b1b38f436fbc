/** How reviews and answers are stored: one record a reviewed version, one a clause answered; approvals keep what was signed. */
import { Schema, type Connection } from 'mongoose'
import type { AnswerKind } from '../../shared/review/answers.ts'
import type { Capacity, ReviewState, Step, Verb } from '../../shared/review/steps.ts'

export type ApprovalRecord = {
  readonly by: string
  readonly verb: Verb
  readonly capacity: Capacity
  /** The secretary who recorded it; null = by the person in the system. `behalf` names the person on paper. */
  readonly recordedBy: string | null
  readonly behalf: string
  readonly at: number
  /** Exactly the letters that were signed (RFC 8785), and the Ed25519 signature of their SHA-256. */
  readonly statement: string
  readonly signature: string
}
export type ReturnRecord = {
  readonly by: string
  readonly recordedBy: string | null
  readonly behalf: string
  readonly reason: string
  readonly at: number
}

export type ReviewRecord = {
  /** The version's id. */
  readonly _id: string
  readonly v: 1
  readonly workshop: string
  readonly hash: string
  readonly state: ReviewState
  readonly chain: readonly Step[]
  /** Steps signed so far. */
  readonly step: number
  readonly submittedBy: string
  readonly submittedAt: number
  readonly returned: ReturnRecord | null
  readonly approvals: readonly ApprovalRecord[]
  readonly publishedBy: string | null
  readonly publishedAt: number | null
}

export type AnswerRecord = {
  /** `<version>/<clause>`. */
  readonly _id: string
  readonly v: 1
  readonly version: string
  readonly clause: string
  readonly kind: AnswerKind
  readonly words: string
  readonly by: string
  readonly recordedBy: string | null
  readonly behalf: string
  readonly at: number
}

const { Mixed } = Schema.Types
const review = new Schema<ReviewRecord>(
  {
    _id: String,
    v: Number,
    workshop: { type: String, required: true },
    hash: { type: String, required: true },
    state: { type: String, required: true },
    chain: Mixed,
    step: Number,
    submittedBy: String,
    submittedAt: Number,
    returned: { type: Mixed, default: null },
    approvals: { type: Mixed, default: [] },
    publishedBy: { type: String, default: null },
    publishedAt: { type: Number, default: null },
  },
  { versionKey: false, minimize: false },
)
review.index({ workshop: 1 })
const answer = new Schema<AnswerRecord>(
  {
    _id: String,
    v: Number,
    version: { type: String, required: true },
    clause: { type: String, required: true },
    kind: { type: String, required: true },
    words: { type: String, default: '' },
    by: String,
    recordedBy: { type: String, default: null },
    behalf: { type: String, default: '' },
    at: Number,
  },
  { versionKey: false },
)
answer.index({ version: 1 })

/** The models on a connection. */
export function reviewModels(connection: Connection) {
  return {
    reviews: connection.model<ReviewRecord>('review', review),
    answers: connection.model<AnswerRecord>('review-answer', answer),
  }
}
export type ReviewModels = ReturnType<typeof reviewModels>
