/** The store’s contract: updates of one document, and many at once. */
import assert from 'node:assert/strict'
import mongoose from 'mongoose'
import { caseList, code, filled, updated } from './store-bench.ts'

const { cases, it } = caseList()
export const UPDATES = cases
const { Int32, Long } = mongoose.mongo

// Updates
it('[ST40] $set makes what is missing, $unset removes', async (bench) => {
  assert.deepEqual(await updated(bench, { a: 1, old: 2 }, { $set: { 'b.c': 3, a: 2 }, $unset: { old: '' } }), {
    a: 2,
    b: { c: 3 },
  })
})
it('[ST40] $set at an array position', async (bench) => {
  assert.deepEqual(await updated(bench, { a: [{ x: 1 }, { x: 2 }] }, { $set: { 'a.1.x': 9, 'a.3': 'new' } }), {
    a: [{ x: 1 }, { x: 9 }, null, 'new'],
  })
})
it('[ST41] $inc keeps the kind of number and grows it when needed', async (bench) => {
  const doc = { a: new Int32(2147483647), b: Long.fromNumber(1), c: new Int32(1) }
  await bench.collection.insertOne({ _id: 1, ...doc } as never)
  await bench.collection.updateOne({}, { $inc: { a: 1, b: 1, c: 0.5, fresh: 4 } } as never)
  const found = await bench.collection.findOne({}, { promoteValues: false })
  assert.deepEqual(
    ['a', 'b', 'c', 'fresh'].map(
      (name) => `${(found?.[name] as { _bsontype: string })._bsontype} ${String(found?.[name])}`,
    ),
    ['Long 2147483648', 'Long 2', 'Double 1.5', 'Int32 4'],
  )
})
it('[ST42] $max and $min', async (bench) => {
  assert.deepEqual(await updated(bench, { a: 5, b: 5, c: 5 }, { $max: { a: 7, b: 3, x: 1 }, $min: { c: 2 } }), {
    a: 7,
    b: 5,
    c: 2,
    x: 1,
  })
})
it('[ST43] $push one and $each', async (bench) => {
  assert.deepEqual(await updated(bench, { a: [1] }, { $push: { a: 2, b: { $each: ['x', 'y'] } } }), {
    a: [1, 2],
    b: ['x', 'y'],
  })
})
it('[ST44] $addToSet adds only what is not there', async (bench) => {
  assert.deepEqual(
    await updated(bench, { a: [1, { x: 1 }] }, { $addToSet: { a: { $each: [1, { x: 1 }, { x: 2 }] }, b: 1 } }),
    { a: [1, { x: 1 }, { x: 2 }], b: [1] },
  )
})
it('[ST45] $pull by value, by condition, by fields; $pullAll', async (bench) => {
  assert.deepEqual(
    await updated(
      bench,
      { a: [1, 2, 1], b: [1, 5, 9], c: [{ x: 1, y: 1 }, { x: 2 }], d: [1, 2, 3] },
      { $pull: { a: 1, b: { $gte: 5 }, c: { x: 1 } }, $pullAll: { d: [1, 3] } },
    ),
    { a: [2], b: [1], c: [{ x: 2 }], d: [2] },
  )
})
it('[ST46] an upsert starts from the filter and takes $setOnInsert once', async (bench) => {
  const update = { $set: { b: 2 }, $setOnInsert: { c: 3 } }
  const first = await bench.collection.updateOne({ _id: 'x', a: 1, d: { $gt: 1 } } as never, update, { upsert: true })
  assert.equal(first.upsertedCount, 1)
  assert.equal(first.upsertedId, 'x')
  const again = await bench.collection.updateOne(
    { _id: 'x' } as never,
    { $set: { b: 5 }, $setOnInsert: { c: 9 } },
    { upsert: true },
  )
  assert.deepEqual([again.matchedCount, again.modifiedCount, again.upsertedCount], [1, 1, 0])
  assert.deepEqual(await bench.collection.findOne({}), { _id: 'x', a: 1, b: 5, c: 3 })
})
it('[ST46] fifty upserts of one counter at once make one document', async (bench) => {
  await Promise.all(
    Array.from({ length: 50 }, () =>
      bench.collection.updateOne({ _id: 'n' } as never, { $inc: { n: 1 } } as never, { upsert: true }),
    ),
  )
  assert.deepEqual(await bench.collection.find({}).toArray(), [{ _id: 'n', n: 50 }])
})
it('[ST47] a replacement keeps the _id', async (bench) => {
  await bench.collection.insertOne({ _id: 1, a: 1 } as never)
  await bench.collection.replaceOne({ a: 1 }, { b: 2 })
  assert.deepEqual(await bench.collection.findOne({}), { _id: 1, b: 2 })
  assert.equal(await code(bench.collection.updateOne({ b: 2 }, { $set: { _id: 5 } } as never)), 66)
})
it('[ST47] updateMany counts what matched and what changed', async (bench) => {
  await filled(bench, [{ a: 1 }, { a: 1, b: 7 }, { a: 2 }])
  const { matchedCount, modifiedCount } = await bench.collection.updateMany({ a: 1 }, { $set: { b: 7 } })
  assert.deepEqual([matchedCount, modifiedCount], [2, 1])
})
it('[ST48] two changes of one path are refused', async (bench) => {
  await bench.collection.insertOne({ _id: 1 } as never)
  assert.equal(await code(bench.collection.updateOne({}, { $set: { a: 1, 'a.b': 2 } })), 40)
})
it('[ST48] a field cannot be made within a scalar, nor pushed to one', async (bench) => {
  await bench.collection.insertOne({ _id: 1, a: 1 } as never)
  assert.equal(await code(bench.collection.updateOne({}, { $set: { 'a.b': 1 } })), 28)
  assert.notEqual(await code(bench.collection.updateOne({}, { $push: { a: 1 } } as never)), 0)
  assert.deepEqual(await bench.collection.findOne({}), { _id: 1, a: 1 })
})

