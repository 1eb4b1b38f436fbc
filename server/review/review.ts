/** Review: handing a frozen version in, answers clause by clause, return, approval bound to the exact hash, publication. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/drafting/canonical-json.ts'
import type { PersonId, VersionId } from '../../shared/ids.ts'
import { may } from '../../shared/people/access.ts'
import { askedClauses, missingFrom, type AnswerKind } from '../../shared/review/answers.ts'
import {
  approvedNumber,
  firstState,
  ONE_STEP,
  possible,
  signed,
  type Act,
  type Capacity,
  type ReviewState,
  type Step,
} from '../../shared/review/steps.ts'
import type { Announcer } from '../announce/events.ts'
import type { SigningKey } from '../merging/signing-key.ts'
import type { FrozenVersion } from '../merging/frozen-version.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { AnswerRecord, ApprovalRecord, ReviewRecord } from './review-model.ts'
import { createReviewReading, type ReviewReading, type ReviewReadingDeps } from './review-reading.ts'

export type ReviewsDeps = ReviewReadingDeps & {
  readonly key: SigningKey
  readonly versions: {
    /** Gives the same version another number; content, hash and signature stay. */
    renumber(version: VersionId, number: string): Promise<void>
  }
  readonly announcer: Announcer
  readonly now: () => number
}

type Behalf = { readonly behalf?: string | undefined }

export type Reviews = ReviewReading & {
  /** Throws Problem 409 already-submitted, not-latest. */
  submitForReview(viewer: Viewer, version: VersionId, chain?: readonly Step[]): Promise<{ state: ReviewState }>
  /** Throws Problem 422 answer-reason-needed or answer-change-needed, 404 for a clause that is not in the version. */
  answer(
    viewer: Viewer,
    version: VersionId,
    input: { clause: string; kind: AnswerKind; words: string } & Behalf,
  ): Promise<{ left: number }>
  acceptRest(viewer: Viewer, version: VersionId, input: Behalf): Promise<{ left: number }>
  returnVersion(viewer: Viewer, version: VersionId, input: { reason: string } & Behalf): Promise<{ state: ReviewState }>
  /** Throws Problem 409 hash-differs, answers-missing, review-closed. */
  approve(
    viewer: Viewer,
    version: VersionId,
    input: { hash: string; capacity: Capacity } & Behalf,
  ): Promise<{ state: ReviewState; number: string }>
  publish(viewer: Viewer, version: VersionId): Promise<{ state: ReviewState }>
}

