/** The store’s contract: what filters find, and in what order. */
import assert from 'node:assert/strict'
import mongoose from 'mongoose'
import { caseList, filled, ids } from './store-bench.ts'

const { cases, it } = caseList()
export const FINDING = cases
const { Double, Int32, Long, ObjectId } = mongoose.mongo

const PEOPLE = [
  { name: 'มะลิ', age: 31, tags: ['ครู', 'ผู้นำ'], home: { district: 'เมือง', moo: 3 } },
  { name: 'สมชาย', age: 45, tags: ['ครู'], home: { district: 'แม่ริม', moo: 1 } },
  { name: 'มะนาว', age: 28, tags: [], home: { district: 'เมือง', moo: 7 } },
  { name: 'Ann', age: null, home: { district: 'หางดง' } },
]

// Equality and null
it('[ST10] equality by value, deep and through arrays', async (bench) => {
  await filled(bench, PEOPLE)
  assert.deepEqual(await ids(bench, { name: 'มะลิ' }), [1])
  assert.deepEqual(await ids(bench, { 'home.district': 'เมือง' }), [1, 3])
  assert.deepEqual(await ids(bench, { tags: 'ครู' }), [1, 2])
  assert.deepEqual(await ids(bench, { tags: ['ครู'] }), [2])
})
it(
  '[ST10] an embedded document is equal by fields and their order',
  async (bench) => {
    await filled(bench, PEOPLE)
    assert.deepEqual(await ids(bench, { home: { district: 'แม่ริม', moo: 1 } }), [2])
    assert.deepEqual(await ids(bench, { home: { moo: 1, district: 'แม่ริม' } }), [])
  },
  { referenceFault: 'it ignores the order of fields' },
)
it('[ST11] null matches null and missing', async (bench) => {
  await filled(bench, [{ a: null }, {}, { a: 1 }, { a: [null] }, { a: [] }])
  assert.deepEqual(await ids(bench, { a: null }), [1, 2, 4])
})
it('[ST11] null matches a missing field of an embedded document', async (bench) => {
  await filled(bench, [{ a: { b: 1 } }, { a: {} }, {}, { a: [{}] }])
  assert.deepEqual(await ids(bench, { 'a.b': null }), [2, 3, 4])
})
it(
  '[ST11] null does not match through an empty array or an array of scalars',
  async (bench) => {
    await filled(bench, [{ a: [] }, { a: [1, 2] }, { a: [{ b: 1 }] }])
    assert.deepEqual(await ids(bench, { 'a.b': null }), [])
  },
  { referenceFault: 'null through arrays of scalars' },
)
it('[ST12] $in and $nin', async (bench) => {
  await filled(bench, PEOPLE)
  assert.deepEqual(await ids(bench, { age: { $in: [28, 45, 99] } }), [2, 3])
  assert.deepEqual(await ids(bench, { age: { $in: [null] } }), [4])
  assert.deepEqual(await ids(bench, { age: { $nin: [28, 45] } }), [1, 4])
  assert.deepEqual(await ids(bench, { tags: { $in: ['ผู้นำ'] } }), [1])
})
it('[ST12] $ne is the exact complement of equality, missing included', async (bench) => {
  await filled(bench, [...PEOPLE, {}])
  assert.deepEqual(await ids(bench, { age: { $ne: 31 } }), [2, 3, 4, 5])
  assert.deepEqual(await ids(bench, { tags: { $ne: 'ครู' } }), [3, 4, 5])
})
it('[ST13] ranges of numbers', async (bench) => {
  await filled(bench, PEOPLE)
  assert.deepEqual(await ids(bench, { age: { $gt: 28, $lte: 45 } }), [1, 2])
  assert.deepEqual(await ids(bench, { age: { $gte: 28, $lt: 31 } }), [3])
})
it('[ST13] ranges stay within a type', async (bench) => {
  await filled(bench, [{ a: 1 }, { a: '1' }, { a: null }, { a: new Date(5) }, { a: true }])
  assert.deepEqual(await ids(bench, { a: { $gte: 0 } }), [1])
  assert.deepEqual(await ids(bench, { a: { $lt: 'z' } }), [2])
  assert.deepEqual(await ids(bench, { a: { $gt: new Date(0) } }), [4])
})
it(
  '[ST13] conditions on an array may be met by different elements',
  async (bench) => {
    await filled(bench, [{ a: [1, 9] }, { a: [5] }, { a: [1, 2] }])
    assert.deepEqual(await ids(bench, { a: { $gt: 4, $lt: 6 } }), [1, 2])
  },
  { referenceFault: 'ranges on arrays' },
)
it('[ST14] $elemMatch wants one element for all conditions', async (bench) => {
  await filled(bench, [
    { a: [1, 9] },
    { a: [5] },
    {
      a: [
        { x: 1, y: 2 },
        { x: 2, y: 1 },
      ],
    },
  ])
  assert.deepEqual(await ids(bench, { a: { $elemMatch: { $gt: 4, $lt: 6 } } }), [2])
  assert.deepEqual(await ids(bench, { a: { $elemMatch: { x: 2, y: 1 } } }), [3])
  assert.deepEqual(await ids(bench, { a: { $elemMatch: { x: 1, y: 1 } } }), [])
})
it('[ST15] $exists', async (bench) => {
  await filled(bench, PEOPLE)
  assert.deepEqual(await ids(bench, { tags: { $exists: true } }), [1, 2, 3])
  assert.deepEqual(await ids(bench, { age: { $exists: true } }), [1, 2, 3, 4])
  assert.deepEqual(await ids(bench, { 'home.moo': { $exists: false } }), [4])
})
it('[ST16] $and and $or, nested', async (bench) => {
  await filled(bench, PEOPLE)
  assert.deepEqual(await ids(bench, { $or: [{ age: 28 }, { name: 'Ann' }] }), [3, 4])
  assert.deepEqual(
    await ids(bench, { $and: [{ age: { $gt: 20 } }, { $or: [{ tags: 'ครู' }, { age: 28 }] }] }),
    [1, 2, 3],
  )
  assert.deepEqual(await ids(bench, { name: 'Ann', $or: [{ age: 28 }] }), [])
})
it('[ST17] a prefix pattern', async (bench) => {
  await filled(bench, [...PEOPLE, { name: 'a.b' }, { name: 'axb' }])
  assert.deepEqual(await ids(bench, { name: /^มะ/ }), [1, 3])
  assert.deepEqual(await ids(bench, { name: { $regex: '^มะน' } }), [3])
  assert.deepEqual(await ids(bench, { name: { $regex: '^a\\.' } }), [5])
})
it('[ST18] array positions in a path', async (bench) => {
  await filled(bench, [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 2 }] }])
  assert.deepEqual(await ids(bench, { 'a.0.b': 2 }), [2])
  assert.deepEqual(await ids(bench, { 'a.1.b': 2 }), [1])
})

