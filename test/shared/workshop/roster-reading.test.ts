/** Rosters with seeded troubles read back as what went in; single troubles one by one. */
import assert from 'node:assert/strict'
import {
  cleanCell,
  isFormulaLike,
  neutralised,
  organisationOf,
  splitPrefix,
} from '../../../shared/workshop/roster-cells.ts'
import { readRoster } from '../../../shared/workshop/roster-reading.ts'
import { seededRandom } from '../../support/random-thai.ts'
import { buildRoster } from './roster-builder.ts'

const SEEDS = 50
const HEADER = ['ลำดับ', 'ชื่อ-สกุล', 'หน่วยงาน', 'จังหวัด']

function read(rows: string[][]) {
  const reading = readRoster(rows)
  assert.ok(reading.kind === 'read')
  return reading
}

describe('reading a roster', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    it(`[RO1] seed ${seed}: a roster with troubles reads back as what went in`, () => {
      const random = seededRandom(seed)
      const built = buildRoster(random, 20 + random.integer(80))
      const reading = read(built.rows)
      assert.deepEqual(
        reading.kept.map(({ prefix, name, position, organisation, lgoType, district, province }) => ({
          prefix,
          name,
          position,
          organisation,
          lgoType,
          district,
          province,
        })),
        built.people,
        `seed ${seed}`,
      )
      assert.deepEqual(
        reading.aside.map(({ row, reason }) => ({ row, reason })),
        built.aside,
        `seed ${seed}`,
      )
    })
  }

  it('[RO2] every row below the heading is kept or kept aside, none is dropped', () => {
    for (let seed = 100; seed < 130; seed++) {
      const built = buildRoster(seededRandom(seed), 40)
      const reading = read(built.rows)
      const rows = [...reading.kept, ...reading.aside].map(({ row }) => row).sort((a, b) => a - b)
      const wanted = built.rows.map((_, at) => at + 1).slice(reading.headerRow)
      assert.deepEqual(rows, wanted, `seed ${seed}`)
    }
  })

  it('[RO3] without a heading that names a name column nothing is guessed', () => {
    assert.equal(
      readRoster([
        ['ก', 'ข'],
        ['สมชาย ใจดี', 'อบต.เขาหยก'],
      ]).kind,
      'no-header',
    )
    assert.equal(readRoster([]).kind, 'no-header')
  })

  it('[RO4] the same name in another organisation is kept and asked about', () => {
    const reading = read([HEADER, ['1', 'สมใจ ดีงาม', 'อบต.เขาหยก', 'น่าน'], ['2', 'สมใจ ดีงาม', 'ทต.ดอนตาล', 'ตรัง']])
    assert.equal(reading.kept.length, 2)
    assert.deepEqual(reading.asks, [{ a: 0, b: 1, likely: 'different' }])
  })

  it('[RO4] the same name and organisation in another province is not called a duplicate', () => {
    const reading = read([HEADER, ['1', 'สมใจ ดีงาม', 'อบต.เขาหยก', 'น่าน'], ['2', 'สมใจ ดีงาม', 'อบต.เขาหยก', 'ตรัง']])
    assert.equal(reading.aside.length, 0)
    assert.deepEqual(reading.asks, [{ a: 0, b: 1, likely: 'same' }])
  })

  it('[RO5] characters that nobody sees do not make two people of one', () => {
    const reading = read([
      HEADER,
      ['1', 'สมใจ ดีงาม', 'อบต.เขาหยก', 'น่าน'],
      ['2', '\u202eสมใจ\u200b ดีงาม', 'อบต.เขา\u2066หยก', 'น่าน'],
    ])
    assert.deepEqual(
      reading.aside.map(({ reason, of }) => ({ reason, of })),
      [{ reason: 'duplicate', of: 0 }],
    )
  })

  it('[RO6] a cell that looks like a formula stays text, and is made harmless in a file that goes out', () => {
    assert.equal(isFormulaLike('=HYPERLINK("http://example.invalid")'), true)
    assert.equal(isFormulaLike('-'), false)
    assert.equal(neutralised('=1+1'), "'=1+1")
    assert.equal(neutralised('+66'), "'+66")
    assert.equal(neutralised('อบต.'), 'อบต.')
  })

  it('[RO7] a prefix is taken off a name only where a word is left', () => {
    assert.deepEqual(splitPrefix('', 'นางสาวศิริพร ใจดี'), { prefix: 'นางสาว', name: 'ศิริพร ใจดี' })
    assert.deepEqual(splitPrefix('', 'นายิกา ใจดี'), { prefix: '', name: 'นายิกา ใจดี' })
    assert.deepEqual(splitPrefix('นาย', 'นายสุทิน ใจดี'), { prefix: 'นาย', name: 'สุทิน ใจดี' })
    assert.deepEqual(splitPrefix('นาย', 'นางลอย ใจดี'), { prefix: 'นาย', name: 'นางลอย ใจดี' })
  })

  it('[RO7] organisations are written one way and tell their type', () => {
    assert.deepEqual(organisationOf('ทต.ดอนตาล'), { name: 'เทศบาลตำบลดอนตาล', type: 'subdistrict-municipality' })
    assert.deepEqual(organisationOf('องค์การบริหารส่วนตำบลเขาหยก'), { name: 'อบต.เขาหยก', type: 'sao' })
    assert.deepEqual(organisationOf('มูลนิธิดอนตาล'), { name: 'มูลนิธิดอนตาล', type: null })
  })

  it('[RO7] a line break inside a word joins it, between words it is a space', () => {
    assert.equal(cleanCell('นักพัฒนาชุมชน\nปฏิบัติการ', true), 'นักพัฒนาชุมชนปฏิบัติการ')
    assert.equal(cleanCell('สมใจ\r\nดีงาม'), 'สมใจ ดีงาม')
  })
})
