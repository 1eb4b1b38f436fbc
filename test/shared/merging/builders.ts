/** Builders of contents and submissions for the tests of merging: `content({ background: ['…'] })`. */
import type { Clause, DraftContent, RecommendationClause } from '../../../shared/drafting/canonical.ts'
import { LONG_TEMPLATE, type SectionId } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import type { ClauseRef, Source } from '../../../shared/merging/sources.ts'

export const id = (name: string): ClauseId => name as ClauseId

/** A paragraph; `from` marks all its words. */
export function text(name: string, words: string, from?: readonly ClauseRef[]): Clause {
  const run = from === undefined ? { text: words } : { text: words, from: [...from] }
  return { id: id(name), kind: 'text', level: 0, runs: words === '' ? [] : [run] }
}

export function heading(name: string, words: string): Clause {
  return { id: id(name), kind: 'heading', level: 0, runs: [{ text: words }] }
}

type Given = Partial<Omit<RecommendationClause, 'id' | 'kind' | 'fields'>> & {
  readonly measure: string
  readonly lead?: string
  readonly timeframe?: string
  readonly source?: string
}

export function rec(name: string, given: Given): RecommendationClause {
  const inline = (words: string | undefined) => (words === undefined || words === '' ? [] : [{ text: words }])
  const { measure, lead, timeframe, source, ...choices } = given
  return {
    id: id(name),
    kind: 'recommendation',
    fields: {
      measure: inline(measure),
      lead: inline(lead),
      support: [],
      budget: [],
      source: inline(source),
      timeframe: inline(timeframe),
      kpi: [],
      lgoNote: [],
    },
    levelOf: null,
    instrument: null,
    priority: null,
    amount: null,
    unit: null,
    lgoTypes: [],
    ...choices,
  }
}

export function content(sections: Partial<Record<SectionId, readonly Clause[]>>): DraftContent {
  return {
    format: 'rangruam-draft/1',
    template: 'long',
    sections: LONG_TEMPLATE.sections.map((section) => ({
      id: section.id,
      choices: [],
      clauses: sections[section.id] ?? [],
    })),
  }
}

export function source(
  group: number,
  sections: Partial<Record<SectionId, readonly Clause[]>>,
  submission = `s${group}`,
): Source {
  return { submission, group, content: content(sections) }
}
