/** The history of a draft: its moments, the text at one beside what stands now, and bringing it back as an entry like anybody's. */
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { RESTORE_BARS } from '../../shared/drafting/history-contract.ts'
import { restoreText } from '../../shared/drafting/restored.ts'
import { codedClauses } from '../../shared/merging/codes.ts'
import { partsOf } from '../../shared/merging/diff.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import { may, type Place } from '../../shared/people/access.ts'
import type { Announcer } from '../announce/events.ts'
import { LARGEST_DRAFT, type Entry } from '../journal/journal.ts'
import { comparison } from '../merging/comparison.ts'
import type { Audit } from '../people/audit.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { DraftPool } from '../workers/draft-pool.ts'
import type { DraftRecord } from './draft-model.ts'
import type { Drafts, Making } from './drafts.ts'
import { journalOf, sentOf } from './sent-entries.ts'

export type HistoryDeps = {
  readonly drafts: Drafts
  readonly pool: DraftPool
  readonly announcer: Announcer
  readonly audit: Pick<Audit, 'record'>
  /** The place of a draft with its group's phase. */
  readonly placeOf: (draft: DraftRecord) => Promise<Place>
}

export function createHistory({ drafts, pool, announcer, audit, placeOf }: HistoryDeps) {
  /** Throws Problem 404 for the consolidated proposal too: its text and its decisions go together, and merging changes both. */
  async function groupDraft(id: DraftId): Promise<{ draft: DraftRecord; place: Place }> {
    const draft = await drafts.existing(id)
    if (draft.group === null) throw new Problem(404, 'not-found')
    return { draft, place: await placeOf(draft) }
  }

  /** Sections without what a restore would not touch. */
  function open(content: DraftContent, locked: readonly SectionId[]): DraftContent {
    return { ...content, sections: content.sections.filter((section) => !locked.includes(section.id)) }
  }

  return {
    /** Asks `history.read`. */
    async list(viewer: Viewer, id: DraftId) {
      const { draft, place } = await groupDraft(id)
      require(viewer, 'history.read', place)
      const { entries, seq, closedAt } = await drafts.state(id)
      const moments = await pool.moments(draft.template, journalOf(entries))
      return { template: draft.template, now: seq, bar: barOf(viewer, place, closedAt), moments: [...moments] }
    },
    /** Asks `history.read`. Throws 404 for an entry that there is not. */
    async at(viewer: Viewer, id: DraftId, moment: number) {
      const { draft, place } = await groupDraft(id)
      require(viewer, 'history.read', place)
      const { entries, updates, seq } = await drafts.state(id)
      const then = updatesUpTo(entries, moment)
      const locked = lockedSections(entries)
      const { content } = await pool.read(
        draft.template,
        then.map(({ bytes }) => bytes),
      )
      const { content: now } = await pool.read(draft.template, updates)
      const compared = comparison(
        { content: open(now, locked), outcomes: [] },
        { content: open(content, locked), outcomes: [] },
      )
      return {
        ...compared,
        seq: moment,
        at: then.at(-1)?.at ?? 0,
        clauses: codedClauses(content).map(({ clause, section, code }) => {
          return { id: clause.id, section, code, parts: partsOf(clause).map((part) => ({ ...part })) }
        }),
        ticked: content.sections.flatMap(({ choices }) => choices),
        now: seq,
        choices: choicesBetween(open(now, locked), open(content, locked)),
        locked,
      }
    },
    /**
     * Brings the text of a moment back: one update made by the worker, appended with what it says of its letters, in the name of whoever
     * asks. It is made for the text at `seen`, so what comes behind that stays. Asks `draft.restore`. Throws 404 for an entry that there
     * is not, 409 while the draft is closed (`draft-closed`), where `seen` is older than the last restore (`restored-meanwhile`),
     * where what came since does not go with it (`changed-meanwhile`), and where the draft would outgrow its bound (`restore-too-large`).
     */
    async restore(viewer: Viewer, id: DraftId, moment: number, seen: number) {
      const { draft, place } = await groupDraft(id)
      require(viewer, 'draft.restore', place)
      const by = viewer.person as PersonId
      let locked: readonly SectionId[] = []
      let before = 0
      let isMade = false
      const { entries } = await drafts.append(id, by, async (state) => {
        if (state.closedAt !== null) throw new Problem(409, 'draft-closed')
        updatesUpTo(state.entries, moment)
        if (seen > state.seq || moment > seen) throw new Problem(404, 'not-found')
        if (state.entries.some(({ kind, seq }) => kind === 'restore-point' && seq > seen))
          throw new Problem(409, 'restored-meanwhile')
        locked = lockedSections(state.entries)
        before = lastUpdate(state.entries)
        const wish = { to: moment, seen, locked }
        const restored = await pool.restore(draft.template, sentOf(state.entries), wish)
        if (restored === 'changed') throw new Problem(409, 'changed-meanwhile')
        isMade = restored !== 'same'
        if (restored === 'same') return null
        const made: readonly Making[] = [
          { kind: 'restore-point', bytes: new TextEncoder().encode(restoreText(restored.record)) },
          { kind: 'update', bytes: restored.update },
        ]
        // What it says of its letters may be longer than the update, and both are one append.
        if (sizeOf(state.updates) + sizeOf(made.map(({ bytes }) => bytes)) > LARGEST_DRAFT)
          throw new Problem(409, 'restore-too-large')
        return made
      })
      if (!isMade) return { seq: null, before, locked: [...locked] }
      const seq = entries.find((entry) => entry.kind === 'update' && entry.seq > before)?.seq ?? null
      await audit.record({ what: 'draft-restored', who: by, whom: id, workshop: draft.workshop })
      announcer.announce({ kind: 'draft-restored', draft: id, seq: seq ?? before })
      return { seq, before, locked: [...locked] }
    },
  }
}

/** Why this viewer may not restore, or null. */
function barOf(viewer: Viewer, place: Place, closedAt: number | null): (typeof RESTORE_BARS)[number] | null {
  const writing: Place = { ...place, phase: 'draft' }
  if (!may(viewer.standings, 'draft.restore', writing)) return 'role'
  if (closedAt !== null) return 'closed'
  return may(viewer.standings, 'draft.restore', place) ? null : 'phase'
}

/** The updates up to an entry. Throws Problem 404 where there is none. */
function updatesUpTo(entries: readonly Entry[], seq: number): Entry[] {
  const found = entries.filter((entry) => entry.kind === 'update' && entry.seq <= seq)
  if (found.length === 0 || seq > (entries.at(-1)?.seq ?? 0)) throw new Problem(404, 'not-found')
  return found
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0)

const lastUpdate = (entries: readonly Entry[]): number =>
  entries.filter(({ kind }) => kind === 'update').at(-1)?.seq ?? 0

/** The sections that are locked now. */
function lockedSections(entries: readonly Entry[]): SectionId[] {
  const locked = new Set<SectionId>()
  for (const { kind, bytes } of entries) {
    if (kind === 'lock') locked.add(new TextDecoder().decode(bytes) as SectionId)
    if (kind === 'unlock') locked.delete(new TextDecoder().decode(bytes) as SectionId)
  }
  return [...locked]
}

/** Section by section the ticks that would come back and go. */
function choicesBetween(now: DraftContent, then: DraftContent) {
  return then.sections.flatMap(({ id, choices }) => {
    const have = now.sections.find((section) => section.id === id)?.choices ?? []
    const back = choices.filter((choice) => !have.includes(choice))
    const gone = have.filter((choice) => !choices.includes(choice))
    return back.length + gone.length === 0 ? [] : [{ section: id, back, gone }]
  })
}
