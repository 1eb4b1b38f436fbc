/** The services of drafting put together: what app.ts makes once and hands to routes, the document port and other rooms. */
import type { Connection } from 'mongoose'
import { DRAFT_SCHEMA } from '../../shared/drafting/schema-version.ts'
import type { DraftId, GroupId, PersonId } from '../../shared/ids.ts'
import { may, type Place } from '../../shared/people/access.ts'
import type { Announcer } from '../announce/events.ts'
import { askedTogether } from '../asked-together.ts'
import type { Journal } from '../journal/journal.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { createDraftPool } from '../workers/draft-pool.ts'
import type { Audit } from '../people/audit.ts'
import { tellDigests } from './digest-news.ts'
import type { DraftWhere } from './draft-model.ts'
import { createDrafts } from './drafts.ts'
import { createHistory } from './history.ts'
import { createProposers } from './proposers.ts'
import { createSubmissions } from './submissions.ts'

export type DraftingRoomDeps = {
  readonly connection: Connection
  readonly journal: Journal
  readonly announcer: Announcer
  readonly audit: Pick<Audit, 'record'>
  /** The place of a draft with its group's phase: groups know it. */
  readonly placeOf: (draft: DraftWhere) => Promise<Place>
  /** The members of a group: participants know them. */
  readonly membersOf: (group: GroupId) => Promise<readonly PersonId[]>
  /** Asks a draft's open tabs for what they have not sent: the document port does. */
  readonly collect: (draft: DraftId, ms: number) => Promise<void>
}
export type DraftingRoom = ReturnType<typeof createDraftingRoom>

export function createDraftingRoom(deps: DraftingRoomDeps) {
  const { connection, journal, announcer, audit, placeOf, membersOf, collect } = deps
  const pool = createDraftPool()
  const drafts = createDrafts({ connection, journal, announcer, pool })
  const proposers = createProposers({ connection, announcer, drafts, placeOf, membersOf })
  const submissions = createSubmissions({ connection, announcer, drafts, placeOf, collect, proposers: proposers.named })
  const history = createHistory({ drafts, pool, announcer, audit, placeOf })
  const stopDigests = tellDigests(announcer)

  const placeNow = askedTogether(({ _id }: DraftWhere) => _id, placeOf)

  /** What a viewer may do to a draft's text now; the consolidated proposal is read by those who merge, written through the merge. */
  async function accessTo(viewer: Viewer, draft: DraftWhere): Promise<'write' | 'read' | 'none'> {
    const place = await placeNow(draft)
    if (draft.group === null) return may(viewer.standings, 'merge.read', place) ? 'read' : 'none'
    if (may(viewer.standings, 'draft.write', place)) return 'write'
    return may(viewer.standings, 'draft.read', place) ? 'read' : 'none'
  }

  return {
    drafts,
    submissions,
    proposers,
    history,
    accessTo,
    compact: (updates: readonly Uint8Array[]) => pool.compact(updates),
    missing: (updates: readonly Uint8Array[], state: Uint8Array) => pool.missing(updates, state),
    /** What a draft is for this viewer. Asks `draft.read`. */
    async info(viewer: Viewer, id: DraftId) {
      const draft = await drafts.existing(id)
      const place = await placeOf(draft)
      require(viewer, 'draft.read', place)
      const { closedAt, entries } = await drafts.state(id)
      return {
        id,
        generation: draft.generation,
        schema: DRAFT_SCHEMA,
        template: draft.template,
        workshop: draft.workshop,
        group: draft.group,
        phase: place.phase ?? null,
        access:
          closedAt === null && may(viewer.standings, 'draft.write', place) ? ('write' as const) : ('read' as const),
        maySubmit: may(viewer.standings, 'draft.submit', place),
        mayReopen: closedAt !== null && may(viewer.standings, 'draft.reopen', place),
        submitted: draft.group === null ? null : await submissions.standing(draft.group),
        restoredAt: entries.filter(({ kind }) => kind === 'restore-point').at(-1)?.at ?? null,
      }
    },
    /** The text for somebody who may read it. Asks `draft.read`. */
    async content(viewer: Viewer, id: DraftId) {
      require(viewer, 'draft.read', await placeOf(await drafts.existing(id)))
      const { content, seq } = await drafts.read(id)
      return { content, seq }
    },
    /** Who typed and deleted what of a section or clause (absent: of all), as of an entry (absent: now). Asks `authors.read`. */
    async authors(
      viewer: Viewer,
      id: DraftId,
      of: {
        readonly section?: string | undefined
        readonly clause?: string | undefined
        readonly seq?: number | undefined
      },
    ) {
      require(viewer, 'authors.read', await placeOf(await drafts.existing(id)))
      const { seq, sections } = await drafts.authors(id, of.seq)
      return {
        seq,
        sections: sections
          .filter(({ section }) => of.section === undefined || section === of.section)
          .map(({ section, clauses }) => ({
            section,
            clauses: clauses.filter(({ clause }) => of.clause === undefined || clause === of.clause),
          }))
          .filter(({ clauses }) => clauses.length > 0),
      }
    },
    async close(): Promise<void> {
      stopDigests()
      await pool.close()
    },
  }
}
