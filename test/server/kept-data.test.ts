/** Data folders of earlier versions: every one is opened and read by what is built now. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestApp } from '../support/app.ts'

const KEPT = fileURLToPath(new URL('../kept/', import.meta.url))

describe('data folders of earlier versions', () => {
  for (const name of readdirSync(KEPT)) {
    it(`[KD1] ${name} opens: roster, groups, drafts, submissions, and a version whose hash is its text's`, async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'rangruam-kept-'))
      for (const file of await readdir(join(KEPT, name))) await copyFile(join(KEPT, name, file), join(dataDir, file))
      const server = await startTestApp({ dataDir })
      try {
        const { workshop, drafting, merging, review } = server.app.rooms
        const [first] = await workshop.workshops.port.titles()
        assert.ok(first !== undefined)
        assert.deepEqual(await workshop.workshops.port.size(first.id), { people: 83, groups: 9 })
        const groups = await workshop.groups.ofWorkshop(first.id)
        for (const { draft } of groups) {
          assert.ok(draft !== null)
          assert.equal((await drafting.drafts.read(draft)).content.sections.length, 12)
        }
        assert.equal((await drafting.submissions.ofWorkshop(first.id)).length, 8)
        const version = await merging.versions.last(first.id)
        assert.ok(version !== null)
        assert.equal(version.number, '0.1')
        assert.ok(version.hash.endsWith(createHash('sha256').update(version.canonical).digest('hex')))
        assert.equal((await review.reviews.stateOf(version.id)).state, 'submitted')
      } finally {
        await server.stop()
        await rm(dataDir, { recursive: true })
      }
    })
  }
})
