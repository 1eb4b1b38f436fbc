/** The demo roster in its three files gives exactly what is expected of it; hostile and broken files are refused. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { readRosterFile, ROSTER_BYTES } from '../../../server/workshop/roster-files.ts'
import { terms } from '../../../shared/texts/th/terms.ts'
import { readRoster } from '../../../shared/workshop/roster-reading.ts'

type Expected = {
  readonly valid_rows: readonly {
    readonly csv_record: number
    readonly xlsx_row: number
    readonly prefix: string
    readonly name: string
    readonly organisation: string
    readonly lgo_type: string
    readonly district: string
    readonly province: string
  }[]
  readonly bad_rows: readonly {
    readonly csv_record: number
    readonly xlsx_row: number
    readonly kind: string
    readonly duplicate_of_number?: number
  }[]
  readonly suspected_duplicates_to_ask_about: readonly {
    readonly a: number
    readonly b: number
    readonly likely: string
  }[]
}

const corpus = (name: string): Buffer => readFileSync(new URL(`../../fixtures/corpus/${name}`, import.meta.url))
const expected = JSON.parse(corpus('roster-expected.json').toString('utf8')) as Expected

describe('roster files', () => {
  for (const { file, form, rowOf } of [
    { file: 'roster.csv', form: 'csv', rowOf: (row: { csv_record: number }) => row.csv_record + 1 },
    { file: 'roster-cp874.csv', form: 'csv-cp874', rowOf: (row: { csv_record: number }) => row.csv_record + 1 },
    { file: 'roster.xlsx', form: 'xlsx', rowOf: (row: { xlsx_row: number }) => row.xlsx_row },
  ] as const) {
    it(`[RO8] ${file} gives exactly the expected rows, rows kept aside and questions`, async () => {
      const opened = await readRosterFile(corpus(file))
      assert.ok(opened.kind === 'rows')
      assert.equal(opened.form, form)
      const reading = readRoster(opened.rows)
      assert.ok(reading.kind === 'read')
      assert.deepEqual(
        reading.kept.map(({ row, prefix, name, organisation, lgoType, district, province }) => ({
          row,
          prefix,
          name,
          organisation,
          lgo_type: lgoType === null ? '' : terms.lgoTypes[lgoType],
          district,
          province,
        })),
        expected.valid_rows.map(({ prefix, name, organisation, lgo_type, district, province, ...at }) => ({
          row: rowOf(at),
          prefix,
          name,
          organisation,
          lgo_type,
          district,
          province,
        })),
      )
      assert.deepEqual(
        reading.aside.map(({ row, reason, of }) => ({ row, kind: reason, of: of === null ? undefined : of + 1 })),
        expected.bad_rows.map((bad) => ({
          row: rowOf(bad),
          kind: bad.kind.replace('_', '-'),
          of: bad.duplicate_of_number,
        })),
      )
      const pairs = (list: readonly { a: number; b: number; likely: string }[]) =>
        list.map(({ a, b, likely }) => `${a} ${b} ${likely.split(' ')[0] ?? ''}`).sort()
      assert.deepEqual(
        pairs(reading.asks.map(({ a, b, likely }) => ({ a: a + 1, b: b + 1, likely }))),
        pairs(expected.suspected_duplicates_to_ask_about),
      )
    })
  }

  it('[RO9] a file over the limit, and a small file that unpacks to a large one, are refused', async () => {
    assert.deepEqual(await readRosterFile(new Uint8Array(ROSTER_BYTES + 1)), { kind: 'too-large' })
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(40 * 1024 * 1024) }, { level: 9 })
    assert.ok(bomb.length < ROSTER_BYTES)
    assert.deepEqual(await readRosterFile(bomb), { kind: 'too-large' })
  })

  it('[RO9] a part that claims less than it holds is cut at what it claims', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(40 * 1024 * 1024) }, { level: 9 })
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength)
    // The uncompressed size in the local header (offset 22) and in the central directory (offset 24 of its entry).
    view.setUint32(22, 100, true)
    const central = bomb.length - 22 - view.getUint32(bomb.length - 10, true)
    view.setUint32(central + 24, 100, true)
    const before = process.memoryUsage().rss
    const outcome = await readRosterFile(bomb)
    assert.equal(outcome.kind, 'unreadable')
    assert.ok(process.memoryUsage().rss - before < 30 * 1024 * 1024)
  })

  it('[RO9] what is no roster file is unreadable, never a failure', async () => {
    for (const bytes of [
      new Uint8Array(0),
      strToU8('PK\u0003\u0004 broken'),
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]),
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]),
    ]) {
      assert.equal((await readRosterFile(bytes)).kind, 'unreadable')
    }
  })
})
