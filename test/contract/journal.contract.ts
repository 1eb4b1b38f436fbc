/** What every journal must do: one list of cases, run on the embedded store, the reference server and a real MongoDB. */
import assert from 'node:assert/strict'
import { BATCH_LIMIT, ENTRY_KINDS, type Journal, type NewEntry } from '../../server/journal/journal.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'

export type JournalCase = { readonly title: string; readonly run: (journal: Journal, draft: DraftId) => Promise<void> }

const cases: JournalCase[] = []
function it(title: string, run: JournalCase['run']): void {
  cases.push({ title, run })
}

/** An update of one draft; bytes say which. */
function update(draft: DraftId, bytes: string, more: Partial<NewEntry> = {}): NewEntry {
  return {
    draft,
    generation: 1,
    kind: 'update',
    by: 'person-1' as PersonId,
    at: 1_790_000_000_123,
    bytes: new TextEncoder().encode(bytes),
    ...more,
  }
}

async function texts(journal: Journal, draft: DraftId, after = 0, generation = 1): Promise<string[]> {
  const entries = await journal.read(draft, generation, after)
  return entries.map(({ seq, bytes }) => `${seq}:${new TextDecoder().decode(bytes)}`)
}

it('[JO1] a draft without entries has no end, nothing to read and no base', async (journal, draft) => {
  assert.equal(await journal.last(draft, 1), 0)
  assert.deepEqual(await journal.read(draft, 1, 0), [])
  assert.equal(await journal.base(draft, 1), null)
})
it('[JO2] entries count from 1 and read back exactly as they were written', async (journal, draft) => {
  const bytes = new Uint8Array([0, 255, 1, 0])
  const given = ENTRY_KINDS.map((kind, at) =>
    update(draft, '', { kind, bytes, at: 1000 + at, by: at === 0 ? 'server' : ('p' as PersonId) }),
  )
  assert.deepEqual(await journal.append(0, given), { kind: 'appended', last: ENTRY_KINDS.length })
  const stored = await journal.read(draft, 1, 0)
  const expected = given.map((entry, at) => ({ ...entry, seq: at + 1 }))
  assert.deepEqual(
    stored.map((entry) => ({ ...entry, bytes: [...entry.bytes] })),
    expected.map((entry) => ({ ...entry, bytes: [...entry.bytes] })),
  )
  assert.equal(await journal.last(draft, 1), ENTRY_KINDS.length)
})
it('[JO2] reading begins after any entry, also within one append', async (journal, draft) => {
  await journal.append(0, [update(draft, 'a'), update(draft, 'b'), update(draft, 'c')])
  await journal.append(3, [update(draft, 'd')])
  assert.deepEqual(await texts(journal, draft, 1), ['2:b', '3:c', '4:d'])
  assert.deepEqual(await texts(journal, draft, 3), ['4:d'])
  assert.deepEqual(await texts(journal, draft, 4), [])
})
it('[JO2] entries without bytes read back, alone and behind others of their append', async (journal, draft) => {
  const close = update(draft, '', { kind: 'close' })
  await journal.append(0, [update(draft, 'a'), close])
  await journal.append(2, [close])
  await journal.append(3, [close, update(draft, 'b')])
  assert.deepEqual(await texts(journal, draft), ['1:a', '2:', '3:', '4:', '5:b'])
})
it('[JO3] who has not seen the end is behind, and nothing of the append is kept', async (journal, draft) => {
  await journal.append(0, [update(draft, 'a')])
  await journal.append(1, [update(draft, 'b')])
  assert.deepEqual(await journal.append(0, [update(draft, 'x'), update(draft, 'y')]), { kind: 'behind', last: 2 })
  assert.deepEqual(await journal.append(1, [update(draft, 'x'), update(draft, 'y'), update(draft, 'z')]), {
    kind: 'behind',
    last: 2,
  })
  assert.deepEqual(await texts(journal, draft), ['1:a', '2:b'])
})
it('[JO4] the same append again is one’s own retried write, and stands once', async (journal, draft) => {
  const mine = [update(draft, 'a'), update(draft, 'b')]
  await journal.append(0, mine)
  assert.deepEqual(await journal.append(0, mine), { kind: 'appended', last: 2 })
  await journal.append(2, [update(draft, 'c')])
  assert.deepEqual(await journal.append(0, mine), { kind: 'appended', last: 2 })
  assert.deepEqual(await texts(journal, draft), ['1:a', '2:b', '3:c'])
})
it('[JO4] an append that differs in its bytes, sender, time or kind is not one’s own', async (journal, draft) => {
  await journal.append(0, [update(draft, 'a')])
  for (const other of [
    { by: 'other' as PersonId },
    { at: 5 },
    { kind: 'close' as const },
    { bytes: new Uint8Array([1]) },
  ]) {
    assert.deepEqual(await journal.append(0, [update(draft, 'a', other)]), { kind: 'behind', last: 1 })
  }
})
it('[JO5] generations and drafts are apart', async (journal, draft) => {
  const other = `${draft}-other` as DraftId
  await journal.append(0, [update(draft, 'a')])
  assert.deepEqual(await journal.append(0, [update(draft, 'b', { generation: 2 })]), { kind: 'appended', last: 1 })
  assert.deepEqual(await journal.append(0, [update(other, 'c')]), { kind: 'appended', last: 1 })
  assert.deepEqual(await texts(journal, draft), ['1:a'])
  assert.deepEqual(await texts(journal, draft, 0, 2), ['1:b'])
  assert.deepEqual(await texts(journal, other), ['1:c'])
})
it('[JO6] two appends after the same end: one comes whole, the other not at all', async (journal, draft) => {
  for (let end = 0; end < 20; end += 2) {
    const outcomes = await Promise.all(
      ['x', 'y'].map((who) => journal.append(end, [update(draft, who), update(draft, `${who}${who}`)])),
    )
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['appended', 'behind'])
    const [first, second] = await texts(journal, draft, end)
    assert.ok(
      (first?.endsWith(':x') && second?.endsWith(':xx')) || (first?.endsWith(':y') && second?.endsWith(':yy')),
      `${first} ${second}`,
    )
  }
})
it('[JO6] ten writers who retry leave no gap, lose nothing and keep their own order', async (journal, draft) => {
  const writers = Array.from({ length: 10 }, async (_, writer) => {
    let seen = 0
    for (let turn = 0; turn < 10; turn += 1) {
      for (;;) {
        const outcome = await journal.append(seen, [update(draft, `${writer}.${turn}`)])
        seen = outcome.last
        if (outcome.kind === 'appended') break
      }
    }
  })
  await Promise.all(writers)
  const entries = await journal.read(draft, 1, 0)
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    Array.from({ length: 100 }, (_, at) => at + 1),
  )
  for (let writer = 0; writer < 10; writer += 1) {
    const own = entries
      .map(({ bytes }) => new TextDecoder().decode(bytes))
      .filter((text) => text.startsWith(`${writer}.`))
    assert.deepEqual(
      own,
      Array.from({ length: 10 }, (_, turn) => `${writer}.${turn}`),
    )
  }
})
it('[JO7] a hundred drafts in one turn', async (journal, draft) => {
  const drafts = Array.from({ length: 100 }, (_, at) => `${draft}-${at}` as DraftId)
  const outcomes = await Promise.all(drafts.map((one) => journal.append(0, [update(one, one)])))
  assert.ok(outcomes.every(({ kind }) => kind === 'appended'))
  for (const one of drafts.slice(0, 5)) assert.deepEqual(await texts(journal, one), [`1:${one}`])
})
it('[JO7] one behind among many in a turn does not hold up the others', async (journal, draft) => {
  const drafts = Array.from({ length: 10 }, (_, at) => `${draft}-${at}` as DraftId)
  await journal.append(0, [update(drafts[3]!, 'first')])
  const outcomes = await Promise.all(drafts.map((one) => journal.append(0, [update(one, 'mine')])))
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    drafts.map((_, at) => (at === 3 ? 'behind' : 'appended')),
  )
})
it('[JO8] an entry of 256 kB', async (journal, draft) => {
  const bytes = new Uint8Array(256 * 1024).map((_, at) => at * 7)
  await journal.append(0, [update(draft, '', { bytes })])
  const [stored] = await journal.read(draft, 1, 0)
  assert.ok(Buffer.from(stored!.bytes).equals(Buffer.from(bytes)))
})
it('[JO8] an append of nothing, of two drafts, or of too much is refused', async (journal, draft) => {
  await assert.rejects(journal.append(0, []))
  await assert.rejects(journal.append(0, [update(draft, 'a'), update(`${draft}-2` as DraftId, 'b')]))
  await assert.rejects(journal.append(0, [update(draft, 'a'), update(draft, 'b', { generation: 2 })]))
  await assert.rejects(journal.append(0, [update(draft, '', { bytes: new Uint8Array(BATCH_LIMIT + 1) })]))
  assert.equal(await journal.last(draft, 1), 0)
})
it('[JO8] who claims to have seen what is not there is refused', async (journal, draft) => {
  await journal.append(0, [update(draft, 'a')])
  await assert.rejects(journal.append(2, [update(draft, 'c')]))
  assert.deepEqual(await texts(journal, draft), ['1:a'])
})
it('[JO9] a base is replaced only by one that reaches further', async (journal, draft) => {
  const base = (upTo: number) => ({ draft, generation: 1, upTo, bytes: new Uint8Array([upTo, 0, 255]) })
  assert.equal(await journal.putBase(base(5)), true)
  assert.equal(await journal.putBase(base(5)), false)
  assert.equal(await journal.putBase(base(3)), false)
  assert.equal(await journal.putBase(base(9)), true)
  const stored = await journal.base(draft, 1)
  assert.deepEqual({ ...stored, bytes: [...stored!.bytes] }, { ...base(9), bytes: [9, 0, 255] })
  assert.equal(await journal.base(draft, 2), null)
})
it('[JO9] of bases put at once the furthest stays', async (journal, draft) => {
  const order = [3, 9, 1, 7, 5, 8, 2]
  await Promise.all(order.map((upTo) => journal.putBase({ draft, generation: 1, upTo, bytes: new Uint8Array([upTo]) })))
  assert.equal((await journal.base(draft, 1))?.upTo, 9)
})

export const JOURNAL_CASES: readonly JournalCase[] = cases
