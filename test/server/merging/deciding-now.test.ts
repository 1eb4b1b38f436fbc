/** Rules of the notice that somebody is deciding a clause. */
import assert from 'node:assert/strict'
import { createAnnouncer, type AppEvent } from '../../../server/announce/events.ts'
import { createDecidingNow } from '../../../server/merging/deciding-now.ts'
import { viewer, WORKSHOP } from './merging-bench.ts'

const refused = (error: unknown) => error instanceof Error && error.message === 'forbidden'

describe('who is deciding', () => {
  const one = viewer('editor', 'ปรีชา')
  const other = viewer('editor', 'มานะ')
  const make = () => {
    const clock = { now: 0 }
    const events: AppEvent[] = []
    const announcer = createAnnouncer((error) => {
      throw error
    })
    // What pages hear of; nodes hear each time that it is told.
    announcer.subscribe((event) => event.kind === 'deciding-changed' && events.push(event))
    return { clock, events, deciding: createDecidingNow({ announcer, now: () => clock.now }) }
  }

  it('[ME63] another editor and organisers see whose clauses are in hand, oneself does not; only editors tell', () => {
    const { deciding } = make()
    deciding.tell(one, WORKSHOP, ['s1/a', 's2/b'])
    assert.deepEqual(deciding.others(other, WORKSHOP), [{ person: 'ปรีชา', name: 'ปรีชา', clauses: ['s1/a', 's2/b'] }])
    assert.equal(deciding.others(viewer('facilitator'), WORKSHOP).length, 1)
    assert.deepEqual(deciding.others(one, WORKSHOP), [])
    assert.throws(() => deciding.tell(viewer('facilitator'), WORKSHOP, ['s1/a']), refused)
    assert.throws(() => deciding.others(viewer('participant'), WORKSHOP), refused)
  })

  it('[ME63] news goes out when it changes, not when it is told again; leaving and silence end it', () => {
    const { deciding, events, clock } = make()
    deciding.tell(one, WORKSHOP, ['s1/a'])
    deciding.tell(one, WORKSHOP, ['s1/a'])
    assert.equal(events.length, 1)
    deciding.tell(one, WORKSHOP, [])
    assert.equal(events.length, 2)
    assert.deepEqual(deciding.others(other, WORKSHOP), [])
    deciding.tell(one, WORKSHOP, ['s1/a'])
    clock.now = 44_000
    deciding.tell(one, WORKSHOP, ['s1/a'])
    clock.now = 80_000
    assert.equal(deciding.others(other, WORKSHOP).length, 1, 'telling again keeps it')
    clock.now = 90_000
    assert.deepEqual(deciding.others(other, WORKSHOP), [])
  })
})
