/**
 * Seeded commands on one fixed schema, put to the embedded store and to a second server (MONGODB_TEST_URI, else the reference
 * server): answers, refusals and stored documents must not differ. What the reference server is known to get wrong is not generated.
 */
import assert from 'node:assert/strict'
import mongoose, { type Connection } from 'mongoose'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '../../server/store/store.ts'
import { startReferenceServer, type ReferenceServer } from '../support/reference-server.ts'
import { randomFrom } from '../support/store-faults.ts'

type Doc = Record<string, unknown>
type Random = (below: number) => number
type Command = {
  readonly name: string
  readonly run: (collection: mongoose.mongo.Collection<Doc>) => Promise<unknown>
  readonly shown: unknown
}

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const COMMANDS = Number(process.env['COMMANDS'] ?? 1000)
const WORDS = ['ก', 'กา', 'กาฬ', 'ข้อ ๑', 'น้ำ', 'a', 'ab', 'B', '']
const { ObjectId } = mongoose.mongo

/** One field of each kind; `maybe` is null or missing at times. */
const FIELDS: Readonly<Record<string, (random: Random) => unknown>> = {
  text: (random) => WORDS[random(WORDS.length)],
  count: (random) => random(6) - 1,
  share: (random) => random(8) / 4 + 0.125,
  when: (random) => new Date(1_790_000_000_000 + random(5)),
  ref: (random) => new ObjectId(`00000000000000000000000${random(5)}`),
  yes: (random) => random(2) === 0,
  maybe: (random) => (random(2) === 0 ? null : random(3)),
  'inner.size': (random) => random(4),
}
const SCALARS = Object.keys(FIELDS)

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random(items.length)]!
}

function documentOf(random: Random, id: number): Doc {
  const doc: Doc = { _id: id }
  for (const [path, make] of Object.entries(FIELDS)) {
    if (path === 'maybe' && random(3) === 0) continue
    if (path === 'inner.size') doc['inner'] = { size: make(random), kind: pick(random, WORDS) }
    else doc[path] = make(random)
  }
  doc['tags'] = Array.from({ length: random(4) }, () => pick(random, WORDS))
  doc['rows'] = Array.from({ length: random(3) }, () => ({ k: random(3), v: pick(random, WORDS) }))
  return doc
}

function conditionOn(random: Random, path: string): unknown {
  const value = FIELDS[path]!(random)
  const other = FIELDS[path]!(random)
  const kinds = [value, { $in: [value, other] }, { $ne: value }, { $nin: [value, other] }, { $exists: random(2) === 0 }]
  if (path !== 'maybe') kinds.push({ $gt: value }, { $lte: value }, { $gte: value, $lt: other })
  if (path === 'text') kinds.push({ $regex: pick(random, ['^ก', '^a', '^น']) })
  return pick(random, kinds)
}

function filterOf(random: Random, depth = 0): Doc {
  const choice = random(10)
  if (choice === 0) return {}
  if (choice === 1) return { tags: pick(random, WORDS) }
  if (choice === 2) return { rows: { $elemMatch: { k: random(3), v: { $ne: pick(random, WORDS) } } } }
  if (choice === 3) return { 'rows.k': random(3) }
  if (choice === 4 && depth < 2)
    return { [pick(random, ['$and', '$or'])]: [filterOf(random, depth + 1), filterOf(random, depth + 1)] }
  const filter: Doc = {}
  for (let at = 0; at <= random(2); at += 1) {
    const path = pick(random, SCALARS)
    filter[path] = conditionOn(random, path)
  }
  return filter
}

function updateOf(random: Random): Doc {
  const word = pick(random, WORDS)
  return pick<Doc>(random, [
    { $set: { text: word, 'inner.kind': word } },
    { $set: { 'fresh.deep': random(3) }, $inc: { count: random(3) - 1 } },
    { $unset: { maybe: '' }, $inc: { share: 0.25 } },
    { $max: { count: random(6) }, $min: { 'inner.size': random(3) } },
    { $push: { tags: word } },
    { $push: { rows: { $each: [{ k: random(3), v: word }] } } },
    { $addToSet: { tags: { $each: [word, pick(random, WORDS)] } } },
    { $pull: { tags: word } },
    { $pull: { rows: { k: random(3) } } },
    { $pullAll: { tags: [word] } },
    { $set: { yes: true }, $setOnInsert: { made: 1 } },
    { $set: { 'text.below': 1 } },
    { $push: { count: 1 } },
  ])
}

