/** Reads figures out of Thai sentences (baht, ages, periods, deadlines, percentages, heads, ratios), with units made comparable. */
import { NUMBER_WORDS, arabicDigits, numberOf } from './digits.ts'

export const FIGURE_KINDS = ['baht', 'percent', 'age', 'within', 'every', 'length', 'clock', 'heads', 'ratio'] as const
export type FigureKind = (typeof FIGURE_KINDS)[number]

/**
 * One figure of a sentence. `value` in the kind's own unit: baht · percent · age in months · within (a deadline) and length
 * (a duration) in hours · every in times a year · clock in minutes of the day · heads in people · ratio as a factor.
 * `bound`: an upper ("ไม่เกิน", "ถึง") or lower ("ขึ้นไป", "ตั้งแต่") limit. `old`: the value that the sentence says is to change.
 */
export type Figure = {
  readonly kind: FigureKind
  readonly value: number
  readonly bound: 'max' | 'min' | null
  readonly old: boolean
  /** Where its letters stand in the text. */
  readonly start: number
  readonly end: number
}

const N = String.raw`(\d[\d,]*(?:\.\d+)?|${NUMBER_WORDS.join('|')})`
const BIG: Readonly<Record<string, number>> = { ล้าน: 1e6, แสน: 1e5, หมื่น: 1e4, พัน: 1e3 }
/** Hours of a unit. A month is a twelfth of 365 days, so "12 เดือน" and "1 ปี" are the same period. */
const HOURS: Readonly<Record<string, number>> = {
  ชั่วโมง: 1,
  'ชม.': 1,
  วันทำการ: 24,
  วัน: 24,
  สัปดาห์: 168,
  เดือน: 730,
  ปี: 8760,
}
const UNIT = '(ชั่วโมง|ชม\\.|วันทำการ|วัน|สัปดาห์|เดือน|ปี)'
const PER_YEAR: Readonly<Record<string, number>> = { วัน: 365, สัปดาห์: 52, เดือน: 12, ไตรมาส: 4, ปี: 1 }

type Reader = {
  readonly kind: FigureKind
  readonly pattern: RegExp
  readonly value: (match: RegExpExecArray) => number | null
  readonly bound?: 'max' | 'min'
}

const number = (written: string | undefined): number | null => (written === undefined ? null : numberOf(written))
const hours = (count: string | undefined, unit: string | undefined): number | null => {
  const value = number(count)
  const each = HOURS[unit ?? '']
  return value === null || each === undefined ? null : value * each
}
const yearly = (times: number | null, unit: string | undefined, count = 1): number | null => {
  const each = PER_YEAR[unit ?? '']
  return times === null || each === undefined ? null : (times * each) / count
}
const months = (years: string | undefined, more: string | undefined): number | null => {
  const value = number(years)
  return value === null ? null : value * 12 + (more === undefined ? 0 : (number(more) ?? 0))
}

