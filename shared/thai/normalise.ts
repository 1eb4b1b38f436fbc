/** One spelling for one word, for searching and comparing only; the text itself is never changed. */
import { arabicDigits } from './digits.ts'

/**
 * Folds what a Thai keyboard or a copied PDF writes in several ways: ํ+า to ำ (with a tone between), เเ to แ, tone before vowel,
 * repeated marks, zero-width characters, Thai digits, runs of spaces, Latin capitals.
 */
export function normalise(text: string): string {
  return arabicDigits(text)
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replace(/เเ/g, 'แ')
    .replace(/([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e3a])/g, '$2$1')
    .replace(/([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1+/g, '$1')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .trim()
}
