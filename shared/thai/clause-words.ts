/** What a clause names besides figures: whom it is for, which local governments, how many of them; for conflicts and traps. */
import { LGO_WORDS, SCOPE_WORDS, TARGET_WORDS } from './lexicon.ts'

/** Ids of the target groups that a text names (template's choice list). */
export function targetsNamed(text: string): string[] {
  return TARGET_WORDS.filter(([, words]) => words.some((word) => text.includes(word))).map(([id]) => id)
}

/** Ids of the local-government types that a text names; empty when it names none ("every type" names none). */
export function lgoTypesNamed(text: string): string[] {
  const found = new Set<string>()
  for (const [word, types] of LGO_WORDS) if (word.test(text)) for (const type of types) found.add(type)
  return [...found].sort()
}

/** Which local governments by size: `all`, `large`, `medium`, `small`. */
export function scopesNamed(text: string): string[] {
  return SCOPE_WORDS.filter(([, word]) => word.test(text)).map(([scope]) => scope)
}
