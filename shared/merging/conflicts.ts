/** Names what two like clauses disagree on: figures, who leads, level, instrument, which local governments, for or against. */
import { plainText, type Clause } from '../drafting/canonical.ts'
import type { SectionId } from '../drafting/template.ts'
import { scopesNamed, targetsNamed } from '../thai/clause-words.ts'
import { figures, type Figure, type FigureKind } from '../thai/figures.ts'
import { REFUSING, WITHIN } from '../thai/lexicon.ts'
import { folded } from '../thai/citation.ts'
import { normalise } from '../thai/normalise.ts'
import { isWord, words } from '../thai/words.ts'
import { foldedLetters } from './likeness.ts'
import { mainText } from './sources.ts'

export const CONFLICT_KINDS = [
  'baht',
  'age',
  'within',
  'every',
  'length',
  'percent',
  'clock',
  'heads',
  'ratio',
  'lead',
  'level',
  'instrument',
  'lgo-types',
  'scope',
  'stance',
] as const
export type ConflictKind = (typeof CONFLICT_KINDS)[number]
/** Fields that may differ without the clauses contradicting each other; shown, never counted as conflicts. */
export const DIFFERENCE_KINDS = ['source', 'timeframe', 'budget', 'priority'] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** What one clause says of one kind, in its own words (`text`) or as ids of the template (`ids`). */
export type Statement = { readonly texts: readonly string[]; readonly ids: readonly string[] }

/** Facts of different places do not contradict each other: figures count only where something is proposed. */
const PROPOSES: ReadonlySet<SectionId> = new Set(['objectives', 'recommendations', 'conditions_risks', 'monitoring'])

/** A clause read once for comparing. */
export type Reading = {
  readonly section: SectionId
  readonly text: string
  readonly figures: readonly Figure[]
  readonly deadline: { readonly value: number; readonly text: string } | null
  readonly clause: Clause
  /** Target groups that it names, and those that its source of money names. */
  readonly targets: readonly string[]
  readonly money: { readonly text: string; readonly targets: readonly string[] }
}

const field = (clause: Clause, name: 'lead' | 'timeframe' | 'source' | 'budget'): string =>
  clause.kind === 'recommendation' ? plainText(clause.fields[name]).trim() : ''

/** Reads a clause's figures; the timeframe field stands in as deadline where the measure names none. */
export function readClause(section: SectionId, clause: Clause): Reading {
  const text = mainText(clause)
  const found = PROPOSES.has(section) ? figures(text) : []
  const timeframe = field(clause, 'timeframe')
  const period = timeframe.startsWith(WITHIN) ? figures(timeframe).find(({ kind }) => kind === 'within') : undefined
  const deadline =
    period === undefined ? null : { value: period.value, text: timeframe.slice(period.start, period.end) }
  const source = field(clause, 'source')
  const money = { text: source, targets: targetsNamed(source) }
  return { section, text, figures: found, deadline, clause, targets: targetsNamed(text), money }
}

type Valued = { readonly value: number; readonly bound: Figure['bound']; readonly text: string }

function valuesOf(reading: Reading, kind: FigureKind): Valued[] {
  return reading.figures
    .filter((figure) => figure.kind === kind && !figure.old)
    .map(({ value, bound, start, end }) => ({ value, bound, text: reading.text.slice(start, end) }))
}

/** Figures disagree when they share none, or when their limits of the same side share none. */
function disagree(a: readonly Valued[], b: readonly Valued[]): boolean {
  if (a.length === 0 || b.length === 0) return false
  const apart = (left: readonly Valued[], right: readonly Valued[]): boolean =>
    left.length > 0 && right.length > 0 && !left.some(({ value }) => right.some((other) => other.value === value))
  if (apart(a, b)) return true
  return (['max', 'min'] as const).some((bound) =>
    apart(
      a.filter((item) => item.bound === bound),
      b.filter((item) => item.bound === bound),
    ),
  )
}

const FIGURES: readonly FigureKind[] = ['baht', 'age', 'every', 'length', 'percent', 'clock', 'heads', 'ratio']

/** The deadline of the measure, else of the timeframe field when the other clause's measure names one. */
function deadlines(reading: Reading, other: Reading): Valued[] {
  const own = valuesOf(reading, 'within')
  if (own.length > 0 || reading.deadline === null || valuesOf(other, 'within').length === 0) return own
  return [{ ...reading.deadline, bound: 'max' }]
}

const sameWords = (a: string, b: string): boolean => foldedLetters(a) === foldedLetters(b) && normalise(a) !== ''
const apartIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && b.length > 0 && !a.some((id) => b.includes(id))

