/** Laws of the embedded store that need no other server to judge: seeded, a failure prints its seed. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { component, fullComponent } from '../../../server/store/embedded/keys.ts'
import { compileFilter } from '../../../server/store/embedded/match.ts'
import { Refusal } from '../../../server/store/embedded/refusal.ts'
import { compileUpdate } from '../../../server/store/embedded/update.ts'
import { compare, decode, encode, type Doc } from '../../../server/store/embedded/values.ts'
import {
  anyDoc,
  anyFilter,
  anyTrial,
  anyValue,
  openInside,
  smallScalar,
  type Inside,
  type Sorting,
  type Trial,
} from '../../support/store-values.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const runs = (numRuns: number) => ({ seed, numRuns })

describe(`the laws of the embedded store (SEED=${seed})`, () => {
  it('[ST2] keys have exactly the order of the values', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (left, right) => {
        const byKey = Math.sign(Buffer.compare(fullComponent(left), fullComponent(right)))
        assert.equal(byKey, Math.sign(compare(left, right)))
      }),
      runs(8000),
    )
  })

  it('[ST2] the order is total: turned round it is the opposite, and it chains', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
        assert.equal(Math.sign(compare(a, b)), -Math.sign(compare(b, a)) + 0)
        const [low, middle, high] = [a, b, c].sort(compare)
        assert.ok(compare(low, middle) <= 0 && compare(middle, high) <= 0 && compare(low, high) <= 0)
      }),
      runs(3000),
    )
  })

  it('[ST2] a cut key is equal exactly where the values are', () => {
    const long = fc.string({ unit: 'grapheme', minLength: 100, maxLength: 400 })
    fc.assert(
      fc.property(long, long, fc.boolean(), (left, right, same) => {
        const other = same ? left : right
        assert.equal(component(left).equals(component(other)), left === other)
        assert.ok(component(left).length <= 480)
      }),
      runs(500),
    )
  })

  it('[ST3] every value survives a round trip with its exact type', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encode({ value })
        assert.ok(encode(decode(bytes)).equals(bytes))
      }),
      runs(3000),
    )
  })

  it('[ST4] $ne and $nin are exact complements, $or the union, $and the intersection', () => {
    const path = fc.constantFrom('a', 'b', 'a.b', 'c')
    fc.assert(
      fc.property(
        anyDoc,
        path,
        fc.array(smallScalar, { minLength: 1, maxLength: 3 }),
        anyFilter,
        anyFilter,
        (doc, field, values, one, two) => {
          const matches = (filter: Doc): boolean => compileFilter(filter)(doc)
          assert.equal(matches({ [field]: { $ne: values[0] } }), !matches({ [field]: values[0] }))
          assert.equal(matches({ [field]: { $nin: values } }), !matches({ [field]: { $in: values } }))
          assert.equal(matches({ [field]: { $exists: false } }), !matches({ [field]: { $exists: true } }))
          assert.equal(
            matches({ [field]: { $in: values } }),
            values.some((value) => matches({ [field]: value })),
          )
          assert.equal(matches({ $or: [one, two] }), matches(one) || matches(two))
          assert.equal(matches({ $and: [one, two] }), matches(one) && matches(two))
        },
      ),
      runs(4000),
    )
  })

  for (const arrays of [false, true]) {
    it(`[ST5] an index answers as a full scan does, in the same order (${arrays ? 'arrays too' : 'scalars'})`, function () {
      this.timeout(30_000)
      const inside = openInside()
      let plans = 0
      try {
        const property = fc.property(anyTrial(arrays), (trial) => {
          plans += answersAgree(inside, trial)
        })
        fc.assert(property, runs(120))
      } finally {
        inside.close()
      }
      assert.ok(plans > 500, `only ${plans} queries used an index`)
    })
  }

  it('[ST6] every operator outside the tables is refused with a code', () => {
    const served =
      /^\$(and|or|eq|ne|gt|gte|lt|lte|in|nin|exists|elemMatch|regex|options|set|unset|inc|max|min|push|addToSet|pull|pullAll|setOnInsert|each)$/
    const name = fc.oneof(
      fc.constantFrom(
        '$not',
        '$nor',
        '$all',
        '$size',
        '$type',
        '$expr',
        '$where',
        '$text',
        '$near',
        '$mod',
        '$bitsAllSet',
        '$jsonSchema',
        '$comment',
        '$rename',
        '$bit',
        '$mul',
        '$pop',
        '$currentDate',
      ),
      fc.stringMatching(/^\$[a-zA-Z]{1,12}$/).filter((given) => !served.test(given)),
    )
    fc.assert(
      fc.property(name, smallScalar, (operator, value) => {
        const refused = (work: () => unknown): void =>
          assert.throws(work, (error: unknown) => error instanceof Refusal && error.code > 0)
        refused(() => compileFilter({ [operator]: value }))
        refused(() => compileFilter({ a: { [operator]: value } }))
        refused(() => compileFilter({ a: { $elemMatch: { [operator]: value } } }))
        refused(() => compileUpdate({ [operator]: { a: value } }))
        refused(() => compileUpdate({ $push: { a: { $each: [], [operator]: value } } }))
      }),
      runs(400),
    )
  })
})

/** Compares each query on an indexed and on a bare collection; returns how many used an index. */
function answersAgree({ kv, documents }: Inside, { docs, queries }: Trial): number {
  let used = 0
  kv.transaction(() => {
    for (const { db, name } of documents.catalog.list()) documents.catalog.drop(documents.catalog.get(db, name)!)
    const indexed = documents.catalog.ensure('db', 'indexed')
    const bare = documents.catalog.ensure('db', 'bare')
    const index = (name: string, ...key: Array<readonly [string, 1 | -1]>): void =>
      documents.addIndex(indexed, { name, key, unique: false })
    index('early', ['a', 1], ['b', -1])
    for (const [at, doc] of docs.entries())
      for (const collection of [indexed, bare]) documents.insert(collection, { _id: at, ...doc })
    index('late', ['b', -1])
    index('deep', ['a.b', 1], ['c', 1])
    // Changed and removed again, so that stale entries would show.
    for (const collection of [indexed, bare]) {
      const [first, second] = documents.find(collection, {})
      documents.replace(collection, first!, { _id: 0, ...docs.at(-1) })
      documents.remove(collection, second!)
    }
    for (const { filter, sort } of queries) {
      // The last word on equal rows, so that both orders are one.
      const whole = [...sort, ...(sort.some(([name]) => name === '_id') ? [] : [['_id', 1] as const])]
      const answer = (collection: typeof bare, by: typeof whole): string =>
        documents
          .find(collection, filter, { sort: by })
          .map(({ value }) => value.toString('hex'))
          .join()
      if (documents.plan(indexed, filter, sort).kind === 'index') used += 1
      assert.equal(answer(indexed, whole), answer(bare, whole))
      assert.equal(documents.count(indexed, filter), documents.count(bare, filter))
      orderHolds(
        documents.find(indexed, filter, { sort }).map(({ doc }) => doc),
        documents.find(bare, filter, { sort }).map(({ doc }) => doc),
        sort,
      )
    }
  })
  return used
}

/** Sorted by an index or by hand: the same documents, and the compared fields in the same sequence. */
function orderHolds(left: readonly Doc[], right: readonly Doc[], sort: Sorting): void {
  assert.deepEqual(left.map(({ _id }) => String(_id)).sort(), right.map(({ _id }) => String(_id)).sort())
  for (const [at, doc] of left.entries()) {
    const [name] = sort[0] ?? []
    if (name === undefined || name.includes('.') || Array.isArray(doc[name]) || Array.isArray(right[at]![name]))
      continue
    assert.equal(compare(doc[name], right[at]![name]), 0)
  }
}
