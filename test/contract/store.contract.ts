/** What every store must do for mongoose: one list of cases, run on the embedded store, the reference server and a real MongoDB. */
import assert from 'node:assert/strict'
import mongoose, { type Connection, Schema } from 'mongoose'

const { Binary, Decimal128, Double, Int32, Long, ObjectId } = mongoose.mongo
type Doc = Record<string, unknown>

export type Bench = {
  readonly connection: Connection
  /** A fresh collection. */
  readonly collection: mongoose.mongo.Collection<Doc>
}
export type StoreCase = {
  readonly title: string
  readonly run: (bench: Bench) => Promise<void>
  /** Why the reference server cannot be asked: a fault of its own. */
  readonly referenceFault?: string
  /** Asks for a refusal that only the embedded store gives. */
  readonly embeddedOnly?: string
}

const cases: StoreCase[] = []
function it(title: string, run: StoreCase['run'], not: Omit<StoreCase, 'title' | 'run'> = {}): void {
  cases.push({ title, run, ...not })
}

async function ids(bench: Bench, filter: object, sort?: Record<string, 1 | -1>): Promise<unknown[]> {
  const found = await bench.collection.find(filter as Doc, { sort: sort ?? { _id: 1 } }).toArray()
  return found.map(({ _id }) => _id)
}

async function filled(bench: Bench, docs: readonly object[]): Promise<Bench> {
  await bench.collection.insertMany(docs.map((doc, at) => ({ _id: at + 1, ...doc })) as never)
  return bench
}

async function code(work: Promise<unknown>): Promise<number> {
  try {
    await work
  } catch (error) {
    return (error as { code: number }).code
  }
  return 0
}