/** Whether one text refuses what the other wants: the word after a refusal stands in the other without one. */
function refuses(a: string, b: string): boolean {
  const proposed = new Set(words(normalise(b)).map(folded))
  if (new RegExp(REFUSING.source).test(b)) return false
  for (const match of normalise(a).matchAll(REFUSING)) {
    const next = words(normalise(a).slice(match.index + match[0].length)).find(isWord)
    if (next !== undefined && proposed.has(folded(next))) return true
  }
  return false
}

function lawAgainstLevel(a: Clause, b: Clause): boolean {
  return (
    a.kind === 'recommendation' &&
    b.kind === 'recommendation' &&
    a.instrument === 'law' &&
    a.levelOf === null &&
    b.instrument === null &&
    (b.levelOf === 'department' || b.levelOf === 'lgo' || b.levelOf === 'district' || b.levelOf === 'province')
  )
}

/** Kinds on which two like clauses conflict, in the order of CONFLICT_KINDS. */
export function conflictsBetween(a: Reading, b: Reading): ConflictKind[] {
  const found = new Set<ConflictKind>()
  for (const kind of FIGURES) if (disagree(valuesOf(a, kind), valuesOf(b, kind))) found.add(kind as ConflictKind)
  if (disagree(deadlines(a, b), deadlines(b, a))) found.add('within')
  if (PROPOSES.has(a.section)) {
    if (apartIds(scopesNamed(a.text), scopesNamed(b.text))) found.add('scope')
    if (refuses(a.text, b.text) || refuses(b.text, a.text)) found.add('stance')
  }
  const [left, right] = [a.clause, b.clause]
  if (left.kind === 'recommendation' && right.kind === 'recommendation') {
    const [leadA, leadB] = [field(left, 'lead'), field(right, 'lead')]
    if (leadA !== '' && leadB !== '' && !sameWords(leadA, leadB)) found.add('lead')
    if (left.levelOf !== null && right.levelOf !== null && left.levelOf !== right.levelOf) found.add('level')
    const both = left.instrument !== null && right.instrument !== null
    // A change of law against an order of the department: one of them must be wrong about what is needed.
    if ((both && left.instrument !== right.instrument) || lawAgainstLevel(left, right) || lawAgainstLevel(right, left))
      found.add('instrument')
    if (apartIds(left.lgoTypes, right.lgoTypes)) found.add('lgo-types')
  }
  return CONFLICT_KINDS.filter((kind) => found.has(kind))
}

/** Fields in which two recommendations differ without contradiction. */
export function differencesBetween(a: Reading, b: Reading): DifferenceKind[] {
  const [left, right] = [a.clause, b.clause]
  if (left.kind !== 'recommendation' || right.kind !== 'recommendation') return []
  return DIFFERENCE_KINDS.filter((kind) => {
    if (kind === 'priority') return left.priority !== right.priority
    return normalise(field(left, kind)) !== normalise(field(right, kind))
  })
}

/**
 * Two measures in the same words that must not become one: each for people whom the other does not name, and paid from money that
 * the other does not use (a house made safe for the old from one fund, for the disabled from another).
 */
export function parallel(a: Reading, b: Reading): boolean {
  if (!apartIds(a.targets, b.targets)) return false
  if (apartIds(a.money.targets, b.money.targets)) return true
  return a.money.text !== '' && b.money.text !== '' && !shareWord(a.money.text, b.money.text)
}

function shareWord(a: string, b: string): boolean {
  const left = new Set(
    words(normalise(a))
      .filter((word) => word.length > 2)
      .map(folded),
  )
  return words(normalise(b)).some((word) => left.has(folded(word)))
}

/** What a clause says of a kind, for the table of conflicts. */
export function statement(reading: Reading, kind: ConflictKind | DifferenceKind): Statement {
  const { clause, text } = reading
  const ids = (list: readonly (string | null)[]): Statement => ({ texts: [], ids: list.filter((id) => id !== null) })
  const quote = (quoted: string): Statement => ({ texts: quoted === '' ? [] : [quoted], ids: [] })
  if (kind === 'scope') return ids(scopesNamed(text))
  if (kind === 'stance') return ids([new RegExp(REFUSING.source).test(text) ? 'against' : 'for'])
  if (kind === 'within') {
    const own = valuesOf(reading, 'within')
    return own.length > 0 ? { texts: own.map((item) => item.text), ids: [] } : quote(reading.deadline?.text ?? '')
  }
  if (clause.kind === 'recommendation') {
    if (kind === 'level') return ids([clause.levelOf])
    if (kind === 'instrument') return ids([clause.instrument ?? clause.levelOf])
    if (kind === 'lgo-types') return ids(clause.lgoTypes)
    if (kind === 'priority') return ids([clause.priority])
    if (kind === 'lead' || kind === 'source' || kind === 'timeframe' || kind === 'budget')
      return quote(field(clause, kind))
  }
  return { texts: valuesOf(reading, kind as FigureKind).map((item) => item.text), ids: [] }
}
