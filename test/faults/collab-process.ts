/** A server process to kill or to attack: the real store, journal and document port on a data folder; prints its port. Who asks is in the cookie. */
import { createServer } from 'node:http'
import { createAnnouncer } from '../../server/announce/events.ts'
import { createCollab } from '../../server/collab/collab-socket.ts'
import type { EntryKind } from '../../server/journal/journal.ts'
import { openStore } from '../../server/store/store.ts'
import { seedDraft } from '../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import { compactHere, DRAFT, missingHere } from '../support/collab-server.ts'

/** Further drafts are named on the command line; in each the section `minority_view` is locked, `shut…` is closed besides. */
const [dataDir = '', port = '0', ...others] = process.argv.slice(2)
const SLOW_MS = 150
const store = await openStore({ dataDir })
const drafts = new Map([DRAFT.id, ...(others as DraftId[])].map((id) => [id, { ...DRAFT, id }]))
for (const { id: draft, generation } of drafts.values()) {
  if ((await store.journal.last(draft, generation)) > 0) continue
  const entry = (kind: EntryKind, bytes: Uint8Array) => ({
    draft,
    generation,
    kind,
    by: 'server' as const,
    at: 0,
    bytes,
  })
  const lock = entry('lock', new TextEncoder().encode('minority_view'))
  const shut = draft.startsWith('shut') ? [entry('close', new Uint8Array())] : []
  const more = draft === DRAFT.id ? [] : [lock, ...shut]
  await store.journal.append(0, [entry('update', seedDraft(SHORT_TEMPLATE)), ...more])
}
const complain = (fields: object, message: string): void => console.error(message, fields)
const collab = createCollab({
  journal: store.journal,
  announcer: createAnnouncer((error) => console.error(error)),
  draftOf: async (id) => drafts.get(id) ?? null,
  authenticate: async (request) => {
    const name = /who=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
    if (name?.startsWith('slow') === true) await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
    return name === undefined ? null : { person: name as PersonId, name, standings: [], session: name }
  },
  draftAccess: ({ name }) => (name.startsWith('reader') ? 'read' : 'write'),
  sameOrigin: () => true,
  compact: compactHere,
  missing: missingHere,
  log: { error: complain, warn: () => undefined },
})
const server = createServer((request, response) => {
  if (!collab.handleRequest(request, response)) response.writeHead(404).end()
})
server.on('upgrade', (request, socket, head) => {
  if (!collab.handleUpgrade(request, socket, head)) socket.destroy()
})
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' && address !== null ? address.port : 0)
})
process.on('SIGTERM', () => {
  void collab
    .close()
    .then(() => store.close())
    .then(() => process.exit(0))
})
