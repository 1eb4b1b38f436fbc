/** Balanced groups: sizes, types, provinces, the same result for the same seed, latecomers. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { LGO_TYPES } from '../../../shared/drafting/canonical.ts'
import { terms } from '../../../shared/texts/th/terms.ts'
import {
  balance,
  balanceReason,
  groupForLatecomer,
  GROUP_MAX,
  suggestedGroups,
  type Seat,
} from '../../../shared/workshop/balance.ts'
import { seededRandom } from '../../support/random-thai.ts'

type Row = {
  readonly number: number
  readonly lgo_type: string
  readonly province: string
  readonly organisation: string
}
const file = new URL('../../fixtures/corpus/roster-expected.json', import.meta.url)
const rows = (JSON.parse(readFileSync(file, 'utf8')) as { valid_rows: Row[] }).valid_rows
const corpus: Seat[] = rows.map((row) => ({
  id: String(row.number),
  lgoType: LGO_TYPES.find((type) => terms.lgoTypes[type] === row.lgo_type) ?? null,
  province: row.province,
  organisation: row.organisation,
}))

function randomSeats(seed: number): Seat[] {
  const random = seededRandom(seed)
  return Array.from({ length: 10 + random.integer(150) }, (_, at) => ({
    id: String(at),
    lgoType: random.pick([...LGO_TYPES.slice(2, 5), null]),
    province: `p${random.integer(20)}`,
    organisation: `o${random.integer(40)}`,
  }))
}

describe('balanced groups', () => {
  it('[RO10] the demo roster gives nine groups: two of 10 and seven of 9, 5-6 and 3-4 of its two types', () => {
    const groups = balance(corpus, suggestedGroups(corpus.length))
    const reason = balanceReason(groups)
    assert.deepEqual(
      groups.map(({ length }) => length).sort((a, b) => b - a),
      [10, 10, 9, 9, 9, 9, 9, 9, 9],
    )
    assert.deepEqual(reason?.types, [
      { type: 'sao', span: { min: 5, max: 6 } },
      { type: 'subdistrict-municipality', span: { min: 3, max: 4 } },
    ])
    assert.ok((reason?.provinces.min ?? 0) >= 8, JSON.stringify(reason))
    assert.equal(reason?.sameOrganisation, 1)
  })

  it('[RO10] sizes and every type differ by at most one between groups, and everybody sits once', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const seats = randomSeats(seed)
      const groups = balance(seats, suggestedGroups(seats.length), seed)
      const reason = balanceReason(groups)
      assert.ok(reason !== null)
      assert.ok(reason.size.max - reason.size.min <= 1, `seed ${seed}`)
      for (const { span } of reason.types) assert.ok(span.max - span.min <= 1, `seed ${seed}`)
      assert.deepEqual(
        groups
          .flat()
          .map(({ id }) => id)
          .sort(),
        seats.map(({ id }) => id).sort(),
        `seed ${seed}`,
      )
      assert.ok(reason.size.max <= GROUP_MAX, `seed ${seed}`)
    }
  })

  it('[RO10] fewer people of one organisation and province sit together than when dealt in the order of the file', () => {
    const together = (groups: Seat[][]) =>
      groups
        .flatMap((group) => group.flatMap((one, at) => group.slice(at + 1).map((other) => [one, other] as const)))
        .filter(([one, other]) => one?.province === other?.province).length
    let ours = 0
    let dealt = 0
    for (let seed = 1; seed <= 30; seed++) {
      const seats = randomSeats(seed)
      const count = suggestedGroups(seats.length)
      const plain: Seat[][] = Array.from({ length: count }, () => [])
      for (const [at, seat] of seats.entries()) plain[at % count]?.push(seat)
      ours += together(balance(seats, count, seed))
      dealt += together(plain)
    }
    assert.ok(ours < dealt / 2, `${ours} pairs of one province, dealt ${dealt}`)
  })

  it('[RO11] the same people and seed give the same groups, whatever the order of the file; another seed gives others', () => {
    const ids = (groups: Seat[][]) =>
      groups.map((group) =>
        group
          .map(({ id }) => id)
          .sort()
          .join(' '),
      )
    assert.deepEqual(ids(balance(corpus, 9, 5)), ids(balance(corpus, 9, 5)))
    assert.notDeepEqual(ids(balance(corpus, 9, 5)), ids(balance(corpus, 9, 6)))
  })

  it('[RO12] a latecomer joins the smallest group, among equals where their type is rarest', () => {
    const seat = (id: string, lgoType: Seat['lgoType'], province = 'p'): Seat => ({
      id,
      lgoType,
      province,
      organisation: id,
    })
    const groups = [[seat('a', 'sao'), seat('b', 'sao')], [seat('c', 'sao')], [seat('d', 'town')]]
    assert.equal(groupForLatecomer(groups, { lgoType: 'sao', province: 'p', organisation: 'x' }), 2)
    assert.equal(groupForLatecomer(groups, { lgoType: 'town', province: 'p', organisation: 'x' }), 1)
    assert.equal(groupForLatecomer([], { lgoType: 'town', province: 'p', organisation: 'x' }), -1)
  })

  it('[RO10] between two and a thousand people the suggested groups hold at most twelve', () => {
    for (let people = 2; people <= 1000; people++) {
      const count = suggestedGroups(people)
      assert.ok(count >= 1 && Math.ceil(people / count) <= GROUP_MAX, String(people))
    }
  })
})
