/** Who proposed a clause, over the services: named by members, kept beside the text, carried into the submission. */
import assert from 'node:assert/strict'
import type { Viewer } from '../../../server/people/viewer.ts'
import type { ClauseId, DraftId, GroupId, PersonId } from '../../../shared/ids.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { makeWritingWorkshop, viewerOf } from '../../support/writing-workshop.ts'

describe('proposers', () => {
  let server: TestApp
  let facilitator: Viewer
  let member: Viewer
  let stranger: Viewer
  let draft: DraftId
  let group: GroupId
  let clause: ClauseId
  beforeEach(async () => {
    server = await startTestApp()
    const { drafting } = server.app.rooms
    const made = await makeWritingWorkshop(server.app, ['หนึ่ง ก', 'สอง ข'], 2)
    facilitator = made.facilitator
    const [ours, theirs] = made.groups
    group = ours!.id as GroupId
    draft = ours!.draft as DraftId
    member = await viewerOf(server.app, ours!.people[0]!.id as PersonId)
    stranger = await viewerOf(server.app, theirs!.people[0]!.id as PersonId)
    const { content } = await drafting.drafts.read(draft)
    clause = 'proposed' as ClauseId
    const written = { id: clause, kind: 'text', level: 0, runs: [{ text: 'ข้อที่คนหนึ่งเสนอ' }] } as const
    const sections = content.sections.map((section) =>
      section.id === 'background' ? { ...section, clauses: [written] } : section,
    )
    await drafting.drafts.patch(draft, { ...content, sections }, 'server')
  })
  afterEach(() => server.stop())

  it('[SU13] a clause is proposed by the group until members are named, and the submission carries the names', async () => {
    const { proposers, submissions } = server.app.rooms.drafting
    const proposed = async () =>
      (await submissions.submit(facilitator, draft)).provenance.find((one) => one.clause === clause)?.proposers
    assert.deepEqual(await proposers.of(member, draft), [])
    assert.deepEqual(await proposed(), [group])
    await submissions.reopen(facilitator, draft)
    await proposers.set(member, draft, clause, [member.person!])
    assert.deepEqual(await proposers.of(member, draft), [{ clause, people: [member.person] }])
    assert.deepEqual(await proposed(), [member.person])
    await submissions.reopen(facilitator, draft)
    await proposers.set(member, draft, clause, [])
    assert.deepEqual(await proposed(), [group])
  })

  it('[SU14] only who may write names proposers, only members of the group are named, and not while it is closed', async () => {
    const { proposers, submissions } = server.app.rooms.drafting
    await assert.rejects(proposers.set(stranger, draft, clause, []), { code: 'forbidden' })
    await assert.rejects(proposers.of(stranger, draft), { code: 'forbidden' })
    await assert.rejects(proposers.set(member, draft, clause, [stranger.person!]), { code: 'not-of-group' })
    await submissions.submit(facilitator, draft)
    await assert.rejects(proposers.set(member, draft, clause, [member.person!]), { code: 'draft-closed' })
  })
})
