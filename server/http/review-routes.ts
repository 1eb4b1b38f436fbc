/** The routes of review: parse, call the service, answer. */
import type { VersionId } from '../../shared/ids.ts'
import {
  acceptRest,
  answerClause,
  approveVersion,
  publishVersion,
  readReview,
  returnVersion,
  submitForReview,
} from '../../shared/review/contract.ts'
import type { Reviews } from '../review/review.ts'
import type { Routes } from './routes.ts'

/** Adds the routes of review. */
export function serveReviewRoutes(routes: Routes, { reviews }: { reviews: Reviews }): void {
  const of = (params: { version: string }): VersionId => params.version as VersionId
  routes.serve(readReview, async ({ viewer, params }) => reviews.read(viewer, of(params)))
  routes.serve(submitForReview, async ({ viewer, params, body }) =>
    reviews.submitForReview(viewer, of(params), body.chain),
  )
  routes.serve(answerClause, async ({ viewer, params, body }) =>
    reviews.answer(viewer, of(params), { ...body, clause: params.clause }),
  )
  routes.serve(acceptRest, async ({ viewer, params, body }) => reviews.acceptRest(viewer, of(params), body))
  routes.serve(returnVersion, async ({ viewer, params, body }) => reviews.returnVersion(viewer, of(params), body))
  routes.serve(approveVersion, async ({ viewer, params, body }) => reviews.approve(viewer, of(params), body))
  routes.serve(publishVersion, async ({ viewer, params }) => reviews.publish(viewer, of(params)))
}