async function updated(bench: Bench, doc: object, update: object): Promise<unknown> {
  await bench.collection.insertOne({ _id: 1, ...doc } as never)
  await bench.collection.updateOne({ _id: 1 } as never, update)
  const { _id, ...rest } = (await bench.collection.findOne({ _id: 1 } as never)) ?? {}
  return rest
}

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
  await bench.collection.updateOne({}, { $inc: { a: 1, b: 1, c: 0.5, fresh: 4 } })
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
      bench.collection.updateOne({ _id: 'n' } as never, { $inc: { n: 1 } }, { upsert: true }),
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
  assert.deepEqual(await bench.collection.findOneAndUpdate({}, { $inc: { a: 10 } }, { sort: { a: -1 } }), {
    _id: 2,
    a: 2,
  })
  assert.deepEqual(
    await bench.collection.findOneAndUpdate({ _id: 2 } as never, { $inc: { a: 1 } }, { returnDocument: 'after' }),
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

// Indexes
it('[ST60] a unique index refuses with E11000 and leaves nothing behind', async (bench) => {
  await bench.collection.createIndex({ name: 1 }, { unique: true })
  await bench.collection.insertOne({ _id: 1, name: 'ก' } as never)
  assert.equal(await code(bench.collection.insertOne({ _id: 2, name: 'ก' } as never)), 11000)
  await bench.collection.insertOne({ _id: 2, name: 'ข' } as never)
  assert.equal(await code(bench.collection.updateOne({ _id: 2 } as never, { $set: { name: 'ก' } })), 11000)
  assert.deepEqual(await ids(bench, { name: 'ข' }), [2])
})
it(
  '[ST60] E11000 names the key and its value',
  async (bench) => {
    await bench.collection.createIndex({ a: 1, 'b.c': -1 }, { unique: true })
    await bench.collection.insertOne({ a: 1, b: { c: 'x' } })
    const error = await bench.collection.insertOne({ a: 1, b: { c: 'x' } }).catch((refused: unknown) => refused)
    const { keyPattern, keyValue } = error as { keyPattern: unknown; keyValue: unknown }
    assert.deepEqual({ keyPattern, keyValue }, { keyPattern: { a: 1, 'b.c': -1 }, keyValue: { a: 1, 'b.c': 'x' } })
  },
  { referenceFault: 'no keyPattern and keyValue' },
)
it('[ST61] a unique compound index, missing counting as null', async (bench) => {
  await bench.collection.createIndex({ group: 1, seat: 1 }, { unique: true })
  await bench.collection.insertMany([{ group: 1, seat: 1 }, { group: 1, seat: 2 }, { group: 1 }])
  assert.equal(await code(bench.collection.insertOne({ group: 1, seat: null })), 11000)
  assert.equal(await code(bench.collection.insertOne({ group: 2 })), 0)
})
it('[ST61] a unique index cannot be made over doubles', async (bench) => {
  await filled(bench, [{ a: 1 }, { a: 1 }])
  assert.equal(await code(bench.collection.createIndex({ a: 1 }, { unique: true })), 11000)
  assert.equal(await code(bench.collection.createIndex({ a: 1 })), 0)
})
it('[ST62] an index over what is there, listed, used and dropped', async (bench) => {
  await filled(bench, [
    { a: 2, b: 1 },
    { a: 1, b: 2 },
    { a: 2, b: 3 },
  ])
  assert.equal(await bench.collection.createIndex({ a: 1, b: -1 }), 'a_1_b_-1')
  assert.deepEqual((await bench.collection.indexes()).map(({ name }) => name).sort(), ['_id_', 'a_1_b_-1'])
  assert.deepEqual(await ids(bench, { a: 2 }, { b: -1 }), [3, 1])
  await bench.collection.dropIndex('a_1_b_-1')
  assert.deepEqual(
    (await bench.collection.indexes()).map(({ name }) => name),
    ['_id_'],
  )
  assert.deepEqual(await ids(bench, { a: 2 }, { b: -1 }), [3, 1])
})
it('[ST63] moving a value frees its unique key', async (bench) => {
  await bench.collection.createIndex({ a: 1 }, { unique: true })
  await filled(bench, [{ a: 1 }])
  await bench.collection.updateOne({}, { $set: { a: 2 } })
  assert.equal(await code(bench.collection.insertOne({ a: 1 })), 0)
  await bench.collection.deleteMany({})
  assert.equal(await code(bench.collection.insertOne({ a: 2 })), 0)
})
it('[ST64] collections are listed and dropped', async (bench) => {
  await bench.collection.insertOne({ a: 1 })
  const name = bench.collection.collectionName
  const list = async (): Promise<string[]> => (await bench.connection.listCollections()).map((found) => found.name)
  assert.ok((await list()).includes(name))
  await bench.collection.drop()
  assert.ok(!(await list()).includes(name))
  assert.equal(await bench.collection.countDocuments({}), 0)
})

// Mongoose
function model(bench: Bench): mongoose.Model<mongoose.AnyObject> {
  const clause = new Schema({ text: String, order: Number }, { _id: false })
  const schema = new Schema(
    {
      name: { type: String, required: true },
      secret: { type: String, select: false },
      owner: { type: Schema.Types.ObjectId, ref: bench.collection.collectionName },
      clauses: [clause],
      bag: Schema.Types.Mixed,
      on: Date,
    },
    { timestamps: true, collection: bench.collection.collectionName },
  )
  schema.index({ name: 1 }, { unique: true })
  return bench.connection.model<mongoose.AnyObject>(bench.collection.collectionName, schema as never)
}
it('[ST70] a model creates its collection and indexes, saves, finds and validates', async (bench) => {
  const Person = model(bench)
  await Person.init()
  const saved = await Person.create({ name: 'ดาว', on: new Date(1000), bag: { x: [1] } })
  const found = await Person.findOne({ name: 'ดาว' }).orFail()
  assert.deepEqual([found.id, found['on'], found['bag']], [saved.id, new Date(1000), { x: [1] }])
  assert.ok(found['createdAt'] instanceof Date)
  await assert.rejects(Person.create({}), /required/)
  assert.equal(await code(Person.create({ name: 'ดาว' })), 11000)
})
it('[ST71] a document saves changed array elements, with its version checked', async (bench) => {
  const Person = model(bench)
  await Person.init()
  const doc = await Person.create({ name: 'a', clauses: [{ text: 'หนึ่ง' }, { text: 'สอง' }] })
  doc['clauses'].push({ text: 'สาม' })
  await doc.save()
  doc['clauses'][0].text = 'ใหม่'
  await doc.save()
  doc['clauses'].splice(1, 1)
  await doc.save()
  const stale = await Person.findById(doc.id).orFail()
  const found = await Person.findById(doc.id).lean().orFail()
  assert.deepEqual(
    (found['clauses'] as Array<{ text: string }>).map(({ text }) => text),
    ['ใหม่', 'สาม'],
  )
  doc['clauses'] = []
  await doc.save()
  stale['clauses'] = [{ text: 'เก่า' }]
  await assert.rejects(stale.save(), { name: 'VersionError' })
})
it('[ST72] populate, lean, select and a field that is left out by default', async (bench) => {
  const Person = model(bench)
  const owner = await Person.create({ name: 'เจ้าของ', secret: 's' })
  await Person.create({ name: 'ลูก', owner: owner._id })
  const found = await Person.findOne({ name: 'ลูก' }).populate('owner').orFail()
  assert.equal(found['owner'].name, 'เจ้าของ')
  assert.equal(found['owner'].secret, undefined)
  const opened = await Person.findOne({ name: 'เจ้าของ' }).select('+secret').lean()
  assert.equal(opened?.['secret'], 's')
  assert.deepEqual(Object.keys((await Person.findOne({ name: 'ลูก' }).select('name').lean())!).sort(), ['_id', 'name'])
})
it('[ST73] findOneAndUpdate, updateOne, bulkWrite, exists and a cursor of a model', async (bench) => {
  const Person = model(bench)
  await Person.bulkWrite([1, 2, 3].map((n) => ({ insertOne: { document: { name: `n${n}` } } })))
  assert.ok(await Person.exists({ name: 'n2' }))
  assert.equal(await Person.exists({ name: 'n9' }), null)
  const changed = await Person.findOneAndUpdate({ name: 'n2' }, { bag: 5 }, { returnDocument: 'after' }).lean()
  assert.equal(changed?.['bag'], 5)
  assert.equal((await Person.updateMany({}, { $set: { bag: 6 } })).matchedCount, 3)
  const names: string[] = []
  for await (const doc of Person.find().sort('-name').cursor()) names.push(doc['name'] as string)
  assert.deepEqual(names, ['n3', 'n2', 'n1'])
})

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

export const STORE_CASES: readonly StoreCase[] = cases
