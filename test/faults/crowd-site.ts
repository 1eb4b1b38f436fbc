/** A data folder with a workshop at work, made once by a whole server and copied for each fault: who sits where, and their cookies. */
import { cpSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STORE_FILE } from '../../server/store/embedded/start.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import { startTestApp } from '../support/app.ts'
import { cookieOf, makeWritingWorkshop } from '../support/writing-workshop.ts'

/** One person of the workshop. */
export type Seat = { readonly person: PersonId; readonly draft: DraftId; readonly cookie: string }

export type CrowdSite = {
  readonly seats: readonly Seat[]
  readonly drafts: readonly DraftId[]
  /** A folder of one's own with the same workshop. */
  copy(): Promise<string>
  /** The store as it lies in a server's folder now, in a folder of its own: opening it mends what the server itself must mend. */
  storeOf(folder: string): string
  /** Removes the folder and every copy. */
  close(): Promise<void>
}

/** `mongodbUri`: the workshop is made in that database instead, and copies are empty folders. */
export async function makeCrowdSite(people: number, groups: number, mongodbUri?: string): Promise<CrowdSite> {
  const folder = await mkdtemp(join(tmpdir(), 'rangruam-crowd-'))
  const first = join(folder, '0')
  const { app, stop } = await startTestApp({ dataDir: first, mongodbUri })
  const names = Array.from({ length: people }, (_, at) => `คน${at} ก`)
  const made = await makeWritingWorkshop(app, names, groups)
  const seats: Seat[] = []
  for (const group of made.groups)
    for (const { id } of group.people)
      seats.push({
        person: id as PersonId,
        draft: group.draft as DraftId,
        cookie: await cookieOf(app, id as PersonId),
      })
  await stop()
  let copies = 0
  const fresh = (): string => join(folder, String((copies += 1)))
  return {
    seats,
    drafts: made.groups.map(({ draft }) => draft as DraftId),
    async copy() {
      const copied = fresh()
      if (mongodbUri !== undefined) await mkdir(copied)
      else await cp(first, copied, { recursive: true, filter: (path) => !path.endsWith('.sock') })
      return copied
    },
    storeOf(from) {
      const copied = fresh()
      const isOfStore = (path: string): boolean => path === from || path.startsWith(join(from, STORE_FILE))
      cpSync(from, copied, { recursive: true, filter: isOfStore })
      return copied
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
