/** The canonical JSON of a draft: what `read` gives, what submissions and versions freeze, what merging and documents work on. */
import type { ClauseId } from '../ids.ts'
import { lawName } from '../thai/laws.ts'
import type { SectionId } from './template.ts'

/** Where words of the consolidated proposal come from. */
export type Origin = { readonly submission: string; readonly clause: string }

/** A run of letters with the same marks; absent marks are absent keys; `from` is sorted by submission, then clause. */
export type TextRun = {
  readonly text: string
  readonly strong?: true
  readonly em?: true
  readonly from?: readonly Origin[]
}
/** A citation chip of the legal basis: the law's id, and its section behind a colon (shared/thai/laws.ts). */
export type CiteRun = { readonly cite: string }
export type Inline = TextRun | CiteRun

export const TEXT_KINDS = ['text', 'heading', 'bullet', 'number', 'quote'] as const
export type TextKind = (typeof TEXT_KINDS)[number]

/** A paragraph, heading, list item or quotation. `level` counts indents from 0 to 3. */
export type TextClause = {
  readonly id: ClauseId
  readonly kind: TextKind
  readonly level: number
  readonly runs: readonly Inline[]
}

/** Government level a measure belongs to (DOMAIN.md, in Thai on screen through the catalogues). */
export const LEVELS = ['lgo', 'district', 'province', 'department', 'ministry', 'cabinet'] as const
export type Level = (typeof LEVELS)[number]
export const INSTRUMENTS = ['law', 'budget', 'project', 'guideline', 'personnel', 'data'] as const
export type Instrument = (typeof INSTRUMENTS)[number]
export const PRIORITIES = ['high', 'medium', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]
export const LGO_TYPES = ['city', 'town', 'subdistrict-municipality', 'sao', 'pao', 'bangkok', 'pattaya'] as const
export type LgoType = (typeof LGO_TYPES)[number]

/** The long fields of a recommendation that are written as text. */
export const RECOMMENDATION_FIELDS = [
  'measure',
  'lead',
  'support',
  'budget',
  'source',
  'timeframe',
  'kpi',
  'lgoNote',
] as const
export type RecommendationField = (typeof RECOMMENDATION_FIELDS)[number]

/** The repeatable, structured clause (มาตรการ). `amount` is in `unit` (for example บาท/คน/เดือน); words stay in `budget`. */
export type RecommendationClause = {
  readonly id: ClauseId
  readonly kind: 'recommendation'
  readonly fields: Readonly<Record<RecommendationField, readonly Inline[]>>
  readonly levelOf: Level | null
  readonly instrument: Instrument | null
  readonly priority: Priority | null
  readonly amount: number | null
  readonly unit: string | null
  readonly lgoTypes: readonly LgoType[]
}

/** A table: rows of cells. */
export type TableClause = {
  readonly id: ClauseId
  readonly kind: 'table'
  readonly rows: readonly (readonly (readonly Inline[])[])[]
}

export type Clause = TextClause | RecommendationClause | TableClause

/** The fields of a recommendation in which nothing is written. */
export const NO_FIELDS = Object.fromEntries(
  RECOMMENDATION_FIELDS.map((name) => [name, []]),
) as unknown as RecommendationClause['fields']

/** A clause with everything but its letters. */
export function withoutLetters(clause: Clause): Clause {
  if (clause.kind === 'table') return { ...clause, rows: clause.rows.map((row) => row.map(() => [])) }
  return clause.kind === 'recommendation' ? { ...clause, fields: NO_FIELDS } : { ...clause, runs: [] }
}

/** One section; `choices` are the picked target groups (ids of the template's choice list), in the list's order. */
export type SectionContent = {
  readonly id: SectionId
  readonly choices: readonly string[]
  readonly clauses: readonly Clause[]
}

/** The whole text of a draft at one moment, sections in the template's order. */
export type DraftContent = {
  readonly format: 'rangruam-draft/1'
  readonly template: string
  readonly sections: readonly SectionContent[]
}

/** Inline content as plain letters; a citation is named as it is on the page. */
export function plainText(runs: readonly Inline[]): string {
  let text = ''
  for (const run of runs) text += 'text' in run ? run.text : lawName(run.cite)
  return text
}
