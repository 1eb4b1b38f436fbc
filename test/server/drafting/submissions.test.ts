/** Handing in over the whole server: closing, what is stored, pressed twice, opened again. */
import assert from 'node:assert/strict'
import { WebSocket } from 'ws'
import { DraftSync } from '../../../client/sync/draft-sync.ts'
import { sectionRoot } from '../../../shared/drafting/document.ts'
import type { DraftId, GroupId, PersonId } from '../../../shared/ids.ts'
import type { Viewer } from '../../../server/people/viewer.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { cookieOf, makeWritingWorkshop, viewerOf } from '../../support/writing-workshop.ts'

type Bench = {
  readonly server: TestApp
  readonly facilitator: Viewer
  readonly scribe: Viewer
  readonly member: Viewer
  readonly draft: DraftId
  readonly group: GroupId
  /** Opens the draft as the scribe does in a page, over a network that holds every frame it sends for so many milliseconds; `heard` at every frame of the server. */
  open(slow?: number, heard?: () => void): Promise<DraftSync>
}

async function makeBench(): Promise<Bench> {
  const server = await startTestApp()
  const { facilitator, groups } = await makeWritingWorkshop(server.app, ['หนึ่ง ก', 'สอง ข'], 1)
  const [group] = groups
  const [first, second] = group?.people ?? []
  assert.ok(group !== undefined && group.draft !== null && first !== undefined && second !== undefined)
  const groupId = group.id as GroupId
  await server.app.rooms.workshop.groups.setRole(facilitator, groupId, first.id as PersonId, 'scribe')
  const cookie = await cookieOf(server.app, first.id as PersonId)
  class PageSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers: { cookie, origin: server.url } })
    }
  }
  const slowSocket = (ms: number, heard: () => void) =>
    class extends PageSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.on('message', heard)
      }
      override send(data: Uint8Array): void {
        setTimeout(() => super.send(data), ms)
      }
    }
  const draft = group.draft as DraftId
  return {
    server,
    facilitator,
    scribe: await viewerOf(server.app, first.id as PersonId),
    member: await viewerOf(server.app, second.id as PersonId),
    draft,
    group: groupId,
    open: (slow = 0, heard = () => undefined) =>
      DraftSync.open({
        person: first.id,
        draft,
        generation: 1,
        origin: server.url,
        WebSocketClass: (slow === 0 ? PageSocket : slowSocket(slow, heard)) as unknown as typeof globalThis.WebSocket,
      }),
  }
}

/** Resolves when the status fits; a status that never does fails by mocha's time limit. */
function until(sync: DraftSync, fits: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!fits()) return
      stop()
      resolve()
    }
    const stop = sync.subscribe(look)
    look()
  })
}

describe('handing in', () => {
  let bench: Bench
  let page: DraftSync
  beforeEach(async () => {
    bench = await makeBench()
    page = await bench.open()
    await until(page, () => page.status.synced)
  })
  afterEach(async () => {
    page.destroy()
    await bench.server.stop()
  })

  it('[SU1] what was shown as saved is in the submission; [SU2] pressed twice it is one', async () => {
    sectionRoot(page.back, 'title').insert(1, 'ข้อเสนอของเรา')
    assert.equal(page.status.save, 'sending')
    await until(page, () => page.status.save === 'saved')
    const { submissions } = bench.server.app.rooms.drafting
    const [one, two] = [
      await submissions.submit(bench.scribe, bench.draft),
      await submissions.submit(bench.scribe, bench.draft),
    ]
    assert.equal(two._id, one._id)
    assert.equal(one.n, 1)
    assert.match(JSON.stringify(one.content), /ข้อเสนอของเรา/)
    assert.deepEqual(one.authors, [bench.scribe.person])
  })

  it('[SU3] gaps are listed and never bar it', async () => {
    const made = await bench.server.app.rooms.drafting.submissions.submit(bench.scribe, bench.draft)
    assert.deepEqual(
      made.missing.map(({ section }) => section),
      ['title', 'background', 'target_groups', 'recommendations'],
    )
  })

  it('[SU4] typing behind the close is refused with its reason, kept on the device, and not in the text', async () => {
    const { submissions, drafts } = bench.server.app.rooms.drafting
    await submissions.submit(bench.scribe, bench.draft)
    sectionRoot(page.back, 'title').insert(1, 'มาหลังส่ง')
    await until(page, () => page.status.refused !== null)
    assert.equal(page.status.refused, 'draft-closed')
    assert.equal(page.status.save, 'failed')
    assert.equal(page.unsent, 1)
    assert.doesNotMatch(JSON.stringify((await drafts.read(bench.draft)).content), /มาหลังส่ง/)
  })

  it('[SU5] opened again it can be written, and the next submission is the next number', async () => {
    const { submissions } = bench.server.app.rooms.drafting
    await submissions.submit(bench.scribe, bench.draft)
    await submissions.reopen(bench.facilitator, bench.draft)
    assert.equal(await submissions.standing(bench.group), null)
    sectionRoot(page.back, 'title').insert(1, 'แก้แล้ว')
    await until(page, () => page.status.save === 'saved')
    const next = await submissions.submit(bench.scribe, bench.draft)
    assert.equal(next.n, 2)
    assert.match(JSON.stringify(next.content), /แก้แล้ว/)
    assert.equal((await submissions.standing(bench.group))?.n, 2)
  })

  it('[SU7] handing in waits for what the group’s tabs are sending', async () => {
    const slow = await bench.open(400)
    await until(slow, () => slow.status.synced)
    sectionRoot(slow.back, 'title').insert(1, 'ยังอยู่ระหว่างทาง')
    const made = await bench.server.app.rooms.drafting.submissions.submit(bench.scribe, bench.draft)
    assert.match(JSON.stringify(made.content), /ยังอยู่ระหว่างทาง/)
    await until(slow, () => slow.status.save === 'saved')
    slow.destroy()
  })

  it('[SU8] a tab that does not answer is waited for no longer than 3 s, and its words are refused, not lost', async function () {
    this.timeout(60_000)
    let asleep: DraftSync | undefined
    // Its first frame says that the server has admitted the tab.
    await new Promise<void>((admitted) => {
      void bench.open(4_500, admitted).then((sync) => (asleep = sync))
    })
    assert.ok(asleep !== undefined)
    sectionRoot(asleep.back, 'title').insert(0, 'มาไม่ทัน')
    const begun = performance.now()
    const made = await bench.server.app.rooms.drafting.submissions.submit(bench.scribe, bench.draft)
    const waited = performance.now() - begun
    assert.ok(waited >= 2_900 && waited < 30_000, `waited ${waited} ms`)
    assert.doesNotMatch(JSON.stringify(made.content), /มาไม่ทัน/)
    const tab = asleep
    await until(tab, () => tab.status.refused !== null)
    assert.equal(tab.unsent, 1)
    asleep.destroy()
  })

  it('[SU6] only the scribe or an organiser hands in; a member may not open again', async () => {
    const { submissions } = bench.server.app.rooms.drafting
    await assert.rejects(submissions.submit(bench.member, bench.draft), { code: 'forbidden' })
    await assert.rejects(submissions.reopen(bench.member, bench.draft), { code: 'forbidden' })
    assert.equal((await submissions.submit(bench.facilitator, bench.draft)).n, 1)
  })
})
