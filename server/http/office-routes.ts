/** The routes of documents: the published page's text, and the downloads. */
import type { VersionId } from '../../shared/ids.ts'
import {
  changeMemo,
  downloadBundle,
  downloadDocx,
  downloadPdf,
  readMemo,
  readPublished,
} from '../../shared/review/contract.ts'
import type { Documents } from '../office/documents.ts'
import type { MemoSettings } from '../office/memo-settings.ts'
import { choicesOf, clausesOf } from '../review/review-view.ts'
import type { Reviews } from '../review/review.ts'
import type { WorkshopId } from '../../shared/ids.ts'
import type { Routes } from './routes.ts'

export type OfficeRoutesNeeds = {
  readonly documents: Documents
  readonly memo: MemoSettings
  readonly reviews: Pick<Reviews, 'stateOf'>
  readonly publicKey: string
  readonly titleOf: (workshop: WorkshopId) => Promise<string>
}

/** Adds the routes of documents. */
export function serveOfficeRoutes(
  routes: Routes,
  { documents, memo, reviews, publicKey, titleOf }: OfficeRoutesNeeds,
): void {
  const of = (params: { version: string }): VersionId => params.version as VersionId
  routes.serve(downloadDocx, async ({ viewer, params, origin, answer }) => {
    const { bytes, name } = await documents.file(viewer, of(params), 'docx', origin)
    answer.file(bytes, name)
    return undefined
  })
  routes.serve(downloadPdf, async ({ viewer, params, origin, answer }) => {
    const { bytes, name } = await documents.file(viewer, of(params), 'pdf', origin)
    answer.file(bytes, name)
    return undefined
  })
  routes.serve(downloadBundle, async ({ viewer, params, answer }) => {
    const { bytes, name } = await documents.bundle(viewer, of(params))
    answer.file(bytes, name)
    return undefined
  })
  routes.serve(readMemo, ({ viewer, params }) => memo.read(viewer, params.workshop as WorkshopId))
  routes.serve(changeMemo, async ({ viewer, params, body }) => {
    await memo.change(viewer, params.workshop as WorkshopId, body)
    return undefined
  })
  routes.serve(readPublished, async ({ viewer, params }) => {
    const version = await documents.readable(viewer, of(params))
    const [{ state, approvals, publishedAt }, workshopTitle] = await Promise.all([
      reviews.stateOf(version.id),
      titleOf(version.workshop),
    ])
    return {
      version: version.id,
      workshop: version.workshop,
      workshopTitle,
      title: version.title,
      number: version.number,
      state,
      hash: version.hash,
      at: version.at,
      publicKey,
      signature: version.signature,
      parents: version.parents.length,
      groups: [...new Set(version.outcomes.map((row) => row.group))].sort((a, b) => a - b),
      approvals,
      published: publishedAt,
      choices: choicesOf(version),
      clauses: clausesOf(version, null, new Map()).map(({ id, section, code, kind, level, groups, parts }) => ({
        id,
        section,
        code,
        kind,
        level,
        groups,
        parts: parts.map(({ name, text }) => ({ name, text })),
      })),
    }
  })
}
