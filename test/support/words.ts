/** Words that people type in fault tests: each is typed once, so that what is lost and what is doubled can be told. */
import type { DraftSync } from '../../client/sync/draft-sync.ts'
import { sectionRoot } from '../../shared/drafting/document.ts'

/** How `toString` prints the embed that begins a clause. */
const EMBED = '[object Object]'
const SECTION = 'background'

/** The text of the section in which words are typed, as this page holds it. */
export const textOf = (sync: DraftSync): string => sectionRoot(sync.back, SECTION).toString()

/** Words of a text, in order. */
export const wordsOf = (text: string): string[] => text.match(/<\w+>/g) ?? []

/** How many words are not among those that were found, and how many of these are there again. */
export function tallyOf(typed: readonly string[], found: readonly string[]): { lost: number; doubled: number } {
  const distinct = new Set(found)
  return { lost: typed.filter((word) => !distinct.has(word)).length, doubled: found.length - distinct.size }
}

/** Types a word between two others, so that each stays in one piece. `where`: 0 is the beginning, 1 the end. */
export function typeWord(sync: DraftSync, word: string, where: number): void {
  sectionRoot(sync.back, SECTION).insert(boundary(textOf(sync), where), word)
}

/** A place between two words of a section; the embed counts 1, and is printed as 15 letters. */
function boundary(printed: string, where: number): number {
  const text = printed.replaceAll(EMBED, '*')
  const ends = [text.length, ...[...text.matchAll(/>/g)].map((match) => match.index + 1)]
  return ends[Math.floor(where * ends.length)] ?? text.length
}
