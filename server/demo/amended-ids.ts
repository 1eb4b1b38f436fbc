/** Keeps a clause's id when its group amends it: the corpus has texts without ids, the editor would have kept them. */
import type { Clause, DraftContent } from '../../shared/drafting/canonical.ts'
import { plainText } from '../../shared/drafting/canonical.ts'
import { words } from '../../shared/thai/words.ts'

const textOf = (clause: Clause): string =>
  clause.kind === 'recommendation'
    ? Object.values(clause.fields).map(plainText).join(' ')
    : clause.kind === 'table'
      ? ''
      : plainText(clause.runs)

/** Shared words over all words, 0…1. */
function likeness(a: string, b: string): number {
  const left = new Set(words(a))
  const right = new Set(words(b))
  const shared = [...left].filter((word) => right.has(word)).length
  return (2 * shared) / Math.max(1, left.size + right.size)
}

/** Less than this is a new clause. */
const SAME = 0.5

/** `amended` with the ids that its clauses had in `before`: the same words first, then the likest of the same section. */
export function withKeptIds(before: DraftContent, amended: DraftContent): DraftContent {
  const free = new Map(
    before.sections.flatMap((section) =>
      section.clauses.map((clause) => [clause.id, { section: section.id, text: textOf(clause) }] as const),
    ),
  )
  const take = (section: string, text: string, least: number): Clause['id'] | undefined => {
    let best: { id: Clause['id']; like: number } | undefined
    for (const [id, known] of free) {
      const like = known.text === text ? 2 : known.section === section ? likeness(known.text, text) : 0
      if (like >= least && like > (best?.like ?? 0)) best = { id, like }
    }
    if (best !== undefined) free.delete(best.id)
    return best?.id
  }
  const kept = new Map<Clause['id'], Clause['id']>()
  for (const least of [2, SAME]) {
    for (const section of amended.sections) {
      for (const clause of section.clauses) {
        if (kept.has(clause.id)) continue
        const id = take(section.id, textOf(clause), least)
        if (id !== undefined) kept.set(clause.id, id)
      }
    }
  }
  return {
    ...amended,
    sections: amended.sections.map((section) => ({
      ...section,
      clauses: section.clauses.map((clause) => ({ ...clause, id: kept.get(clause.id) ?? clause.id })),
    })),
  }
}
