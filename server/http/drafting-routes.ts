/** The routes of drafting: parse, call the service, answer. */
import {
  listSubmissions,
  nameProposers,
  readAuthors,
  readDraftContent,
  readDraftInfo,
  readProposers,
  reopenDraft,
  submitDraft,
} from '../../shared/drafting/contract.ts'
import { listMoments, readMoment, restoreMoment } from '../../shared/drafting/history-contract.ts'
import type { ClauseId, DraftId, PersonId } from '../../shared/ids.ts'
import type { DraftingRoom } from '../drafting/drafting-room.ts'
import type { Routes } from './routes.ts'

const of = (params: { draft: string }): DraftId => params.draft as DraftId

/** Adds the routes of drafts and submissions. */
export function serveDraftingRoutes(
  routes: Routes,
  { info, content, authors, submissions, proposers, history }: DraftingRoom,
): void {
  routes.serve(readDraftInfo, async ({ viewer, params }) => info(viewer, of(params)))
  routes.serve(readDraftContent, async ({ viewer, params }) => content(viewer, of(params)))
  routes.serve(readAuthors, async ({ viewer, params, query }) => authors(viewer, of(params), query))
  routes.serve(submitDraft, async ({ viewer, params }) => {
    const { n, missing } = await submissions.submit(viewer, of(params))
    return { n, missing: missing.length }
  })
  routes.serve(reopenDraft, async ({ viewer, params }) => {
    await submissions.reopen(viewer, of(params))
    return undefined
  })
  routes.serve(readProposers, async ({ viewer, params }) =>
    (await proposers.of(viewer, of(params))).map(({ clause, people }) => ({ clause, people: [...people] })),
  )
  routes.serve(nameProposers, async ({ viewer, params, body }) => {
    await proposers.set(viewer, of(params), params.clause as ClauseId, body.people as PersonId[])
    return undefined
  })
  routes.serve(listMoments, async ({ viewer, params }) => history.list(viewer, of(params)))
  routes.serve(readMoment, async ({ viewer, params }) => history.at(viewer, of(params), params.moment))
  routes.serve(restoreMoment, async ({ viewer, params, body }) =>
    history.restore(viewer, of(params), params.moment, body.seen),
  )
  routes.serve(listSubmissions, async ({ viewer, params }) =>
    (await submissions.ofDraft(viewer, of(params))).map(({ _id, n, at, missing, content: text }) => ({
      id: _id,
      n,
      at,
      missing: missing.length,
      content: text,
    })),
  )
}