// Order
it('[ST20] sort ascending and descending with a tie-breaker, skip and limit', async (bench) => {
  await filled(bench, [
    { a: 2, b: 1 },
    { a: 1, b: 1 },
    { a: 2, b: 0 },
    { a: 1, b: 5 },
  ])
  assert.deepEqual(await ids(bench, {}, { a: -1, b: 1 }), [3, 1, 2, 4])
  const page = await bench.collection.find({}, { sort: { a: 1, b: -1 }, skip: 1, limit: 2 }).toArray()
  assert.deepEqual(
    page.map(({ _id }) => _id),
    [2, 1],
  )
})
it('[ST20] the order of types: null, numbers, text, documents, ids, booleans, dates', async (bench) => {
  await filled(bench, [
    { a: new Date(0) },
    { a: false },
    { a: new ObjectId() },
    { a: { x: 1 } },
    { a: 'ก' },
    { a: 7 },
    {},
  ])
  assert.deepEqual(await ids(bench, {}, { a: 1 }), [7, 6, 5, 4, 3, 2, 1])
})
it(
  '[ST21] text is ordered by its UTF-8 bytes',
  async (bench) => {
    await filled(bench, [{ a: '\u{1F600}' }, { a: '\uFFFD' }, { a: 'ฮ' }, { a: 'z' }])
    assert.deepEqual(await ids(bench, {}, { a: 1 }), [4, 3, 2, 1])
  },
  { referenceFault: 'UTF-16 order' },
)
it(
  '[ST22] an array is ordered by its least or greatest element, an empty one below null',
  async (bench) => {
    await filled(bench, [{ a: [5, 1] }, { a: 3 }, { a: [4, 2] }, { a: [] }, { a: null }])
    assert.deepEqual(await ids(bench, {}, { a: 1 }), [4, 5, 1, 3, 2])
    assert.deepEqual(await ids(bench, {}, { a: -1 }), [1, 3, 2, 5, 4])
  },
  { referenceFault: 'sort on arrays' },
)
it(
  '[ST23] numbers of every kind are ordered by value, exactly',
  async (bench) => {
    const big = Long.fromString('9007199254740993')
    await filled(bench, [{ a: big }, { a: new Double(9007199254740992) }, { a: new Int32(1) }, { a: new Double(0.5) }])
    assert.deepEqual(await ids(bench, {}, { a: 1 }), [4, 3, 2, 1])
    assert.deepEqual(await ids(bench, { a: { $gt: new Double(9007199254740992) } }), [1])
  },
  { referenceFault: 'a Long is compared as a double' },
)
