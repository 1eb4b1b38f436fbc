/** The routes of merging: parse, call the service, answer. */
import type { GroupId, VersionId, WorkshopId } from '../../shared/ids.ts'
import {
  compareVersions,
  decideClauses,
  freezeVersion,
  groupOutcomes,
  listVersions,
  mergeLedger,
  mergeMatrix,
  mergeProposal,
  mergeTopics,
  othersDeciding,
  readVersion,
  tellDeciding,
  undecideClauses,
} from '../../shared/merging/contract.ts'
import type { DecidingNow } from '../merging/deciding-now.ts'
import type { Merging } from '../merging/merging.ts'
import type { Outcomes } from '../merging/outcomes.ts'
import type { Versions } from '../merging/versions.ts'
import type { Routes } from './routes.ts'

/** Adds the routes of merging, versions and outcomes. */
export function serveMerging(
  routes: Routes,
  {
    merging,
    versions,
    outcomes,
    decidingNow,
  }: { merging: Merging; versions: Versions; outcomes: Outcomes; decidingNow: DecidingNow },
): void {
  const of = (params: { workshop: string }): WorkshopId => params.workshop as WorkshopId
  routes.serve(mergeMatrix, async ({ viewer, params }) => merging.matrix(viewer, of(params)))
  routes.serve(mergeTopics, async ({ viewer, params }) => merging.topics(viewer, of(params), params.section))
  routes.serve(mergeProposal, async ({ viewer, params }) => merging.proposal(viewer, of(params)))
  routes.serve(mergeLedger, async ({ viewer, params }) => merging.ledger(viewer, of(params)))
  routes.serve(decideClauses, async ({ viewer, params, body }) => merging.decide(viewer, of(params), body))
  routes.serve(undecideClauses, async ({ viewer, params, body }) => merging.undecide(viewer, of(params), body.clauses))
  routes.serve(othersDeciding, async ({ viewer, params }) => decidingNow.others(viewer, of(params)))
  routes.serve(tellDeciding, async ({ viewer, params, body }) => {
    decidingNow.tell(viewer, of(params), body.clauses)
    return undefined
  })
  routes.serve(freezeVersion, async ({ viewer, params, body }) => versions.freeze(viewer, of(params), body))
  routes.serve(listVersions, async ({ viewer, params }) => versions.list(viewer, of(params)))
  routes.serve(compareVersions, async ({ viewer, params, query }) =>
    versions.compare(viewer, of(params), query.from, query.to),
  )
  routes.serve(readVersion, async ({ viewer, params }) => {
    const version = await versions.read(viewer, params.version as VersionId)
    const { workshop, content, canonical, signature, publicKey } = version
    const codes = Object.fromEntries(version.codes)
    return { ...(await versions.head(version)), workshop, content, codes, canonical, signature, publicKey }
  })
  routes.serve(groupOutcomes, async ({ viewer, params }) =>
    outcomes.ofGroup(viewer, of(params), params.group as GroupId),
  )
}
