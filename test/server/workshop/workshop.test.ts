/** A workshop from nothing: made, roster, groups, phases with a countdown, time, help, announcements, cards, the wall. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Problem } from '../../../server/problem.ts'
import type { GroupId, PersonId, WorkshopId } from '../../../shared/ids.ts'
import { facilitator, member, person, SHORT, startRoom, type TestRoom } from './room.ts'

const NO_ANSWERS = { mended: [], leftOut: [], different: [] }
const corpus = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/corpus/${name}`, import.meta.url))
const problem = (status: number, code: string) => (error: unknown) =>
  error instanceof Problem && error.status === status && error.code === code

describe('workshop services', () => {
  let test: TestRoom
  let id: WorkshopId
  before(async () => {
    test = await startRoom()
    id = await test.room.workshops.create(person('ann', [{ role: 'facilitator' }]), SHORT)
  })
  after(async () => {
    await test.stop()
  })

  it('[WO4] whoever may make a workshop makes one and becomes its facilitator; others may not', async () => {
    assert.deepEqual(test.given, [{ person: 'ann', standing: { role: 'facilitator', workshop: id } }])
    const workshop = await test.room.workshops.read(facilitator(id), id)
    assert.equal(workshop.phase, 'register')
    assert.equal(workshop.template, 'short')
    const other = person('bob', [{ role: 'policymaker', workshop: id }])
    await assert.rejects(test.room.workshops.create(other, SHORT), problem(403, 'forbidden'))
    await assert.rejects(
      test.room.workshops.create(person('ann', [{ role: 'facilitator' }]), { ...SHORT, ends: '2026-11-01' }),
      problem(400, 'dates-reversed'),
    )
    const elsewhere = person('eve', [{ role: 'facilitator', workshop: 'other' as WorkshopId }])
    await assert.rejects(test.room.workshops.read(elsewhere, id), problem(403, 'forbidden'))
    assert.deepEqual(await test.room.workshops.list(elsewhere), [])
  })

  it('[WO4] the demo’s people make none: what they may do ends with the demo', async () => {
    const demo = await test.room.workshops.createDemo(SHORT)
    const guest = person('guest', [{ role: 'facilitator', workshop: demo }])
    await assert.rejects(test.room.workshops.create(guest, SHORT), problem(403, 'forbidden'))
    assert.equal((await test.room.workshops.list(guest)).length, 1)
  })

  it('[RO8] looking at a roster stores nothing; applying takes 83 in, twice changes nothing', async () => {
    const { roster, participants } = test.room
    const look = await roster.look(facilitator(id), id, corpus('roster.csv'))
    assert.equal(look.kept.length, 83)
    assert.equal((await participants.list(facilitator(id), id)).length, 0)
    const first = await roster.apply(facilitator(id), id, 'roster.csv', corpus('roster.csv'), NO_ANSWERS)
    assert.deepEqual(first, { added: 83, updated: 0, aside: 11, seated: 0 })
    const second = await roster.apply(facilitator(id), id, 'roster.xlsx', corpus('roster.xlsx'), NO_ANSWERS)
    assert.deepEqual(second, { added: 0, updated: 83, aside: 11, seated: 0 })
    assert.equal((await participants.list(facilitator(id), id)).length, 83)
    const people = await participants.list(facilitator(id), id)
    assert.equal(JSON.stringify(people).includes('รถเข็น'), false, 'remarks are never stored')
    const last = await roster.lastImport(facilitator(id), id)
    assert.equal(last?.asks.length, 4)
    assert.equal(last.aside.filter(({ reason }) => reason === 'duplicate').length, 3)
  })

  it('[RO13] a row kept aside is taken in once it is mended, by hand or while applying', async () => {
    const { roster, participants } = test.room
    const answers = { ...NO_ANSWERS, mended: [{ row: 70, name: 'ธัญญา เฟิร์นเขียว', organisation: 'ทต.หนองบัว' }] }
    const applied = await roster.apply(facilitator(id), id, 'roster.csv', corpus('roster.csv'), answers)
    assert.equal(applied.added, 1)
    assert.equal(applied.aside, 10)
    const given = { name: 'นายก้อง ทดสอบ', organisation: 'อบต.ใหม่', position: '', province: 'น่าน', row: 47 }
    await roster.add(facilitator(id), id, given)
    const people = await participants.list(facilitator(id), id)
    const added = people.find(({ name }) => name === 'ก้อง ทดสอบ')
    assert.equal(added?.prefix, 'นาย')
    assert.equal(added.lgoType, 'sao')
    assert.equal((await roster.lastImport(facilitator(id), id))?.aside.find(({ row }) => row === 47)?.added, true)
    const csv = new TextDecoder().decode(await roster.asideFile(facilitator(id), id, ['row']))
    assert.equal(csv.includes('"47"'), false)
    assert.match(csv, /"51"/)
  })

  it('[RO13] one person on two rows is taken out of the roster only when somebody says so', async () => {
    const { roster, participants } = test.room
    const asks = (await roster.lastImport(facilitator(id), id))?.asks ?? []
    const [first, second] = asks
    assert.ok(first !== undefined && second !== undefined)
    await roster.answer(facilitator(id), id, first.a, first.b, 'different')
    await roster.answer(facilitator(id), id, second.a, second.b, 'same')
    assert.notEqual(await participants.byId(first.b), null)
    assert.equal(await participants.byId(second.b), null)
  })

  it('[RO10] groups are made balanced, each with its draft; a latecomer joins the smallest', async () => {
    const { groups, roster } = test.room
    const made = await groups.make(facilitator(id), id, 9, 1)
    assert.equal(made.groups.length, 9)
    assert.deepEqual(
      made.groups.map(({ number }) => number),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
    assert.equal(new Set(made.groups.map(({ draft }) => draft)).size, 9)
    assert.equal(made.waiting.length, 0)
    const smallest = Math.min(...made.groups.map(({ people }) => people.length))
    const late = { name: 'มาสาย ทีหลัง', organisation: 'อบต.ไกล', position: '', province: 'เลย', row: null }
    const { person: added } = await roster.add(facilitator(id), id, late)
    const after = await groups.list(facilitator(id), id)
    const joined = after.groups.find(({ people }) => people.some((one) => one.id === added))
    assert.equal(joined?.people.length, smallest + 1)
    const again = await groups.make(facilitator(id), id, 9, 2)
    assert.deepEqual(
      again.groups.map(({ draft }) => draft),
      made.groups.map(({ draft }) => draft),
    )
  })

  it('[RO14] moving a person changes their rights at once and drops the role they had; a group has one scribe', async () => {
    const { groups, participants } = test.room
    const [one, two] = (await groups.list(facilitator(id), id)).groups
    assert.ok(one !== undefined && two !== undefined)
    const [scribe, other] = one.people
    assert.ok(scribe !== undefined && other !== undefined)
    await groups.setRole(facilitator(id), one.id, scribe.id, 'scribe')
    await groups.setRole(member(id, one.id, 'scribe'), one.id, other.id, 'scribe')
    const roles = (await groups.read(member(id, one.id), one.id)).people.filter(({ role }) => role === 'scribe')
    assert.deepEqual(
      roles.map((found) => found.id),
      [other.id],
    )
    await assert.rejects(groups.setRole(member(id, one.id), one.id, scribe.id, 'scribe'), problem(403, 'forbidden'))
    await assert.rejects(
      groups.setRole(member(id, two.id, 'scribe'), one.id, scribe.id, 'scribe'),
      problem(403, 'forbidden'),
    )
    test.events.length = 0
    await groups.move(facilitator(id), id, other.id, two.id)
    const moved = await participants.viewerOf(other.id)
    assert.deepEqual(moved?.standings, [{ role: 'participant', workshop: id, group: two.id }])
    assert.ok(test.events.some((event) => event.kind === 'person-revoked' && event.person === other.id))
    await assert.rejects(groups.move(facilitator(id), id, 'nobody' as PersonId, two.id), problem(404, 'not-found'))
  })

  it('[WO2] a confirmed move shows a countdown, holds from its moment on, and can be called off', async () => {
    const { phases, workshops, groups } = test.room
    await phases.move(facilitator(id), id, 'draft', 30)
    const waiting = await workshops.get(id)
    assert.equal(waiting.phase, 'register')
    assert.deepEqual(waiting.pending, { to: 'draft', at: test.clock.now + 30_000 })
    await phases.callOff(facilitator(id), id)
    assert.equal((await workshops.get(id)).pending, null)
    await assert.rejects(phases.callOff(facilitator(id), id), problem(409, 'nothing-pending'))
    await phases.move(facilitator(id), id, 'draft', 30)
    test.clock.now += 30_000
    const [group] = await groups.ofWorkshop(id)
    assert.ok(group !== undefined)
    assert.equal((await workshops.get(id)).phase, 'draft')
    assert.equal((await groups.placeOf(group.id))?.phase, 'draft')
    await assert.rejects(phases.move(member(id, group.id, 'chair'), id, 'submit', 0), problem(403, 'forbidden'))
    await assert.rejects(phases.move(facilitator(id), id, 'draft', 0), problem(409, 'already-there'))
    await assert.rejects(phases.move(facilitator(id), id, 'practice', 0), problem(400, 'phase-not-in-agenda'))
    const log = await phases.log(facilitator(id), id)
    assert.deepEqual(log.map(({ what }) => what).sort(), ['called-off', 'confirmed', 'confirmed'])
  })

  it('[WO2] a move that waited while the server was down is carried out at the next start', async () => {
    const { phases, workshops } = test.room
    await phases.move(facilitator(id), id, 'cross-review', 60)
    phases.close()
    test.clock.now += 3_600_000
    const restarted = test.again()
    assert.equal((await restarted.workshops.get(id)).phase, 'cross-review')
    test.events.length = 0
    await restarted.phases.resume()
    assert.ok(test.events.some((event) => event.kind === 'phase-moved' && event.phase === 'cross-review'))
    assert.equal((await workshops.get(id)).phase, 'cross-review')
    await phases.move(facilitator(id), id, 'draft', 0)
  })

  it('[WO5] a group may lag or lead, and follows its workshop again', async () => {
    const { phases, groups } = test.room
    const [one, two] = await groups.ofWorkshop(id)
    assert.ok(one !== undefined && two !== undefined)
    await phases.setGroupPhase(facilitator(id), one.id, 'submit')
    assert.equal((await groups.placeOf(one.id))?.phase, 'submit')
    assert.equal((await groups.placeOf(two.id))?.phase, 'draft')
    await phases.setGroupPhase(facilitator(id), one.id, null)
    assert.equal((await groups.placeOf(one.id))?.phase, 'draft')
  })

  it('[RO13] a row that repeats a person is added as another one when somebody says so', async () => {
    const { roster, participants } = test.room
    const before = await participants.count(id)
    const given = { name: 'อรทัย พุดซ้อนขาว', organisation: 'อบต.ดอนตะไคร้', position: '', province: 'กาฬสินธุ์', row: 23 }
    await roster.add(facilitator(id), id, given)
    assert.equal(await participants.count(id), before + 1)
  })

  it('[RO15] once writing has begun the number of groups stays', async () => {
    await assert.rejects(test.room.groups.make(facilitator(id), id, 5, 1), problem(409, 'groups-writing'))
  })

  it('[WO3] time runs out without moving the phase; five minutes more are five minutes', async () => {
    const { timers, workshops } = test.room
    await timers.change(facilitator(id), id, { kind: 'start', minutes: 10 })
    test.clock.now += 20 * 60_000
    assert.equal((await workshops.get(id)).phase, 'draft')
    const timer = await timers.change(facilitator(id), id, { kind: 'extend', minutes: 5 })
    assert.deepEqual(timer, { kind: 'running', endsAt: test.clock.now + 5 * 60_000 })
    assert.equal((await timers.change(facilitator(id), id, { kind: 'pause' })).kind, 'paused')
    assert.equal((await timers.change(facilitator(id), id, { kind: 'resume' })).kind, 'running')
    await assert.rejects(
      timers.change(person('x', [{ role: 'observer', workshop: id }]), id, { kind: 'clear' }),
      problem(403, 'forbidden'),
    )
  })

  it('[WO6] a call for help keeps its place, goes to the first who takes it, and either side closes it', async () => {
    const { help, groups } = test.room
    const [one, two] = await groups.ofWorkshop(id)
    assert.ok(one !== undefined && two !== undefined)
    await help.call(member(id, one.id), one.id, 'กฎหมายฉบับไหน')
    test.clock.now += 60_000
    await help.call(member(id, two.id), two.id, '')
    const more = await help.call(member(id, one.id), one.id, 'และงบ')
    assert.equal(more.about, 'กฎหมายฉบับไหน · และงบ')
    await assert.rejects(help.call(member(id, one.id), two.id, ''), problem(403, 'forbidden'))
    const queue = await help.queue(id)
    assert.deepEqual(
      queue.map(({ group }) => group),
      [one.id, two.id],
    )
    await help.take(facilitator(id), more.id)
    await assert.rejects(help.take(facilitator(id), more.id), problem(409, 'help-taken'))
    assert.deepEqual(
      (await help.queue(id)).map(({ group }) => group),
      [two.id, one.id],
    )
    await help.close(member(id, one.id), more.id, '')
    await assert.rejects(help.close(member(id, one.id), queue[1]?.id ?? '', ''), problem(403, 'forbidden'))
    assert.equal((await help.ofGroup(one.id)) === null, true)
    assert.equal((await help.queue(id)).length, 1)
  })

  it('[WO7] an announcement reaches the workshop’s topic and stays readable for those who come later', async () => {
    const { broadcasts } = test.room
    test.events.length = 0
    await broadcasts.send(facilitator(id), id, 'พัก 10 นาที')
    assert.deepEqual(test.events, [{ kind: 'broadcast-sent', workshop: id, text: 'พัก 10 นาที' }])
    assert.equal((await broadcasts.last(id))?.text, 'พัก 10 นาที')
    const group = (await test.room.groups.ofWorkshop(id))[0]?.id ?? ('' as GroupId)
    await assert.rejects(broadcasts.send(member(id, group), id, 'x'), problem(403, 'forbidden'))
  })

  it('[WO8] cards are for organisers; each carries its person’s secret and group', async () => {
    const { cards, groups } = test.room
    const list = await cards.ofWorkshop(facilitator(id), id)
    const people = (await groups.list(facilitator(id), id)).groups.flatMap((group) => group.people)
    assert.equal(list.length, people.length)
    assert.ok(list.every((card) => card.secret === `secret-of-${card.id}` && card.group !== null))
    await assert.rejects(
      cards.ofWorkshop(person('x', [{ role: 'observer', workshop: id }]), id),
      problem(403, 'forbidden'),
    )
  })

  it('[WO9] the wall shows every group in its place, and no words of a group that does not share them', async () => {
    const view = await test.room.wall.view(facilitator(id), id)
    assert.deepEqual(
      view.tiles.map(({ number }) => number),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
    assert.ok(view.tiles.every((tile) => tile.lastWords === null && tile.cells.length === 5))
    assert.equal(view.help.length, 1)
    const group = view.tiles[0]?.id ?? ('' as GroupId)
    await assert.rejects(test.room.wall.view(member(id, group), id), problem(403, 'forbidden'))
  })
})
