/** Reads a draft's Y.Doc as canonical JSON, mending what concurrency can leave; never writes (y-prosemirror's readers do). */
import type * as Y from 'yjs'
import { blocksOf, childElements, childTexts, piecesOf } from './blocks.ts'
import type { Block } from './blocks.ts'
import { INSTRUMENTS, LEVELS, LGO_TYPES, PRIORITIES, RECOMMENDATION_FIELDS, TEXT_KINDS } from './canonical.ts'
import type {
  Clause,
  DraftContent,
  Inline,
  RecommendationClause,
  SectionContent,
  TableClause,
  TextClause,
} from './canonical.ts'
import { readIds } from './clause-ids.ts'
import { sectionRoot } from './document.ts'
import { runsOf } from './inline.ts'
import { TARGET_GROUPS } from './template.ts'
import type { SectionId, Template } from './template.ts'
import type { ClauseId } from '../ids.ts'

/** One of a closed list, or null: values nobody knows stay in the document and are not read. */
function oneOf<T extends string>(list: readonly T[], value: unknown): T | null {
  return list.find((known) => known === value) ?? null
}

/** An attribute of an element as it stands (strings, but numbers too: yjs keeps any JSON). */
function attribute(element: Y.XmlElement, name: string): unknown {
  return (element.getAttributes() as Record<string, unknown>)[name]
}

/** Known values first in the list's order, then the others by letters; each once. */
function ordered(list: readonly string[], values: ReadonlySet<string>): string[] {
  const known = list.filter((value) => values.has(value))
  return [...known, ...[...values].filter((value) => !list.includes(value)).sort()]
}

/** A whole number of satang-free units, or null: digits that were written as text count too. */
function amountOf(value: unknown): number | null {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : null
}

function inlineOf(element: Y.XmlElement): Inline[] {
  return runsOf(childTexts(element).flatMap(piecesOf))
}

function readRecommendation(element: Y.XmlElement, id: ClauseId): RecommendationClause {
  const children = childElements(element)
  const fields = Object.fromEntries(
    RECOMMENDATION_FIELDS.map((name) => [
      name,
      runsOf(
        children
          .filter((child) => child.nodeName === 'field' && attribute(child, 'name') === name)
          .flatMap((field) => childTexts(field).flatMap(piecesOf)),
      ),
    ]),
  ) as unknown as RecommendationClause['fields']
  const ticked = new Set(
    children.filter((child) => child.nodeName === 'choice').map((child) => String(attribute(child, 'value'))),
  )
  const unit = attribute(element, 'unit')
  return {
    id,
    kind: 'recommendation',
    fields,
    levelOf: oneOf(LEVELS, attribute(element, 'levelOf')),
    instrument: oneOf(INSTRUMENTS, attribute(element, 'instrument')),
    priority: oneOf(PRIORITIES, attribute(element, 'priority')),
    amount: amountOf(attribute(element, 'amount')),
    unit: typeof unit === 'string' && unit !== '' ? unit : null,
    lgoTypes: LGO_TYPES.filter((type) => ticked.has(type)),
  }
}

/** A row that somebody added while another added a column is shorter than the rest: its missing cells read as empty, at its end. */
function readTable(element: Y.XmlElement, id: ClauseId): TableClause {
  const rows = childElements(element)
    .filter((row) => row.nodeName === 'row')
    .map((row) => childElements(row).filter((cell) => cell.nodeName === 'cell'))
  const columns = Math.max(0, ...rows.map(({ length }) => length))
  return {
    id,
    kind: 'table',
    rows: rows.map((cells) => [...cells.map(inlineOf), ...Array.from({ length: columns - cells.length }, () => [])]),
  }
}

function readText(block: Extract<Block, { type: 'clause' }>, id: ClauseId): TextClause {
  const level = Number(block.formats['level'] ?? 0)
  return {
    id,
    kind: oneOf(TEXT_KINDS, block.formats['kind']) ?? 'text',
    level: Number.isInteger(level) ? Math.min(3, Math.max(0, level)) : 0,
    runs: runsOf(block.pieces),
  }
}

/** A block with the id it reads as; `id` is null for a choice of the section. */
export type NamedBlock = { readonly block: Block; readonly id: ClauseId | null }

/** The ids that a section's blocks read as; `seen` as in `readIds`. */
export function nameBlocks(section: SectionId, blocks: readonly Block[], seen: Map<string, number>): NamedBlock[] {
  const readId = readIds(section, seen)
  return blocks.map((block) => {
    const own = block.type === 'clause' ? block.id : elementId(block.element)
    return { block, id: own === undefined ? null : readId(own) }
  })
}

/** The id of a recommendation or table (null when it has none), undefined for other elements. */
function elementId(element: Y.XmlElement): string | null | undefined {
  if (element.nodeName !== 'recommendation' && element.nodeName !== 'table') return undefined
  const id = attribute(element, 'id')
  return typeof id === 'string' ? id : null
}

function readBlock({ block, id }: NamedBlock): Clause | null {
  if (id === null) return null
  if (block.type === 'clause') return readText(block, id)
  return block.element.nodeName === 'table' ? readTable(block.element, id) : readRecommendation(block.element, id)
}

/**
 * The canonical form of a draft. The same document gives the same JSON on every client, in every order of arrival; a clause whose
 * id stands twice reads as `id~2`, letters outside any clause as a clause `<section>~1`, a choice ticked twice as ticked.
 */
export function readDraft(doc: Y.Doc, template: Template): DraftContent {
  const seen = new Map<string, number>()
  const sections = template.sections.map(({ id }): SectionContent => {
    const named = nameBlocks(id, blocksOf(sectionRoot(doc, id)), seen)
    const choices = new Set<string>()
    for (const { block } of named)
      if (block.type === 'element' && block.element.nodeName === 'choice')
        choices.add(String(attribute(block.element, 'value')))
    return {
      id,
      choices: ordered(TARGET_GROUPS, choices),
      clauses: named.map(readBlock).filter((clause): clause is Clause => clause !== null),
    }
  })
  return { format: 'rangruam-draft/1', template: template.id, sections }
}
