/** The services of review and documents put together over one store: what the app composes after merging. */
import type { WorkshopId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'
import type { MergeSources } from '../merging/merge-sources.ts'
import type { SigningKey } from '../merging/signing-key.ts'
import type { Versions } from '../merging/versions.ts'
import { createMemoSettings, type MemoSettings } from '../office/memo-settings.ts'
import { createDocuments, type Documents, type DocumentsDeps } from '../office/documents.ts'
import type { Store } from '../store/store.ts'
import { createOfficeExports } from '../workers/office-exports.ts'
import { createReviews, type Reviews } from './review.ts'
import { reviewModels } from './review-model.ts'

export type ReviewRoomDeps = {
  readonly store: Store
  readonly announcer: Announcer
  readonly versions: Versions
  readonly key: SigningKey
  readonly sources: Pick<MergeSources, 'title' | 'nameOf'>
  readonly workshopOf: DocumentsDeps['workshopOf']
  readonly failed: (error: unknown) => void
  readonly now: () => number
}

export type ReviewRoom = {
  readonly reviews: Reviews
  readonly documents: Documents
  readonly memo: MemoSettings
  readonly publicKey: string
  readonly titleOf: (workshop: WorkshopId) => Promise<string>
}

export function createReviewRoom(deps: ReviewRoomDeps): ReviewRoom {
  const { store, announcer, versions, key, sources, now } = deps
  const reviews = createReviews({ models: reviewModels(store.connection), key, versions, sources, announcer, now })
  const memo = createMemoSettings({
    connection: store.connection,
    departmentOf: async (workshop) => (await deps.workshopOf(workshop)).department,
  })
  const documents = createDocuments({
    versions,
    reviews,
    exports: createOfficeExports(),
    publicKey: key.publicKey,
    workshopOf: deps.workshopOf,
    memoOf: (workshop) => memo.of(workshop),
    failed: deps.failed,
  })
  return { reviews, documents, memo, publicKey: key.publicKey, titleOf: (workshop) => sources.title(workshop) }
}
