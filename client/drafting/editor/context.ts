/** What the parts of the editor share: words, template, actions, and whether one may write. */
import type { Texts } from '../../../shared/texts/catalogue.ts'
import type { LgoType, RecommendationField } from '../../../shared/drafting/canonical.ts'
import type { SectionId, Template } from '../../../shared/drafting/template.ts'

/** The words the editor shows: the names of things and its own labels, in one language. */
export type EditorTexts = Pick<Texts, 'terms' | 'editor'> & {
  /** A law's short name for a citation; without it the list's own. */
  readonly lawName?: (id: string) => string
}

export type RecommendationChoice = 'levelOf' | 'instrument' | 'priority' | 'amount' | 'unit'

/** What controls inside the text do. */
export type EditorActions = {
  addClause(section: SectionId): void
  addRecommendation(section: SectionId): void
  removeClause(id: string): void
  setAttribute(id: string, name: RecommendationChoice, value: string | number | null): void
  setLgoType(id: string, type: LgoType, on: boolean): void
  setSectionChoice(section: SectionId, value: string, on: boolean): void
  focusClause(id: string, field?: RecommendationField): boolean
}

export type EditorContext = {
  readonly texts: EditorTexts
  readonly template: Template
  readonly actions: EditorActions
  isEditable(): boolean
  /** Called now and whenever writing is allowed or stopped. Returns a function that ends it. */
  onEditable(listener: (editable: boolean) => void): () => void
}
