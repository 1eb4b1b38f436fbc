/** Who is in a room and where their caret is: parsed, stamped with the server's name, newest per client, gathered before it is told. */
import type { PersonId } from '../../shared/ids.ts'
import { ByteReader, Malformed } from './byte-reader.ts'
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
}

export class RoomPresence {
  private readonly deps: RoomPresenceDeps
  private readonly states = new Map<number, PresenceLine & { readonly member: Member }>()
  private readonly waiting = new Map<number, PresenceLine>()
  private timer: NodeJS.Timeout | null = null
  /** Clocks given to others are the server's own: a client that comes back with an old clock is seen at once. */
  private clock = Date.now()

  constructor(deps: RoomPresenceDeps) {
    this.deps = deps
  }

  /** Takes in a presence payload of a member; ids that are not its own are ignored (stock clients repeat what they hear). */
  receive(member: Member, payload: Uint8Array): void {
    for (const { client, state } of readPresence(payload)) {
      if (member.presenceId === null && this.deps.ids.bind(client, member.person)) member.presenceId = client
      if (client !== member.presenceId) continue
      const stamped = stampState(state, member.user)
      if (stamped === null) this.remove(client)
      else this.put(client, member, stamped)
    }
  }

  /** Forgets a member that is gone. */
  leave(member: Member): void {
    const client = member.presenceId
    if (client === null) return
    const teller = this.states.get(client)?.member
    // The same page may be back already on a new connection.
    if (teller !== undefined && teller !== member) return
    if (teller === member) this.remove(client)
    this.deps.ids.release(client, member.person)
  }

  /** Who is there, for a joiner; null for the first. */
  greeting(member: Member): Message | null {
    const others = [...this.states.values()].filter(({ client }) => client !== member.presenceId)
    return others.length === 0 ? null : presenceMessage(others.map(presenceLine))
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
    return [...new Set([...this.states.values()].map(({ member }) => member.person))]
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private put(client: number, member: Member, state: string): void {
    const isNew = !this.states.has(client)
    this.clock += 1
    const line = { client, clock: this.clock, state, member }
    this.states.set(client, line)
    this.tell(line)
    if (isNew) this.deps.changed()
  }

  private remove(client: number): void {
    if (!this.states.delete(client)) return
    this.clock += 1
    this.tell({ client, clock: this.clock, state: 'null' })
    this.deps.changed()
  }

  private tell(line: PresenceLine): void {
    this.waiting.set(line.client, line)
    this.timer ??= setTimeout(this.deps.due, gatherMs(this.deps.connections()))
  }
}
