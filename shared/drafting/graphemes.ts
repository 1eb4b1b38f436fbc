/** Cuts text into what a reader calls a letter, for diffs: Thai has no spaces, and a mark is never cut from its letter. */

/** Where `Intl.Segmenter` is missing (Firefox 115): a letter with the marks above and below it, U+0E31, U+0E33-0E3A, U+0E47-0E4E. */
const CLUSTER = /[\s\S](?:[\uDC00-\uDFFF]|[\u0300-\u036F\u0E31\u0E33-\u0E3A\u0E47-\u0E4E\u200D\uFE0F])*/g

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('th', { granularity: 'grapheme' }) : null

/** The graphemes of a text; joined they are the text again. */
export function graphemesOf(text: string): string[] {
  if (segmenter === null) return text.match(CLUSTER) ?? []
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
