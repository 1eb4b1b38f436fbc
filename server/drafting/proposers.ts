/** Proposed by is not typed by: who of a group proposed a clause, said with one tap and kept beside the text; by default the group. */
import type { Connection } from 'mongoose'
import type { ClauseId, DraftId, GroupId, PersonId } from '../../shared/ids.ts'
import type { Place } from '../../shared/people/access.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { DraftRecord } from './draft-model.ts'
import type { Drafts } from './drafts.ts'
import { proposerModel } from './proposer-model.ts'

export type ProposersDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly drafts: Pick<Drafts, 'existing' | 'state'>
  readonly placeOf: (draft: DraftRecord) => Promise<Place>
  /** The members of a group. */
  readonly membersOf: (group: GroupId) => Promise<readonly PersonId[]>
  readonly now?: () => number
}
export type ClauseProposers = { readonly clause: ClauseId; readonly people: readonly PersonId[] }

export function createProposers({ connection, announcer, drafts, placeOf, membersOf, now = Date.now }: ProposersDeps) {
  const model = proposerModel(connection)

  /** The clauses that somebody named people for. Asks nobody. */
  async function named(draft: DraftId): Promise<ClauseProposers[]> {
    const records = await model.find({ draft }).lean()
    return records.filter(({ people }) => people.length > 0).map(({ clause, people }) => ({ clause, people }))
  }

  return {
    named,
    /** Asks `draft.read`. */
    async of(viewer: Viewer, id: DraftId): Promise<ClauseProposers[]> {
      require(viewer, 'draft.read', await placeOf(await drafts.existing(id)))
      return named(id)
    },
    /**
     * Says who proposed a clause; nobody = the group. Asks `draft.write`. Throws 404 for the consolidated proposal, 409 while the draft is
     * closed, 422 when one of them is not of the group.
     */
    async set(viewer: Viewer, id: DraftId, clause: ClauseId, people: readonly PersonId[]): Promise<void> {
      const draft = await drafts.existing(id)
      if (draft.group === null) throw new Problem(404, 'not-found')
      require(viewer, 'draft.write', await placeOf(draft))
      if ((await drafts.state(id)).closedAt !== null) throw new Problem(409, 'draft-closed')
      const members = new Set(await membersOf(draft.group))
      if (people.some((person) => !members.has(person))) throw new Problem(422, 'not-of-group')
      const set = { v: 1, draft: id, clause, people: [...new Set(people)].sort(), at: now(), by: viewer.person }
      await model.updateOne({ _id: `${id}/${clause}` }, { $set: set }, { upsert: true })
      announcer.announce({ kind: 'proposers-changed', draft: id })
    },
  }
}
