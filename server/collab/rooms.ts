/** The rooms that are open: loaded when somebody comes, compacted in a worker, unloaded when idle. */
import type { DraftId } from '../../shared/ids.ts'
import type { Base, Journal, NewEntry } from '../journal/journal.ts'
import { soon } from '../soon.ts'
import { Beat, beatMs } from './beat.ts'
import { Backlog } from './pending.ts'
import type { DraftPlace } from './draft-place.ts'
import { Returning, type Missing } from './returning.ts'
import { Room, type RoomDeps } from './room.ts'

/** When rooms are tidied; the simulator has it happen often. */
export type Tidiness = {
  /** Milliseconds between two looks. */
  readonly everyMs: number
  /** A tail of more updates is compacted: a joiner should not get thousands of frames. */
  readonly longTail: number
  readonly largeTailBytes: number
  /** How long a room stays without anybody in it, in milliseconds. */
  readonly idleMs: number
}
export const TIDINESS: Tidiness = { everyMs: 1_000, longTail: 1_000, largeTailBytes: 512 * 1024, idleMs: 60_000 }
/** How long a store may take for what is left when the process ends: whoever ends it waits ten seconds at most. */
const SAVE_MS = 3_000

export type RoomsDeps = Omit<RoomDeps, 'beat' | 'backlog' | 'crowd' | 'returning'> & {
  readonly journal: Journal
  /** Merges base and tail into one update, away from the serving thread. */
  readonly compact: (updates: readonly Uint8Array[]) => Promise<Uint8Array>
  /** Most bytes that a room holds for a store that does not answer; tests set it low. */
  readonly mostOfRoom?: number | undefined
  readonly tidiness?: Tidiness | undefined
  /** A room is loaded, and nobody has been answered yet. */
  readonly opened?: ((room: Room) => void) | undefined
  readonly missing: Missing
  readonly wholeUpTo?: number | undefined
}

export type Rooms = {
  /** The room of a draft, loaded. Rejects when the journal does. */
  open(draft: DraftPlace): Promise<Room>
  /** The open rooms of a draft: one for each generation that somebody has open. */
  of(draft: DraftId): readonly Room[]
  /** Every open room. */
  all(): readonly Room[]
  /** Asks the journal whether other nodes appended what nobody told of here. Rejects when the journal does. */
  lookForMore(): Promise<void>
  /** Compacts what is long, has rooms rest where nobody writes, and unloads what is idle; called by a timer. */
  tidy(): Promise<void>
  /** Ends all rooms; resolves with what the store did not take within `SAVE_MS`, each draft's entries in order. */
  close(): Promise<readonly NewEntry[]>
}

export function createRooms(given: RoomsDeps): Rooms {
  const crowd = { size: 0 }
  const deps = {
    ...given,
    beat: new Beat(() => beatMs(crowd.size)),
    backlog: new Backlog(given.mostOfRoom),
    returning: new Returning(given.missing, given.wholeUpTo),
    crowd,
  }
  const { longTail, largeTailBytes, idleMs } = given.tidiness ?? TIDINESS
  const rooms = new Map<string, { loading: Promise<Room>; room: Room | null; idleSince: number | null }>()
  /** Asked for each entry that is announced: with hundreds of rooms open, looking through them all would cost more than the entry. */
  const ofDraft = new Map<DraftId, readonly Room[]>()
  const compacting = new Set<Room>()

  function forget(room: Room): void {
    const others = ofDraft.get(room.draft.id)?.filter((one) => one !== room) ?? []
    if (others.length > 0) ofDraft.set(room.draft.id, others)
    else ofDraft.delete(room.draft.id)
  }

  async function compact(room: Room): Promise<void> {
    if (compacting.has(room)) return
    compacting.add(room)
    try {
      const { updates, seq: upTo } = room.text
      const { id: draft, generation } = room.draft
      const bytes = await deps.compact(updates)
      const next: Base = { draft, generation, upTo, bytes }
      await deps.journal.putBase(next)
      room.text.useBase(next)
    } catch (error) {
      deps.failed(error, 'compacting')
    } finally {
      compacting.delete(room)
    }
  }

  return {
    open(draft) {
      const key = `${draft.id}.${draft.generation}`
      const found = rooms.get(key)
      if (found !== undefined) {
        found.idleSince = null
        return found.loading
      }
      const entry = { loading: Room.load(draft, deps), room: null as Room | null, idleSince: null as number | null }
      rooms.set(key, entry)
      entry.loading.then(
        (room) => {
          entry.room = room
          ofDraft.set(draft.id, [...(ofDraft.get(draft.id) ?? []), room])
          deps.opened?.(room)
          // An entry that a service appended while the room was loading is read again.
          room.follow()
        },
        () => rooms.delete(key),
      )
      return entry.loading
    },
    of: (draft) => ofDraft.get(draft) ?? [],
    all: () => [...ofDraft.values()].flat(),
    async lookForMore() {
      for (const room of [...ofDraft.values()].flat()) {
        const { id, generation } = room.draft
        if ((await deps.journal.last(id, generation)) > room.lastSeq) room.follow()
      }
    },
    async tidy() {
      // A clock that is set neither keeps a room nor ends one.
      const now = performance.now()
      for (const [key, entry] of rooms) {
        const { room } = entry
        if (room === null) continue
        const { updates, bytes } = room.text.tailSize
        if (updates > longTail || bytes > largeTailBytes) await compact(room)
        room.text.known.rest()
        if (!room.idle) entry.idleSince = null
        else if (entry.idleSince === null) entry.idleSince = now
        else if (now - entry.idleSince >= idleMs) {
          rooms.delete(key)
          forget(room)
          room.stop()
        }
      }
    },
    async close() {
      const open = [...rooms.values()]
      rooms.clear()
      ofDraft.clear()
      const settled = open.map(async ({ loading }) => {
        const room = await loading.catch(() => null)
        room?.stop()
        await room?.settled()
      })
      await soon(Promise.all(settled), SAVE_MS, () => null)
      return open.flatMap(({ room }) => room?.abandon() ?? [])
    },
  }
}
