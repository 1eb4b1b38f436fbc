/** Reading a review: the version clause by clause with answers, how far it is, and what was signed. */
import type { VersionId, WorkshopId } from '../../shared/ids.ts'
import { may } from '../../shared/people/access.ts'
import type { Approval, ReviewView } from '../../shared/review/contract.ts'
import { approvedNumber, ONE_STEP, possible, type ReviewState } from '../../shared/review/steps.ts'
import type { FrozenVersion } from '../merging/frozen-version.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { AnswerRecord, ReviewModels, ReviewRecord } from './review-model.ts'
import { choicesOf, clausesOf } from './review-view.ts'

export type ReviewReadingDeps = {
  readonly models: ReviewModels
  readonly versions: {
    find(version: VersionId): Promise<FrozenVersion | null>
    /** All versions of a workshop, the newest first. */
    history(workshop: WorkshopId): Promise<readonly FrozenVersion[]>
  }
  readonly sources: { title(workshop: WorkshopId): Promise<string>; nameOf(person: string): Promise<string> }
}

export type ReviewReading = {
  read(viewer: Viewer, version: VersionId): Promise<ReviewView>
  /** The version that waits for answers in a workshop, else the last reviewed one, else null. */
  versionToReview(workshop: WorkshopId): Promise<VersionId | null>
  /** Without asking permission: state and approvals, for documents and the published page. */
  stateOf(version: VersionId): Promise<{ state: ReviewState | null; approvals: Approval[]; publishedAt: number | null }>
  /** What was signed, with signatures, for the bundle. */
  statements(version: VersionId): Promise<{ statement: string; signature: string }[]>
}

export function createReviewReading({ models, versions, sources }: ReviewReadingDeps): ReviewReading {
  const reviewOf = async (id: string): Promise<ReviewRecord | null> => models.reviews.findById(id).lean<ReviewRecord>()
  const shown = async (by: string, recordedBy: string | null, behalf: string) => ({
    by: recordedBy === null ? await sources.nameOf(by) : behalf,
    recordedBy: recordedBy === null ? '' : await sources.nameOf(recordedBy),
  })
  const approvalsOf = (review: ReviewRecord): Promise<Approval[]> =>
    Promise.all(
      review.approvals.map(async ({ by, recordedBy, behalf, verb, capacity, at, signature }) => ({
        ...(await shown(by, recordedBy, behalf)),
        verb,
        capacity,
        at,
        signature,
      })),
    )

  return {
    async read(viewer, id) {
      const version = await versions.find(id)
      if (version === null) throw new Problem(404, 'not-found')
      const place = { workshop: version.workshop }
      require(viewer, 'review.read', place)
      const [review, answers, history, workshopTitle] = await Promise.all([
        reviewOf(id),
        models.answers.find({ version: id }).lean<AnswerRecord[]>(),
        versions.history(version.workshop),
        sources.title(version.workshop),
      ])
      const previous = history[history.findIndex((one) => one.id === id) + 1] ?? null
      const names = new Map<string, string>()
      for (const by of new Set(version.outcomes.map((row) => row.by))) names.set(by, await sources.nameOf(by))
      const byClause = new Map(answers.map((answer) => [answer.clause, answer]))
      const clauses = await Promise.all(
        clausesOf(version, previous, names).map(async (clause) => {
          const given = byClause.get(clause.id)
          if (given === undefined) return { ...clause, answer: null }
          const { kind, words, at } = given
          return { ...clause, answer: { kind, words, at, ...(await shown(given.by, given.recordedBy, given.behalf)) } }
        }),
      )
      const state = review?.state ?? null
      const latest = history[0]?.id === id
      const can = (action: Parameters<typeof may>[1]): boolean => may(viewer.standings, action, place)
      const waiting = possible(state, 'answer')
      return {
        version: id,
        workshop: version.workshop,
        workshopTitle,
        title: version.title,
        number: version.number,
        approvedNumber: state === 'endorsed' || state === 'published' ? version.number : approvedNumber(version.number),
        hash: version.hash,
        at: version.at,
        by: await sources.nameOf(version.by),
        groups: [...new Set(version.outcomes.map((row) => row.group))].sort((a, b) => a - b),
        decided: version.outcomes.length,
        state,
        step: review?.step ?? 0,
        chain: [...(review?.chain ?? ONE_STEP)],
        submitted: review === null ? null : { by: await sources.nameOf(review.submittedBy), at: review.submittedAt },
        previous: previous === null ? null : { id: previous.id, number: previous.number },
        choices: choicesOf(version),
        clauses,
        returned:
          review === null || review.returned === null
            ? null
            : {
                reason: review.returned.reason,
                at: review.returned.at,
                ...(await shown(review.returned.by, review.returned.recordedBy, review.returned.behalf)),
              },
        approvals: review === null ? [] : await approvalsOf(review),
        published: review?.publishedAt ?? null,
        may: {
          submit: can('review.submit') && review === null && latest,
          answer: waiting && (can('review.approve') || can('review.record')),
          approve: waiting && (can('review.approve') || can('review.record')),
          record: can('review.record') && !can('review.approve'),
          publish: possible(state, 'publish') && can('review.publish'),
          download: can('document.download'),
        },
      }
    },
    async versionToReview(workshop) {
      const reviews = await models.reviews.find({ workshop }).lean<ReviewRecord[]>()
      const newest = reviews.sort((a, b) => b.submittedAt - a.submittedAt)
      const waiting = newest.find(({ state }) => possible(state, 'answer')) ?? newest[0]
      return waiting === undefined ? null : (waiting._id as VersionId)
    },
    async stateOf(id) {
      const review = await reviewOf(id)
      if (review === null) return { state: null, approvals: [], publishedAt: null }
      return { state: review.state, approvals: await approvalsOf(review), publishedAt: review.publishedAt }
    },
    async statements(id) {
      const review = await reviewOf(id)
      return (review?.approvals ?? []).map(({ statement, signature }) => ({ statement, signature }))
    },
  }
}
