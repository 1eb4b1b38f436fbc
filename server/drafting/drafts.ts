/** Drafts: made once on the server, read, patched, closed and opened again; every change is an entry of the journal. */
import type { Connection } from 'mongoose'
import type { AuthoredSection } from '../../shared/drafting/authorship/authors.ts'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { DraftDigest, Missing } from '../../shared/drafting/progress.ts'
import { LONG_TEMPLATE } from '../../shared/drafting/template.ts'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'
import type { Entry, Journal, NewEntry } from '../journal/journal.ts'
import { newId } from '../people/secrets.ts'
import { Problem } from '../problem.ts'
import type { DraftPool } from '../workers/draft-pool.ts'
import type { FrozenDraft } from '../workers/freezing.ts'
import { draftModel, type DraftRecord } from './draft-model.ts'
import { sentOf } from './sent-entries.ts'

export type Drafts = ReturnType<typeof createDrafts>
export type DraftsDeps = {
  readonly connection: Connection
  readonly journal: Journal
  readonly announcer: Announcer
  readonly pool: DraftPool
  readonly now?: () => number
}

/** The journal of a draft at one moment. */
export type DraftState = {
  readonly draft: DraftRecord
  readonly seq: number
  /** Seq of the `close` that stands, or null. */
  readonly closedAt: number | null
  readonly updates: readonly Uint8Array[]
  readonly entries: readonly Entry[]
}

/** An entry to be. */
export type Making = Pick<NewEntry, 'kind' | 'bytes'>

type NewDraft = {
  readonly workshop: WorkshopId
  readonly group: GroupId | null
  readonly template: string
  readonly content?: DraftContent
}

/** Tries against writers who come first; each is a round trip. */
const TRIES = 20
const DUPLICATE_KEY = 11_000
/** Drafts whose entries are kept in memory. */
const MOST_HELD = 60

