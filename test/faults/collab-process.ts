/** A server process to kill: the real store, journal and document port on a data folder; prints its port. Who asks is in the cookie. */
import { createServer } from 'node:http'
import { createAnnouncer } from '../../server/announce/events.ts'
import { createCollab } from '../../server/collab/collab-socket.ts'
import { openStore } from '../../server/store/store.ts'
import { seedDraft } from '../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import type { PersonId } from '../../shared/ids.ts'
import { compactHere, DRAFT } from '../support/collab-server.ts'

const [dataDir = '', port = '0'] = process.argv.slice(2)
const store = await openStore({ dataDir })
const { id: draft, generation } = DRAFT
if ((await store.journal.last(draft, generation)) === 0) {
  const bytes = seedDraft(SHORT_TEMPLATE)
  await store.journal.append(0, [{ draft, generation, kind: 'update', by: 'server', at: 0, bytes }])
}
const complain = (fields: object, message: string): void => console.error(message, fields)
const collab = createCollab({
  journal: store.journal,
  announcer: createAnnouncer((error) => console.error(error)),
  draftOf: async (id) => (id === draft ? DRAFT : null),
  authenticate: async (request) => {
    const name = /who=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
    return name === undefined ? null : { person: name as PersonId, name, standings: [], session: name }
  },
  draftAccess: () => 'write',
  sameOrigin: () => true,
  compact: compactHere,
  log: { error: complain, warn: complain },
})
const server = createServer()
server.on('upgrade', (request, socket, head) => {
  if (!collab.handleUpgrade(request, socket, head)) socket.destroy()
})
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' && address !== null ? address.port : 0)
})
