/** A forward edit: turns a live draft into given content by clause id, leaving in place what others type meanwhile (restore, merging). */
import type * as Y from 'yjs'
import { blocksOf } from './blocks.ts'
import type { Block } from './blocks.ts'
import { insertClause, insertEmptyClause, newChoice } from './build.ts'
import type { Clause, DraftContent } from './canonical.ts'
import { sectionRoot } from './document.ts'
import { patchRecommendation, patchTable } from './patch-element.ts'
import { patchRuns } from './patch-text.ts'
import type { WriteLetters } from './patch-text.ts'
import { nameBlocks } from './read.ts'
import type { NamedBlock } from './read.ts'
import { longestIncreasing } from './sequence.ts'
import { takeBlock } from './take-block.ts'
import type { Template } from './template.ts'
import type { ClauseId } from '../ids.ts'

/** How letters are written into a clause (`part` null), a field of it or a cell. */
export type LettersOf = (clause: ClauseId, part: string | null) => WriteLetters

/** `letters`: who writes them, where they shall not simply be inserted. `stay`: clauses that others are rather put around than these moved. */
export type Patching = { readonly letters?: LettersOf; readonly stay?: ReadonlySet<ClauseId> }

/**
 * A block may become this clause by editing; otherwise it is taken out and made anew. One that only *reads* as this id (a double, letters
 * without a clause) is made anew too: it would read otherwise once its twin is gone.
 */
function mayBecome(block: Block, clause: Clause): boolean {
  if (block.type === 'clause')
    return block.id === clause.id && clause.kind !== 'recommendation' && clause.kind !== 'table'
  return block.element.nodeName === clause.kind && block.element.getAttribute('id') === clause.id
}

/** The choices of a section: each once. */
function patchChoices(text: Y.XmlText, wanted: readonly string[]): number {
  let edits = 0
  const have = new Set<string>()
  for (const block of [...blocksOf(text)].reverse()) {
    if (block.type !== 'element' || block.element.nodeName !== 'choice') continue
    const value = String(block.element.getAttribute('value'))
    if (wanted.includes(value) && !have.has(value)) have.add(value)
    else {
      text.delete(block.at, 1)
      edits++
    }
  }
  for (const value of wanted) {
    if (have.has(value)) continue
    text.insertEmbed(0, newChoice('targetGroups', value))
    edits++
  }
  return edits
}

/** Takes out the blocks that do not stay; from the end, so that places before them hold. */
function removeOthers(text: Y.XmlText, named: readonly NamedBlock[], kept: ReadonlySet<ClauseId>): number {
  let edits = 0
  for (const { block, id } of [...named].reverse()) {
    if (id === null || kept.has(id)) continue
    takeBlock(text, block)
    edits++
  }
  return edits
}

function patchBlock(text: Y.XmlText, block: Block, clause: Clause, letters?: LettersOf): number {
  const writer = letters === undefined ? undefined : (part: string) => letters(clause.id, part)
  if (clause.kind === 'recommendation')
    return block.type === 'element' ? patchRecommendation(block.element, clause, writer) : 0
  if (clause.kind === 'table') return block.type === 'element' ? patchTable(block.element, clause, writer) : 0
  if (block.type !== 'clause') return 0
  let edits = 0
  const opens = block.id === null ? 0 : 1
  const [kind, level] = [clause.kind === 'text' ? null : clause.kind, clause.level === 0 ? null : clause.level]
  if (opens === 1 && ((block.formats['kind'] ?? null) !== kind || (block.formats['level'] ?? null) !== level)) {
    text.format(block.at, 1, { kind, level })
    edits++
  }
  return edits + patchRuns(text, block.at + opens, block.pieces, clause.runs, letters?.(clause.id, null))
}

type Candidate = { readonly id: ClauseId; readonly order: number }

/** The most that keep their order. */
const inOrder = (candidates: readonly Candidate[]): Candidate[] =>
  longestIncreasing(candidates.map(({ order }) => order)).flatMap((i) => candidates[i] ?? [])

/** The clauses that keep their place, of `candidates` in their new order: the most of those that shall stay, and with them the most of all. */
function keptOf(candidates: readonly Candidate[], stay: ReadonlySet<ClauseId>): ReadonlySet<ClauseId> {
  const staying = inOrder(candidates.filter(({ id }) => stay.has(id)))
  const goesWith = (one: Candidate, at: number): boolean =>
    staying.every((other) => other === one || at < candidates.indexOf(other) === one.order < other.order)
  return new Set(inOrder(candidates.filter(goesWith)).map(({ id }) => id))
}

function patchSection(
  text: Y.XmlText,
  section: DraftContent['sections'][number],
  named: readonly NamedBlock[],
  { letters, stay = new Set() }: Patching,
): number {
  const places = new Map<ClauseId, NamedBlock & { order: number }>()
  named.forEach((entry, order) => {
    if (entry.id !== null) places.set(entry.id, { ...entry, order })
  })
  const candidates = section.clauses.flatMap((clause) => {
    const place = places.get(clause.id)
    return place !== undefined && mayBecome(place.block, clause) ? [{ id: clause.id, order: place.order }] : []
  })
  const kept = keptOf(candidates, stay)
  // Edited from the last clause to the first: places before an edit hold, so blocks need reading only once.
  let edits = removeOthers(text, named, kept)
  const blocks = blocksOf(text).filter((block) => block.type === 'clause' || block.element.nodeName !== 'choice')
  let next = blocks.length - 1
  let at = text.length
  for (const clause of [...section.clauses].reverse()) {
    const block = kept.has(clause.id) ? blocks[next] : undefined
    if (block === undefined) {
      if (letters === undefined) insertClause(text, at, clause)
      else patchBlock(text, insertEmptyClause(text, at, clause), clause, letters)
      edits++
      continue
    }
    next--
    edits += patchBlock(text, block, clause, letters)
    at = block.at
  }
  return edits
}

/**
 * Turns `doc` into `target` in one Yjs transaction under `origin` and returns how many edits that took: a second patch takes none.
 * Clauses are matched by the id they read as; those that keep their order stay, others are taken out and written where they belong;
 * letters change by graphemes, marks last. Sections that `target` lacks are left alone; none is ever made or deleted.
 */
export function patchDraft(
  doc: Y.Doc,
  target: DraftContent,
  template: Template,
  origin: unknown = 'patch',
  patching: Patching = {},
): number {
  let edits = 0
  doc.transact(() => {
    const seen = new Map<string, number>()
    const named = template.sections.map(({ id }) => nameBlocks(id, blocksOf(sectionRoot(doc, id)), seen))
    template.sections.forEach(({ id }, i) => {
      const section = target.sections.find((wanted) => wanted.id === id)
      if (section === undefined) return
      const text = sectionRoot(doc, id)
      edits += patchSection(text, section, named[i] ?? [], patching)
      edits += patchChoices(text, section.choices)
    })
  }, origin)
  return edits
}
