/** Sessions: the cookie on https and on plain http, fixation, ending, expiry. */
import assert from 'node:assert/strict'
import type { PersonId } from '../../../shared/ids.ts'
import { createSessions, type Sessions } from '../../../server/people/sessions.ts'
import { createAnnouncer } from '../../../server/announce/events.ts'
import { cookieOf, startPeople, type PeopleUnderTest } from './support.ts'

const HOUR = 3_600_000
const someone = 'p1' as PersonId

describe('sessions', () => {
  let tested: PeopleUnderTest
  let at = 1_000_000
  const make = (https: boolean): Sessions =>
    createSessions({
      connection: tested.store.connection,
      announcer: createAnnouncer(() => undefined),
      https,
      people: async () => ({ name: 'สมหญิง', standings: [] }),
      now: () => at,
    })

  before(async () => {
    tested = await startPeople()
  })
  after(() => tested.stop())

  it('[PE1] on https the cookie is __Host-, Secure, HttpOnly and SameSite=Strict, with 128 random bits', async () => {
    const cookie = await make(true).start(someone, 'staff', undefined)
    assert.match(cookie, /^__Host-rr=[\w-]{22}; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=\d+$/)
  })

  it('[PE1] on plain http the same token goes under a plain name, still HttpOnly and SameSite=Strict', async () => {
    const cookie = await make(false).start(someone, 'participant', undefined)
    assert.match(cookie, /^rr=[\w-]{22}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
  })

  it('[PE1] on https a cookie under the plain name is no session, and a name given twice is none', async () => {
    const sessions = make(true)
    const good = cookieOf(await sessions.start(someone, 'staff', undefined))
    assert.equal((await sessions.authenticate(good))?.person, someone)
    assert.equal(await sessions.authenticate(good.replace('__Host-rr', 'rr')), null)
    assert.equal(await sessions.authenticate(`${good}; ${good}`), null)
    assert.equal(await sessions.authenticate('__Host-rr[$ne]=x; __Host-rr=' + 'x'.repeat(9_000)), null)
    assert.equal(await sessions.authenticate(undefined), null)
  })

  it('[PE2] joining and signing in give a new token, and the browser’s old one dies', async () => {
    const sessions = make(false)
    const planted = cookieOf(await sessions.start(someone, 'participant', undefined))
    const fresh = cookieOf(await sessions.start(someone, 'participant', planted))
    assert.notEqual(fresh, planted)
    assert.equal(await sessions.authenticate(planted), null)
    assert.equal((await sessions.authenticate(fresh))?.name, 'สมหญิง')
  })

  it('[PE3] the token lies in no record', async () => {
    const cookie = await make(false).start(someone, 'participant', undefined)
    const token = cookieOf(cookie).slice('rr='.length)
    const stored = JSON.stringify(await tested.store.connection.model('session').find().lean())
    assert.ok(stored.length > 100)
    assert.ok(!stored.includes(token))
  })

  it('[PE4] requests move the end on; without any it comes; the longest life ends it anyway', async () => {
    const sessions = make(false)
    const idle = cookieOf(await sessions.start(someone, 'staff', undefined))
    const used = cookieOf(await sessions.start(someone, 'staff', undefined))
    at += 11 * HOUR
    assert.notEqual(await sessions.authenticate(used), null)
    at += 2 * HOUR
    assert.equal(await sessions.authenticate(idle), null)
    for (let hour = 0; hour < 7 * 24; hour += 8) {
      await sessions.authenticate(used)
      at += 8 * HOUR
    }
    assert.equal(await sessions.authenticate(used), null)
  })

  it('[PE5] leaving ends the session and clears the cookie', async () => {
    const { people } = tested
    const cookie = cookieOf(await people.sessions.start(someone, 'participant', undefined))
    const viewer = await people.sessions.authenticate(cookie)
    assert.ok(viewer)
    assert.match(await people.sessions.end(viewer), /^rr=; .*Max-Age=0$/)
    assert.equal(await people.sessions.authenticate(cookie), null)
    assert.deepEqual(tested.events.at(-1), { kind: 'session-ended', session: viewer.session })
  })
})
