/** How far a draft is, and what it still lacks: for the wall, the outline beside the text and the question before submitting. */
import { plainText } from './canonical.ts'
import type { Clause, DraftContent, RecommendationClause, RecommendationField, SectionContent } from './canonical.ts'
import type { SectionId, Template, TemplateSection } from './template.ts'
import type { ClauseId } from '../ids.ts'

/** A clause says something from this many letters on. */
export const LETTERS_OF_A_CLAUSE = 10

/** Fields that a recommendation owes. */
export const OWED_FIELDS = ['measure', 'lead', 'budget', 'timeframe', 'kpi'] as const satisfies RecommendationField[]

/** One thing that is missing: a section that is asked for and empty, or a field that a recommendation owes. */
export type Missing = {
  readonly section: SectionId
  readonly what: 'section' | 'field'
  readonly clause?: ClauseId
  readonly field?: RecommendationField
}

export type SectionDigest = {
  readonly id: SectionId
  /** full = written and nothing owed; half = something written, or a recommendation with owed fields; empty = nothing. */
  readonly state: 'full' | 'half' | 'empty'
  /** Clauses with something in them. */
  readonly clauses: number
  /** Letters without white space (Thai has no spaces to count words by). */
  readonly letters: number
  readonly choices: number
  /** Fields owed by its recommendations. */
  readonly owed: number
}

/** What the wall knows of a draft. `lastWords` is the end of the last written clause; shown only when the group shares. */
export type DraftDigest = {
  readonly sections: readonly SectionDigest[]
  readonly letters: number
  readonly missing: number
  readonly lastWords: string
}

function textsOf(clause: Clause): string[] {
  if (clause.kind === 'recommendation') return Object.values(clause.fields).map(plainText)
  if (clause.kind === 'table') return clause.rows.flat().map(plainText)
  return [plainText(clause.runs)]
}

const lettersIn = (text: string): number => text.replace(/\s+/gu, '').length
const lettersOf = (clause: Clause): number => textsOf(clause).reduce((sum, text) => sum + lettersIn(text), 0)

/** Has somebody begun this recommendation? Untouched ones, as the seed makes them, owe nothing by themselves. */
function isBegun(clause: RecommendationClause): boolean {
  return lettersOf(clause) > 0 || clause.amount !== null || clause.lgoTypes.length > 0 || clause.levelOf !== null
}

/** A budget is told in words or as an amount. */
function owes(clause: RecommendationClause, field: RecommendationField): boolean {
  if (field === 'budget' && clause.amount !== null) return false
  return lettersIn(plainText(clause.fields[field])) === 0
}

function owedOf(section: SectionContent): Missing[] {
  return section.clauses.flatMap((clause) => {
    if (clause.kind !== 'recommendation' || !isBegun(clause)) return []
    return OWED_FIELDS.filter((field) => owes(clause, field)).map((field): Missing => ({
      section: section.id,
      what: 'field',
      clause: clause.id,
      field,
    }))
  })
}

/** Filled = a clause of ten letters, a begun recommendation, or one choice where the section holds choices. A title may be shorter. */
function isFilled(section: SectionContent, holds: TemplateSection['holds']): boolean {
  if (holds === 'choices') return section.choices.length > 0
  if (holds === 'recommendations')
    return section.clauses.some((clause) => clause.kind === 'recommendation' && isBegun(clause))
  return section.clauses.some((clause) => lettersOf(clause) >= LETTERS_OF_A_CLAUSE)
}

/** What a draft still lacks, in reading order: asked sections that are not filled, then each field its recommendations owe. */
export function missingOf(content: DraftContent, template: Template): Missing[] {
  return template.sections.flatMap(({ id, asked, holds }) => {
    const section = content.sections.find((candidate) => candidate.id === id) ?? { id, choices: [], clauses: [] }
    if (asked && !isFilled(section, holds)) return [{ section: id, what: 'section' as const }]
    return owedOf(section)
  })
}

function digestOfSection(section: SectionContent, holds: TemplateSection['holds']): SectionDigest {
  const letters = section.clauses.reduce((sum, clause) => sum + lettersOf(clause), 0)
  const owed = owedOf(section).length
  const touched = letters > 0 || section.choices.length > 0
  const clauses = section.clauses.filter((clause) => lettersOf(clause) > 0).length
  const state = isFilled(section, holds) && owed === 0 ? 'full' : touched ? 'half' : 'empty'
  return { id: section.id, state, clauses, letters, choices: section.choices.length, owed }
}

/** The last written clause's last forty letters. */
function lastWordsOf(content: DraftContent): string {
  const texts = content.sections.flatMap(({ clauses }) => clauses.flatMap(textsOf)).filter((text) => text.trim() !== '')
  return (texts.at(-1) ?? '').trim().slice(-40)
}

/** The digest of a draft: per section its state and sizes. */
export function digestOf(content: DraftContent, template: Template): DraftDigest {
  const sections = template.sections.map(({ id, holds }) =>
    digestOfSection(content.sections.find((section) => section.id === id) ?? { id, choices: [], clauses: [] }, holds),
  )
  return {
    sections,
    letters: sections.reduce((sum, { letters }) => sum + letters, 0),
    missing: missingOf(content, template).length,
    lastWords: lastWordsOf(content),
  }
}
