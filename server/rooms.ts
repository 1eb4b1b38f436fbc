/** The services of every room, each given what it may know of the others; for app.ts, the demo and tests. */
import type { Logger } from 'pino'
import type { DraftId, PersonId, WorkshopId } from '../shared/ids.ts'
import type { Place } from '../shared/people/access.ts'
import type { Announcer } from './announce/events.ts'
import type { Nodes } from './announce/nodes.ts'
import type { Config } from './config.ts'
import type { DraftWhere } from './drafting/draft-model.ts'
import { createDraftingRoom, type DraftingRoom } from './drafting/drafting-room.ts'
import type { MergeSources } from './merging/merge-sources.ts'
import { openMergingRoom } from './merging/merging-room.ts'
import { createAudit } from './people/audit.ts'
import { createPeople, type People } from './people/people.ts'
import { createReviewRoom } from './review/review-room.ts'
import type { Store } from './store/store.ts'
import { createWorkshopRoom, type WorkshopRoom } from './workshop/workshop-room.ts'

/** Sessions that ran out are removed this often; they are refused without it. */
const SWEEP_MS = 3_600_000

export type RoomsDeps = {
  readonly config: Config
  readonly store: Store
  readonly announcer: Announcer
  /** The other nodes; null where there is no REDIS_URL. */
  readonly nodes: Nodes | null
  readonly log: Logger
  /** Who has a draft open now; the document port knows. */
  readonly peopleIn: (draft: DraftId) => readonly PersonId[]
  /** Asks a draft's open tabs for what they have not sent; resolves at the latest after so many milliseconds. */
  readonly collect: (draft: DraftId, ms: number) => Promise<void>
}
export type Rooms = Awaited<ReturnType<typeof createRooms>>

/** Builds the rooms. Two that need each other ask late, at the time of asking. */
export async function createRooms({ config, store, announcer, nodes, log, peopleIn, collect }: RoomsDeps) {
  const { connection, journal } = store
  const placeOf = async (draft: DraftWhere): Promise<Place> => {
    const place = draft.group === null ? null : await workshop.groups.placeOf(draft.group)
    return place ?? { workshop: draft.workshop, phase: (await workshop.workshops.get(draft.workshop)).phase }
  }
  const drafting: DraftingRoom = createDraftingRoom({
    connection,
    journal,
    announcer,
    audit: createAudit({ connection }),
    placeOf,
    membersOf: async (group) => (await workshop.participants.inGroup(group)).map(({ id }) => id),
    collect,
  })
  const workshop: WorkshopRoom = createWorkshopRoom({
    connection,
    announcer,
    audit: createAudit({ connection }),
    give: (person, standing) => people.accounts.give(person, standing),
    secretsOf: (persons) => people.links.secretsOf(persons),
    drafts: drafting.drafts,
    signals: {
      digest: (draft) => drafting.drafts.digest(draft),
      online: (draft) => peopleIn(draft).length,
      submitted: (group) => drafting.submissions.standing(group),
    },
    onFailure: (error) => log.error({ err: error }, 'a write in the background failed'),
  })
  const people: People = createPeople({
    connection,
    announcer,
    https: config.publicUrl?.startsWith('https:') === true,
    demo: config.demo,
    roster: workshop.rosterPort,
    workshops: workshop.workshops.port,
    store: { where: store.where, ready: async () => connection.readyState === 1 },
    nodes,
    versionToReview: (id) => review.reviews.versionToReview(id),
  })
  const sources = mergeSources(workshop, drafting, people)
  const merging = await openMergingRoom({
    store,
    announcer,
    sources,
    draftOf: (id: WorkshopId) => drafting.drafts.consolidatedOf(id),
    now: Date.now,
  })
  const review = createReviewRoom({
    store,
    announcer,
    versions: merging.versions,
    key: merging.key,
    sources,
    async workshopOf(id) {
      const { title, place, begins, ends, organiser } = await workshop.workshops.get(id)
      const { people: participants } = await workshop.workshops.port.size(id)
      return { title, place, begins, ends, department: organiser, participants, groups: await sources.groups(id) }
    },
    failed: (error) => log.error({ err: error }, 'making a document failed'),
    now: Date.now,
  })
  await workshop.phases.resume()
  const sweeping = setInterval(() => {
    people.sessions.sweep().catch((error: unknown) => log.error({ err: error }, 'sweeping sessions failed'))
  }, SWEEP_MS)
  return {
    workshop,
    drafting,
    people,
    merging,
    review,
    async close(): Promise<void> {
      clearInterval(sweeping)
      workshop.close()
      await merging.close()
      await drafting.close()
    },
  }
}

/** What merging asks of workshops, submissions and people. */
function mergeSources(workshop: WorkshopRoom, drafting: DraftingRoom, people: People): MergeSources {
  return {
    title: async (id) => (await workshop.workshops.get(id)).title,
    async groups(id) {
      const groups = await workshop.groups.ofWorkshop(id)
      return groups.map(({ id: group, number, topic }) => ({ id: group, number, name: topic }))
    },
    async submissions(id) {
      const found = await drafting.submissions.ofWorkshop(id)
      return found.map(({ _id, group, n, content, at, by, authors, provenance }) => ({
        id: _id,
        group,
        n,
        content,
        at,
        by,
        authors,
        proposers: provenance.map(({ clause, proposers }) => ({ clause, people: proposers })),
      }))
    },
    async nameOf(person) {
      const id = person as PersonId
      return (await workshop.participants.byId(id))?.name ?? (await people.accounts.viewerOf(id))?.name ?? ''
    },
  }
}
