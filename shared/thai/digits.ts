/** Thai and Arabic digits, for screens (Arabic), documents (Thai) and everything that reads figures. */

const THAI_ZERO = 0x0e50

/** The same text with Thai digits turned into Arabic ones; nothing else changes, so positions stay. */
export function arabicDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO))
}

/** The same text with Arabic digits turned into Thai ones, for official documents. */
export function thaiDigits(text: string | number): string {
  return String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(THAI_ZERO + Number(digit)))
}

const WORDS = ['ศูนย์', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า', 'สิบ', 'สิบเอ็ด', 'สิบสอง']

/** Number words from one to twelve, longest first, for a regular expression. */
export const NUMBER_WORDS: readonly string[] = WORDS.slice(1).sort((a, b) => b.length - a.length)

/** The value of a written number ("1,000", "๕", "สิบ"); null when it is none. */
export function numberOf(written: string): number | null {
  const word = WORDS.indexOf(written)
  if (word >= 0) return word
  const plain = arabicDigits(written).replaceAll(',', '')
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : null
}
