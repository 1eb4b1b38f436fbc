/** Who is in a room and where their caret is: parsed, stamped with the server's name, newest per client, gathered before it is told. */
import type { AppEvent } from '../announce/events.ts'
import type { PersonId } from '../../shared/ids.ts'
import { ByteReader, Malformed } from './byte-reader.ts'
import type { DraftPlace } from './draft-place.ts'
import { presenceLine, presenceMessage, type Message, type PresenceLine } from './frames.ts'
import type { Member } from './member.ts'

/** A stock client repeats everybody it knows in one frame, so a frame may hold a roomful; more is a flood. */
const MOST_LINES = 1000
const MOST_STATE_BYTES = 2048

/** For how long carets are gathered where no commit takes them along. Each write to a socket costs, so with thousands connected for longer. */
export const gatherMs = (connections: number): number => Math.min(250, Math.max(100, connections / 20))

/** Reads a presence payload. Throws Malformed. */
export function readPresence(payload: Uint8Array): PresenceLine[] {
  const reader = new ByteReader(payload)
  const count = reader.uint()
  if (count > MOST_LINES) throw new Malformed('too many presence ids')
  const lines: PresenceLine[] = []
  for (let i = 0; i < count; i++) lines.push({ client: reader.uint(), clock: reader.uint(), state: reader.string() })
  reader.end()
  return lines
}

/**
 * The state that others get, as JSON: what the client said, but `user` is the server's, whatever presence says; it is given as JSON.
 * Null when the client leaves. Throws Malformed for anything that is not a small object.
 */
export function stampState(state: string, user: string): string | null {
  if (state.length > MOST_STATE_BYTES) throw new Malformed('presence too large')
  let value: unknown
  try {
    value = JSON.parse(state)
  } catch {
    throw new Malformed('bad presence')
  }
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) throw new Malformed('presence is not an object')
  // Most say nothing of who they are: the text that was just judged goes on as it is.
  const said = 'user' in value ? JSON.stringify({ ...value, user: undefined }) : state
  const before = said.slice(0, said.lastIndexOf('}')).trimEnd()
  return `${before}${before.endsWith('{') ? '' : ','}"user":${user}}`
}

/** Whose a client id is: of whoever used it first, by presence or by writing. */
export type ClientIds = {
  bind(client: number, person: PersonId): boolean
  release(client: number, person: PersonId): void
}

export type RoomPresenceDeps = {
  readonly ids: ClientIds
  /** How many are connected to the server. */
  readonly connections: () => number
  /** Somebody came or went. */
  readonly changed: () => void
  /** Carets have waited long enough: take them and tell. */
  readonly due: () => void
  /** Where there are other nodes: told of every change that comes from a member of this one. */
  readonly tellNodes?: TellPresence | undefined
}

/** Somebody came to a draft or left it. */
export function presenceChanged({ id: draft, workshop, group }: Omit<DraftPlace, 'template'>): AppEvent {
  return { kind: 'presence-changed', workshop, group, draft }
}

/** `state` is null when the client left. */
export type TellPresence = (client: number, person: PersonId, state: string | null) => void

/** A client's presence, held by a member of this node, or by another node, named by its id. */
type Held = { readonly holder: Member | string; readonly person: PersonId; readonly state: string; clock: number }

export class RoomPresence {
  private readonly deps: RoomPresenceDeps
  private readonly states = new Map<number, Held>()
  private readonly waiting = new Map<number, PresenceLine>()
  private timer: NodeJS.Timeout | null = null
  private clock = 0

  constructor(deps: RoomPresenceDeps) {
    this.deps = deps
  }

  /** Takes in a presence payload of a member; ids that are not its own are ignored (stock clients repeat what they hear). */
  receive(member: Member, payload: Uint8Array): void {
    for (const { client, state } of readPresence(payload)) {
      if (member.presenceId === null && this.deps.ids.bind(client, member.person)) member.presenceId = client
      if (client !== member.presenceId) continue
      const stamped = stampState(state, member.user)
      if (stamped === null) this.removeOwn(client, member)
      else this.putOwn(client, member, stamped)
    }
  }

  /** Takes in what another node says of a client of its own; null: it left there. A client that moved is of the node that spoke last. */
  hear(node: string, client: number, person: PersonId, state: string | null): void {
    if (state !== null) {
      if (this.deps.ids.bind(client, person)) this.put(client, { holder: node, person, state })
    } else if (this.states.get(client)?.holder === node) {
      this.remove(client)
      this.deps.ids.release(client, person)
    }
  }

  /** What members of this node told. */
  own(): { client: number; person: PersonId; state: string }[] {
    return [...this.states].flatMap(([client, { holder, person, state }]) =>
      typeof holder === 'string' ? [] : [{ client, person, state }],
    )
  }

  /** Forgets a member that is gone. */
  leave(member: Member): void {
    const client = member.presenceId
    if (client === null) return
    const holder = this.states.get(client)?.holder
    // The same page may be back already: on another node, which hears that it is no more here, or on a new connection.
    if (typeof holder === 'string') this.deps.tellNodes?.(client, member.person, null)
    if (holder !== undefined && holder !== member) return
    if (holder === member) this.removeOwn(client, member)
    this.deps.ids.release(client, member.person)
  }

  /** Who is there, for a joiner; null for the first. */
  greeting(member: Member): Message | null {
    const others = [...this.states].filter(([client]) => client !== member.presenceId)
    if (others.length === 0) return null
    // A new clock each: the joiner may have heard of them on another node, a little later than this one did.
    for (const [, held] of others) held.clock = this.nextClock()
    return presenceMessage(others.map(([client, { clock, state }]) => presenceLine({ client, clock, state })))
  }

  /** What changed since it was taken last, by client, as it stands in a message; it waits no longer. */
  take(): ReadonlyMap<number, Uint8Array> {
    this.stop()
    const taken = new Map<number, Uint8Array>()
    for (const [client, line] of this.waiting) taken.set(client, presenceLine(line))
    this.waiting.clear()
    return taken
  }

  /** People with a caret here, each once. */
  people(): PersonId[] {
    return [...new Set([...this.states.values()].map(({ person }) => person))]
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private putOwn(client: number, member: Member, state: string): void {
    const isNew = !this.states.has(client)
    this.put(client, { holder: member, person: member.person, state })
    this.deps.tellNodes?.(client, member.person, state)
    if (isNew) this.deps.changed()
  }

  private removeOwn(client: number, { person }: Member): void {
    if (!this.remove(client)) return
    this.deps.tellNodes?.(client, person, null)
    this.deps.changed()
  }

  private put(client: number, said: Omit<Held, 'clock'>): void {
    const clock = this.nextClock()
    this.states.set(client, { ...said, clock })
    this.tell({ client, clock, state: said.state })
  }

  private remove(client: number): boolean {
    if (!this.states.delete(client)) return false
    this.tell({ client, clock: this.nextClock(), state: 'null' })
    return true
  }

  /** Clocks given to others are the server's own, by the time of day: who comes back, or from another node, is seen at once. */
  private nextClock(): number {
    this.clock = Math.max(this.clock + 1, Date.now())
    return this.clock
  }

  private tell(line: PresenceLine): void {
    this.waiting.set(line.client, line)
    this.timer ??= setTimeout(this.deps.due, gatherMs(this.deps.connections()))
  }
}
