/** A server process of the world: the production document port over the store's journal, its ties to other nodes, and the services that write into a draft beside it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createAnnouncer } from '../../../server/announce/events.ts'
import { joinNodes } from '../../../server/announce/nodes.ts'
import { tellNodes } from '../../../server/announce/tell-nodes.ts'
import { createCollab } from '../../../server/collab/collab-socket.ts'
import type { DraftAccess } from '../../../server/collab/member.ts'
import type { Entry, EntryKind } from '../../../server/journal/journal.ts'
import { answer } from '../../../server/workers/draft-worker.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { DRAFT, missingHere } from '../../support/collab-server.ts'
import type { Listener } from './network.ts'
import type { SimRedis } from './redis.ts'
import { STORE_FAILURES, type SimStore } from './store.ts'
import type { Truth } from './truth.ts'
import type { Owner, World } from './world.ts'

export type ServerDeps = {
  readonly world: World
  readonly store: SimStore
  readonly truth: Truth
  readonly access: ReadonlyMap<string, DraftAccess>
  /** By which several nodes tell each other; null: there is one. */
  readonly redis: SimRedis | null
}

export type ServerProcess = {
  readonly listener: Listener
  /** Appends an entry as a service does: again where others came first. Resolves with whether the draft stands as wanted. */
  write(kind: EntryKind, make?: (entries: readonly Entry[]) => Uint8Array | null): Promise<boolean>
  /** What somebody may do was decided anew. */
  accessChanged(): void
  /** Everybody who has the draft open, on whatever node, as this one knows. */
  peopleIn(): readonly PersonId[]
  /** Ends as a SIGTERM ends it; what is not durable by then is with the pages. */
  end(): Promise<void>
}

const KEY = Buffer.alloc(16, 7).toString('base64')
const TRIES = 5
const LITTLE = 4_000
/** What a compaction says when its worker ends under it. */
const WORKER_ENDED = 'the worker ended'

/** How long tabs are asked for what they have not sent before a draft closes. */
const COLLECT_MS = 1_000

/** Starts a process; call it as the process's own owner. */
export function startServer({ world, store, truth, access, redis }: ServerDeps, owner: Owner): ServerProcess {
  const { id: draft, generation, workshop, group } = DRAFT
  const journal = store.journal(owner)
  const announcer = createAnnouncer((error) => truth.violate(`a listener failed: ${String(error)}`))
  const unexpected = (fields: object, message: string): void => {
    const error = 'err' in fields ? String((fields.err as Error)?.message ?? fields.err) : JSON.stringify(fields)
    world.note(`${message}: ${error}`)
    if (!STORE_FAILURES.includes(error) && error !== WORKER_ENDED) truth.violate(`${message}: ${error}`)
  }
  const note = (fields: object, message?: string): void => world.note(message ?? JSON.stringify(fields))
  const broken = (fields: object, message: string): void => truth.violate(`${message}: ${JSON.stringify(fields)}`)
  const nodes =
    redis === null
      ? null
      : joinNodes({
          url: '',
          scope: 'world',
          log: { info: note, warn: note, error: broken } as never,
          openClient: redis.opens(owner),
        })
  let isEnding = false
  const stopTelling = nodes === null ? () => undefined : tellNodes(announcer, nodes)
  const collab = createCollab({
    journal,
    announcer,
    nodes,
    draftOf: async () => {
      await world.wait(0.1, 3)
      return DRAFT
    },
    authenticate: async ({ headers }) => {
      await world.wait(0.1, 3)
      const name = headers.cookie ?? ''
      return { person: name as PersonId, name, standings: [], session: name }
    },
    draftAccess: ({ name }) => access.get(name) ?? 'write',
    sameOrigin: () => true,
    // Some servers hold so little that a store which fails for a second fills it.
    ...(world.chance(0.3) ? { mostOfRoom: LITTLE } : {}),
    ...(world.chance(0.6)
      ? {
          tidiness: {
            everyMs: world.between(50, 800),
            longTail: world.integer(12),
            largeTailBytes: 4_000,
            idleMs: world.between(0, 1_500),
          },
        }
      : {}),
    // Whoever comes back gets what is missing, however small the draft is, from a worker that is late now and then, or fails.
    wholeUpTo: 0,
    missing: async (updates, state) => {
      await world.wait(1, world.chance(0.1) ? 2_000 : 40)
      if (world.chance(0.1)) throw new Error(WORKER_ENDED)
      return missingHere(updates, state)
    },
    compact: async (updates) => {
      await world.wait(1, world.chance(0.2) ? 1_500 : 40)
      if (world.chance(0.1)) throw new Error(WORKER_ENDED)
      truth.compacted += 1
      const made = answer({ kind: 'compact', updates })
      if (made.kind !== 'bytes' || made.bytes === null) throw new Error('nothing was compacted')
      return made.bytes
    },
    log: { error: unexpected, warn: unexpected },
  })

  return {
    listener: {
      owner,
      request(request: IncomingMessage, response: ServerResponse) {
        if (isEnding || !collab.handleRequest(request, response)) response.destroy()
      },
      accept(url: string, who: string, socket: Duplex) {
        if (isEnding) return void socket.destroy()
        const headers = {
          upgrade: 'websocket',
          cookie: who,
          'sec-websocket-key': KEY,
          'sec-websocket-version': '13',
        }
        collab.handleUpgrade(
          { method: 'GET', url, headers, socket } as never as IncomingMessage,
          socket,
          Buffer.alloc(0),
        )
      },
    },
    async write(kind, make = () => new Uint8Array()) {
      if (kind === 'close' && world.chance(0.5)) await collab.collect(draft, COLLECT_MS)
      for (let tries = 0; tries < TRIES; tries++) {
        const entries = await journal.read(draft, generation, 0)
        const closed =
          entries.filter((entry) => entry.kind === 'close' || entry.kind === 'reopen').at(-1)?.kind === 'close'
        const seq = entries.length
        const bytes = make(entries)
        if (bytes === null) return false
        const isDone = (kind === 'close' && closed) || (kind === 'reopen' && !closed) || (kind === 'update' && closed)
        const entry = { draft, generation, kind, by: 'server' as const, at: Date.now(), bytes }
        const outcome = isDone ? { kind: 'appended' as const, last: seq } : await journal.append(seq, [entry])
        if (outcome.kind === 'behind') continue
        const { last } = outcome
        if (!isDone) announcer.announce({ kind: 'draft-appended', draft, generation, seq: last, workshop, group })
        if (kind === 'close') announcer.announce({ kind: 'draft-closed', draft, seq: last })
        if (kind === 'reopen') announcer.announce({ kind: 'draft-reopened', draft, seq: last })
        return kind !== 'update' || !isDone
      }
      return false
    },
    accessChanged: () => announcer.announce({ kind: 'roster-changed', workshop }),
    peopleIn: () => collab.peopleIn(draft),
    async end() {
      isEnding = true
      await collab.close()
      stopTelling()
      await nodes?.close()
    },
  }
}
