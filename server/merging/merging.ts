/** Merging: what groups handed in, brought together; deciding every clause into the consolidated proposal. */
import type { ClauseId, PersonId, WorkshopId } from '../../shared/ids.ts'
import { newClauseId } from '../../shared/drafting/clause-ids.ts'
import { codesOf } from '../../shared/drafting/clause-codes.ts'
import { SECTION_IDS, type SectionId } from '../../shared/drafting/template.ts'
import type { Topic } from '../../shared/merging/align.ts'
import type { LedgerRowView, Matrix, Progress, TopicView } from '../../shared/merging/contract.ts'
import { decide, undecide } from '../../shared/merging/deciding.ts'
import { needsReason, type DecisionKind, type Decisions } from '../../shared/merging/decisions.ts'
import { followed, type Followed } from '../../shared/merging/delta.ts'
import { ledger, type GroupSources, type Ledger } from '../../shared/merging/ledger.ts'
import { isEmpty, mainText, refKey, unitsOf, type ClauseRef, type Unit } from '../../shared/merging/sources.ts'
import { shownDecision, topicView } from '../../shared/merging/topic-view.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { MergePool } from '../workers/merge-pool.ts'
import { groupSources, type MergeGroup, type MergeSources, type MergeSubmission } from './merge-sources.ts'
import { createNames } from './names.ts'
import { proposalView, type ProposalView } from './proposal-view.ts'
import type { Proposals, ProposalState } from './proposals.ts'
import { seenOf, standingOf } from './seen-decision.ts'

export type MergingDeps = {
  readonly sources: MergeSources
  readonly proposals: Proposals
  readonly pool: MergePool
  readonly announcer: Announcer
  readonly now: () => number
  /** Number and content hash of the last version: what freezing again would compare with. */
  readonly lastVersion: (
    workshop: WorkshopId,
  ) => Promise<{ number: string; next: string; sameAs: (state: ProposalState) => boolean } | null>
}

export type DecideInput = {
  readonly clauses: readonly ClauseRef[]
  readonly kind: DecisionKind
  readonly reason: string
  readonly text?: string | undefined
  /** When each of `clauses` was decided, as the editor saw it; null: undecided. Left out: as it stands. */
  readonly seen?: readonly (number | null)[] | undefined
}

/** Everything that a screen of merging is made of, at one moment. */
export type MergeState = {
  readonly groups: readonly MergeGroup[]
  readonly submissions: readonly MergeSubmission[]
  readonly sources: readonly GroupSources[]
  readonly state: ProposalState
  readonly ledger: Ledger
}

export type Merging = {
  /** The state behind all screens, without asking permission: for freezing and outcomes. */
  state(workshop: WorkshopId): Promise<MergeState>
  matrix(viewer: Viewer, workshop: WorkshopId): Promise<Matrix>
  topics(viewer: Viewer, workshop: WorkshopId, section: SectionId): Promise<{ section: SectionId; topics: TopicView[] }>
  proposal(viewer: Viewer, workshop: WorkshopId): Promise<ProposalView>
  ledger(viewer: Viewer, workshop: WorkshopId): Promise<{ progress: Progress; rows: LedgerRowView[] }>
  /** The same again changes nothing. Throws Problem 409 clause-gone, decided-meanwhile, 422 mixed-sections, reason-needed, wording-needed. */
  decide(viewer: Viewer, workshop: WorkshopId, input: DecideInput): Promise<{ progress: Progress; targets: ClauseId[] }>
  /** Several decisions as one journal entry: all or none. */
  decideTogether(
    viewer: Viewer,
    workshop: WorkshopId,
    inputs: readonly DecideInput[],
  ): Promise<{ progress: Progress; targets: ClauseId[] }>
  undecide(viewer: Viewer, workshop: WorkshopId, clauses: readonly ClauseRef[]): Promise<{ progress: Progress }>
}

/** How far the ledger is. */
export function progressOf({ rows, remaining, troubled }: Ledger): Progress {
  return { remaining, troubled, total: rows.length, decided: rows.length - remaining }
}

