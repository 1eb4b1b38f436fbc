/** Short codes of clauses for people: `9.2` in the proposal, `4-9.2` in group 4's text; shown, printed, searched for. */
import { plainText } from './canonical.ts'
import type { Clause, DraftContent } from './canonical.ts'
import { SECTION_IDS } from './template.ts'
import type { ClauseId } from '../ids.ts'

/** A text clause without a letter has no code: an empty line may not move the numbers of those below. */
function isCoded(clause: Clause): boolean {
  if (clause.kind === 'recommendation' || clause.kind === 'table') return true
  return clause.runs.some((run) => !('text' in run)) || plainText(clause.runs).trim() !== ''
}

/**
 * Clause id → code: the section's number in the long template, a point, the clause's place among those with content. `prefix` is the
 * group's number; give it for a group's text, leave it out for the consolidated proposal.
 */
export function codesOf(content: DraftContent, prefix?: string | number): ReadonlyMap<ClauseId, string> {
  const codes = new Map<ClauseId, string>()
  for (const section of content.sections) {
    const number = SECTION_IDS.indexOf(section.id) + 1
    let nth = 0
    for (const clause of section.clauses)
      if (isCoded(clause)) codes.set(clause.id, `${prefix === undefined ? '' : `${prefix}-`}${number}.${++nth}`)
  }
  return codes
}
