/** What of one's own text the server does not have, clause by clause: computed when edits were refused. */
import { plainText, type Clause, type DraftContent } from '../../shared/drafting/canonical.ts'
import type { SetAside } from './device-store.ts'

/** All letters of a clause, fields one a line. */
export function wordsOfClause(clause: Clause): string {
  if (clause.kind === 'recommendation') return Object.values(clause.fields).map(plainText).filter(Boolean).join('\n')
  if (clause.kind === 'table') return clause.rows.map((row) => row.map(plainText).join('\t')).join('\n')
  return plainText(clause.runs)
}

/** Clauses of `mine` that `server` lacks or has with other words; only those with words. */
export function differencesBetween(mine: DraftContent, server: DraftContent): SetAside[] {
  const known = new Map(
    server.sections.flatMap((section) => section.clauses.map((clause) => [clause.id, wordsOfClause(clause)] as const)),
  )
  return mine.sections.flatMap((section) =>
    section.clauses.flatMap((clause): SetAside[] => {
      const text = wordsOfClause(clause)
      if (text.trim() === '' || known.get(clause.id) === text) return []
      return [{ key: `${clause.id}:${text.length}:${Date.now()}`, section: section.id, clause: clause.id, text }]
    }),
  )
}