export function createMerging({ sources, proposals, pool, announcer, now, lastVersion }: MergingDeps): Merging {
  /** Topics by the submissions they come from: submissions never change, so neither do their topics. */
  const aligned = new Map<string, Promise<readonly Topic[]>>()

  const topicsOf = (groups: readonly GroupSources[]): Promise<readonly Topic[]> => {
    const current = groups.map((group) => group.current)
    const key = current.map(({ submission, group }) => `${group}=${submission}`).join(' ')
    const known = aligned.get(key)
    if (known !== undefined) return known
    const asked = pool.ask({ kind: 'align', sources: current }).then(({ topics }) => topics)
    aligned.set(key, asked)
    asked.catch(() => aligned.delete(key))
    return asked
  }

  /** The last ledger of each proposal: a screen asks four times for what one decision changed. */
  const ledgers = new Map<string, { readonly key: string; readonly ledger: Ledger }>()

  const ledgerOf = (groups: readonly GroupSources[], { draft, seq, decisions, content }: ProposalState): Ledger => {
    const sources = groups.map(({ current, earlier }) =>
      [current, ...earlier].map(({ submission, group }) => `${group} ${submission}`),
    )
    const key = JSON.stringify([seq, sources])
    const known = ledgers.get(draft)
    if (known?.key === key) return known.ledger
    const made = ledger(groups, decisions, content)
    ledgers.set(draft, { key, ledger: made })
    return made
  }

  const stateOf = async (workshop: WorkshopId): Promise<MergeState> => {
    const [groups, submissions, state] = await Promise.all([
      sources.groups(workshop),
      sources.submissions(workshop),
      proposals.read(workshop),
    ])
    const grouped = groupSources(groups, submissions)
    return { groups, submissions, sources: grouped, state, ledger: ledgerOf(grouped, state) }
  }

  const { named, withNames, withProposers } = createNames(sources)

  const histories = (groups: readonly GroupSources[]): Map<string, Followed> =>
    new Map(groups.flatMap(({ current, earlier }) => [...followed(current, earlier).histories]))

  const person = (viewer: Viewer): PersonId => {
    if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
    return viewer.person
  }

  const unitsFor = (groups: readonly GroupSources[], clauses: readonly ClauseRef[]): Unit[] => {
    const all = new Map(groups.flatMap(({ current }) => unitsOf(current)).map((unit) => [unit.key, unit]))
    const keys = [...new Set(clauses.map(refKey))]
    return keys.map((key) => {
      const unit = all.get(key)
      if (unit === undefined) throw new Problem(409, 'clause-gone')
      return unit
    })
  }

  /** What a decision needs, checked against what stands: the units, their pasts and the choices that come with them. */
  const checked = (merge: MergeState, topics: readonly Topic[], { clauses, kind, reason, text, seen }: DecideInput) => {
    const units = unitsFor(merge.sources, clauses)
    if (new Set(units.map((unit) => unit.section)).size > 1) throw new Problem(422, 'mixed-sections')
    const keys = new Set(units.map((unit) => unit.key))
    const conflict = topics.some((topic) =>
      topic.pairs.some((pair) => pair.relation === 'conflicting' && keys.has(pair.a) && keys.has(pair.b)),
    )
    if (needsReason(kind, conflict) && reason.trim() === '') throw new Problem(422, 'reason-needed')
    if ((kind === 'edit' || kind === 'combine') && (text ?? '').trim() === '') throw new Problem(422, 'wording-needed')
    const submissions = new Set(units.map((unit) => unit.ref.submission))
    const choices = merge.sources
      .filter(({ current }) => submissions.has(current.submission))
      .flatMap(({ current }) => current.content.sections.find(({ id }) => id === units[0]?.section)?.choices ?? [])
    return {
      kind,
      reason: reason.trim(),
      text: kind === 'adopt' ? undefined : text?.trim(),
      units,
      choices,
      seen: seenOf(clauses, seen),
    }
  }

  const decideTogether: Merging['decideTogether'] = async (viewer, workshop, inputs) => {
    require(viewer, 'merge.decide', { workshop })
    const by = person(viewer)
    const merge = await stateOf(workshop)
    const topics = await topicsOf(merge.sources)
    const wanted = inputs.map((input) => checked(merge, topics, input))
    const past = histories(merge.sources)
    const at = now()
    const state = await proposals.change(workshop, by, (proposal) => {
      let { content, decisions } = proposal
      let set: Decisions = {}
      const rows = new Map(ledgerOf(merge.sources, proposal).rows.map((row) => [row.key, row]))
      for (const one of wanted) {
        const standing = standingOf(proposal, rows, one)
        if (standing === 'unseen') throw new Problem(409, 'decided-meanwhile')
        if (standing === 'repeated') continue
        const change = decide({ content, decisions }, { ...one, histories: past, by, at, newId: newClauseId })
        content = change.content
        decisions = { ...decisions, ...change.set }
        set = { ...set, ...change.set }
      }
      return { content, set, remove: [] }
    })
    announcer.announce({ kind: 'merge-changed', workshop })
    const codes = codesOf(state.content)
    const keys = wanted.flatMap(({ units }) => units.map((unit) => unit.key))
    const targets = keys.flatMap((key) => state.decisions[key]?.targets ?? []).filter((id) => codes.has(id))
    return {
      progress: progressOf(ledgerOf(merge.sources, state)),
      targets: [...new Set(targets)],
    }
  }

  return {
    state: stateOf,
    async matrix(viewer, workshop) {
      require(viewer, 'merge.read', { workshop })
      const [title, merge, last] = await Promise.all([
        sources.title(workshop),
        stateOf(workshop),
        lastVersion(workshop),
      ])
      const topics = await topicsOf(merge.sources)
      const conflicting = new Set(
        topics
          .filter((topic) => topic.pairs.some((pair) => pair.relation === 'conflicting'))
          .flatMap((topic) => topic.units.map((unit) => unit.key)),
      )
      const submitted = new Set(merge.sources.map(({ current }) => current.group))
      const progress = progressOf(merge.ledger)
      const legal = merge.state.content.sections.find(({ id }) => id === 'legal_basis')?.clauses ?? []
      const barred: Matrix['barred'] = []
      if (progress.remaining > 0 || progress.total === 0) barred.push('remaining')
      if (progress.troubled > 0) barred.push('troubled')
      if (legal.every(isEmpty)) barred.push('legal-basis')
      if (last?.sameAs(merge.state) === true) barred.push('nothing-new')
      return {
        title,
        groups: merge.groups.map((group) => ({ ...group, submitted: submitted.has(group.number) })),
        sections: SECTION_IDS.map((id) => ({
          id,
          topics: topics.filter((topic) => topic.section === id).length,
          cells: merge.groups.map(({ number }) => {
            const rows = merge.ledger.rows.filter((row) => row.section === id && row.group === number)
            const open = rows.filter((row) => row.decision === null)
            const conflict = open.some((row) => conflicting.has(row.key))
            return { group: number, total: rows.length, remaining: open.length, conflict }
          }),
        })),
        progress,
        barred,
        next: last?.next ?? '0.1',
        last: last?.number ?? null,
      }
    },
    async topics(viewer, workshop, section) {
      require(viewer, 'merge.read', { workshop })
      const merge = await stateOf(workshop)
      const rows = new Map(merge.ledger.rows.map((row) => [row.key, row]))
      const topics = await topicsOf(merge.sources)
      const units = new Map(topics.flatMap((topic) => topic.units.map((unit) => [unit.key, unit] as const)))
      const here = topics.filter((topic) => topic.section === section).map((topic) => topicView(topic, rows, units))
      const shown = await Promise.all(
        here.map(async (topic) => ({
          ...topic,
          clauses: await withProposers(await withNames(topic.clauses), merge.submissions),
        })),
      )
      return { section, topics: shown }
    },
    async proposal(viewer, workshop) {
      require(viewer, 'merge.read', { workshop })
      const { state, ledger: current } = await stateOf(workshop)
      const view = proposalView(state, current)
      const sections = await Promise.all(
        view.sections.map(async (section) => ({ ...section, clauses: await named(section.clauses) })),
      )
      return { ...view, sections }
    },
    async ledger(viewer, workshop) {
      require(viewer, 'merge.read', { workshop })
      const { ledger: current } = await stateOf(workshop)
      const rows = current.rows.map((row): LedgerRowView => ({
        key: row.key,
        ref: { ...row.unit.ref },
        group: row.group,
        section: row.section,
        code: row.code,
        text: mainText(row.unit.clause),
        decision: shownDecision(row),
        carried: row.carried,
        change: row.change,
        where: [...row.where],
        trouble: row.trouble,
      }))
      return { progress: progressOf(current), rows: await withNames(rows) }
    },
    decide: (viewer, workshop, input) => decideTogether(viewer, workshop, [input]),
    decideTogether,
    async undecide(viewer, workshop, clauses) {
      require(viewer, 'merge.decide', { workshop })
      const by = person(viewer)
      const merge = await stateOf(workshop)
      const past = histories(merge.sources)
      const keys = unitsFor(merge.sources, clauses).flatMap(({ key }) => [key, ...(past.get(key)?.same ?? [])])
      const state = await proposals.change(workshop, by, (proposal) => undecide(proposal, keys))
      announcer.announce({ kind: 'merge-changed', workshop })
      return { progress: progressOf(ledgerOf(merge.sources, state)) }
    },
  }
}