/** In order: an earlier reader's letters are taken, so a later one does not read them again. */
const READERS: readonly Reader[] = [
  {
    kind: 'baht',
    pattern: new RegExp(`${N}(?:\\s*[-–]\\s*${N})?\\s*(ล้าน|แสน|หมื่น|พัน)?\\s*บาท`, 'g'),
    value: (m) => {
      const value = number(m[2] ?? m[1])
      return value === null ? null : value * (m[3] === undefined ? 1 : (BIG[m[3]] ?? 1))
    },
  },
  { kind: 'percent', pattern: new RegExp(`(?:ร้อยละ|เปอร์เซ็นต์)\\s*${N}`, 'g'), value: (m) => number(m[1]) },
  { kind: 'percent', pattern: new RegExp(`${N}\\s*(?:%|เปอร์เซ็นต์)`, 'g'), value: (m) => number(m[1]) },
  { kind: 'clock', pattern: /(\d{1,2})[.:](\d{2})\s*น\./g, value: (m) => Number(m[1]) * 60 + Number(m[2]) },
  { kind: 'ratio', pattern: /(\d+)\s*:\s*(\d+)(?:\s*:\s*\d+)*/g, value: (m) => Number(m[1]) / Number(m[2]) },
  { kind: 'ratio', pattern: new RegExp(`${N}\\s*เท่า`, 'g'), value: (m) => number(m[1]) },
  { kind: 'ratio', pattern: new RegExp(`(?:ฝ่าย|คน)ละ\\s*${N}\\s*ส่วน`, 'g'), value: (m) => number(m[1]) },
  // Ages, before periods: "อายุ 60 ปีขึ้นไป", "แรกเกิดถึง 6 ปี", "เด็ก 0-6 ปี", "ตั้งแต่ 1 ปี 6 เดือน".
  {
    kind: 'age',
    pattern: new RegExp(`(?:แรกเกิด|อายุ\\s*\\d+)(?:\\s*ปี)?\\s*(?:ถึง|[-–])\\s*${N}\\s*ปี`, 'g'),
    value: (m) => months(m[1], undefined),
    bound: 'max',
  },
  {
    kind: 'age',
    pattern: new RegExp(`(?:อายุ|เด็ก)\\s*\\d+\\s*[-–]\\s*${N}\\s*ปี`, 'g'),
    value: (m) => months(m[1], undefined),
    bound: 'max',
  },
  {
    kind: 'age',
    pattern: new RegExp(`อายุต่ำกว่า\\s*${N}(?:\\s*ปี(?:\\s*${N}\\s*เดือน)?)?`, 'g'),
    value: (m) => months(m[1], m[2]),
    bound: 'max',
  },
  {
    kind: 'age',
    pattern: new RegExp(`(?:ตั้งแต่อายุ|อายุตั้งแต่|อายุ|(?:เด็ก|คน)ตั้งแต่)\\s*${N}(?:\\s*ปี(?:\\s*${N}\\s*เดือน)?)?`, 'g'),
    value: (m) => months(m[1], m[2]),
    bound: 'min',
  },
  { kind: 'age', pattern: new RegExp(`${N}\\s*ปี\\s*ขึ้นไป`, 'g'), value: (m) => months(m[1], undefined), bound: 'min' },
  // How often: "ทุก 6 เดือน", "เดือนละ 2 ครั้ง", "2 ครั้งต่อปี", "ทุกไตรมาส".
  {
    kind: 'every',
    pattern: new RegExp(`ทุก\\s*${N}\\s*(วัน|สัปดาห์|เดือน|ปี)`, 'g'),
    value: (m) => yearly(1, m[2], number(m[1]) ?? 1),
  },
  { kind: 'every', pattern: /ทุก(วัน|สัปดาห์|เดือน|ไตรมาส|ปี)/g, value: (m) => yearly(1, m[1]) },
  {
    kind: 'every',
    pattern: new RegExp(`(วัน|สัปดาห์|เดือน|ปี)ละ\\s*(?:ไม่เกิน\\s*|ไม่น้อยกว่า\\s*)?${N}\\s*(?:ครั้ง|รอบ|รุ่น|วัน)`, 'g'),
    value: (m) => yearly(number(m[2]), m[1]),
  },
  {
    kind: 'every',
    pattern: new RegExp(`${N}\\s*(?:ครั้ง|รอบ)\\s*(?:ต่อ|/)\\s*(วัน|สัปดาห์|เดือน|ปี)`, 'g'),
    value: (m) => yearly(number(m[1]), m[2]),
  },
  {
    kind: 'within',
    pattern: new RegExp(`ภายใน\\s*${N}\\s*${UNIT}`, 'g'),
    value: (m) => hours(m[1], m[2]),
    bound: 'max',
  },
  { kind: 'length', pattern: new RegExp(`${N}\\s*${UNIT}`, 'g'), value: (m) => hours(m[1], m[2]) },
  { kind: 'heads', pattern: new RegExp(`${N}\\s*(?:คน|ราย|อัตรา)`, 'g'), value: (m) => number(m[1]) },
]

const MAX_BEFORE = /(?:ไม่เกิน|สูงสุด|ไม่มากกว่า)\s*(?:ครั้งละ|คนละ|รายละ|หลังละ|เดือนละ|ปีละ|วันละ)?\s*$/
const MIN_BEFORE = /(?:ไม่น้อยกว่า|อย่างน้อย|ไม่ต่ำกว่า|ขั้นต่ำ)\s*(?:ครั้งละ|คนละ|รายละ|เดือนละ|ปีละ|วันละ)?\s*$/
/** "จากเดือนละ 800 บาท เป็น 1,000 บาท": 800 is what is, not what is proposed. */
const OLD_BEFORE = /จาก(?:เดิม)?\s*(?:ครั้งละ|คนละ|เดือนละ|ปีละ)?\s*$/

function bound(text: string, start: number, end: number, given: 'max' | 'min' | undefined): Figure['bound'] {
  if (given !== undefined) return given
  const before = text.slice(Math.max(0, start - 30), start)
  if (MAX_BEFORE.test(before)) return 'max'
  if (MIN_BEFORE.test(before) || /^\s*ขึ้นไป/.test(text.slice(end))) return 'min'
  return null
}

/** The figures of a text in order of place. Thai digits and number words up to twelve are read like Arabic digits. */
export function figures(text: string): Figure[] {
  const plain = arabicDigits(text)
  const taken = new Uint8Array(plain.length)
  const found: Figure[] = []
  for (const reader of READERS) {
    reader.pattern.lastIndex = 0
    for (let match = reader.pattern.exec(plain); match !== null; match = reader.pattern.exec(plain)) {
      const start = match.index
      const end = start + match[0].length
      const value = reader.value(match)
      if (value === null || taken.subarray(start, end).some((used) => used === 1)) continue
      taken.fill(1, start, end)
      const old = OLD_BEFORE.test(plain.slice(Math.max(0, start - 30), start)) && /^.{0,20}?เป็น/.test(plain.slice(end))
      found.push({ kind: reader.kind, value, bound: bound(plain, start, end, reader.bound), old, start, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}
