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

/** Values of fields that are indexed: scalars, arrays, arrays of documents. */
const fieldValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: smallScalar },
  { weight: 1, arbitrary: fc.array(smallScalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ b: smallScalar }) },
  { weight: 1, arbitrary: fc.array(fc.record({ b: smallScalar }, { requiredKeys: [] }), { maxLength: 2 }) },
)
export const scalarDoc: fc.Arbitrary<Doc> = fc
  .record({ a: smallScalar, b: smallScalar, c: smallScalar }, { requiredKeys: [] })
  .map((doc) => ({ ...doc }))
export const anyDoc: fc.Arbitrary<Doc> = fc
  .record({ a: fieldValue, b: fieldValue, c: smallScalar }, { requiredKeys: [] })
  .map((doc) => ({ ...doc }))

const condition: fc.Arbitrary<unknown> = fc.oneof(
  smallScalar,
  fc.array(smallScalar, { maxLength: 4 }).map(($in) => ({ $in })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne', '$eq'), smallScalar)
    .map(([name, value]) => ({ [name]: value })),
  fc.tuple(smallScalar, smallScalar).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.constantFrom('^', '^ก', '^กา', '^a', '^น').map(($regex) => ({ $regex })),
)
const path = fc.constantFrom('a', 'b', 'c', 'a.b', '_id')
const plainFilter: fc.Arbitrary<Doc> = fc
  .array(fc.tuple(path, condition), { maxLength: 3 })
  .map((pairs) => Object.fromEntries(pairs))
export const anyFilter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 4, arbitrary: plainFilter },
  { weight: 1, arbitrary: fc.array(plainFilter, { minLength: 1, maxLength: 2 }).map(($and) => ({ $and })) },
  { weight: 1, arbitrary: fc.array(plainFilter, { minLength: 1, maxLength: 2 }).map(($or) => ({ $or })) },
)
export const anySort: fc.Arbitrary<Array<readonly [string, 1 | -1]>> = fc.uniqueArray(
  fc.tuple(path, fc.constantFrom<1 | -1>(1, -1)),
  {
    maxLength: 2,
    selector: ([name]) => name,
  },
)

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
