/** Appends of many rooms in one message: packed and unpacked without loss, answered one by one. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  gatherAppends,
  packAppends,
  unpackAppends,
  type Append,
  type AppendAnswer,
  type PackedAppends,
} from '../../../server/journal/gathered-appends.ts'
import { ENTRY_KINDS, type NewEntry } from '../../../server/journal/journal.ts'
import type { DraftId, PersonId } from '../../../shared/ids.ts'

const entry = (draft: string, bytes: Uint8Array): NewEntry => ({
  draft: draft as DraftId,
  generation: 1,
  kind: 'update',
  by: 'somebody' as PersonId,
  at: 5,
  bytes,
})

const appends: fc.Arbitrary<Append[]> = fc.array(
  fc
    .record({
      after: fc.nat(),
      draft: fc.string({ minLength: 1 }),
      generation: fc.nat(),
      entries: fc.array(
        fc.record({
          kind: fc.constantFrom(...ENTRY_KINDS),
          by: fc.string(),
          at: fc.nat(),
          bytes: fc.uint8Array({ maxLength: 50 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ after, draft, generation, entries }) => ({
      after,
      entries: entries.map((one) => ({ ...one, draft: draft as DraftId, generation, by: one.by as PersonId })),
    })),
)

describe('gathered appends', () => {
  it('[SY15] whatever is packed is unpacked the same', () => {
    fc.assert(
      fc.property(appends, (given) => {
        assert.deepEqual(unpackAppends(structuredClone(packAppends(given))), given)
      }),
    )
  })

  it('[SY15] one message carries the appends of a turn and, after its answer, those that came meanwhile; each hears of its own fate', async () => {
    const sent: PackedAppends[] = []
    let answer: (answers: readonly AppendAnswer<string>[]) => void = () => undefined
    const append = gatherAppends<string>(
      (packed) => {
        sent.push(packed)
        return new Promise((resolve) => (answer = resolve))
      },
      (failed) => new Error(failed),
    )
    const bytes = new Uint8Array([1])
    const first = Promise.allSettled([
      append(0, [entry('a', bytes)]),
      append(3, [entry('b', bytes)]),
      append(1, [entry('c', bytes)]),
    ])
    await new Promise((resolve) => setImmediate(resolve))
    const later = append(1, [entry('a', bytes)])
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(
      sent.map(({ drafts }) => drafts),
      [['a', 'b', 'c']],
      'nothing more goes while a message is on its way',
    )
    answer([
      { kind: 'appended', last: 1 },
      { kind: 'behind', last: 9 },
      { kind: 'failed', failed: 'the disk is full' },
    ])
    assert.deepEqual(
      (await first).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
      [{ kind: 'appended', last: 1 }, { kind: 'behind', last: 9 }, 'Error: the disk is full'],
    )
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(sent[1]?.drafts, ['a'])
    answer([{ kind: 'appended', last: 2 }])
    assert.deepEqual(await later, { kind: 'appended', last: 2 })
  })

  it('[SY15] when the store is gone every append of the message rejects, and later ones are sent again', async () => {
    let isGone = true
    const append = gatherAppends<string>(
      (packed) =>
        isGone
          ? Promise.reject(new Error('gone'))
          : Promise.resolve(packed.afters.map(() => ({ kind: 'appended', last: 1 }))),
      (failed) => new Error(failed),
    )
    const both = await Promise.allSettled([
      append(0, [entry('a', new Uint8Array())]),
      append(0, [entry('b', new Uint8Array())]),
    ])
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    isGone = false
    assert.deepEqual(await append(0, [entry('a', new Uint8Array())]), { kind: 'appended', last: 1 })
  })
})