export function createReviews({ models, key, versions, sources, announcer, now }: ReviewsDeps): Reviews {
  const reading = createReviewReading({ models, versions, sources })
  const found = async (id: VersionId): Promise<FrozenVersion> => {
    const version = await versions.find(id)
    if (version === null) throw new Problem(404, 'not-found')
    return version
  }
  const reviewOf = async (id: string): Promise<ReviewRecord | null> => models.reviews.findById(id).lean<ReviewRecord>()
  const answersOf = async (id: string): Promise<AnswerRecord[]> =>
    models.answers.find({ version: id }).lean<AnswerRecord[]>()
  const person = (viewer: Viewer): PersonId => {
    if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
    return viewer.person
  }
  const changed = (version: FrozenVersion): void =>
    announcer.announce({ kind: 'review-changed', workshop: version.workshop, version: version.id })

  /** Whose decision it is: a policymaker's own, or one on paper that the secretary records and names. */
  const author = (viewer: Viewer, version: FrozenVersion, behalf: string | undefined) => {
    const by = person(viewer)
    if (may(viewer.standings, 'review.approve', { workshop: version.workshop }))
      return { by, recordedBy: null, behalf: '' }
    require(viewer, 'review.record', { workshop: version.workshop })
    if ((behalf ?? '').trim() === '') throw new Problem(422, 'behalf-needed')
    return { by, recordedBy: by, behalf: (behalf ?? '').trim() }
  }
  const open = async (version: FrozenVersion, act: Act): Promise<ReviewRecord> => {
    const review = await reviewOf(version.id)
    if (review === null || !possible(review.state, act)) throw new Problem(409, 'review-closed')
    return review
  }
  const leftOf = async (version: FrozenVersion): Promise<string[]> => {
    const answered = new Set((await answersOf(version.id)).map(({ clause }) => clause))
    return askedClauses(version.content).filter((clause) => !answered.has(clause))
  }
  const keep = async (
    version: FrozenVersion,
    who: ReturnType<typeof author>,
    clause: string,
    kind: AnswerKind,
    words: string,
    /** Only where nobody has answered. */
    first = false,
  ) => {
    const record: AnswerRecord = {
      _id: `${version.id}/${clause}`,
      v: 1,
      version: version.id,
      clause,
      kind,
      words,
      ...who,
      at: now(),
    }
    const { _id, ...rest } = record
    await models.answers.updateOne({ _id }, first ? { $setOnInsert: rest } : { $set: rest }, { upsert: true })
  }

  return {
    ...reading,
    async submitForReview(viewer, id, chain) {
      const version = await found(id)
      require(viewer, 'review.submit', { workshop: version.workshop })
      const history = await versions.history(version.workshop)
      if (history[0]?.id !== id) throw new Problem(409, 'not-latest')
      if ((await reviewOf(id)) !== null) throw new Problem(409, 'already-submitted')
      const reviews = await models.reviews.find({ workshop: version.workshop }).lean<ReviewRecord[]>()
      const last = reviews.sort((a, b) => b.submittedAt - a.submittedAt)[0]
      const state = firstState(last?.state ?? null)
      const record: ReviewRecord = {
        _id: id,
        v: 1,
        workshop: version.workshop,
        hash: version.hash,
        state,
        chain: chain ?? ONE_STEP,
        step: 0,
        submittedBy: person(viewer),
        submittedAt: now(),
        returned: null,
        approvals: [],
        publishedBy: null,
        publishedAt: null,
      }
      try {
        await models.reviews.create(record)
      } catch (error) {
        if ((await reviewOf(id)) === null) throw error
        throw new Problem(409, 'already-submitted')
      }
      changed(version)
      return { state }
    },
    async answer(viewer, id, { clause, kind, words, behalf }) {
      const version = await found(id)
      require(viewer, 'review.answer', { workshop: version.workshop })
      const who = author(viewer, version, behalf)
      await open(version, 'answer')
      if (!version.codes.has(clause as never)) throw new Problem(404, 'not-found')
      const missing = missingFrom(kind, words)
      if (missing !== null)
        throw new Problem(422, missing === 'reason' ? 'answer-reason-needed' : 'answer-change-needed')
      await keep(version, who, clause, kind, words.trim())
      changed(version)
      return { left: (await leftOf(version)).length }
    },
    async acceptRest(viewer, id, { behalf }) {
      const version = await found(id)
      require(viewer, 'review.answer', { workshop: version.workshop })
      const who = author(viewer, version, behalf)
      await open(version, 'answer')
      for (const clause of await leftOf(version)) await keep(version, who, clause, 'accept', '', true)
      changed(version)
      return { left: (await leftOf(version)).length }
    },
    async returnVersion(viewer, id, { reason, behalf }) {
      const version = await found(id)
      require(viewer, 'review.answer', { workshop: version.workshop })
      const who = author(viewer, version, behalf)
      await open(version, 'return')
      if (reason.trim() === '') throw new Problem(422, 'return-reason-needed')
      const done = await models.reviews.updateOne(
        { _id: id, state: { $in: ['submitted', 'revised'] } },
        { $set: { state: 'returned', returned: { ...who, reason: reason.trim(), at: now() } } },
      )
      if (done.matchedCount === 0) throw new Problem(409, 'review-closed')
      changed(version)
      return { state: 'returned' }
    },
    async approve(viewer, id, { hash, capacity, behalf }) {
      const version = await found(id)
      require(viewer, 'review.answer', { workshop: version.workshop })
      const who = author(viewer, version, behalf)
      const review = await open(version, 'approve')
      // Bound to exactly this text: another hash means that the person saw another version.
      if (hash !== version.hash || hash !== review.hash) throw new Problem(409, 'hash-differs')
      const step = review.chain[review.step]
      if (step === undefined) throw new Problem(409, 'review-closed')
      if (step.person !== null && step.person !== who.by) throw new Problem(403, 'forbidden')
      const left = await leftOf(version)
      if (left.length > 0) throw new Problem(409, 'answers-missing', { left: left.length })
      const next = signed(review.state, review.step, review.chain)
      const number = next.state === 'endorsed' ? approvedNumber(version.number) : version.number
      const at = now()
      const statement = canonicalJson({
        format: 'rangruam-approval/1',
        version: id,
        hash,
        number,
        by: who.by,
        behalf: who.behalf,
        recordedOnBehalf: who.recordedBy !== null,
        verb: step.verb,
        capacity,
        at: new Date(at).toISOString(),
      })
      const signature = key.sign(createHash('sha256').update(statement, 'utf8').digest('hex'))
      const approval: ApprovalRecord = { ...who, verb: step.verb, capacity, at, statement, signature }
      // Only the step that was read is signed: two who press at once sign one step, not two.
      const done = await models.reviews.updateOne(
        { _id: id, step: review.step, state: review.state },
        { $set: { state: next.state, step: next.step, approvals: [...review.approvals, approval] } },
      )
      if (done.matchedCount === 0) throw new Problem(409, 'review-closed')
      if (next.state === 'endorsed') await versions.renumber(id, number)
      changed(version)
      return { state: next.state, number }
    },
    async publish(viewer, id) {
      const version = await found(id)
      require(viewer, 'review.publish', { workshop: version.workshop })
      await open(version, 'publish')
      const done = await models.reviews.updateOne(
        { _id: id, state: 'endorsed' },
        { $set: { state: 'published', publishedBy: person(viewer), publishedAt: now() } },
      )
      if (done.matchedCount === 0) throw new Problem(409, 'review-closed')
      changed(version)
      return { state: 'published' }
    },
  }
}
