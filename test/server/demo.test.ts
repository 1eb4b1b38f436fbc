/** The demo workshop: at several points at once, made once, and made good after a kill in the middle. */
import assert from 'node:assert/strict'
import { makeDemo } from '../../server/demo/demo.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

describe('the demo workshop', () => {
  let server: TestApp
  before(async () => {
    server = await startTestApp()
  })
  after(() => server.stop())

  it('[KD2] a demo that a kill left half made is taken away and made again; [KD3] made twice it is one', async () => {
    const { rooms } = server.app
    const half = await rooms.workshop.workshops.createDemo({
      title: 'ค้าง',
      organiser: '',
      place: '',
      begins: '2019-02-27',
      ends: '2019-03-01',
      subject: '',
      template: 'long',
    })
    const made = await makeDemo(rooms)
    assert.ok(made !== null && made !== half)
    assert.equal(await rooms.workshop.workshops.find(half), null)
    assert.equal(await makeDemo(rooms), null)
    assert.equal((await rooms.workshop.workshops.port.titles()).length, 1)
  })

  it('[KD4] 0.1 waits for its reviewer, group 4’s amendment is open, two groups still write, one waits for help', async () => {
    const { rooms } = server.app
    const workshop = await rooms.workshop.workshops.port.demo()
    assert.ok(workshop !== null)
    const version = await rooms.merging.versions.last(workshop)
    assert.ok(version !== null)
    assert.equal(version.number, '0.1')
    assert.equal((await rooms.review.reviews.stateOf(version.id)).state, 'submitted')
    const submissions = await rooms.drafting.submissions.ofWorkshop(workshop)
    assert.equal(submissions.length, 8)
    const state = await rooms.merging.merging.state(workshop)
    const open = state.ledger.rows.filter((row) => row.decision === null)
    assert.ok(open.length > 0 && open.every((row) => row.group === 4))
    const standing = await Promise.all(
      (await rooms.workshop.groups.ofWorkshop(workshop)).map(({ id }) => rooms.drafting.submissions.standing(id)),
    )
    assert.deepEqual(
      standing.map((one) => one?.n ?? 0),
      [1, 1, 1, 2, 1, 1, 1, 0, 0],
    )
  })
})
