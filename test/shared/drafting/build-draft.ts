/** Builders of drafts for tests: clauses in one line, a document from content. */
import * as Y from 'yjs'
import type { Clause, DraftContent, Inline, TextClause } from '../../../shared/drafting/canonical.ts'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import { seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'

/** A text clause: an id, and a string or runs. */
export function clause(id: string, text: string | readonly Inline[], kind: TextClause['kind'] = 'text'): TextClause {
  const runs = typeof text === 'string' ? (text === '' ? [] : [{ text }]) : text
  return { id: id as ClauseId, kind, level: 0, runs }
}

/** Content of the short template with these clauses; other sections are empty. */
export function content(
  sections: Partial<Record<SectionId, readonly Clause[]>>,
  choices: readonly string[] = [],
): DraftContent {
  return {
    format: 'rangruam-draft/1',
    template: 'short',
    sections: SHORT_TEMPLATE.sections.map(({ id }) => ({
      id,
      choices: id === 'target_groups' ? choices : [],
      clauses: sections[id] ?? [],
    })),
  }
}

/** A document with this content. */
export function docOf(draft: DraftContent): Y.Doc {
  const doc = newDraftDoc()
  Y.applyUpdate(doc, seedDraft(SHORT_TEMPLATE, draft))
  return doc
}
