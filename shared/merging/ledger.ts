/** The ledger of every clause: what was decided, where its words are now, what contradicts; freezing asks it. */
import type { DraftContent } from '../drafting/canonical.ts'
import { codesOf } from '../drafting/clause-codes.ts'
import type { ClauseId } from '../ids.ts'
import type { SectionId } from '../drafting/template.ts'
import { takesIn, type Decision, type Decisions } from './decisions.ts'
import { followed, type Followed } from './delta.ts'
import { dice } from './diff.ts'
import { inlinesOf, mainText, refKey, unitsOf, type Source, type Unit } from './sources.ts'

/** A group's submissions, the current one and the earlier ones (newest first). */
export type GroupSources = { readonly current: Source; readonly earlier: readonly Source[] }

/** What is wrong with a decided clause; each blocks freezing. */
export const TROUBLES = ['nowhere', 'target-gone', 'twice', 'present'] as const
export type Trouble = (typeof TROUBLES)[number]

export type LedgerRow = {
  readonly key: string
  readonly group: number
  readonly section: SectionId
  /** Code in the group's own text. */
  readonly code: string
  readonly unit: Unit
  /** The decision, also one made on the same words of an earlier submission (`carried`). Null: still to be decided. */
  readonly decision: Decision | null
  readonly carried: boolean
  /** What an amended submission brought: only these need a new decision. */
  readonly change: 'added' | 'changed' | 'withdrawn' | null
  /** What a changed clause said in the submission before. */
  readonly before: Unit | null
  /** Clauses of the proposal where its words are, in order, with their codes. */
  readonly where: readonly { readonly clause: ClauseId; readonly code: string }[]
  readonly trouble: Trouble | null
}

export type Ledger = {
  readonly rows: readonly LedgerRow[]
  readonly remaining: number
  readonly troubled: number
}

/** Share of a clause's words in one place that counts as the whole clause. */
const WHOLE = 0.8

type Places = ReadonlyMap<string, ReadonlyMap<ClauseId, string>>

/** For every origin, the clauses that hold words of it, with those words. */
function placesOf(content: DraftContent): Places {
  const places = new Map<string, Map<ClauseId, string>>()
  for (const { clauses } of content.sections) {
    for (const clause of clauses) {
      for (const run of inlinesOf(clause)) {
        if ('cite' in run) continue
        for (const origin of run.from ?? []) {
          const key = refKey(origin)
          const here = places.get(key) ?? new Map<ClauseId, string>()
          here.set(clause.id, (here.get(clause.id) ?? '') + run.text)
          places.set(key, here)
        }
      }
    }
  }
  return places
}

function troubleOf(
  unit: Unit,
  decision: Decision,
  held: ReadonlyMap<ClauseId, string>,
  living: ReadonlySet<string>,
): Trouble | null {
  if (!takesIn(decision.kind)) return held.size > 0 ? 'present' : null
  if (decision.targets.some((target) => !living.has(target))) return 'target-gone'
  if (held.size === 0 && decision.targets.length === 0) return 'nowhere'
  const whole = mainText(unit.clause)
  const full = [...held.values()].filter((text) => dice(text.slice(0, whole.length), whole) >= WHOLE)
  return full.length > 1 ? 'twice' : null
}

function rowOf(
  unit: Unit,
  history: Followed,
  decisions: Decisions,
  places: Places,
  codes: ReadonlyMap<ClauseId, string>,
): LedgerRow {
  const own = decisions[unit.key]
  const carriedKey = history.same.find((key) => decisions[key] !== undefined)
  const decision = own ?? (carriedKey === undefined ? null : (decisions[carriedKey] ?? null))
  const held = new Map<ClauseId, string>()
  for (const key of [unit.key, ...history.same]) {
    for (const [clause, text] of places.get(key) ?? []) held.set(clause, (held.get(clause) ?? '') + text)
  }
  const living: ReadonlySet<string> = new Set(codes.keys())
  const ids = new Set<ClauseId>([...held.keys(), ...(decision?.targets ?? [])])
  const where = [...codes].filter(([id]) => ids.has(id)).map(([clause, code]) => ({ clause, code }))
  return {
    key: unit.key,
    group: unit.group,
    section: unit.section,
    code: unit.code,
    unit,
    decision,
    carried: own === undefined && decision !== null,
    change: history.change,
    before: history.before,
    where,
    trouble: decision === null ? null : troubleOf(unit, decision, held, living),
  }
}

/** A clause without a past. */
const FIRST: Followed = { same: [], replaced: null, before: null, change: null }

/** The ledger over the groups' current submissions, earlier decisions kept where the words are the same. */
export function ledger(groups: readonly GroupSources[], decisions: Decisions, content: DraftContent): Ledger {
  const places = placesOf(content)
  const codes = codesOf(content)
  const rows: LedgerRow[] = []
  for (const { current, earlier } of groups) {
    const { histories, withdrawn } = followed(current, earlier)
    for (const unit of unitsOf(current)) {
      rows.push(rowOf(unit, histories.get(unit.key) ?? FIRST, decisions, places, codes))
    }
    for (const unit of withdrawn) {
      if (decisions[unit.key] === undefined) continue
      rows.push(rowOf(unit, { ...FIRST, change: 'withdrawn' }, decisions, places, codes))
    }
  }
  return {
    rows,
    remaining: rows.filter((row) => row.decision === null).length,
    troubled: rows.filter((row) => row.trouble !== null).length,
  }
}
