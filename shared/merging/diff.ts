/** Compares texts by Thai words and whole contents clause by clause: changed, added, removed, moved; for versions and amendments. */
import { diffArrays } from 'diff'
import { plainText, RECOMMENDATION_FIELDS, type Clause, type DraftContent } from '../drafting/canonical.ts'
import { normalise } from '../thai/normalise.ts'
import { isWord, words } from '../thai/words.ts'
import { codedClauses, type Coded } from './codes.ts'
import { citesOf, mainText } from './sources.ts'

/** A run of a redline. */
export type DiffRun = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** The redline from one paragraph to another, by words of our own cut: never inside a cluster of letter and marks. */
export function diffWords(from: string, to: string): DiffRun[] {
  return diffArrays(words(from), words(to)).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

/** A clause flattened for comparing and for redlines: named parts with their text, in a fixed order. */
export type ClausePart = { readonly name: string; readonly text: string }

/** The parts of a clause that a reader can see change. Choices appear under their id, so that screens can name them. */
export function partsOf(clause: Clause): ClausePart[] {
  if (clause.kind === 'table') {
    return clause.rows.map((row, index) => ({ name: `row ${index + 1}`, text: row.map(plainText).join(' | ') }))
  }
  const cites = citesOf(clause)
  const extra = cites.length === 0 ? [] : [{ name: 'cites', text: cites.join(' ') }]
  if (clause.kind !== 'recommendation') return [{ name: 'text', text: plainText(clause.runs) }, ...extra]
  const fields = RECOMMENDATION_FIELDS.map((name) => ({ name, text: plainText(clause.fields[name]) }))
  const choices = [
    { name: 'levelOf', text: clause.levelOf ?? '' },
    { name: 'instrument', text: clause.instrument ?? '' },
    { name: 'priority', text: clause.priority ?? '' },
    { name: 'amount', text: clause.amount === null ? '' : String(clause.amount) },
    { name: 'unit', text: clause.unit ?? '' },
    { name: 'lgoTypes', text: clause.lgoTypes.join(' ') },
  ]
  return [...fields, ...choices, ...extra].filter(({ text }) => text !== '')
}

/** Whether two clauses say exactly the same, whatever their ids, places and origins. */
export function sameClause(a: Clause, b: Clause): boolean {
  return a.kind === b.kind && JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b))
}

export type PartChange = { readonly name: string; readonly runs: readonly DiffRun[] }

/** Part by part what changed between two clauses; unchanged parts are left out. */
export function changedParts(from: Clause, to: Clause): PartChange[] {
  const [before, after] = [partsOf(from), partsOf(to)]
  const names = [...new Set([...after, ...before].map(({ name }) => name))]
  const text = (parts: readonly ClausePart[], name: string): string =>
    parts.find((part) => part.name === name)?.text ?? ''
  return names
    .filter((name) => text(before, name) !== text(after, name))
    .map((name) => ({ name, runs: diffWords(text(before, name), text(after, name)) }))
}

export type ClauseChange =
  | { readonly kind: 'unchanged' | 'changed'; readonly moved: boolean; readonly from: Coded; readonly to: Coded }
  | { readonly kind: 'added'; readonly to: Coded }
  | { readonly kind: 'removed'; readonly from: Coded }

/** Dice likeness of two texts over their words, from 0 to 1. */
export function dice(a: string, b: string): number {
  const bag = (text: string): string[] => words(normalise(text)).filter(isWord)
  const [left, right] = [bag(a), bag(b)]
  if (left.length + right.length === 0) return 1
  const counts = new Map<string, number>()
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of right) {
    const count = counts.get(word) ?? 0
    if (count > 0) shared += 1
    counts.set(word, count - 1)
  }
  return (2 * shared) / (left.length + right.length)
}

/** A clause without a partner of its id is the same clause reworded at this likeness or above. */
const SAME_CLAUSE = 0.45

function partners(from: readonly Coded[], to: readonly Coded[]): Map<Coded, Coded> {
  const pairs = new Map<Coded, Coded>()
  const byId = new Map(from.map((item) => [item.clause.id, item]))
  const taken = new Set<Coded>()
  for (const item of to) {
    const same = byId.get(item.clause.id)
    if (same === undefined || taken.has(same)) continue
    pairs.set(item, same)
    taken.add(same)
  }
  const candidates: { a: Coded; b: Coded; value: number }[] = []
  for (const b of to) {
    if (pairs.has(b)) continue
    for (const a of from) {
      if (taken.has(a) || a.section !== b.section || a.clause.kind !== b.clause.kind) continue
      const value = dice(mainText(a.clause), mainText(b.clause))
      if (value >= SAME_CLAUSE) candidates.push({ a, b, value })
    }
  }
  for (const { a, b } of candidates.sort((x, y) => y.value - x.value)) {
    if (taken.has(a) || pairs.has(b)) continue
    pairs.set(b, a)
    taken.add(a)
  }
  return pairs
}

/** Indexes of a longest increasing run of numbers: the clauses that stayed in place while others moved past them. */
function stayed(order: readonly number[]): Set<number> {
  const best: { last: number; chain: number[] }[] = []
  order.forEach((value, index) => {
    let chain: number[] = []
    for (const item of best) if (item.last < value && item.chain.length > chain.length) chain = item.chain
    best.push({ last: value, chain: [...chain, index] })
  })
  return new Set(best.reduce<number[]>((longest, { chain }) => (chain.length > longest.length ? chain : longest), []))
}

/**
 * Every clause of both contents once, in the order of `to` with removed ones where they stood. Partners by id, else by likeness
 * (Dice ≥ 0.45) within the section. Moved is moved, not removed and added.
 */
export function compareContents(from: DraftContent, to: DraftContent): ClauseChange[] {
  const [before, after] = [codedClauses(from), codedClauses(to)]
  const pairs = partners(before, after)
  const place = new Map(before.map((item, index) => [item, index]))
  const paired = after.filter((item) => pairs.has(item))
  const still = stayed(paired.map((item) => place.get(pairs.get(item) ?? item) ?? 0))
  const moved = new Set(paired.filter((item, index) => !still.has(index) || pairs.get(item)?.section !== item.section))
  const changes: ClauseChange[] = after.map((item) => {
    const old = pairs.get(item)
    if (old === undefined) return { kind: 'added', to: item }
    const kind = sameClause(old.clause, item.clause) ? 'unchanged' : 'changed'
    return { kind, moved: moved.has(item), from: old, to: item }
  })
  const kept = new Set(pairs.values())
  for (const [index, item] of before.entries()) {
    if (kept.has(item)) continue
    // After the nearest clause above it that stayed in place; one that moved away says nothing about where this stood.
    const above = before.slice(0, index).reverse()
    const anchor = above.find((other) =>
      changes.some((change) => 'from' in change && change.from === other && !('moved' in change && change.moved)),
    )
    const at = changes.findIndex((change) => anchor !== undefined && 'from' in change && change.from === anchor)
    changes.splice(at + 1, 0, { kind: 'removed', from: item })
  }
  return changes
}
