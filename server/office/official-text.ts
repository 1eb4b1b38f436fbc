/** Text as official papers print it: Thai digits, one space, and never a changed code or address. */
import { thaiDigits } from '../../shared/thai/digits.ts'

/** Thai digits everywhere but in words of Latin letters (hashes, e-mail, "G5"); runs of white space become one space. */
export function officialText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[A-Za-z0-9@._/:-]+/g, (word) => (/[A-Za-z]/.test(word) ? word : thaiDigits(word)))
}

/** A whole or decimal number with thousands separated, in Thai digits. */
export function officialNumber(value: number): string {
  return thaiDigits(value.toLocaleString('en-US', { maximumFractionDigits: 2 }))
}
