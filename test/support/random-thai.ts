/** Seeded random: numbers, choices, and Thai names, sentences and figures that cannot stand in the product by chance. */
import { randomOf } from '../../shared/random.ts'

export type Random = {
  /** 0 ≤ n < below. */
  integer(below: number): number
  pick<Item>(items: readonly Item[]): Item
}

export function seededRandom(seed: number): Random {
  const next = randomOf(seed)
  return {
    integer: (below) => Math.floor(next() * below),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}

const SYLLABLES = [
  'กา',
  'ข้าว',
  'คำ',
  'งาน',
  'จันทร์',
  'ชม',
  'ดาว',
  'ตาล',
  'ทอง',
  'นิล',
  'บัว',
  'ปลา',
  'ผึ้ง',
  'ฝน',
  'พลอย',
  'ฟ้า',
  'มุก',
  'ยอด',
  'รัก',
  'ลม',
  'วัน',
  'ศรี',
  'สาย',
  'หยก',
  'อิ่ม',
]
const PLACES = ['หนองบัว', 'บ้านไร่', 'ท่าทราย', 'เขาหยก', 'ทุ่งฟ้า', 'คลองปลา', 'ดอนตาล']

/** A first name and a surname, invented. */
export function thaiName(random: Random): string {
  const word = (length: number) => Array.from({ length }, () => random.pick(SYLLABLES)).join('')
  return `${word(2)} ${word(3)}`
}

/** A sentence with a nonce, so that finding it again proves where it came from. */
export function thaiSentence(random: Random): string {
  const nonce = Array.from({ length: 4 }, () => random.pick(SYLLABLES)).join('')
  return `ให้ อปท. ${random.pick(PLACES)} จัดบริการ${nonce}แก่ผู้ที่ต้องการความช่วยเหลือ`
}

/** Baht between 1,000 and 99,999, not round, with a comma. */
export function bahtFigure(random: Random): string {
  return (1_001 + random.integer(98_000)).toLocaleString('en-US')
}
