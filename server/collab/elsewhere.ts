/** What the document port says to other nodes and hears from them: who has which draft open, and before a draft closes, what their tabs have not sent. */
import type { Announcer } from '../announce/events.ts'
import type { NodeMessage, RoomPresenceLines } from '../announce/node-messages.ts'
import type { Nodes } from '../announce/nodes.ts'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import type { DraftPlace } from './draft-place.ts'
import { presenceChanged, type TellPresence } from './presence.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/** Carets of all rooms go out together, at most so often. */
const GATHER_MS = 50
/** What Redis loses without a word is found in the journal after so long. */
const LOOK_MS = 3000

type Line = RoomPresenceLines['lines'][number]
type Place = Omit<DraftPlace, 'template'>
/** Clients that one node has in one room. */
type There = { readonly place: Place; readonly clients: Map<number, Line> }

export type ElsewhereDeps = {
  readonly nodes: Nodes
  readonly announcer: Announcer
  readonly rooms: () => Rooms
  /** Asks the tabs of this node. */
  readonly collectHere: (draft: DraftId, ms: number) => Promise<void>
  readonly failed: (error: unknown, during: string) => void
}

export type Elsewhere = {
  /** A member of this node told its presence, or left (null). */
  tellPresence(draft: DraftPlace, ...line: Parameters<TellPresence>): void
  /** Fills a room that has just been loaded with those who are there on other nodes. */
  opened(room: Room): void
  peopleIn(draft: DraftId): PersonId[]
  /** Asks the tabs of the other nodes for what they have not sent; resolves when all have answered, at the latest after `ms`. */
  collect(draft: DraftId, ms: number): Promise<void>
  close(): void
}

const keyOf = (draft: DraftId, generation: number): string => `${draft}.${generation}`

export function createElsewhere({ nodes, announcer, rooms, collectHere, failed }: ElsewhereDeps): Elsewhere {
  /** By node, then by room. */
  const known = new Map<string, Map<string, There>>()
  let gathered = new Map<string, There>()
  let gathering: NodeJS.Timeout | null = null
  const turns = new Map<number, { readonly awaited: Set<string>; readonly done: () => void }>()
  let lastTurn = 0

  function flush(): void {
    gathering = null
    const told = [...gathered.values()]
    gathered = new Map()
    nodes.send({ kind: 'presence', whole: false, rooms: told.map(said) })
  }

  const said = ({ place, clients }: There): RoomPresenceLines => {
    const { id: draft, generation, workshop, group } = place
    return { draft, generation, workshop, group, lines: [...clients.values()] }
  }

  /** Everything that members of this node told, for a node that may have missed some of it. */
  function sayAll(): void {
    const all = rooms()
      .all()
      .map(({ draft, presence }) => ({
        place: draft,
        clients: new Map(presence.own().map((line) => [line.client, line])),
      }))
      .filter(({ clients }) => clients.size > 0)
    nodes.send({ kind: 'presence', whole: true, rooms: all.map(said) })
  }

  /** One client's line from another node; says whether somebody came or went. */
  function take(node: string, place: Place, line: Line): boolean {
    const key = keyOf(place.id, place.generation)
    const ofNode = known.get(node) ?? new Map<string, There>()
    const there = ofNode.get(key) ?? { place, clients: new Map<number, Line>() }
    const was = there.clients.has(line.client)
    if (line.state === null) there.clients.delete(line.client)
    else there.clients.set(line.client, line)
    if (there.clients.size > 0) ofNode.set(key, there)
    else ofNode.delete(key)
    known.set(node, ofNode)
    for (const room of rooms().of(place.id))
      if (room.draft.generation === place.generation) room.presence.hear(node, line.client, line.person, line.state)
    return was !== (line.state !== null)
  }

  function takeRoom(node: string, place: Place, lines: readonly Line[]): void {
    const changes = lines.filter((line) => take(node, place, line))
    if (changes.length > 0) announcer.announce(presenceChanged(place))
  }

  /** Those of a node who are not in `but` are gone. */
  function forget(node: string, but: ReadonlyMap<string, ReadonlySet<number>> = new Map()): void {
    for (const [key, { place, clients }] of known.get(node) ?? []) {
      const gone = [...clients.values()].filter(({ client }) => but.get(key)?.has(client) !== true)
      takeRoom(
        node,
        place,
        gone.map((line) => ({ ...line, state: null })),
      )
    }
    if (known.get(node)?.size === 0) known.delete(node)
  }

  function takePresence(node: string, { whole, rooms: told }: Extract<NodeMessage, { kind: 'presence' }>): void {
    if (whole) {
      const still = told.map(({ draft, generation, lines }) => [keyOf(draft, generation), lines] as const)
      forget(node, new Map(still.map(([key, lines]) => [key, new Set(lines.map(({ client }) => client))])))
    }
    for (const { draft: id, generation, workshop, group, lines } of told)
      takeRoom(node, { id, generation, workshop, group }, lines)
  }

  function answered(turn: number, node: string): void {
    const waiting = turns.get(turn)
    if (waiting?.awaited.delete(node) === true && waiting.awaited.size === 0) waiting.done()
  }

  const stop = nodes.listen({
    heard(message, from) {
      if (message.kind === 'presence') takePresence(from, message)
      else if (message.kind === 'collect') {
        const { turn, draft, ms } = message
        collectHere(draft, ms).then(
          () => nodes.send({ kind: 'collected', turn, asker: from }),
          (error: unknown) => failed(error, 'collecting'),
        )
      } else if (message.kind === 'collected' && message.asker === nodes.id) answered(message.turn, from)
    },
    gone(node) {
      forget(node)
      for (const turn of turns.keys()) answered(turn, node)
    },
    missed: sayAll,
  })
  let isLooking = false
  const looking = setInterval(() => {
    if (isLooking) return
    isLooking = true
    rooms()
      .lookForMore()
      .catch((error: unknown) => failed(error, 'looking for more'))
      .finally(() => (isLooking = false))
  }, LOOK_MS)

  return {
    tellPresence(draft, client, person, state) {
      const key = keyOf(draft.id, draft.generation)
      const there = gathered.get(key) ?? { place: draft, clients: new Map<number, Line>() }
      there.clients.set(client, { client, person, state })
      gathered.set(key, there)
      gathering ??= setTimeout(flush, GATHER_MS)
    },
    opened({ draft: { id, generation }, presence }) {
      for (const [node, ofNode] of known)
        for (const { client, person, state } of ofNode.get(keyOf(id, generation))?.clients.values() ?? [])
          presence.hear(node, client, person, state)
    },
    peopleIn(draft) {
      const there = [...known.values()].flatMap((ofNode) => [...ofNode.values()])
      return there
        .filter(({ place }) => place.id === draft)
        .flatMap(({ clients }) => [...clients.values()].map(({ person }) => person))
    },
    async collect(draft, ms) {
      if (!nodes.connected || nodes.others.size === 0) return
      const turn = (lastTurn += 1)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        const done = (): void => {
          clearTimeout(timer)
          resolve()
        }
        turns.set(turn, { awaited: new Set(nodes.others), done })
        nodes.send({ kind: 'collect', turn, draft, ms })
      })
      turns.delete(turn)
    },
    close() {
      stop()
      clearInterval(looking)
      if (gathering !== null) clearTimeout(gathering)
    },
  }
}
