/** Random BSON values and documents for the store's laws, and a store's inside on a temporary file. */
import fc from 'fast-check'
import { Binary, Double, Int32, Long, ObjectId } from 'bson'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDocuments, type Documents } from '../../server/store/embedded/documents.ts'
import { openKv, type Kv } from '../../server/store/embedded/kv.ts'
import type { Doc } from '../../server/store/embedded/values.ts'

/** Few different values, so that equal ones meet. */
export const smallScalar: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -2, max: 3 }).map((n) => new Int32(n)),
  fc.constantFrom(-0, 0.5, 1, 2, NaN, Infinity, -Infinity).map((n) => new Double(n)),
  fc.constantFrom(1n, 2n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)).map((n) => Long.fromBigInt(n)),
  fc.constantFrom(
    '',
    'ก',
    'กา',
    'กาฬ',
    'a',
    'ab',
    'a\0b',
    'a\0',
    '\uFFFD',
    '\u{1F600}',
    'น'.repeat(200),
    `${'น'.repeat(200)}ย`,
  ),
  fc.boolean(),
  fc.constantFrom(-1, 0, 1_790_000_000_000).map((ms) => new Date(ms)),
  fc.constantFrom('000000000000000000000000', '00000000000000000000000a').map((hex) => new ObjectId(hex)),
  fc.constantFrom('', '00', '00ff').map((hex) => new Binary(Buffer.from(hex, 'hex'))),
)

/** Anything: scalars over their whole range, arrays and documents of them. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    smallScalar,
    fc.integer().map((n) => new Int32(n)),
    fc.double().map((n) => new Double(n)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => new Binary(bytes)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ก'), tie('value'), { maxKeys: 3 }).map((doc) => ({ ...doc })),
  ),
})).value

const numbers: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((n) => new Int32(n)),
  fc.constantFrom(-Infinity, -0, 0.5, 2.5, NaN).map((n) => new Double(n)),
)
/** Longer than a key keeps, alike in what it keeps. */
const longTexts: fc.Arbitrary<unknown> = fc.constantFrom(
  '',
  'น',
  ...['ก', 'ข', 'ค', 'ง'].map((end) => 'น'.repeat(200) + end),
  'บ',
)
const anyPath = fc.constantFrom('a', 'b', 'c', 'a.b', '_id')

export type Sorting = Array<readonly [string, 1 | -1]>
export type Query = { readonly filter: Doc; readonly sort: Sorting }
/** Documents and the queries put to them, of one family of values, so that queries find something. */
export type Trial = { readonly docs: readonly Doc[]; readonly queries: readonly Query[] }

function documentOf(value: fc.Arbitrary<unknown>, arrays: boolean): fc.Arbitrary<Doc> {
  const inner = fc.record({ b: value }, { requiredKeys: [] }).map((doc) => ({ ...doc }))
  const field = arrays
    ? fc.oneof(
        { weight: 3, arbitrary: value },
        fc.array(value, { maxLength: 3 }),
        inner,
        fc.array(inner, { maxLength: 2 }),
      )
    : value
  return fc.record({ a: field, b: field, c: value }, { requiredKeys: [] }).map((doc) => ({ ...doc }))
}

function filterOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<Doc> {
  const condition: fc.Arbitrary<unknown> = fc.oneof(
    value,
    fc.array(value, { maxLength: 4 }).map(($in) => ({ $in })),
    fc
      .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne', '$eq'), value)
      .map(([name, bound]) => ({ [name]: bound })),
    fc
      .tuple(fc.constantFrom('$gt', '$gte'), value, fc.constantFrom('$lt', '$lte'), value)
      .map(([from, low, to, high]) => ({ [from]: low, [to]: high })),
    fc.boolean().map(($exists) => ({ $exists })),
    fc.constantFrom('^', '^ก', '^กา', '^a', '^น').map(($regex) => ({ $regex })),
  )
  const plain = fc.array(fc.tuple(anyPath, condition), { maxLength: 3 }).map((pairs): Doc => Object.fromEntries(pairs))
  return fc.oneof(
    { weight: 4, arbitrary: plain },
    { weight: 1, arbitrary: fc.array(plain, { minLength: 1, maxLength: 2 }).map(($and): Doc => ({ $and })) },
    { weight: 1, arbitrary: fc.array(plain, { minLength: 1, maxLength: 2 }).map(($or): Doc => ({ $or })) },
  )
}

export const anyDoc = documentOf(smallScalar, true)
export const anyFilter = filterOf(smallScalar)
const anySort: fc.Arbitrary<Sorting> = fc.uniqueArray(fc.tuple(anyPath, fc.constantFrom<1 | -1>(1, -1)), {
  maxLength: 2,
  selector: ([name]) => name,
})

export function anyTrial(arrays: boolean): fc.Arbitrary<Trial> {
  return fc.constantFrom(smallScalar, numbers, longTexts).chain((value) =>
    fc.record({
      docs: fc.array(documentOf(value, arrays), { minLength: 5, maxLength: 12 }),
      queries: fc.array(fc.record({ filter: filterOf(value), sort: anySort }), { minLength: 25, maxLength: 25 }),
    }),
  )
}

export type Inside = {
  readonly kv: Kv
  readonly documents: Documents
  readonly file: string
  readonly close: () => void
}

/** The store below the wire, in this thread. */
export function openInside(): Inside {
  const folder = mkdtempSync(join(tmpdir(), 'store-inside-'))
  const file = join(folder, 'inside.sqlite')
  const kv = openKv(file)
  return {
    kv,
    documents: createDocuments(kv),
    file,
    close: () => {
      kv.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
