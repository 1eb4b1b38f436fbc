/** Bringing a draft's older text back on a whole server: who may, how it is written to the journal, and who is beside it. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import type { Making } from '../../../server/drafting/drafts.ts'
import { LARGEST_DRAFT } from '../../../server/journal/journal.ts'
import type { Viewer } from '../../../server/people/viewer.ts'
import { plainText } from '../../../shared/drafting/canonical.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { restoreOf } from '../../../shared/drafting/restored.ts'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../../shared/ids.ts'
import { clause, content } from '../../shared/drafting/build-draft.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { makeWritingWorkshop, viewerOf } from '../../support/writing-workshop.ts'

describe('history of a draft', () => {
  let server: TestApp
  let draft: DraftId
  let workshop: WorkshopId
  let facilitator: Viewer
  let scribe: Viewer
  let member: Viewer
  const rooms = () => server.app.rooms
  const drafts = () => rooms().drafting.drafts
  const history = () => rooms().drafting.history
  const stranger = (role: 'editor' | 'commentator' | 'policymaker'): Viewer => ({
    person: role as string as PersonId,
    name: '',
    standings: [{ role, workshop }],
    session: null,
  })
  const write = (words: string, by: Viewer) =>
    drafts().patch(draft, content({ background: [clause('a', words)] }), by.person as PersonId)
  const background = async (): Promise<string> => {
    const section = (await drafts().read(draft)).content.sections.find(({ id }) => id === 'background')
    return (section?.clauses ?? []).map((one) => ('runs' in one ? plainText(one.runs) : '')).join('|')
  }
  const append = (by: Viewer, make: (updates: readonly Uint8Array[]) => Making) =>
    drafts().append(draft, by.person as PersonId, async ({ updates }) => make(updates))
  const last = async (): Promise<number> => (await drafts().state(draft)).seq
  const LONG = 'น้ำท่วมทุกปี '.repeat(8)

  before(async () => {
    server = await startTestApp()
  })
  after(() => server.stop())
  beforeEach(async () => {
    const made = await makeWritingWorkshop(server.app, ['หนึ่ง ก', 'สอง ข'], 1)
    const group = made.groups[0]!
    workshop = made.workshop
    facilitator = made.facilitator
    draft = group.draft as DraftId
    const [first, second] = group.people.map(({ id }) => id as PersonId)
    await rooms().workshop.groups.setRole(facilitator, group.id as GroupId, first!, 'scribe')
    scribe = await viewerOf(server.app, first!)
    member = await viewerOf(server.app, second!)
  })

  it('[RE5] what somebody deleted is found among the moments and comes back by two entries of one append, in the name of who asked', async () => {
    await write(LONG, member)
    await write('', member)
    const { moments, now, bar } = await history().list(scribe, draft)
    assert.equal(bar, null)
    const [lost] = moments.filter(({ kind }) => kind === 'before-loss')
    assert.ok(lost !== undefined)
    const shown = await history().at(scribe, draft, lost.seq)
    assert.deepEqual(
      shown.changes.map(({ kind, parts }) => [kind, parts[0]?.runs.map((run) => `${run.kind} ${run.text}`)]),
      [['added', [`added ${LONG}`]]],
    )
    const { generation } = await drafts().existing(draft)
    const { seq, before } = await history().restore(scribe, draft, lost.seq, now)
    assert.equal(await background(), LONG)
    const { entries } = await drafts().state(draft)
    const [point, update] = entries.slice(-2)
    assert.deepEqual(
      [point?.kind, point?.by, update?.kind, update?.by, update?.seq],
      ['restore-point', scribe.person, 'update', scribe.person, seq],
    )
    assert.deepEqual(
      restoreOf(new TextDecoder().decode(point?.bytes))?.authors.map(({ person }) => person),
      [member.person],
    )
    assert.equal((await drafts().existing(draft)).generation, generation)
    const frozen = await drafts().freezeBefore(draft, (await last()) + 1)
    assert.deepEqual(frozen.typists, [{ clause: 'a', people: [{ person: member.person, letters: LONG.length }] }])
    assert.deepEqual(
      (await history().list(scribe, draft)).moments.slice(0, 2).map(({ kind, letters }) => [kind, letters]),
      [
        ['restored', LONG.length],
        ['before-restore', 0],
      ],
    )
    const [deed] = await server.app.store.connection.collection('access-logs').find({ whom: draft }).toArray()
    assert.deepEqual([deed?.['what'], deed?.['who']], ['draft-restored', scribe.person])
    await history().restore(scribe, draft, before, await last())
    assert.equal(await background(), '', 'undone by bringing back the moment before')
    assert.deepEqual(await history().restore(scribe, draft, before, await last()), {
      seq: null,
      before: await last(),
      locked: [],
    })
  })

  it('[RE3] what a page sends that has not seen the restore, and what came since the text was looked at, stays', async () => {
    await write('จ่าย 1,000 บาท', member)
    const then = await last()
    await write('จ่าย 1,500 บาท', scribe)
    const seen = await last()
    const page = newDraftDoc()
    for (const bytes of (await drafts().state(draft)).updates) Y.applyUpdate(page, bytes)
    const typed = (words: string): Making => {
      const before = Y.encodeStateVector(page)
      sectionRoot(page, 'background').insert(1, words, {})
      return { kind: 'update', bytes: Y.encodeStateAsUpdate(page, before) }
    }
    await append(member, () => typed('ต้อง'))
    await history().restore(scribe, draft, then, seen)
    await append(member, () => typed('รัฐ'))
    assert.equal(await background(), 'รัฐต้องจ่าย 1,000 บาท')
  })

  it('[RE6] of two who bring a text back from the same look one is told to look again', async () => {
    await write(LONG, member)
    const then = await last()
    await write('', member)
    const seen = await last()
    const both = await Promise.allSettled([1, 2].map(() => history().restore(scribe, draft, then, seen)))
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    const [failed] = both.filter((one) => one.status === 'rejected')
    assert.equal((failed?.reason as { code?: string }).code, 'restored-meanwhile')
    assert.equal(await background(), LONG)
  })

  it('[RE6] who brings back words of a clause that has gone since they looked is told to look again', async () => {
    await write(LONG, member)
    const then = await last()
    await write('', member)
    const seen = await last()
    await drafts().patch(draft, content({ background: [clause('z', 'อื่น')] }), member.person as PersonId)
    const refused = history().restore(scribe, draft, then, seen)
    await assert.rejects(refused, { status: 409, code: 'changed-meanwhile' })
    assert.equal(await last(), seen + 1)
    await history().restore(scribe, draft, then, seen + 1)
    assert.equal(await background(), LONG)
  })

  it('[RE10] with which the draft would be larger than 8 MB is refused, and nothing is written; with room it is done', async () => {
    await write(LONG, member)
    const then = await last()
    await write('', member)
    const text = Y.mergeUpdates([...(await drafts().state(draft)).updates])
    /** As after compacting, with so much else that about this many bytes are left. */
    const leave = async (room: number): Promise<void> => {
      const filler = new Y.Doc()
      filler.getMap('filler').set('x', 'x'.repeat(LARGEST_DRAFT - room - text.length))
      const bytes = Y.mergeUpdates([text, Y.encodeStateAsUpdate(filler)])
      const { generation } = await drafts().existing(draft)
      assert.ok(await server.app.store.journal.putBase({ draft, generation, upTo: await last(), bytes }))
    }
    await leave(300)
    const seen = await last()
    const refused = history().restore(scribe, draft, then, seen)
    await assert.rejects(refused, { status: 409, code: 'restore-too-large' })
    assert.equal(await last(), seen)
    assert.equal(await background(), '')
    await append(facilitator, () => ({ kind: 'unlock', bytes: new TextEncoder().encode('background') }))
    await leave(3_000)
    await history().restore(scribe, draft, then, await last())
    assert.equal(await background(), LONG)
  })

  it('[RE4] a closed draft refuses and says so; a locked section stays and is named', async () => {
    await write(LONG, member)
    const then = await last()
    await write('', member)
    await append(facilitator, () => ({ kind: 'lock', bytes: new TextEncoder().encode('background') }))
    assert.deepEqual((await history().at(scribe, draft, then)).locked, ['background'])
    const seen = await last()
    assert.deepEqual(await history().restore(scribe, draft, then, seen), {
      seq: null,
      before: seen - 1,
      locked: ['background'],
    })
    await append(facilitator, () => ({ kind: 'unlock', bytes: new TextEncoder().encode('background') }))
    await rooms().drafting.submissions.submit(scribe, draft)
    assert.equal((await history().list(scribe, draft)).bar, 'closed')
    await assert.rejects(history().restore(scribe, draft, then, seen), { code: 'draft-closed' })
    assert.equal(await background(), '')
  })

  it('[RE8] members read the history, the scribe and organisers restore while the phase writes; others do neither', async () => {
    await write(LONG, member)
    for (const reader of [member, scribe, facilitator, stranger('editor')])
      assert.ok((await history().list(reader, draft)).moments.length > 0)
    for (const other of [stranger('commentator'), stranger('policymaker')])
      await assert.rejects(history().list(other, draft), { code: 'forbidden' })
    const seen = await last()
    for (const other of [member, stranger('editor')]) {
      assert.equal((await history().list(other, draft)).bar, 'role')
      await assert.rejects(history().restore(other, draft, 1, seen), { code: 'forbidden' })
    }
    await rooms().workshop.phases.move(facilitator, workshop, 'plenary', 0)
    assert.equal((await history().list(scribe, draft)).bar, 'phase')
    await assert.rejects(history().restore(scribe, draft, 1, seen), { code: 'phase-closed' })
    await rooms().workshop.phases.move(facilitator, workshop, 'draft', 0)
    await history().restore(facilitator, draft, 1, seen)
    assert.equal(await background(), '')
  })

  it('[RE8] there is no moment that the journal does not have, and none of the consolidated proposal', async () => {
    await assert.rejects(history().at(scribe, draft, 999), { code: 'not-found' })
    await assert.rejects(history().restore(scribe, draft, 999, 1), { code: 'not-found' })
    const { draft: proposal } = await drafts().consolidatedOf(workshop)
    await assert.rejects(history().list(stranger('editor'), proposal), { code: 'not-found' })
  })
})
