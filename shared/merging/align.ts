/** Brings submissions together: per section, topics of like clauses from different groups, with what they disagree on. */
import { SECTION_IDS, type SectionId } from '../drafting/template.ts'
import { citation, sameLaw, type Citation } from '../thai/citation.ts'
import { normalise } from '../thai/normalise.ts'
import {
  conflictsBetween,
  differencesBetween,
  parallel,
  readClause,
  type ConflictKind,
  type DifferenceKind,
  type Reading,
} from './conflicts.ts'
import { likeness } from './likeness.ts'
import { citesOf, mainText, sideText, unitsOf, type Source, type Unit } from './sources.ts'

/** Two clauses this like (or more) are shown side by side. */
export const LIKE_ENOUGH = 0.24
/** `very` is said of a clause this like to the base. */
export const VERY_LIKE = 0.42

export type Relation = 'near' | 'conflicting' | 'gathered'
export type Pair = {
  readonly a: string
  readonly b: string
  readonly relation: Relation
  readonly likeness: number
  readonly conflicts: readonly ConflictKind[]
  readonly differences: readonly DifferenceKind[]
}

/** Like clauses with what they disagree on. `units[0]` is the base that the others are compared with. */
export type Topic = {
  readonly key: string
  readonly section: SectionId
  readonly units: readonly Unit[]
  readonly pairs: readonly Pair[]
  /** Keys of clauses in the same words that are another measure, kept apart on purpose. */
  readonly apart: readonly string[]
}

/** One title, and the facts of each group: taken together whatever their words. */
const GATHERED: ReadonlySet<SectionId> = new Set(['title', 'authors'])

type Seen = {
  readonly unit: Unit
  readonly reading: Reading
  readonly law: Citation | null
  readonly cites: readonly string[]
}

function see(unit: Unit): Seen {
  const reading = readClause(unit.section, unit.clause)
  const law = unit.section === 'legal_basis' ? citation(mainText(unit.clause)) : null
  return { unit, reading, law, cites: citesOf(unit.clause) }
}

/** A citation of the same law is near, of another law is not, whatever the words around it. */
function byLaw(a: Seen, b: Seen): number | null {
  if (a.cites.length > 0 && b.cites.length > 0) return a.cites.some((cite) => b.cites.includes(cite)) ? 1 : 0
  if (a.law === null || b.law === null) return null
  return sameLaw(a.law, b.law) ? 1 : 0
}

type Group = { members: number[]; groups: Set<number> }

/**
 * Average linkage, best first; a topic holds at most one clause of a group. Equal likeness is decided by the clauses' letters, never
 * by group number or place, so that renumbering groups and shuffling clauses changes nothing.
 */
function cluster(seen: readonly Seen[], like: (a: number, b: number) => number): number[][] {
  const letters = seen.map(({ unit }) => normalise(mainText(unit.clause)))
  let groups: Group[] = seen.map(({ unit }, index) => ({ members: [index], groups: new Set([unit.group]) }))
  const name = (group: Group): string =>
    group.members
      .map((member) => letters[member] ?? '')
      .sort()
      .join('\n')
  for (;;) {
    let best: { a: Group; b: Group; value: number; tie: string } | null = null
    for (const [index, a] of groups.entries()) {
      for (const b of groups.slice(index + 1)) {
        if ([...a.groups].some((group) => b.groups.has(group))) continue
        let sum = 0
        for (const left of a.members) for (const right of b.members) sum += like(left, right)
        const value = Math.round((sum / (a.members.length * b.members.length)) * 1e6) / 1e6
        if (value < LIKE_ENOUGH || (best !== null && value < best.value)) continue
        const tie = [name(a), name(b)].sort().join('\n')
        if (best === null || value > best.value || tie < best.tie) best = { a, b, value, tie }
      }
    }
    if (best === null) return groups.map((group) => group.members)
    const { a, b } = best
    groups = groups.filter((group) => group !== a && group !== b)
    groups.push({ members: [...a.members, ...b.members], groups: new Set([...a.groups, ...b.groups]) })
  }
}

