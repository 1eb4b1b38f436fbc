/** Who proposed a clause, over the services: named by members, kept beside the text, carried into the submission. */
import assert from 'node:assert/strict'
import type { Viewer } from '../../../server/people/viewer.ts'
import type { ClauseId, DraftId, GroupId, PersonId } from '../../../shared/ids.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'

const ABOUT = {
  title: 'ท',
  organiser: 'ก',
  place: 'ข',
  begins: '2026-01-01',
  ends: '2026-01-02',
  subject: '',
  template: 'short',
}
const BLANK = {
  prefix: '',
  position: '',
  organisation: 'อบต.ก',
  lgoType: 'sao',
  district: '',
  province: '',
  notices: [],
} as const

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
    const { workshop: room, people, drafting } = server.app.rooms
    const workshop = await room.workshops.createDemo(ABOUT)
    const viewerOf = async (person: PersonId): Promise<Viewer> => ({
      person,
      session: null,
      ...((await people.accounts.viewerOf(person)) ?? (await room.participants.viewerOf(person)))!,
    })
    facilitator = await viewerOf(await people.accounts.createDemo('วิทยากร', 'facilitator', workshop))
    await room.participants.put(
      workshop,
      ['หนึ่ง ก', 'สอง ข'].map((name, row) => ({ ...BLANK, name, row })),
    )
    const { groups } = await room.groups.make(facilitator, workshop, 2, 1)
    const [ours, theirs] = groups
    group = ours!.id as GroupId
    draft = ours!.draft as DraftId
    member = await viewerOf(ours!.people[0]!.id as PersonId)
    stranger = await viewerOf(theirs!.people[0]!.id as PersonId)
    await room.phases.move(facilitator, workshop, 'draft', 0)
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
