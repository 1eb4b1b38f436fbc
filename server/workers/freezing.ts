/** What a submission freezes: the text as it may stand for ever, and who typed what of each clause; for the draft worker. */
import type * as Y from 'yjs'
import { authorsAt } from '../../shared/drafting/authorship/authors.ts'
import type { SentEntry } from '../../shared/drafting/authorship/letter-book.ts'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import { isMadeUp, newClauseId } from '../../shared/drafting/clause-ids.ts'
import { missingOf, type Missing } from '../../shared/drafting/progress.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import type { Template } from '../../shared/drafting/template.ts'
import type { ClauseId } from '../../shared/ids.ts'

/** An update of the journal and its sender (a person's id or `server`). */
export type SentUpdate = Omit<SentEntry, 'seq'>

/** A clause's typists: how many of its living letters each person typed. */
export type ClauseTypists = {
  readonly clause: ClauseId
  readonly people: readonly { readonly person: string; readonly letters: number }[]
}
/** A clause that had no id of its own in the text (doubled, or letters outside any clause) and got one in the frozen copy. */
export type RenamedClause = { readonly from: ClauseId; readonly to: ClauseId }
export type FrozenDraft = {
  readonly content: DraftContent
  /** What the frozen text lacks. */
  readonly missing: readonly Missing[]
  readonly typists: readonly ClauseTypists[]
  readonly renamed: readonly RenamedClause[]
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu

/**
 * Freezes a draft. Doubled and missing ids get fresh ones (told in `renamed`), half an emoji becomes U+FFFD, because canonical JSON
 * has no form for it. Typists are whoever first typed the letters, however often these were moved since.
 */
export function freezeDraft(doc: Y.Doc, template: Template, updates: readonly SentUpdate[]): FrozenDraft {
  const renamed: RenamedClause[] = []
  const read = readDraft(doc, template)
  const content: DraftContent = {
    ...read,
    sections: read.sections.map((section) => ({
      ...section,
      clauses: section.clauses.map((clause) => {
        if (!isMadeUp(clause.id)) return wellFormed(clause)
        const to = newClauseId()
        renamed.push({ from: clause.id, to })
        return { ...wellFormed(clause), id: to }
      }),
    })),
  }
  return {
    content,
    missing: missingOf(content, template),
    typists: typistsOf(template, updates),
    renamed,
  }
}

function wellFormed<Value>(value: Value): Value {
  const mend = (_key: string, part: unknown): unknown =>
    typeof part === 'string' ? part.replace(LONE_SURROGATE, '\uFFFD') : part
  return JSON.parse(JSON.stringify(value), mend) as Value
}

/** Living letters of each clause by typist; what the server put there is nobody's. */
function typistsOf(template: Template, updates: readonly SentUpdate[]): ClauseTypists[] {
  const entries = updates.map((update, at) => ({ ...update, seq: at + 1 }))
  const clauses = authorsAt(template, entries, entries.length).flatMap((section) => section.clauses)
  return clauses.flatMap(({ clause, parts }) => {
    const people = new Map<string, number>()
    for (const { text, typedBy, deleted } of parts.flatMap(({ runs }) => runs))
      if (deleted === null && typedBy !== 'server') people.set(typedBy, (people.get(typedBy) ?? 0) + text.length)
    if (clause === null || people.size === 0) return []
    return [{ clause, people: [...people].map(([person, letters]) => ({ person, letters })) }]
  })
}
