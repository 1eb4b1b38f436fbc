/** Handing in: the draft closes, and what stood is stored once; pressed twice it is one. Gaps are recorded, never a bar. */
import type { Connection } from 'mongoose'
import type { DraftId, GroupId, PersonId, SubmissionId, WorkshopId } from '../../shared/ids.ts'
import type { Place } from '../../shared/people/access.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import { newId } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { DraftRecord } from './draft-model.ts'
import type { Drafts } from './drafts.ts'
import type { ClauseProposers } from './proposers.ts'
import { submissionModel, type SubmissionRecord } from './submission-model.ts'

export type Submissions = ReturnType<typeof createSubmissions>
export type SubmissionsDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly drafts: Drafts
  /** The place of a draft with its group's phase. */
  readonly placeOf: (draft: DraftRecord) => Promise<Place>
  /** Asks the draft's open tabs for what they have not sent; resolves at the latest after so many milliseconds. */
  readonly collect: (draft: DraftId, ms: number) => Promise<void>
  /** The clauses that somebody named proposers for. */
  readonly proposers: (draft: DraftId) => Promise<readonly ClauseProposers[]>
  readonly now?: () => number
}

const DUPLICATE_KEY = 11_000
/** How long handing in waits for the group's tabs to say that all is sent. */
const COLLECT_MS = 3_000

export function createSubmissions({
  connection,
  announcer,
  drafts,
  placeOf,
  collect,
  proposers,
  now = Date.now,
}: SubmissionsDeps) {
  const model = submissionModel(connection)

  async function atClose(draft: DraftId, seq: number): Promise<SubmissionRecord | null> {
    return model.findOne({ draft, seq }).lean<SubmissionRecord>()
  }

  return {
    /**
     * Waits for what the group's open tabs are sending, closes the draft and stores what stood. Asks `draft.submit`. Throws 404 for the consolidated proposal. A stop between closing and
     * storing is made good by pressing again.
     */
    async submit(viewer: Viewer, id: DraftId): Promise<SubmissionRecord> {
      const draft = await drafts.existing(id)
      const { group } = draft
      if (group === null) throw new Problem(404, 'not-found')
      const place = await placeOf(draft)
      require(viewer, 'draft.submit', place)
      const by = viewer.person as PersonId
      if ((await drafts.state(id)).closedAt === null) await collect(id, COLLECT_MS)
      const { closedAt } = await drafts.close(id, by)
      if (closedAt === null) throw new Problem(409, 'conflict')
      const known = await atClose(id, closedAt)
      if (known !== null) return known
      const { content, missing, authors, typists, renamed } = await drafts.freezeBefore(id, closedAt)
      const proposed = await proposers(id)
      const record: SubmissionRecord = {
        _id: newId<SubmissionId>(),
        v: 1,
        draft: id,
        workshop: draft.workshop,
        group,
        n: (await model.countDocuments({ draft: id })) + 1,
        seq: closedAt,
        content,
        missing: [...missing],
        authors,
        provenance: content.sections.flatMap(({ clauses }) =>
          clauses.map((clause) => {
            const named = renamed.find(({ to }) => to === clause.id)?.from ?? clause.id
            return {
              clause: clause.id,
              proposers: proposed.find(({ clause: of }) => of === named)?.people ?? [group],
              people: typists.find((one) => one.clause === named)?.people ?? [],
            }
          }),
        ),
        renamed: [...renamed],
        at: now(),
        by,
      }
      try {
        await model.create(record)
      } catch (error) {
        const other = (error as { code?: unknown }).code === DUPLICATE_KEY ? await atClose(id, closedAt) : null
        if (other === null) throw error
        return other
      }
      announcer.announce({ kind: 'submission-made', workshop: draft.workshop, group, submission: record._id })
      return record
    },
    /** Opens the draft again; the next submission is the next number. Asks `draft.reopen`. */
    async reopen(viewer: Viewer, id: DraftId): Promise<void> {
      const draft = await drafts.existing(id)
      require(viewer, 'draft.reopen', await placeOf(draft))
      await drafts.reopen(id, viewer.person as PersonId)
    },
    /** Every submission of a workshop, oldest first. Asks nobody: for merging, which asks for itself. */
    async ofWorkshop(workshop: WorkshopId): Promise<SubmissionRecord[]> {
      return (await model.find({ workshop }).lean<SubmissionRecord[]>()).sort((a, b) => a.at - b.at)
    },
    /** The submissions of a draft for people who may read it, oldest first. */
    async ofDraft(viewer: Viewer, id: DraftId): Promise<SubmissionRecord[]> {
      require(viewer, 'submission.read', await placeOf(await drafts.existing(id)))
      return model.find({ draft: id }).sort({ n: 1 }).lean<SubmissionRecord[]>()
    },
    /** Number and time of a group's submission while its draft is closed; null before the first or while it is open again. */
    async standing(group: GroupId): Promise<{ n: number; at: number } | null> {
      const last = await model.find({ group }).lean<SubmissionRecord[]>()
      const newest = last.sort((a, b) => b.n - a.n)[0]
      if (newest === undefined) return null
      const { closedAt } = await drafts.state(newest.draft)
      return closedAt === newest.seq ? { n: newest.n, at: newest.at } : null
    },
  }
}
