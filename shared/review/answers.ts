/** Answers clause by clause: accept, accept with a change, decline; which clauses are asked for, and when a reason is due. */
import type { ClauseId } from '../ids.ts'
import type { DraftContent } from '../drafting/canonical.ts'
import { isEmpty } from '../merging/sources.ts'

export const ANSWER_KINDS = ['accept', 'change', 'decline'] as const
export type AnswerKind = (typeof ANSWER_KINDS)[number]

/** What is missing from an answer: a decline needs its reason, a change says what is to be changed. */
export function missingFrom(kind: AnswerKind, words: string): 'reason' | 'change' | null {
  if (words.trim() !== '') return null
  return kind === 'decline' ? 'reason' : kind === 'change' ? 'change' : null
}

/** The clauses that an approval waits for: the recommendations; in a text without any, every clause that says something. */
export function askedClauses(content: DraftContent): readonly ClauseId[] {
  const clauses = content.sections
    .filter(({ id }) => id !== 'title' && id !== 'authors')
    .flatMap((section) => section.clauses)
    .filter((clause) => !isEmpty(clause) && clause.kind !== 'heading')
  const measures = clauses.filter((clause) => clause.kind === 'recommendation')
  return (measures.length > 0 ? measures : clauses).map(({ id }) => id)
}

export type AnswerCounts = Readonly<Record<AnswerKind, number>>

/** How many of each kind. */
export function countAnswers(kinds: readonly AnswerKind[]): AnswerCounts {
  const count = (kind: AnswerKind): number => kinds.filter((one) => one === kind).length
  return { accept: count('accept'), change: count('change'), decline: count('decline') }
}
