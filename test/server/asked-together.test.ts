/** Look-ups that a roomful asks at once. */
import assert from 'node:assert/strict'
import { askedTogether } from '../../server/asked-together.ts'

describe('questions asked together', () => {
  it('[SY17] share an answer that was begun after they were asked', async () => {
    const runs: { key: string; resolve: (value: number) => void }[] = []
    const ask = askedTogether(
      (key: string) => key,
      (key) => new Promise<number>((resolve) => runs.push({ key, resolve })),
    )
    const first = ask('a')
    const others = [ask('a'), ask('a')]
    const elsewhere = ask('b')
    assert.deepEqual(
      runs.map(({ key }) => key),
      ['a', 'b'],
      'one run a key',
    )
    runs[0]?.resolve(1)
    assert.equal(await first, 1)
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(runs.length, 3, 'those who came meanwhile share a new run')
    const last = ask('a')
    runs[2]?.resolve(2)
    assert.deepEqual(await Promise.all(others), [2, 2])
    await new Promise((resolve) => setImmediate(resolve))
    runs[3]?.resolve(3)
    assert.equal(await last, 3)
    runs[1]?.resolve(9)
    assert.equal(await elsewhere, 9)
    await new Promise((resolve) => setImmediate(resolve))
    void ask('a')
    assert.equal(runs.length, 5, 'nothing is kept')
  })

  it('[SY17] a failure goes to those who share the run, and the next question is asked anew', async () => {
    let runs = 0
    const ask = askedTogether(
      (key: string) => key,
      () => {
        runs += 1
        return runs === 1 ? Promise.reject(new Error('down')) : Promise.resolve(runs)
      },
    )
    const [first, second] = await Promise.allSettled([ask('a'), ask('a')])
    assert.equal(first.status, 'rejected')
    assert.deepEqual(second, { status: 'fulfilled', value: 2 })
    assert.equal(await ask('a'), 3)
  })
})
