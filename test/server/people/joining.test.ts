/** Joining by code and name, by card, and coming back; what facilitators can do with the code. */
import assert from 'node:assert/strict'
import { NOTICE_VERSION } from '../../../shared/people/notice.ts'
import { showJoinCode } from '../../../shared/people/join-code.ts'
import { thaiDigits } from '../../../shared/thai/digits.ts'
import { cookieOf, refusal, ROSTER, startPeople, viewerWith, WORKSHOP, type PeopleUnderTest } from './support.ts'

const IP = '192.168.1.20'
const facilitator = viewerWith('facilitator', WORKSHOP)

describe('joining', () => {
  let tested: PeopleUnderTest
  let code: string
  const name = (typed: string, organisation?: string) =>
    tested.people.joining.name({ code, name: typed, organisation }, IP)

  before(async () => {
    tested = await startPeople()
    code = (await tested.people.codes.show(facilitator, WORKSHOP)).code
  })
  after(() => tested.stop())

  it('[PE20] the code has nine digits, stays the same, and lies in no record', async () => {
    assert.match(code, /^\d{9}$/)
    assert.equal((await tested.people.codes.show(facilitator, WORKSHOP)).code, code)
    const stored = JSON.stringify(await tested.store.connection.model('join-code').find().lean())
    assert.ok(!stored.includes(code))
  })

  it('[PE21] Thai digits, spaces and hyphens lead to the same workshop', async () => {
    const shown = showJoinCode(code)
    for (const typed of [code, shown, thaiDigits(shown), shown.replaceAll(' ', '-'), ` ${thaiDigits(code)}\u200b `]) {
      assert.equal((await tested.people.joining.look(typed, IP)).id, WORKSHOP, typed)
    }
  })

  it('[PE22] a wrong code, operators and garbage find nothing', async () => {
    const wrong = String((Number(code) + 1) % 1_000_000_000).padStart(9, '0')
    for (const typed of [wrong, '', '12345678', '{"$ne":null}', '../', '__proto__', '9'.repeat(50)]) {
      assert.equal(await refusal(tested.people.joining.look(typed, '192.168.1.21')), 'wrong-code', typed)
    }
  })

  it('[PE23] the typed name finds its person with or without title, spaces and unseen characters', async () => {
    for (const typed of ['สมหญิง ตัวอย่าง', 'นางสาวสมหญิง  ตัวอย่าง', 'น.ส. สมหญิงตัวอย่าง', '\u200fสมหญิง\u200b ตัวอย่าง']) {
      const outcome = await name(typed)
      assert.equal(outcome.kind === 'found' && outcome.person.id, 'p1', typed)
    }
  })

  it('[PE24] only where two share a name is the organisation asked for, and never a list shown', async () => {
    assert.deepEqual(await name('บุญมี สมมติ'), { kind: 'same-name' })
    const outcome = await name('บุญมี สมมติ', 'อบต. ทุ่งสาธิต')
    assert.equal(outcome.kind === 'found' && outcome.person.id, 'p3')
    assert.deepEqual(await name('บุญมี สมมติ', 'ที่อื่น'), { kind: 'same-name' })
  })

  it('[PE25] a name that is not on the roster is kept once for the facilitator, and joins nothing', async () => {
    assert.deepEqual(await name('ไม่มี ในทะเบียน'), { kind: 'unknown' })
    assert.deepEqual(await name('นายไม่มี  ในทะเบียน'), { kind: 'unknown' })
    const { joining } = tested.people
    assert.equal((await joining.waitingNames(facilitator, WORKSHOP)).length, 1)
    assert.equal(
      await refusal(joining.join({ code, name: 'ไม่มี ในทะเบียน' }, NOTICE_VERSION, IP, undefined)),
      'name-unknown',
    )
  })

  it('[PE33] a name at the door is told of, refused by organisers only, and stands there again when typed again', async () => {
    const { joining } = tested.people
    await joining.name({ code, name: 'รอ หน้าประตู' }, IP)
    assert.deepEqual(tested.events.at(-1), { kind: 'name-waits', workshop: WORKSHOP })
    const at = async () => (await joining.waitingNames(facilitator, WORKSHOP)).find(({ name }) => name === 'รอ หน้าประตู')
    const waits = await at()
    assert.ok(waits !== undefined)
    assert.equal(await refusal(joining.refuseName(viewerWith('observer', WORKSHOP), WORKSHOP, waits.id)), 'forbidden')
    await joining.refuseName(facilitator, WORKSHOP, waits.id)
    assert.equal(await at(), undefined)
    assert.equal(await refusal(joining.refuseName(facilitator, WORKSHOP, waits.id)), 'not-found')
    await joining.name({ code, name: 'รอ หน้าประตู' }, IP)
    assert.notEqual((await at())?.id, waits.id)
  })

  it('[PE33] who is on the roster by now waits no longer', async () => {
    const { joining } = tested.people
    const waiting = tested.store.connection.model('waiting-name')
    await waiting.create({
      _id: 'late',
      workshop: WORKSHOP,
      name: ROSTER[0]!.name,
      organisation: '',
      at: new Date(),
      v: 1,
    })
    assert.ok(!(await joining.waitingNames(facilitator, WORKSHOP)).some(({ id }) => id === 'late'))
  })

  it('[PE26] joining records the notice that was accepted; another version is refused', async () => {
    const { joining, sessions } = tested.people
    const typed = { code, name: 'สมหญิง ตัวอย่าง' }
    assert.equal(await refusal(joining.join(typed, NOTICE_VERSION + 1, IP, undefined)), 'notice-changed')
    const joined = await joining.join(typed, NOTICE_VERSION, IP, undefined)
    const viewer = await sessions.authenticate(cookieOf(joined.cookie))
    assert.deepEqual(viewer?.standings, [{ role: 'participant', workshop: WORKSHOP, group: 'g4' }])
    const accepted = await tested.store.connection
      .model('notice-acceptance')
      .find({ person: 'p1' })
      .lean<{ notice: number }[]>()
    assert.deepEqual(
      accepted.map(({ notice }) => notice),
      [NOTICE_VERSION],
    )
  })

  it('[PE27] a personal link brings the person back; printed again it is the same; a new one kills the old', async () => {
    const { joining, links } = tested.people
    const ids = ROSTER.map(({ id }) => id)
    const printed = await links.secretsOf(ids)
    assert.deepEqual(await links.secretsOf(ids), printed)
    assert.equal(new Set(printed.values()).size, ids.length)
    const secret = printed.get(ids[1]!)!
    assert.equal((await joining.lookAtCard(secret, IP)).person.id, 'p2')
    assert.equal((await joining.joinByCard(secret, NOTICE_VERSION, IP, undefined)).person.id, 'p2')
    const fresh = await joining.renewLinkOf(facilitator, WORKSHOP, ids[1]!)
    assert.equal(await refusal(joining.lookAtCard(secret, IP)), 'card-dead')
    assert.equal((await joining.lookAtCard(fresh, IP)).person.id, 'p2')
    const stored = JSON.stringify(await tested.store.connection.model('personal-link').find().lean())
    for (const each of [...printed.values(), fresh]) assert.ok(!stored.includes(each))
  })

  it('[PE28] failures of an address are held off; eighty right ones never count, and cards open in any case', async () => {
    const venue = '203.0.113.9'
    for (let n = 0; n < 83; n++) await tested.people.joining.look(code, venue)
    let held = 0
    for (let n = 0; n < 60; n++) {
      if ((await refusal(tested.people.joining.look('000000000', '198.51.100.1'))) === 'too-many') held++
    }
    assert.ok(held > 10, `${held} of 60 guesses were held off`)
    const secret = (await tested.people.links.secretsOf([ROSTER[0]!.id])).get(ROSTER[0]!.id)!
    assert.equal(await refusal(tested.people.joining.look(code, '198.51.100.1')), 'too-many')
    assert.equal(await refusal(tested.people.joining.lookAtCard(secret, '198.51.100.1')), null)
    assert.equal(await refusal(tested.people.joining.lookAtCard('A'.repeat(22), '198.51.100.1')), 'too-many')
    assert.equal(await refusal(tested.people.joining.look(code, venue)), null)
  })

  it('[PE29] a locked or run-out code lets nobody in; a new one kills the old; only organisers may', async () => {
    const { codes, joining } = tested.people
    const editor = viewerWith('editor', WORKSHOP)
    assert.equal(await refusal(codes.renew(editor, WORKSHOP)), 'forbidden')
    assert.equal(await refusal(codes.show(editor, WORKSHOP)), 'forbidden')
    await codes.change(facilitator, WORKSHOP, { locked: true, expiresAt: null })
    assert.equal(await refusal(joining.look(code, IP)), 'code-closed')
    await codes.change(facilitator, WORKSHOP, { locked: false, expiresAt: new Date(Date.now() - 1) })
    assert.equal(await refusal(joining.look(code, IP)), 'code-closed')
    await codes.change(facilitator, WORKSHOP, { locked: false, expiresAt: null })
    const fresh = await codes.renew(facilitator, WORKSHOP)
    assert.notEqual(fresh.code, code)
    assert.equal(await refusal(joining.look(code, IP)), 'wrong-code')
    assert.equal((await joining.look(fresh.code, IP)).id, WORKSHOP)
  })
})
