/** The store’s contract: what is refused, each with MongoDB’s code where MongoDB refuses too. */
import assert from 'node:assert/strict'
import mongoose from 'mongoose'
import { type Bench, caseList, code } from './store-bench.ts'

const { cases, it } = caseList()
export const REFUSALS = cases
const { Long } = mongoose.mongo

// Refusals, each with MongoDB's code where MongoDB refuses too
const REFUSED: ReadonlyArray<
  readonly [what: string, work: (bench: Bench) => Promise<unknown>, code: number, everywhere?: true]
> = [
  ['an unknown filter operator', ({ collection }) => collection.find({ a: { $foo: 1 } } as never).toArray(), 2, true],
  ['an unknown top level operator', ({ collection }) => collection.find({ $foo: [] } as never).toArray(), 2, true],
  ['$where', ({ collection }) => collection.find({ $where: '1' } as never).toArray(), 2],
  ['$mod', ({ collection }) => collection.find({ a: { $mod: [2, 0] } }).toArray(), 2],
  ['a pattern that is no prefix', ({ collection }) => collection.find({ a: /b+/ }).toArray(), 2],
  ['null against an array position', ({ collection }) => collection.find({ 'a.0': null }).toArray(), 2],
  ['an empty $or', ({ collection }) => collection.find({ $or: [] }).toArray(), 2],
  ['an unknown update operator', ({ collection }) => collection.updateOne({}, { $foo: { a: 1 } } as never), 9, true],
  ['$rename', ({ collection }) => collection.updateOne({}, { $rename: { a: 'b' } }), 9],
  ['a pipeline update', ({ collection }) => collection.updateOne({}, [{ $set: { a: 1 } }]), 115],
  [
    '$push with $slice',
    ({ collection }) => collection.updateOne({}, { $push: { a: { $each: [1], $slice: 2 } } } as never),
    2,
  ],
  [
    'array filters',
    ({ collection }) => collection.updateOne({}, { $set: { 'a.$[x]': 1 } }, { arrayFilters: [{ x: 1 }] }),
    115,
  ],
  ['a collation', ({ collection }) => collection.find({}, { collation: { locale: 'th' } }).toArray(), 115],
  [
    'an unknown option',
    ({ connection, collection }) => connection.db!.command({ find: collection.collectionName, wrong: 1 }),
    40415,
  ],
  ['an unknown command', ({ connection }) => connection.db!.command({ frobnicate: 1 }), 59, true],
  ['a computed projection', ({ collection }) => collection.findOne({}, { projection: { a: { $literal: 1 } } }), 2],
  ['an aggregation stage', ({ collection }) => collection.aggregate([{ $foo: {} }]).toArray(), 40324, true],
  ['an aggregation that does not count', ({ collection }) => collection.aggregate([{ $match: {} }]).toArray(), 168],
  ['a change stream', ({ collection }) => collection.aggregate([{ $changeStream: {} }]).toArray(), 40573],
  ['an expiring index', ({ collection }) => collection.createIndex({ a: 1 }, { expireAfterSeconds: 1 }), 67],
  ['a partial index', ({ collection }) => collection.createIndex({ a: 1 }, { partialFilterExpression: { a: 1 } }), 67],
  ['a text index', ({ collection }) => collection.createIndex({ a: 'text' }), 67],
  [
    'a capped collection',
    ({ connection }) => connection.db!.createCollection('capped', { capped: true, size: 1000 }),
    115,
  ],
  [
    'a transaction number',
    ({ connection, collection }) =>
      connection.db!.command({ insert: collection.collectionName, documents: [{}], txnNumber: Long.ONE }),
    20,
  ],
]
for (const [what, work, wanted, everywhere] of REFUSED) {
  it(
    `[ST80] refuses ${what} with code ${wanted}`,
    async (bench) => {
      await bench.collection.insertOne({ a: 1 })
      assert.equal(await code(work(bench)), wanted)
    },
    everywhere === true ? {} : { embeddedOnly: 'MongoDB serves more, or says it otherwise' },
  )
}
