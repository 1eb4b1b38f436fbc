/** Works out what a decision does to the proposal: what it replaces, what it adds and where; pure, run again when others came first. */
import type { Clause, DraftContent, Inline, SectionContent } from '../drafting/canonical.ts'
import type { SectionId } from '../drafting/template.ts'
import type { ClauseId } from '../ids.ts'
import { compose, type Decision, type DecisionKind } from './decisions.ts'
import type { Followed } from './delta.ts'
import type { Proposal, ProposalChange } from './proposal-doc.ts'
import { inlinesOf, isEmpty, refKey, type Unit } from './sources.ts'

export type Deciding = {
  readonly kind: DecisionKind
  readonly reason: string
  /** The wording of a combined or edited clause. */
  readonly text?: string | undefined
  readonly units: readonly Unit[]
  /** The units' pasts: what an amended clause replaces goes out with its earlier decision. */
  readonly histories: ReadonlyMap<string, Followed>
  /** Target groups that the submissions of these units chose; taken in with their section. */
  readonly choices: readonly string[]
  readonly by: string
  readonly at: number
  readonly newId: () => ClauseId
}

/** Keys whose earlier traces a decision about these units replaces: their own and those of their earlier submissions. */
function tracesOf(units: readonly Unit[], histories: ReadonlyMap<string, Followed>): Set<string> {
  const keys = new Set<string>()
  for (const unit of units) {
    keys.add(unit.key)
    const past = histories.get(unit.key)
    for (const key of past?.same ?? []) keys.add(key)
    if (past?.replaced !== undefined && past.replaced !== null) keys.add(past.replaced)
  }
  return keys
}

function withoutOrigins(runs: readonly Inline[], keys: ReadonlySet<string>): Inline[] {
  return runs.map((run): Inline => {
    if ('cite' in run || run.from === undefined) return run
    const from = run.from.filter((origin) => !keys.has(refKey(origin)))
    if (from.length === run.from.length) return run
    const { from: _gone, ...rest } = run
    return from.length === 0 ? rest : { ...rest, from }
  })
}

function strip(clause: Clause, keys: ReadonlySet<string>): Clause {
  if (clause.kind === 'table') {
    return { ...clause, rows: clause.rows.map((row) => row.map((cell) => withoutOrigins(cell, keys))) }
  }
  if (clause.kind !== 'recommendation') return { ...clause, runs: withoutOrigins(clause.runs, keys) }
  const fields = Object.fromEntries(
    Object.entries(clause.fields).map(([name, runs]) => [name, withoutOrigins(runs, keys)]),
  )
  return { ...clause, fields: { ...clause.fields, ...fields } }
}

/** Whether words of a clause come from others than these keys. */
function hasOthers(clause: Clause, keys: ReadonlySet<string>): boolean {
  return inlinesOf(clause).some((run) => 'text' in run && (run.from ?? []).some((origin) => !keys.has(refKey(origin))))
}

type Cleared = {
  readonly content: DraftContent
  readonly place: ReadonlyMap<SectionId, ClauseId | null>
  readonly gone: readonly ClauseId[]
}

/**
 * Takes out what these keys brought: a clause that is theirs alone goes, one that others share stays and only loses their mark.
 * `place`: after which clause of the section the first one stood, or stands; `gone`: the targets taken out (headings above them go too).
 */
function cleared(proposal: Proposal, keys: ReadonlySet<string>): Cleared {
  const targets = new Set<ClauseId>()
  const kept = new Set<ClauseId>()
  for (const [key, decision] of Object.entries(proposal.decisions)) {
    for (const target of decision.targets) (keys.has(key) ? targets : kept).add(target)
  }
  const place = new Map<SectionId, ClauseId | null>()
  const gone: ClauseId[] = []
  const sections = proposal.content.sections.map((section): SectionContent => {
    const clauses: Clause[] = []
    for (const clause of section.clauses) {
      // What a new document begins with, a place to write, has no place in a text that is composed.
      if (isEmpty(clause)) continue
      const ours = inlinesOf(clause).some(
        (run) => 'text' in run && (run.from ?? []).some((from) => keys.has(refKey(from))),
      )
      const goes = (ours || targets.has(clause.id)) && !kept.has(clause.id) && !hasOthers(clause, keys)
      if (!goes) clauses.push(strip(clause, keys))
      if (!goes && !ours) continue
      if (goes && targets.has(clause.id)) gone.push(clause.id)
      if (!place.has(section.id)) place.set(section.id, clauses.at(-1)?.id ?? null)
    }
    return { ...section, clauses }
  })
  return { content: { ...proposal.content, sections }, place, gone }
}

function inserted(
  section: SectionContent,
  clauses: readonly Clause[],
  after: ClauseId | null | undefined,
): SectionContent {
  const rest = section.clauses
  const at =
    after === undefined ? rest.length : after === null ? 0 : rest.findIndex((clause) => clause.id === after) + 1
  return { ...section, clauses: [...rest.slice(0, at), ...clauses, ...rest.slice(at)] }
}

/** The change that a decision makes. Deciding again replaces what was decided before, at the place where it stood. */
export function decide(proposal: Proposal, deciding: Deciding): ProposalChange {
  const keys = tracesOf(deciding.units, deciding.histories)
  const { content, place, gone } = cleared(proposal, keys)
  // A clause that takes another's place keeps its id, so that versions show it as reworded, not as cut and added.
  const free = deciding.units.every((unit) => unit.headings.length === 0) ? [...gone] : []
  const newId = (): ClauseId => free.shift() ?? deciding.newId()
  const { clauses, targets } = compose(deciding.kind, deciding.units, deciding.text, newId)
  const section = deciding.units[0]?.section
  const set: Record<string, Decision> = {}
  for (const [key, ids] of targets) {
    set[key] = { kind: deciding.kind, reason: deciding.reason, targets: ids, by: deciding.by, at: deciding.at }
  }
  const sections = content.sections.map((here): SectionContent => {
    if (here.id !== section) return here
    const added = clauses.length === 0 ? here : inserted(here, clauses, place.get(here.id))
    const choices = clauses.length === 0 ? [] : deciding.choices
    return { ...added, choices: [...new Set([...here.choices, ...choices])] }
  })
  return { content: { ...content, sections }, set, remove: [] }
}

/** Takes decisions back: their clauses are undecided again and what they brought is out of the text. */
export function undecide(proposal: Proposal, keys: readonly string[]): ProposalChange {
  const { content } = cleared(proposal, new Set(keys))
  return { content, set: {}, remove: keys }
}
