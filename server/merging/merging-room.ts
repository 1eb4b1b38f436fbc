/** The services of merging put together over one store: what the app composes. */
import { nextNumber } from '../../shared/merging/version.ts'
import type { Announcer } from '../announce/events.ts'
import type { Store } from '../store/store.ts'
import { createMergePool } from '../workers/merge-pool.ts'
import { createDecidingNow, type DecidingNow } from './deciding-now.ts'
import type { MergeSources } from './merge-sources.ts'
import { createMerging, type Merging } from './merging.ts'
import { createOutcomes, type Outcomes } from './outcomes.ts'
import { proposalPlaces } from './proposal-model.ts'
import { createProposals, type Proposals, type ProposalsDeps } from './proposals.ts'
import { openSigningKey, type SigningKey } from './signing-key.ts'
import { versionModels } from './version-model.ts'
import { createVersions, sameContent, type Versions } from './versions.ts'

export type MergingRoom = {
  readonly merging: Merging
  readonly versions: Versions
  readonly outcomes: Outcomes
  readonly decidingNow: DecidingNow
  readonly proposals: Proposals
  readonly key: SigningKey
  close(): Promise<void>
}

export type MergingRoomDeps = {
  readonly store: Store
  readonly announcer: Announcer
  readonly sources: MergeSources
  /** Where drafts are kept elsewhere; by default merging keeps its own record. */
  readonly draftOf?: ProposalsDeps['draftOf']
  readonly now: () => number
}

export async function openMergingRoom(deps: MergingRoomDeps): Promise<MergingRoom> {
  const { store, announcer, sources, now } = deps
  const pool = createMergePool()
  const models = versionModels(store.connection)
  // The unique index must stand before the first version: it is what makes freezing twice one version.
  await models.versions.init()
  const key = await openSigningKey(models.keys)
  const proposals = createProposals({
    journal: store.journal,
    pool,
    draftOf: deps.draftOf ?? proposalPlaces(store.connection),
    appended: (at) => announcer.announce({ kind: 'draft-appended', ...at, group: null }),
    now,
  })
  // Freezing asks merging and merging asks what was frozen last: each through the other's door, at the time of asking.
  const merging: Merging = createMerging({
    sources,
    proposals,
    pool,
    announcer,
    now,
    lastVersion: async (workshop) => {
      const last = await versions.last(workshop)
      if (last === null) return null
      return { number: last.number, next: nextNumber(last.number), sameAs: (state) => sameContent(last, state) }
    },
  })
  const versions: Versions = createVersions({ models, key, merging, proposals, sources, announcer, now })
  const outcomes = createOutcomes({ sources, versions })
  const decidingNow = createDecidingNow({ announcer, now })
  const close = async (): Promise<void> => {
    decidingNow.close()
    await pool.close()
  }
  return { merging, versions, outcomes, decidingNow, proposals, key, close }
}