function commandOf(random: Random): Command {
  const filter = filterOf(random)
  const update = updateOf(random)
  const sort = { [pick(random, SCALARS)]: pick(random, [1, -1] as const), _id: 1 } as const
  const options = {
    sort,
    skip: random(3),
    limit: random(8),
    ...(random(3) === 0 ? { projection: { text: 1, 'inner.size': 1, 'rows.v': 1 } } : {}),
  }
  const id = random(40)
  const commands: Command[] = [
    { name: 'find', shown: { filter, options }, run: (to) => to.find(filter, options).toArray() },
    { name: 'count', shown: filter, run: (to) => to.countDocuments(filter) },
    { name: 'distinct', shown: filter, run: async (to) => (await to.distinct('text', filter)).sort() },
    {
      name: 'updateOne',
      shown: { id, update },
      run: (to) => to.updateOne({ _id: id } as never, update, { upsert: false }),
    },
    { name: 'updateMany', shown: { filter, update }, run: (to) => to.updateMany(filter, update) },
    {
      name: 'findOneAndUpdate',
      shown: { filter, sort, update },
      run: (to) => to.findOneAndUpdate(filter, update, { sort, returnDocument: 'after' }),
    },
    { name: 'deleteOne', shown: id, run: (to) => to.deleteOne({ _id: id } as never) },
  ]
  const doc = documentOf(random, id)
  commands.push(
    { name: 'insertOne', shown: doc, run: (to) => to.insertOne({ ...doc }) },
    { name: 'replaceOne', shown: doc, run: (to) => to.replaceOne({ _id: id } as never, doc, { upsert: true }) },
  )
  return pick(random, commands)
}

/** What a command gave, with the order of fields left out (the reference server has its own) and refusals by their code. */
async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return plain(await work)
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (typeof code !== 'number') throw error
    return { refused: code }
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object' || value instanceof Date || '_bsontype' in value) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, plain(inner)]),
  )
}

describe(`the store beside a second server (SEED=${seed})`, function () {
  this.timeout(120_000)
  const dataDir = mkdtempSync(join(tmpdir(), 'store-differential-'))
  let server: ReferenceServer | undefined
  let store: Store
  let other: Connection
  before(async function () {
    let uri = process.env['MONGODB_TEST_URI']
    if (uri === undefined) {
      server = await startReferenceServer()
      if (server.kind === 'absent') {
        console.log(`    left out: ${server.reason}`)
        return this.skip()
      }
      uri = server.uri('differential')
    }
    store = await openStore({ dataDir })
    other = await mongoose.createConnection(uri).asPromise()
  })
  after(async () => {
    await store?.close()
    await other?.close()
    if (server?.kind === 'running') await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it(`[ST1] ${COMMANDS} commands give the same answers, refusals and documents`, async () => {
    const random = randomFrom(seed)
    const name = `d${seed}`
    const ours = store.connection.db!.collection<Doc>(name)
    const theirs = other.db!.collection<Doc>(name)
    for (const key of [{ text: 1, count: -1 }, { when: -1 }, { tags: 1 }, { 'inner.size': 1 }] as const) {
      await Promise.all([ours, theirs].map((collection) => collection.createIndex(key)))
    }
    for (let id = 0; id < 30; id += 1) {
      const doc = documentOf(random, id)
      await Promise.all([ours, theirs].map((collection) => collection.insertOne({ ...doc })))
    }
    const ran = new Map<string, number>()
    for (let at = 0; at < COMMANDS; at += 1) {
      const command = commandOf(random)
      ran.set(command.name, (ran.get(command.name) ?? 0) + 1)
      const [mine, yours] = await Promise.all([outcomeOf(command.run(ours)), outcomeOf(command.run(theirs))])
      const which = `SEED=${seed}, command ${at}: ${command.name} ${JSON.stringify(command.shown)}`
      assert.deepEqual(mine, yours, which)
      if (at % 10 !== 0) continue
      const raw = { promoteValues: false, sort: { _id: 1 } } as const
      const [here, there] = await Promise.all(
        [ours, theirs].map(async (collection) => plain(await collection.find({}, raw).toArray())),
      )
      assert.deepEqual(here, there, `${which}: stored documents`)
    }
    await theirs.drop()
    console.log(`    compared: ${[...ran].map(([kind, times]) => `${times} ${kind}`).join(', ')}`)
  })
})
