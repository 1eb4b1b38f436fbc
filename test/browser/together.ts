/** Counted runs of three writers at once in real Chromium, over real sockets to the product's document port: for a test and a bench. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import * as Y from 'yjs'
import { createAnnouncer } from '../../server/announce/events.ts'
import { createCollab } from '../../server/collab/collab-socket.ts'
import { canonicalJson } from '../../shared/drafting/canonical-json.ts'
import { newDraftDoc } from '../../shared/drafting/document.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import { startChromium, watchedPage } from '../support/chromium.ts'
import { compactHere, missingHere } from '../support/collab-server.ts'
import { createMemoryJournal } from '../support/memory-journal.ts'
import { elementSeed, ourSeed } from './editor-harness/places.ts'
import type { Action } from './editor-harness/ledger.ts'
import type { Form, RunCount } from './editor-harness/run.ts'
import { serveHarness } from './editor-harness/serve.ts'
import type {} from './editor-harness/together.ts'
import { relayPlain } from './plain-relay.ts'

export type TogetherRun = Omit<RunCount, 'content'> & {
  /** The server's text is another than the writers'. */
  readonly serverDiffers: boolean
}

export type Together = {
  run(form: Form, seed: number, steps: number, actions: readonly Action[]): Promise<TogetherRun>
  /** What the pages reported as errors. */
  readonly troubles: readonly string[]
  close(): Promise<void>
}

/** Starts port, page and browser. */
export async function startTogether(): Promise<Together> {
  const journal = createMemoryJournal()
  const announcer = createAnnouncer((error) => {
    throw error
  })
  const logged: string[] = []
  const note = (fields: object, message: string): number => logged.push(`${message} ${JSON.stringify(fields)}`)
  const collab = createCollab({
    journal,
    announcer,
    draftOf: async (id) => ({
      id,
      generation: 1,
      workshop: 'workshop' as WorkshopId,
      group: 'group' as GroupId,
      template: SHORT_TEMPLATE.id,
    }),
    // All three share the page's cookies: they are one person here, with three devices.
    authenticate: async () => ({ person: 'writer' as PersonId, name: 'W', standings: [], session: 'writer' }),
    draftAccess: () => 'write',
    sameOrigin: () => true,
    compact: compactHere,
    missing: missingHere,
    log: { error: note, warn: note },
  })
  const plain = relayPlain(elementSeed)
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!collab.handleUpgrade(request, socket, head)) plain.handleUpgrade(request, socket, head)
  }
  const harness = await serveHarness('together.ts', upgrade)
  const browser = await startChromium()
  const watched = await watchedPage(await browser.newContext())
  await watched.page.goto(harness.url)
  let runs = 0
  /** A page that ran this many is loaded afresh: what runs leave behind in it would slow and at last end it. */
  const MOST_RUNS = 50

  const serverContent = async (draft: DraftId): Promise<string> => {
    const doc = newDraftDoc()
    const base = await journal.base(draft, 1)
    if (base !== null) Y.applyUpdate(doc, base.bytes)
    for (const entry of await journal.read(draft, 1, base?.upTo ?? 0))
      if (entry.kind === 'update') Y.applyUpdate(doc, entry.bytes)
    return canonicalJson(readDraft(doc, SHORT_TEMPLATE))
  }

  return {
    async run(form, seed, steps, actions) {
      if (runs > 0 && runs % MOST_RUNS === 0) await watched.page.goto(harness.url)
      const draft = `${form}-${(runs += 1)}-${seed}` as DraftId
      if (form === 'ours')
        await journal.append(0, [{ draft, generation: 1, kind: 'update', by: 'server', at: 0, bytes: ourSeed() }])
      const { content, ...count } = await watched.page.evaluate((order) => window.together.run(order), {
        form,
        draft,
        seed,
        steps,
        actions,
      })
      return { ...count, serverDiffers: form === 'ours' && content !== (await serverContent(draft)) }
    },
    get troubles() {
      return [...watched.troubles, ...logged]
    },
    async close() {
      await browser.close()
      await harness.close()
      await collab.close()
      plain.close()
    },
  }
}
