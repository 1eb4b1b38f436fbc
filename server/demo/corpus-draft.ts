/** Turns one draft of the demo corpus (its writers' own words) into the canonical form, for the demo and for tests. */
import {
  INSTRUMENTS,
  LEVELS,
  LGO_TYPES,
  PRIORITIES,
  type Clause,
  type DraftContent,
  type Inline,
  type LgoType,
  type RecommendationClause,
} from '../../shared/drafting/canonical.ts'
import { LONG_TEMPLATE, TARGET_GROUPS, type SectionId } from '../../shared/drafting/template.ts'
import type { ClauseId } from '../../shared/ids.ts'
import { lgoTypesNamed, targetsNamed } from '../../shared/thai/clause-words.ts'
import { figures } from '../../shared/thai/figures.ts'
import { LAW_WORD, LEVEL_WORDS, PRIORITY_WORDS } from '../../shared/thai/lexicon.ts'

/** A recommendation as the corpus writes it; `budget` and `lgo_fit` are free words. */
export type CorpusRecommendation = {
  readonly measure: string
  readonly level: string
  readonly lead: string
  readonly support: readonly string[]
  readonly budget: string
  readonly source: string
  readonly timeframe: string
  readonly kpi: string
  readonly priority: string
  readonly lgo_fit: string
}
export type CorpusClause = { readonly text: string; readonly verified?: boolean } | CorpusRecommendation
export type CorpusDraft = {
  readonly group: number
  readonly group_name: string
  readonly subject: string
  readonly target_group_tags: readonly string[]
  readonly sections: Readonly<Partial<Record<SectionId, readonly CorpusClause[]>>>
}

const inline = (text: string): readonly Inline[] => (text === '' ? [] : [{ text }])
const oneOf = <T extends string>(list: readonly T[], value: string | undefined): T | null =>
  list.find((item) => item === value) ?? null

/** The figure of a budget's free words and the words of its unit; both null where there is no figure. */
function amountOf(budget: string): { amount: number | null; unit: string | null } {
  const figure = figures(budget).find(({ kind }) => kind === 'baht' || kind === 'percent')
  if (figure === undefined) return { amount: null, unit: null }
  const rest = budget.slice(figure.end)
  const per = /^(?:\/[^\s/]+)+/.exec(rest)?.[0] ?? ''
  const written = budget.slice(figure.start, figure.end)
  const word = figure.kind === 'baht' ? written.replace(/^.*?([^\s\d]+)$/u, '$1') : written.replace(/[\d.,\s]+/g, '')
  return { amount: figure.value, unit: figure.kind === 'baht' ? `${word.slice(-3)}${per}` : word }
}

function recommendation(id: ClauseId, from: CorpusRecommendation): RecommendationClause {
  const { amount, unit } = amountOf(from.budget)
  return {
    id,
    kind: 'recommendation',
    fields: {
      measure: inline(from.measure),
      lead: inline(from.lead),
      support: inline(from.support.join(', ')),
      budget: inline(from.budget),
      source: inline(from.source),
      timeframe: inline(from.timeframe),
      kpi: inline(from.kpi),
      lgoNote: inline(from.lgo_fit),
    },
    levelOf: oneOf(LEVELS, LEVEL_WORDS[from.level]),
    instrument: from.level === LAW_WORD ? oneOf(INSTRUMENTS, 'law') : null,
    priority: oneOf(PRIORITIES, PRIORITY_WORDS[from.priority]),
    amount,
    unit,
    lgoTypes: lgoTypesNamed(from.lgo_fit)
      .map((type) => oneOf(LGO_TYPES, type))
      .filter((type): type is LgoType => type !== null),
  }
}

/** The template's target groups that a corpus tag means; a tag of two names gives both, one of none gives `other`. */
function choicesOf(tags: readonly string[]): string[] {
  const named = new Set<string>()
  for (const tag of tags) {
    const found = targetsNamed(tag)
    for (const id of found.length === 0 ? ['other'] : found) named.add(id)
  }
  return TARGET_GROUPS.filter((id) => named.has(id))
}

/** The canonical content of a corpus draft in the long template; `idOf` names each clause (index from 1 within its section). */
export function corpusDraft(
  draft: CorpusDraft,
  idOf: (section: SectionId, index: number, clause: CorpusClause) => ClauseId,
): DraftContent {
  return {
    format: 'rangruam-draft/1',
    template: LONG_TEMPLATE.id,
    sections: LONG_TEMPLATE.sections.map(({ id }) => ({
      id,
      choices: id === 'target_groups' ? choicesOf(draft.target_group_tags) : [],
      clauses: (draft.sections[id] ?? []).map((clause, at): Clause => {
        const clauseId = idOf(id, at + 1, clause)
        if ('measure' in clause) return recommendation(clauseId, clause)
        return { id: clauseId, kind: 'text', level: 0, runs: inline(clause.text) }
      }),
    })),
  }
}