it(
  '[ST48] null is not a number to count up',
  async (bench) => {
    await bench.collection.insertOne({ _id: 1, n: null } as never)
    assert.equal(await code(bench.collection.updateOne({}, { $inc: { n: 1 } } as never)), 14)
  },
  { referenceFault: 'it counts null up' },
)

// Many at once
it('[ST50] findOneAndUpdate gives the document before or after, by sort', async (bench) => {
  await filled(bench, [{ a: 1 }, { a: 2 }])
  assert.deepEqual(await bench.collection.findOneAndUpdate({}, { $inc: { a: 10 } } as never, { sort: { a: -1 } }), {
    _id: 2,
    a: 2,
  })
  assert.deepEqual(
    await bench.collection.findOneAndUpdate({ _id: 2 } as never, { $inc: { a: 1 } } as never, {
      returnDocument: 'after',
    }),
    { _id: 2, a: 13 },
  )
  assert.equal(await bench.collection.findOneAndUpdate({ a: 99 }, { $set: { a: 1 } }), null)
  const made = await bench.collection.findOneAndUpdate(
    { _id: 7 } as never,
    { $set: { a: 1 } },
    { upsert: true, returnDocument: 'after', projection: { a: 1 } },
  )
  assert.deepEqual(made, { _id: 7, a: 1 })
})
it('[ST50] findOneAndDelete and findOneAndReplace', async (bench) => {
  await filled(bench, [{ a: 1 }, { a: 2 }])
  assert.deepEqual(await bench.collection.findOneAndDelete({ a: 1 }), { _id: 1, a: 1 })
  assert.deepEqual(await bench.collection.findOneAndReplace({ a: 2 }, { b: 1 }, { returnDocument: 'after' }), {
    _id: 2,
    b: 1,
  })
})
it('[ST51] deleteOne takes one, deleteMany all that match', async (bench) => {
  await filled(bench, [{ a: 1 }, { a: 1 }, { a: 1 }, { a: 2 }])
  assert.equal((await bench.collection.deleteOne({ a: 1 })).deletedCount, 1)
  assert.equal((await bench.collection.deleteMany({ a: 1 })).deletedCount, 2)
  assert.equal(await bench.collection.countDocuments({}), 1)
})
it('[ST52] bulkWrite mixes kinds and counts them', async (bench) => {
  const outcome = await bench.collection.bulkWrite([
    { insertOne: { document: { _id: 1, a: 1 } as never } },
    { updateOne: { filter: { a: 1 }, update: { $set: { a: 2 } } } },
    { updateOne: { filter: { a: 9 }, update: { $set: { b: 1 } }, upsert: true } },
    { deleteOne: { filter: { a: 2 } } },
  ])
  assert.deepEqual(
    [outcome.insertedCount, outcome.modifiedCount, outcome.upsertedCount, outcome.deletedCount],
    [1, 1, 1, 1],
  )
})
it('[ST53] an ordered insertMany stops at the refused one, an unordered goes on', async (bench) => {
  const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as never
  assert.equal(await code(bench.collection.insertMany(docs)), 11000)
  assert.equal(await bench.collection.countDocuments({}), 1)
  assert.equal(await code(bench.collection.insertMany(docs, { ordered: false })), 11000)
  assert.equal(await bench.collection.countDocuments({}), 2)
})
it('[ST54] counting with filter, skip and limit; the estimate; distinct values', async (bench) => {
  await filled(bench, [{ a: 1, t: ['x', 'y'] }, { a: 2, t: ['y'] }, { a: 2 }])
  assert.equal(await bench.collection.countDocuments({ a: 2 }), 2)
  assert.equal(await bench.collection.countDocuments({}, { skip: 1, limit: 1 }), 1)
  assert.equal(await bench.collection.countDocuments({ a: 99 }), 0)
  assert.equal(await bench.collection.estimatedDocumentCount(), 3)
  assert.deepEqual((await bench.collection.distinct('t')).sort(), ['x', 'y'])
  assert.deepEqual((await bench.collection.distinct('a', { t: 'y' })).sort(), [1, 2])
})
