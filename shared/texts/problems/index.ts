/** All problem texts by code; every room adds its own file here. */
import { generalProblems } from './general.ts'
import { peopleProblems } from './people.ts'
import { draftingProblems } from './drafting.ts'
import { mergingProblems } from './merging.ts'
import { reviewProblems } from './review.ts'
import { workshopProblems } from './workshop.ts'

export const PROBLEMS = {
  ...generalProblems,
  ...peopleProblems,
  ...draftingProblems,
  ...mergingProblems,
  ...reviewProblems,
  ...workshopProblems,
} as const
export type ProblemCode = keyof typeof PROBLEMS

/** The text of a problem in a language, its `{name}` places filled. */
export function problemText(
  code: ProblemCode,
  language: 'th' | 'en',
  params: Readonly<Record<string, string | number>>,
): string {
  return PROBLEMS[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
