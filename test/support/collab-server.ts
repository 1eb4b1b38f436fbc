/** The document port alone on a free port, with a journal in memory; who asks is what the cookie `who=` says. */
import { createServer } from 'node:http'
import * as Y from 'yjs'
import WebSocket from 'ws'
import { createAnnouncer, type Announcer } from '../../server/announce/events.ts'
import type { Nodes } from '../../server/announce/nodes.ts'
import { createCollab, type Collab } from '../../server/collab/collab-socket.ts'
import type { Missing } from '../../server/collab/returning.ts'
import type { Journal } from '../../server/journal/journal.ts'
import type { DraftAccess } from '../../server/collab/member.ts'
import type { DraftPlace } from '../../server/collab/draft-place.ts'
import { answer } from '../../server/workers/draft-worker.ts'
import { seedDraft } from '../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import { createMemoryJournal, type MemoryJournal } from './memory-journal.ts'

export const DRAFT: DraftPlace = {
  id: 'draftone' as DraftId,
  generation: 1,
  workshop: 'workshop' as WorkshopId,
  group: 'group' as GroupId,
  template: SHORT_TEMPLATE.id,
}

export type CollabServer = {
  readonly port: number
  readonly url: string
  readonly journal: MemoryJournal
  readonly announcer: Announcer
  readonly collab: Collab
  /** What each person may do; absent: write. */
  readonly access: Map<string, DraftAccess>
  /** Lines that the port logged. */
  readonly logged: string[]
  close(): Promise<void>
}

/** Merges as the worker does, but here. */
export async function compactHere(updates: readonly Uint8Array[]): Promise<Uint8Array> {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return Y.encodeStateAsUpdate(doc)
}

/** What is missing, as the worker answers, but here. */
export async function missingHere(updates: readonly Uint8Array[], state: Uint8Array): Promise<Uint8Array> {
  const made = answer({ kind: 'missing', updates, state })
  if (made.kind !== 'bytes' || made.bytes === null) throw new Error('no update')
  return made.bytes
}

/** Starts the port; the draft is seeded unless `empty`. `store` is a journal in the place of the one in memory. */
export async function startCollabServer({
  empty = false,
  mostOfRoom,
  wholeUpTo,
  missing = missingHere,
  store,
  nodes = null,
}: {
  empty?: boolean
  mostOfRoom?: number
  wholeUpTo?: number
  missing?: Missing
  store?: Journal
  nodes?: Nodes | null
} = {}): Promise<CollabServer> {
  const memory = createMemoryJournal()
  const journal = store ?? memory
  const announcer = createAnnouncer((error) => {
    throw error
  })
  const access = new Map<string, DraftAccess>()
  const logged: string[] = []
  if (!empty) {
    const bytes = seedDraft(SHORT_TEMPLATE)
    await journal.append(0, [{ draft: DRAFT.id, generation: 1, kind: 'update', by: 'server', at: 0, bytes }])
  }
  const note = (fields: object, message: string): number =>
    logged.push(`${message} ${'err' in fields ? String(fields.err) : JSON.stringify(fields)}`)
  const collab = createCollab({
    journal,
    announcer,
    nodes,
    draftOf: async (id) => (id === DRAFT.id ? DRAFT : null),
    authenticate: async (request) => {
      const name = /who=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
      return name === undefined ? null : { person: name as PersonId, name: `${name} S.`, standings: [], session: name }
    },
    draftAccess: (viewer) => access.get(viewer.person ?? '') ?? 'write',
    sameOrigin: (request) => request.headers.origin === undefined,
    compact: compactHere,
    missing,
    ...(mostOfRoom === undefined ? {} : { mostOfRoom }),
    ...(wholeUpTo === undefined ? {} : { wholeUpTo }),
    log: { error: note, warn: note },
  })
  const server = createServer((request, response) => {
    if (!collab.handleRequest(request, response)) response.writeHead(404).end()
  })
  server.on('upgrade', (request, socket, head) => {
    if (!collab.handleUpgrade(request, socket, head)) socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    url: `ws://127.0.0.1:${port}/collab`,
    journal: memory,
    announcer,
    collab,
    access,
    logged,
    async close() {
      await collab.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The `ws` client as y-websocket expects a WebSocket, with a cookie. */
export function socketWith(cookie: string): typeof globalThis.WebSocket {
  class Cookied extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie } })
    }
  }
  return Cookied as unknown as typeof globalThis.WebSocket
}

/** The same for somebody of this port. */
export const socketOf = (who: string): typeof globalThis.WebSocket => socketWith(`who=${who}`)
