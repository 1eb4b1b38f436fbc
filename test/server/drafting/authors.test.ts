/** Who may read who typed what, and that it comes from the entries of the journal, after compaction too. */
import assert from 'node:assert/strict'
import type { Viewer } from '../../../server/people/viewer.ts'
import type { ClauseId, DraftId, PersonId } from '../../../shared/ids.ts'
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

describe('authors of a draft', () => {
  let server: TestApp
  before(async () => {
    server = await startTestApp()
  })
  after(() => server.stop())

  it('[AU5] organisers and editors read who typed and who deleted, by ids of people, after compaction too; a group does not', async () => {
    const { workshop: room, drafting } = server.app.rooms
    const workshop = await room.workshops.createDemo(ABOUT)
    const viewer = (role: 'facilitator' | 'editor' | 'observer'): Viewer => ({
      person: role as string as PersonId,
      name: '',
      standings: [{ role, workshop }],
      session: null,
    })
    const blank = {
      prefix: '',
      position: '',
      organisation: '',
      lgoType: 'sao',
      district: '',
      province: '',
      notices: [],
    } as const
    await room.participants.put(workshop, [{ ...blank, name: 'หนึ่ง ก', row: 1 }])
    const { groups } = await room.groups.make(viewer('facilitator'), workshop, 1, 1)
    const draft = groups[0]!.draft as DraftId
    const { content } = await drafting.drafts.read(draft)
    const clause = 'written' as ClauseId
    const write = (text: string, by: string): Promise<void> => {
      const written = { id: clause, kind: 'text', level: 0, runs: [{ text }] } as const
      const sections = content.sections.map((section) =>
        section.id === 'background' ? { ...section, clauses: [written] } : section,
      )
      return drafting.drafts.patch(draft, { ...content, sections }, by as PersonId)
    }
    await write('น้ำท่วมทุกปี', 'first')
    await write('น้ำท่วม', 'second')
    const expected = [
      { text: 'น้ำท่วม', typedBy: 'first', deleted: null },
      { text: 'ทุกปี', typedBy: 'first', deleted: 'second' },
    ]
    const read = async (): Promise<unknown> => {
      const { sections } = await drafting.authors(viewer('editor'), draft, { section: 'background', clause })
      const runs = sections.flatMap(({ clauses }) => clauses.flatMap(({ parts }) => parts.flatMap((part) => part.runs)))
      return runs.map(({ text, typedBy, deleted }) => ({ text, typedBy, deleted: deleted?.by ?? null }))
    }
    assert.deepEqual(await read(), expected)
    const { updates, seq } = await drafting.drafts.state(draft)
    const { generation } = await drafting.drafts.existing(draft)
    const bytes = await drafting.compact(updates)
    assert.ok(await server.app.store.journal.putBase({ draft, generation, upTo: seq, bytes }))
    assert.deepEqual(await read(), expected)
    const [then] = (await drafting.authors(viewer('facilitator'), draft, { clause, seq: seq - 1 })).sections
    assert.deepEqual(
      then?.clauses[0]?.parts[0]?.runs.map(({ text }) => text),
      ['น้ำท่วมทุกปี'],
    )
    const person = groups[0]!.people[0]!.id as PersonId
    const member: Viewer = { person, session: null, ...(await room.participants.viewerOf(person))! }
    for (const other of [member, viewer('observer')])
      await assert.rejects(drafting.authors(other, draft, {}), { code: 'forbidden' })
  })
})
