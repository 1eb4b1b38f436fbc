/** Reads a written citation of a law (its name's words, year, sections), so that two spellings of one law are seen as one. */
import { arabicDigits } from './digits.ts'
import { SYNONYMS, STOP_WORDS } from './lexicon.ts'
import { isWord, words } from './words.ts'

/** `year` of the Buddhist Era as first named; `sections` such as "16(10)"; `name`: the words of the law's name, synonyms folded. */
export type Citation = { readonly year: number; readonly sections: readonly string[]; readonly name: readonly string[] }

const KIND = /พ\.ร\.บ\.|พระราชบัญญัติ|ระเบียบ|ประกาศ|กฎกระทรวง|พระราชกฤษฎีกา|ประมวลกฎหมาย|รัฐธรรมนูญ/
const YEAR = /(?:พ\.ศ\.\s*)?(2[45]\d\d)/
const SECTION = /(?:มาตรา|ม\.)\s*(\d+(?:\s*\(\d+\))*)/g

const same = new Map<string, string>()
for (const [first, ...rest] of SYNONYMS) for (const word of rest) same.set(word, first ?? word)
/** One word for all that mean the same in this field. */
export function folded(word: string): string {
  return same.get(word) ?? word
}

/** The citation that a clause is, or null when it names no law with a year. */
export function citation(text: string): Citation | null {
  const plain = arabicDigits(text)
  const kind = KIND.exec(plain)
  const year = YEAR.exec(plain)
  if (kind === null || year === null || year.index < kind.index) return null
  const sections: string[] = []
  for (const match of plain.matchAll(SECTION)) sections.push((match[1] ?? '').replaceAll(/\s/g, ''))
  const name = words(plain.slice(kind.index + kind[0].length, year.index))
    .filter((word) => isWord(word) && !STOP_WORDS.has(word))
    .map(folded)
  return { year: Number(year[1]), sections, name: [...new Set(name)] }
}

/** At least this share of the shorter name's words in the longer: full and clipped names of one law. */
const NAME_SHARE = 0.6

/** Whether two citations are of the same law and, where both name sections, share one. */
export function sameLaw(a: Citation, b: Citation): boolean {
  if (a.year !== b.year) return false
  const shorter = a.name.length <= b.name.length ? a.name : b.name
  const longer = new Set(shorter === a.name ? b.name : a.name)
  if (shorter.length === 0) return false
  if (shorter.filter((word) => longer.has(word)).length / shorter.length < NAME_SHARE) return false
  if (a.sections.length === 0 || b.sections.length === 0) return true
  return a.sections.some((section) => b.sections.includes(section))
}