export function createDrafts({ connection, journal, announcer, pool, now = Date.now }: DraftsDeps) {
  const model = draftModel(connection)

  async function byId(id: DraftId): Promise<DraftRecord | null> {
    return model.findById(id).lean<DraftRecord>()
  }

  /** Throws Problem 404. */
  async function existing(id: DraftId): Promise<DraftRecord> {
    const draft = await byId(id)
    if (draft === null) throw new Problem(404, 'not-found')
    return draft
  }

  /** Entries never change, so only those that came since are read: the wall asks for every group every second. */
  const held = new Map<string, readonly Entry[]>()

  async function entriesOf({ _id, generation }: DraftRecord): Promise<readonly Entry[]> {
    const key = `${_id}.${generation}`
    const known = held.get(key) ?? []
    const newer = await journal.read(_id, generation, known.at(-1)?.seq ?? 0)
    const entries = newer.length === 0 ? known : [...known, ...newer]
    held.delete(key)
    held.set(key, entries)
    for (const oldest of held.keys()) if (held.size > MOST_HELD) held.delete(oldest)
    return entries
  }

  async function state(id: DraftId): Promise<DraftState> {
    const draft = await existing(id)
    const entries = await entriesOf(draft)
    const base = await journal.base(id, draft.generation)
    const after = base?.upTo ?? 0
    const updates = entries.filter((entry) => entry.kind === 'update' && entry.seq > after).map((entry) => entry.bytes)
    if (base !== null) updates.unshift(base.bytes)
    const turn = entries.filter((entry) => entry.kind === 'close' || entry.kind === 'reopen').at(-1)
    return {
      draft,
      seq: entries.at(-1)?.seq ?? after,
      closedAt: turn?.kind === 'close' ? turn.seq : null,
      updates,
      entries,
    }
  }

  /** Appends what `make` gives (several: all or none) for the state that stands; asked again when others came first. Null from `make` = nothing to do. */
  async function append(
    id: DraftId,
    by: PersonId | 'server',
    make: (state: DraftState) => Promise<Making | readonly Making[] | null>,
  ): Promise<DraftState> {
    for (let tries = 0; tries < TRIES; tries++) {
      const seen = await state(id)
      const made = await make(seen)
      if (made === null) return seen
      const { generation, workshop, group } = seen.draft
      const at = now()
      const entries = [made].flat().map((one) => ({ draft: id, generation, by, at, ...one }))
      const outcome = await journal.append(seen.seq, entries)
      if (outcome.kind === 'behind') continue
      announcer.announce({ kind: 'draft-appended', draft: id, generation, seq: outcome.last, workshop, group })
      return state(id)
    }
    throw new Problem(503, 'store-failing')
  }

  async function create(given: NewDraft): Promise<DraftRecord> {
    const draft: DraftRecord = {
      _id: newId<DraftId>(),
      v: 1,
      workshop: given.workshop,
      group: given.group,
      template: given.template,
      generation: 1,
      createdAt: now(),
    }
    // The text first: a record whose journal is empty would open as a draft without sections.
    const bytes = await pool.seed(given.template, given.content ?? null)
    await journal.append(0, [{ draft: draft._id, generation: 1, kind: 'update', by: 'server', at: now(), bytes }])
    try {
      await model.create(draft)
    } catch (error) {
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
      const known = await model.findOne({ workshop: given.workshop, group: given.group }).lean<DraftRecord>()
      if (known === null) throw error
      return known
    }
    return draft
  }

  return {
    byId,
    existing,
    state,
    append,
    /** A group's draft from a template; made twice it is the same draft. */
    async createDraft(given: NewDraft): Promise<DraftId> {
      return (await create(given))._id
    },
    /** The draft that holds a workshop's consolidated proposal, always of the long template; made at first need. */
    async consolidatedOf(workshop: WorkshopId): Promise<{ draft: DraftId; generation: number }> {
      const known =
        (await model.findOne({ workshop, group: null }).lean<DraftRecord>()) ??
        (await create({ workshop, group: null, template: LONG_TEMPLATE.id }))
      return { draft: known._id, generation: known.generation }
    },
    /** Text, what it lacks, and the seq at which it stood so. */
    async read(
      id: DraftId,
    ): Promise<{ content: DraftContent; missing: readonly Missing[]; seq: number; closedAt: number | null }> {
      const { draft, updates, seq, closedAt } = await state(id)
      return { ...(await pool.read(draft.template, updates)), seq, closedAt }
    },
    /** Progress without text, except the last words (shown only where the group shares them); when it changed last. */
    async digest(id: DraftId): Promise<{ digest: DraftDigest; changedAt: number | null }> {
      const { draft, updates, entries } = await state(id)
      // The seed is the first entry; what the server put there is no change of the group's.
      const last = entries.filter((entry) => entry.kind === 'update' && entry.seq > 1).at(-1)
      return { digest: await pool.digest(draft.template, updates), changedAt: last?.at ?? null }
    },
    /** A forward edit towards `target`, matched by clause id; refused (409) while the draft is closed. */
    async patch(id: DraftId, target: DraftContent, by: PersonId | 'server'): Promise<void> {
      await append(id, by, async (seen) => {
        if (seen.closedAt !== null) throw new Problem(409, 'draft-closed')
        const bytes = await pool.patch(seen.draft.template, seen.updates, target)
        return bytes === null ? null : { kind: 'update', bytes }
      })
    },
    /** Closes for writing: an update behind this entry is refused on whichever node it comes. Closed twice it stays as it was. */
    async close(id: DraftId, by: PersonId): Promise<DraftState> {
      const closed = await append(id, by, async (seen) =>
        seen.closedAt === null ? { kind: 'close', bytes: new Uint8Array() } : null,
      )
      announcer.announce({ kind: 'draft-closed', draft: id, seq: closed.seq })
      return closed
    },
    /** Opens for writing again. */
    async reopen(id: DraftId, by: PersonId): Promise<void> {
      const opened = await append(id, by, async (seen) =>
        seen.closedAt === null ? null : { kind: 'reopen', bytes: new Uint8Array() },
      )
      announcer.announce({ kind: 'draft-reopened', draft: id, seq: opened.seq })
    },
    /** Who typed and deleted what, as of entry `seq` (absent: now), from the entries alone. */
    async authors(id: DraftId, seq?: number): Promise<{ seq: number; sections: readonly AuthoredSection[] }> {
      const { draft, entries, seq: last } = await state(id)
      const at = Math.min(seq ?? last, last)
      return { seq: at, sections: await pool.authors(draft.template, sentOf(entries), at) }
    },
    /** The text as it stood before entry `seq`, from the entries alone. */
    async freezeBefore(id: DraftId, seq: number): Promise<FrozenDraft & { readonly authors: PersonId[] }> {
      const { draft, entries } = await state(id)
      const upTo = entries.filter((entry) => entry.seq < seq)
      const writers = upTo.flatMap(({ kind, by }) => (kind !== 'update' || by === 'server' ? [] : [by]))
      return { ...(await pool.freeze(draft.template, sentOf(upTo))), authors: [...new Set(writers)] }
    },
  }
}
