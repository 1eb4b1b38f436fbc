/** What the server knows of a draft's text without a Y.Doc: state vector, client × clock → place, what was deleted, whose client ids. */
import { rootsOf } from '../../shared/drafting/allowed.ts'
import { Chains } from './chains.ts'
import { Lineage, NONE } from './lineage.ts'
import { DEAD, Place, Runs } from './places.ts'
import { Ranges } from './ranges.ts'
import { placeStructs, type Fresh } from './placing.ts'
import { parseUpdate, UNBOUNDED, type DeletedRange, type ItemId } from './update-reader.ts'

/** What one client id wrote. */
type KnownClient = {
  readonly runs: Runs
  readonly chains: Chains
  /** Places of the types that it made, by clock. */
  types: Map<number, Place> | null
  readonly gone: Ranges
}

/** What an update adds: taken in whole, or taken back whole. */
export type Addition = {
  readonly fresh: readonly Fresh[]
  readonly deletes: readonly DeletedRange[]
  /** When it was worked out. */
  readonly turn: number
}
type Undo = {
  readonly ends: [client: number, end: number][]
  readonly gone: [client: number, parts: number[]][]
  /** How many chains there were. */
  readonly chains: number
}

export class KnownText {
  private readonly clients = new Map<number, KnownClient>()
  readonly lineage = new Lineage()
  private readonly roots: ReadonlyMap<string, Place>
  private readonly owners = new Map<number, string>()
  private readonly ownedBy = new Map<string, number>()
  /** Additions that are taken and not yet durable, oldest first. */
  private undos: Undo[] = []
  /** The turn at the last `rest`. */
  private restedAt = -1

  /** `decisions`: the draft is a consolidated proposal. */
  constructor(template: string, decisions: boolean) {
    this.roots = new Map(
      [...rootsOf(template, decisions)].map(([name, { section, holder }]) => [name, new Place(section, holder)]),
    )
  }

  /** The next clock of a client, 0 when it is unknown. */
  endOf(client: number): number {
    return this.clients.get(client)?.runs.end ?? 0
  }

  /** Next clocks of all clients that wrote something. */
  get stateVector(): Map<number, number> {
    return new Map([...this.clients].map(([client, { runs }]) => [client, runs.end]))
  }

  /** Figures for benches: clock ranges with their place, chains of letters, and ranges of deleted clocks. */
  get sizes(): { readonly intervals: number; readonly chains: number; readonly deleted: number } {
    let intervals = 0
    let chains = 0
    let deleted = 0
    for (const known of this.clients.values()) {
      intervals += known.runs.size
      chains += known.chains.size
      deleted += known.gone.size
    }
    return { intervals, chains, deleted }
  }

  root(name: string): Place | undefined {
    return this.roots.get(name)
  }

  placeAt({ client, clock }: ItemId): Place | undefined {
    return this.clients.get(client)?.runs.at(clock)
  }

  /** The chain of letters that an operation is in. */
  chainAt({ client, clock }: ItemId): number {
    return this.clients.get(client)?.chains.at(clock, this.lineage) ?? NONE
  }

  /** The place of a type's contents; DEAD where the item was deleted and what it was is forgotten; undefined where it is no type. */
  typeAt({ client, clock }: ItemId): Place | undefined {
    const known = this.clients.get(client)
    return known?.types?.get(clock) ?? (known?.gone.has(clock) === true ? DEAD : undefined)
  }

  /** Whether whatever stands there is deleted in every copy, by name or with its holder. */
  isDead(place: Place): boolean {
    for (let at: Place | null = place; at !== null; at = at.outer)
      if (at === DEAD || (at.item !== null && this.clients.get(at.item.client)?.gone.has(at.item.clock) === true))
        return true
    return false
  }

  /** Whether a range names anything that no deletion has named. */
  isNewDeletion({ client, clock, length }: DeletedRange): boolean {
    const known = this.clients.get(client)
    return known === undefined || known.gone.lacking(clock, clock + length).length > 0
  }

