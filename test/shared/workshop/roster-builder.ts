/** A generator of rosters: people that are known, written down with seeded troubles, for reading them back. */
import type { AsideReason } from '../../../shared/workshop/roster-reading.ts'
import { thaiName, type Random } from '../../support/random-thai.ts'

export type KnownPerson = {
  readonly prefix: string
  readonly name: string
  readonly position: string
  readonly organisation: string
  readonly lgoType: string
  readonly district: string
  readonly province: string
}
export type BuiltRoster = {
  readonly rows: string[][]
  readonly people: KnownPerson[]
  readonly aside: { readonly row: number; readonly reason: AsideReason }[]
}

const PLACES = ['หนองบัวขาว', 'บ้านไร่เหนือ', 'ท่าทรายทอง', 'เขาหยก', 'ทุ่งฟ้าใส', 'คลองปลาเงิน', 'ดอนตาลคู่', 'โคกพลอย']
const PROVINCES = ['น่าน', 'เลย', 'ตรัง', 'พะเยา', 'ร้อยเอ็ด', 'สงขลา', 'นครปฐม', 'บึงกาฬ']
const POSITIONS = ['นักพัฒนาชุมชนชำนาญการ', 'รองปลัด', 'ผู้อำนวยการกองสวัสดิการสังคม', 'นักสังคมสงเคราะห์ปฏิบัติการ']
const TYPES = [
  { id: 'sao', kept: 'อบต.', ways: ['อบต.', 'องค์การบริหารส่วนตำบล', 'อบต. '] },
  { id: 'subdistrict-municipality', kept: 'เทศบาลตำบล', ways: ['เทศบาลตำบล', 'ทต.', 'เทศบาลตำบล '] },
  { id: 'town', kept: 'เทศบาลเมือง', ways: ['เทศบาลเมือง', 'ทม.'] },
] as const
const HEADINGS = {
  prefix: ['คำนำหน้า', 'คำนำหน้านาม', 'คำนำ หน้า'],
  name: ['ชื่อ-สกุล', 'ชื่อ – นามสกุล', 'ชื่อและนามสกุล'],
  position: ['ตำแหน่ง', 'ตำแหน่งงาน'],
  organisation: ['หน่วยงาน', 'สังกัด', 'หน่วยงานต้นสังกัด'],
  lgoType: ['ประเภท อปท.', 'ประเภท'],
  district: ['อำเภอ', 'อำเภอ/เขต'],
  province: ['จังหวัด', 'จังหวัด '],
} as const
type Column = keyof typeof HEADINGS

/** A roster of `size` people with troubles; the columns stand in a seeded order, with a number before and a remark after. */
export function buildRoster(random: Random, size: number): BuiltRoster {
  const columns = shuffled(Object.keys(HEADINGS) as Column[], random)
  const heading = ['ลำดับ', ...columns.map((column) => random.pick(HEADINGS[column])), 'หมายเหตุ']
  const rows: string[][] = []
  const people: KnownPerson[] = []
  const aside: { row: number; reason: AsideReason }[] = []
  const blank = heading.map(() => '')
  for (let title = random.integer(4); title > 0; title--) rows.push([`ทะเบียน ${thaiName(random)}`, ...blank.slice(1)])
  rows.push(heading)
  const put = (cells: string[], reason?: AsideReason) => {
    rows.push(cells)
    if (reason !== undefined) aside.push({ row: rows.length, reason })
  }
  const written = (person: Partial<Record<Column, string>>, number: string): string[] => [
    number,
    ...columns.map((column) => person[column] ?? ''),
    random.integer(9) === 0 ? '=1+1' : '',
  ]
  const names = new Set<string>()
  while (people.length < size) {
    const type = random.pick(TYPES)
    const place = random.pick(PLACES)
    const name = `${thaiName(random)}${people.length % 7 === 0 ? 'ณวัฒน์' : ''}`
    if (names.has(name)) continue
    names.add(name)
    const person = {
      prefix: random.pick(['นาย', 'นาง', 'นางสาว']),
      name,
      position: random.pick(POSITIONS),
      organisation: `${type.kept}${place}`,
      lgoType: type.id,
      district: random.pick(PLACES),
      province: random.pick(PROVINCES),
    }
    const way = random.pick(type.ways)
    const attached = random.integer(6) === 0
    const cells = {
      prefix: attached ? '' : person.prefix === 'นางสาว' && random.integer(2) === 0 ? 'น.ส.' : person.prefix,
      name: troubled(attached ? `${person.prefix}${name}` : name, random),
      position: random.integer(5) === 0 ? broken(person.position) : person.position,
      organisation: `${way}${place}`,
      lgoType: random.pick([way.trim(), type.kept, '']),
      district: random.pick(['', 'อ.', 'อำเภอ']) + person.district,
      province: troubled(random.pick(['', 'จ.', 'จังหวัด']) + person.province, random),
    }
    const number = random.integer(3) === 0 ? thaiDigit(people.length + 1) : String(people.length + 1)
    put(written(cells, number))
    people.push(person)
    const trouble = random.integer(12)
    if (trouble === 0)
      put(
        blank.map(() => random.pick(['', ' ', '\u00a0'])),
        'blank',
      )
    if (trouble === 1) put([...heading], 'header')
    if (trouble === 2)
      put(written({ ...cells, name: ` ${name.replace(' ', '  ')} `, prefix: person.prefix }, '9'), 'duplicate')
    if (trouble === 3) put(written({ ...cells, name: random.pick(['', '-', '–', '...']) }, '9'), 'missing-name')
    if (trouble === 4) {
      put(
        written({ name: thaiName(random), prefix: 'นาย', position: 'ปลัด', organisation: '-' }, '9'),
        'missing-organisation',
      )
    }
  }
  const last = columns.indexOf('name') + 1
  if (random.integer(2) === 0)
    put(
      blank.map((_, at) => (at === last ? `รวมทั้งสิ้น ${thaiDigit(size)} คน` : '')),
      'total',
    )
  if (random.integer(2) === 0)
    put(
      blank.map((_, at) => (at === last ? 'ผู้จัดทำทะเบียน ............' : '')),
      'footer',
    )
  return { rows, people, aside }
}

/** Spaces around, doubled spaces, no-break spaces, zero-width and bidi characters: seen by nobody. */
function troubled(text: string, random: Random): string {
  return random.pick([
    text,
    `  ${text} `,
    text.replace(' ', '   '),
    text.replace(' ', '\u00a0'),
    `\u200b${text}\u200f`,
    `${text.slice(0, 3)}\u2060${text.slice(3)}`,
  ])
}

const broken = (text: string): string => `${text.slice(0, -4)}\n${text.slice(-4)}`
const thaiDigit = (n: number): string => String(n).replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)] ?? '')

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items]
  const out: Item[] = []
  while (left.length > 0) out.push(...left.splice(random.integer(left.length), 1))
  return out
}