function relate(a: Seen, b: Seen, value: number, gathered: boolean): Pair {
  const conflicts = gathered ? [] : conflictsBetween(a.reading, b.reading)
  return {
    a: a.unit.key,
    b: b.unit.key,
    likeness: value,
    relation: gathered ? 'gathered' : conflicts.length > 0 ? 'conflicting' : 'near',
    conflicts,
    differences: gathered ? [] : differencesBetween(a.reading, b.reading),
  }
}

function alignSection(section: SectionId, seen: readonly Seen[], like: (a: number, b: number) => number): Topic[] {
  if (seen.length === 0) return []
  const gathered = GATHERED.has(section)
  const isParallel = (a: number, b: number): boolean => {
    const [left, right] = [seen[a], seen[b]]
    return left !== undefined && right !== undefined && parallel(left.reading, right.reading)
  }
  const pull = (a: number, b: number): number => (like(a, b) >= LIKE_ENOUGH && isParallel(a, b) ? -1 : like(a, b))
  const clusters = gathered ? [seen.map((_, index) => index)] : cluster(seen, remembered(seen.length, pull))
  return clusters.map((members) => {
    // The base is the clause most like all the others; order of groups breaks no tie that letters can.
    const closeness = (member: number): number => members.reduce((sum, other) => sum + like(member, other), 0)
    const ordered = [...members].sort(
      (a, b) =>
        (gathered ? 0 : closeness(b) - closeness(a)) ||
        (seen[a]?.unit.group ?? 0) - (seen[b]?.unit.group ?? 0) ||
        a - b,
    )
    const pairs: Pair[] = []
    ordered.forEach((a, place) => {
      for (const b of ordered.slice(place + 1)) {
        const [left, right] = [seen[a], seen[b]]
        if (left !== undefined && right !== undefined) pairs.push(relate(left, right, like(a, b), gathered))
      }
    })
    const apart = gathered
      ? []
      : seen.flatMap(({ unit }, other) =>
          members.some((member) => like(member, other) >= LIKE_ENOUGH && isParallel(member, other)) ? [unit.key] : [],
        )
    const units = ordered.flatMap((index) => seen[index]?.unit ?? [])
    return { key: units[0]?.key ?? '', section, units, pairs, apart }
  })
}

/** Clustering asks for the same pairs again and again; each is worked out once. */
function remembered(size: number, like: (a: number, b: number) => number): (a: number, b: number) => number {
  const known = new Float64Array(size * size).fill(Number.NaN)
  return (a, b) => {
    const at = a * size + b
    if (Number.isNaN(known[at])) known[at] = like(a, b)
    return known[at] ?? 0
  }
}

/**
 * Every unit of every source in exactly one topic; topics in the template's order, within a section conflicts first, then by size.
 * 282 clauses of nine drafts take about 0.2 s.
 */
export function align(sources: readonly Source[]): Topic[] {
  const seen = sources.flatMap(unitsOf).map(see)
  const words = likeness(seen.map(({ unit }) => ({ main: mainText(unit.clause), side: sideText(unit.clause) })))
  const topics: Topic[] = []
  for (const section of SECTION_IDS) {
    const here = seen.flatMap((item, index) => (item.unit.section === section ? [{ item, index }] : []))
    const like = (a: number, b: number): number => {
      const [left, right] = [here[a], here[b]]
      if (left === undefined || right === undefined) return 0
      return byLaw(left.item, right.item) ?? words(left.index, right.index)
    }
    const found = alignSection(
      section,
      here.map(({ item }) => item),
      remembered(here.length, like),
    )
    const weight = (topic: Topic): number =>
      (topic.pairs.some((pair) => pair.relation === 'conflicting') ? 1000 : 0) + topic.units.length
    topics.push(...found.sort((a, b) => weight(b) - weight(a)))
  }
  return topics
}
