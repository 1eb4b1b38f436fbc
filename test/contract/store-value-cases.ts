/** The store’s contract: exact values, and the fields of an answer. */
import assert from 'node:assert/strict'
import mongoose from 'mongoose'
import { caseList } from './store-bench.ts'

const { cases, it } = caseList()
export const VALUES = cases
const { Binary, Decimal128, Double, Int32, Long, ObjectId } = mongoose.mongo

// Exact values
it('[ST30] every kind of value survives a round trip', async (bench) => {
  const doc = {
    int: new Int32(7),
    double: new Double(7),
    long: Long.fromString('-9223372036854775808'),
    text: 'น้ำใจ \u0000 \u{1F600}',
    yes: true,
    nothing: null,
    when: new Date(-1),
    id: new ObjectId(),
    bytes: new Binary(Buffer.from([0, 255])),
    list: [new Int32(1), [new Double(2)], {}],
    inner: { z: '', a: 'x' },
  }
  await bench.collection.insertOne({ ...doc })
  const found = await bench.collection.findOne({}, { promoteValues: false, projection: { _id: 0 } })
  const { serialize } = mongoose.mongo.BSON
  assert.deepEqual(Buffer.from(serialize(found!)), Buffer.from(serialize(doc)))
})
it('[ST30] a Decimal128 is kept, though not compared', async (bench) => {
  await bench.collection.insertOne({ _id: 1, a: Decimal128.fromString('1.10') } as never)
  assert.equal(String((await bench.collection.findOne({}))?.['a']), '1.10')
})
it('[ST31] a projection keeps numbers as they are', async (bench) => {
  await bench.collection.insertOne({ _id: 1, a: new Double(2), b: Long.fromNumber(3), c: 1 } as never)
  const found = await bench.collection.findOne({}, { projection: { a: 1, b: 1 }, promoteValues: false })
  assert.equal((found?.['a'] as { _bsontype: string })._bsontype, 'Double')
  assert.equal((found?.['b'] as { _bsontype: string })._bsontype, 'Long')
})
it('[ST32] a document of 2 MB, and thousands in batches', async (bench) => {
  await bench.collection.insertOne({ _id: 0, text: 'ก'.repeat(700_000) } as never)
  await bench.collection.insertMany(
    Array.from({ length: 2500 }, (_, at) => ({ _id: at + 1, pad: 'x'.repeat(100) })) as never,
  )
  const all = await bench.collection.find({}, { batchSize: 300, sort: { _id: 1 } }).toArray()
  assert.equal(all.length, 2501)
  assert.equal((all[0]?.['text'] as string).length, 700_000)
})

// Projection
it(
  '[ST33] kept fields, deep and through arrays, in the order of the document',
  async (bench) => {
    await bench.collection.insertOne({ _id: 1, z: 1, a: { b: 1, c: 2 }, list: [{ x: 1, y: 2 }, 5], y: 3 } as never)
    const found = await bench.collection.findOne({}, { projection: { y: 1, 'a.c': 1, 'list.x': 1 } })
    assert.deepEqual(found, { _id: 1, a: { c: 2 }, list: [{ x: 1 }], y: 3 })
    assert.deepEqual(Object.keys(found!), ['_id', 'a', 'list', 'y'])
  },
  { referenceFault: 'the order of fields after a projection' },
)
it('[ST33] left-out fields', async (bench) => {
  await bench.collection.insertOne({ _id: 1, a: 1, b: { c: 1, d: 2 } } as never)
  assert.deepEqual(await bench.collection.findOne({}, { projection: { a: 0, 'b.d': 0 } }), { _id: 1, b: { c: 1 } })
  assert.deepEqual(await bench.collection.findOne({}, { projection: { a: 1, _id: 0 } }), { a: 1 })
})
