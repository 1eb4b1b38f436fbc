/** The store’s contract: indexes, collections, and mongoose itself. */
import assert from 'node:assert/strict'
import mongoose, { Schema } from 'mongoose'
import { type Bench, caseList, code, filled, ids } from './store-bench.ts'

const { cases, it } = caseList()
export const MODELS = cases

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
