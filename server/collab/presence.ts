/** Who is in a room and where their caret is: parsed, stamped with the server's name, newest per client, at most ten times a second. */
import type { PersonId } from '../../shared/ids.ts'
import { ByteReader, Malformed } from './byte-reader.ts'
import { presenceMessage, type PresenceLine } from './frames.ts'
import type { Member } from './member.ts'

/** A stock client repeats everybody it knows in one frame, so a frame may hold a roomful; more is a flood. */
const MOST_LINES = 1000
const MOST_STATE_BYTES = 2048
const FLUSH_MS = 100

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
 * The state that others get, as JSON: what the client said, but `user` is the server's {id, name}, whatever presence says.
 * Null when the client leaves. Throws Malformed for anything that is not a small object.
 */
export function stampState(state: string, person: PersonId, name: string): string | null {
  if (state.length > MOST_STATE_BYTES) throw new Malformed('presence too large')
  let value: unknown
  try {
    value = JSON.parse(state)
  } catch {
    throw new Malformed('bad presence')
  }
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) throw new Malformed('presence is not an object')
  return JSON.stringify({ ...value, user: { id: person, name } })
}

/** Whose a client id is: of whoever used it first, by presence or by writing. */
export type ClientIds = {
  bind(client: number, person: PersonId): boolean
  release(client: number, person: PersonId): void
}

export class RoomPresence {
  private readonly members: ReadonlySet<Member>
  private readonly ids: ClientIds
  private readonly states = new Map<number, { member: Member; clock: number; state: string }>()
  private dirty = new Map<number, PresenceLine>()
  private timer: NodeJS.Timeout | null = null
  /** Clocks given to others are the server's own: a client that comes back with an old clock is seen at once. */
  private clock = Date.now()
  private readonly changed: () => void

  constructor(members: ReadonlySet<Member>, ids: ClientIds, changed: () => void) {
    this.members = members
    this.ids = ids
    this.changed = changed
  }

  /** Takes in a presence payload of a member; ids that are not its own are ignored (stock clients repeat what they hear). */
  receive(member: Member, payload: Uint8Array): void {
    for (const { client, state } of readPresence(payload)) {
      if (member.presenceId === null && this.ids.bind(client, member.person)) member.presenceId = client
      if (client !== member.presenceId) continue
      const stamped = stampState(state, member.person, member.viewer.name)
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
    this.ids.release(client, member.person)
  }

  /** Tells a joiner who is there. */
  greet(member: Member): void {
    const lines = [...this.states].filter(([client]) => client !== member.presenceId)
    if (lines.length > 0)
      member.send(presenceMessage(lines.map(([client, { clock, state }]) => ({ client, clock, state }))))
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
    this.states.set(client, { member, clock: this.clock, state })
    this.tell({ client, clock: this.clock, state })
    if (isNew) this.changed()
  }

  private remove(client: number): void {
    if (!this.states.delete(client)) return
    this.clock += 1
    this.tell({ client, clock: this.clock, state: 'null' })
    this.changed()
  }

  private tell(line: PresenceLine): void {
    this.dirty.set(line.client, line)
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS)
  }

  private flush(): void {
    this.timer = null
    const lines = [...this.dirty.values()]
    this.dirty = new Map()
    const toAll = presenceMessage(lines)
    for (const member of this.members) {
      if (!member.joined) continue
      // Its own line would overwrite its newer state.
      const own = member.presenceId
      if (own === null || !lines.some(({ client }) => client === own)) member.send(toAll)
      else if (lines.length > 1) member.send(presenceMessage(lines.filter(({ client }) => client !== own)))
    }
  }
}
