/** The consolidated proposals: one Y.Doc for each workshop, read from and written to the journal; nothing else holds them. */
import type { DraftId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Proposal, ProposalChange } from '../../shared/merging/proposal-doc.ts'
import type { Journal } from '../journal/journal.ts'
import { Problem } from '../problem.ts'
import type { MergePool } from '../workers/merge-pool.ts'

export type ProposalState = Proposal & { readonly draft: DraftId; readonly generation: number; readonly seq: number }

export type ProposalsDeps = {
  readonly journal: Journal
  readonly pool: MergePool
  /** The draft that holds the workshop's consolidated proposal; made at first need. */
  readonly draftOf: (workshop: WorkshopId) => Promise<{ readonly draft: DraftId; readonly generation: number }>
  /** Told after an append, so that rooms with this draft open look at the journal. */
  readonly appended: (at: { workshop: WorkshopId; draft: DraftId; generation: number; seq: number }) => void
  readonly now: () => number
}

export type Proposals = {
  read(workshop: WorkshopId): Promise<ProposalState>
  /**
   * Appends what `make` works out as one journal entry: text and decisions together, durably. When others came first `make` is asked
   * again with what stands then. Throws Problem 503 after ten defeats.
   */
  change(workshop: WorkshopId, by: PersonId, make: (proposal: ProposalState) => ProposalChange): Promise<ProposalState>
}

const TRIES = 10

export function createProposals({ journal, pool, draftOf, appended, now }: ProposalsDeps): Proposals {
  /** The last state read of each draft: merging screens ask far more often than anybody decides. */
  const kept = new Map<DraftId, ProposalState>()

  const load = async (workshop: WorkshopId): Promise<{ state: ProposalState; updates: Uint8Array[] }> => {
    const { draft, generation } = await draftOf(workshop)
    const base = await journal.base(draft, generation)
    const entries = await journal.read(draft, generation, base?.upTo ?? 0)
    const updates = entries.filter((entry) => entry.kind === 'update').map((entry) => entry.bytes)
    if (base !== null) updates.unshift(base.bytes)
    const seq = entries.at(-1)?.seq ?? base?.upTo ?? 0
    const known = kept.get(draft)
    if (known !== undefined && known.seq === seq && known.generation === generation) return { state: known, updates }
    const { proposal } = await pool.ask({ kind: 'read', updates })
    const state = { ...proposal, draft, generation, seq }
    kept.set(draft, state)
    return { state, updates }
  }

  return {
    async read(workshop) {
      const { draft, generation } = await draftOf(workshop)
      const known = kept.get(draft)
      if (
        known !== undefined &&
        known.generation === generation &&
        (await journal.last(draft, generation)) === known.seq
      ) {
        return known
      }
      return (await load(workshop)).state
    },
    async change(workshop, by, make) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const { state, updates } = await load(workshop)
        const { update, proposal } = await pool.ask({ kind: 'change', updates, change: make(state) })
        if (update === null) return state
        const { draft, generation, seq } = state
        const outcome = await journal.append(seq, [{ draft, generation, kind: 'update', by, at: now(), bytes: update }])
        if (outcome.kind === 'behind') continue
        const next = { ...proposal, draft, generation, seq: outcome.last }
        kept.set(draft, next)
        appended({ workshop, draft, generation, seq: outcome.last })
        return next
      }
      throw new Problem(503, 'conflict')
    },
  }
}
