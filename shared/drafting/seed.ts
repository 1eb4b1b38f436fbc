/** The first content of a draft, made once, on the server: documents seeded separately would double when they meet. */
import * as Y from 'yjs'
import { insertClause, newChoice } from './build.ts'
import { NO_FIELDS } from './canonical.ts'
import type { Clause, DraftContent, RecommendationClause } from './canonical.ts'
import { newClauseId } from './clause-ids.ts'
import { newDraftDoc, sectionRoot } from './document.ts'
import type { Template, TemplateSection } from './template.ts'
import type { ClauseId } from '../ids.ts'

/** A recommendation with nothing in it. */
export function emptyRecommendation(id: ClauseId): RecommendationClause {
  return {
    id,
    kind: 'recommendation',
    fields: NO_FIELDS,
    levelOf: null,
    instrument: null,
    priority: null,
    amount: null,
    unit: null,
    lgoTypes: [],
  }
}

/** What an untouched section begins with: one empty clause or measure to write in; a section of choices begins empty. */
function firstClauses(section: TemplateSection): Clause[] {
  if (section.holds === 'choices') return []
  if (section.holds === 'recommendations') return [emptyRecommendation(newClauseId())]
  return [{ id: newClauseId(), kind: 'text', level: 0, runs: [] }]
}

/**
 * A Y update (bytes, v1) with which a draft begins: every section of the template, filled from `content` where it has the section.
 * Sections of `content` that the template lacks are left out.
 */
export function seedDraft(template: Template, content?: Partial<DraftContent>): Uint8Array {
  const doc = newDraftDoc()
  doc.transact(() => {
    for (const section of template.sections) {
      const given = content?.sections?.find(({ id }) => id === section.id)
      const text = sectionRoot(doc, section.id)
      let at = 0
      for (const choice of given?.choices ?? []) text.insertEmbed(at++, newChoice('targetGroups', choice))
      for (const clause of given?.clauses ?? firstClauses(section)) at += insertClause(text, at, clause)
    }
  })
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