  /** Whether `look` says true of the place of anything in a range that lives: deleted neither by name nor with its holder. */
  someLiving({ client, clock, length }: DeletedRange, look: (place: Place) => boolean): boolean {
    const known = this.clients.get(client)
    if (known === undefined) return false
    const parts = known.gone.lacking(clock, Math.min(clock + length, known.runs.end))
    for (let i = 0; i < parts.length; i += 2)
      if (known.runs.some(parts[i]!, parts[i + 1]!, (place) => !this.isDead(place) && look(place))) return true
    return false
  }

  ownerOf(client: number): string | undefined {
    return this.owners.get(client)
  }

  /** Binds a client id to whoever used it first; says whether it is theirs. */
  bind(client: number, person: string): boolean {
    const owner = this.owners.get(client)
    if (owner !== undefined) return owner === person
    this.owners.set(client, person)
    this.ownedBy.set(person, this.idsOf(person) + 1)
    return true
  }

  /** Frees an id that its person only told by presence and never wrote with. */
  release(client: number, person: string): void {
    if (this.clients.has(client) || this.owners.get(client) !== person) return
    this.owners.delete(client)
    this.ownedBy.set(person, this.idsOf(person) - 1)
  }

  /** How many client ids a person has used. */
  idsOf(person: string): number {
    return this.ownedBy.get(person) ?? 0
  }

  /** Takes in what the guard let through last, by its sender; it can be taken back until it is settled. */
  take(addition: Addition, by: string): void {
    if (addition.turn !== this.lineage.turn) throw new Error('something else was judged since')
    for (const { client } of addition.fresh) this.bind(client, by)
    this.undos.push(this.add(addition))
  }

  /** The oldest `count` additions are durable. */
  settle(count: number): void {
    this.undos.splice(0, count)
  }

  /** Takes back everything that is not durable. Who used which client id stays known. */
  takeBack(): void {
    for (const { ends, gone, chains } of this.undos.reverse()) {
      for (const [client, parts] of gone)
        for (let i = 0; i < parts.length; i += 2) this.clients.get(client)?.gone.remove(parts[i]!, parts[i + 1]!)
      for (const [client, end] of ends) {
        const known = this.clients.get(client)
        if (known === undefined) continue
        if (end === 0) this.clients.delete(client)
        known.runs.cut(end)
        known.chains.cut(end, this.lineage)
        for (const clock of known.types?.keys() ?? []) if (clock >= end) known.types?.delete(clock)
      }
      this.lineage.cut(chains)
    }
    this.undos = []
  }

  /** Called from time to time: where nothing was judged since, it takes less memory. */
  rest(): void {
    const { turn } = this.lineage
    if (this.undos.length === 0 && turn === this.restedAt) {
      this.lineage.sleep()
      for (const { chains } of this.clients.values()) chains.sleep()
    }
    this.restedAt = turn
  }

  /** Takes in an update that is in the journal: trusted, so only placed. `by` is null for a base, which knows no senders. */
  learn(bytes: Uint8Array, by: string | null): void {
    const { clients, deletes } = parseUpdate(bytes, UNBOUNDED)
    const fresh = placeStructs(this, clients, null)
    if (by !== null) for (const { client } of clients) this.bind(client, by)
    this.add({ fresh, deletes, turn: this.lineage.turn })
  }

  private add({ fresh, deletes }: Addition): Undo {
    const ends: Undo['ends'] = []
    const gone: Undo['gone'] = []
    for (const { client, runs, chains, types, gone: dead } of fresh) {
      const known = this.of(client)
      ends.push([client, known.runs.end])
      known.runs.append(runs)
      if (chains !== null) known.chains.append(chains)
      if (types !== null) {
        known.types ??= new Map()
        for (const [clock, place] of types) known.types.set(clock, place)
      }
      if (dead !== null)
        for (let i = 0; i < dead.length; i += 2) gone.push([client, known.gone.add(dead[i]!, dead[i + 1]!)])
    }
    for (const { client, clock, length } of deletes)
      gone.push([client, this.of(client).gone.add(clock, clock + length)])
    return { ends, gone, chains: this.lineage.keep() }
  }

  private of(client: number): KnownClient {
    let known = this.clients.get(client)
    if (known === undefined) {
      known = { runs: new Runs(0), chains: new Chains(), types: null, gone: new Ranges() }
      this.clients.set(client, known)
    }
    return known
  }
}
