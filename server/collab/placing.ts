/** Finds the place of every new operation of an update, by its neighbours or its parent, as yjs would; without a Y.Doc. */
import { ANYWHERE } from '../../shared/drafting/allowed.ts'
import { Chains } from './chains.ts'
import { NONE, type Lineage } from './lineage.ts'
import { DEAD, Place, Runs } from './places.ts'
import type { Rule } from './rules.ts'
import type { ClientStructs, ItemId, Struct } from './update-reader.ts'

/** What placing asks of the text that is known: Known answers it. */
type Known = {
  readonly lineage: Lineage
  chainAt(id: ItemId): number
  endOf(client: number): number
  root(name: string): Place | undefined
  placeAt(id: ItemId): Place | undefined
  typeAt(id: ItemId): Place | undefined
  isDead(place: Place): boolean
}

/** The new operations of one client in an update: where they stand, which types they make, which of them come deleted. */
export type Fresh = {
  readonly client: number
  readonly runs: Runs
  /** The chains of letters that begin among them, in order; null for none. */
  chains: Chains | null
  types: Map<number, Place> | null
  /** from, to, from, to …; null for nothing. */
  gone: number[] | null
}

/** What an update that is not trusted must pass. Both throw Malformed. */
export type Strictness = {
  /** Called for each new struct with its place. */
  look(struct: Struct, place: Place): void
  refuse(rule: Rule): never
}

/** New structs of one client while they are placed. */
type Group = Fresh & { readonly structs: readonly Struct[]; next: number; waiting: boolean }
type Awaited = { readonly group: Group; readonly clock: number }

/**
 * Places the structs that the text does not have. A client whose structs begin behind what the text has is passed over: the guard has
 * asked for what is missing before. What has no place is refused, or dead where the update is trusted (`strict` is null). Linear: each
 * struct is placed once, and waits at most once for each client that it refers to.
 */
export function placeStructs(
  known: Known,
  clients: readonly ClientStructs[],
  strict: Strictness | null,
): readonly Fresh[] {
  const groups: Group[] = []
  known.lineage.begin()
  for (const { client, start, end, structs } of clients) {
    const from = known.endOf(client)
    if (end <= from || start > from) continue
    let next = 0
    while (next < structs.length && structs[next]!.clock + structs[next]!.length <= from) next += 1
    groups.push({ client, runs: new Runs(from), chains: null, types: null, gone: null, structs, next, waiting: false })
  }
  if (groups.length > 0) new Placing(known, groups, strict).run()
  return groups
}

class Placing {
  private readonly known: Known
  private readonly groups: readonly Group[]
  private readonly strict: Strictness | null
  /** Null where there is only one group: then nothing waits. */
  private readonly byClient: ReadonlyMap<number, Group> | null

  constructor(known: Known, groups: readonly Group[], strict: Strictness | null) {
    this.known = known
    this.groups = groups
    this.strict = strict
    this.byClient = groups.length > 1 ? new Map(groups.map((group) => [group.client, group])) : null
  }

  run(): void {
    if (this.byClient === null) {
      const group = this.groups[0]!
      while (group.next < group.structs.length) this.take(group, group.structs[group.next]!)
    } else for (const group of this.groups) this.runAmong(group)
  }

  /** Places a group's structs; whoever is referred to and not placed yet goes first, as far as needed. */
  private runAmong(first: Group): void {
    const stack = [{ group: first, upTo: Infinity }]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { group, upTo } = top
      const struct = group.structs[group.next]
      if (struct === undefined || group.runs.end > upTo) {
        group.waiting = false
        stack.pop()
        continue
      }
      const other = this.awaited(group, struct)
      if (other?.group.waiting === true) this.strict?.refuse('circle')
      if (other === null || other.group.waiting) this.take(group, struct)
      else {
        group.waiting = true
        stack.push({ group: other.group, upTo: other.clock })
      }
    }
  }

  /** The group and clock that a struct must wait for, or null. */
  private awaited(group: Group, { sort, origin, rightOrigin, parent }: Struct): Awaited | null {
    if (sort !== 'item') return null
    const holder = typeof parent === 'string' ? null : parent
    return this.unplaced(group, origin) ?? this.unplaced(group, rightOrigin) ?? this.unplaced(group, holder)
  }

  private unplaced(group: Group, id: ItemId | null): Awaited | null {
    if (id === null || id.client === group.client) return null
    const other = this.byClient?.get(id.client)
    if (other === undefined || id.clock < other.runs.end || other.next >= other.structs.length) return null
    return { group: other, clock: id.clock }
  }

  private take(group: Group, struct: Struct): void {
    const { content } = struct
    const from = group.runs.end
    const length = struct.clock + struct.length - from
    // Of a struct that is known in part, what is new stands behind what is known.
    const left = from > struct.clock ? { client: group.client, clock: from - 1 } : struct.origin
    const place = struct.sort === 'item' ? this.placeOf(left, struct) : DEAD
    this.strict?.look(struct, place)
    if (place !== DEAD) this.hang(group, left, struct.rightOrigin)
    if (content?.sort === 'type') {
      const { holder } = place
      const inside = content.element === null ? holder.text : holder.elements.get(content.element)
      const item = { client: group.client, clock: struct.clock }
      group.types ??= new Map()
      group.types.set(struct.clock, new Place(place.section, inside ?? ANYWHERE, item, place))
    } else if (struct.sort === 'gc' || content?.sort === 'deleted') {
      group.gone ??= []
      if (group.gone.at(-1) === from) group.gone[group.gone.length - 1] = from + length
      else group.gone.push(from, from + length)
    }
    group.runs.push(length, place)
    group.next += 1
  }

  /** Says which operation the next one of a group hangs on; of an update that is not trusted its neighbours must be some. */
  private hang(group: Group, left: ItemId | null, right: ItemId | null): void {
    const { lineage } = this.known
    const { end } = group.runs
    const before = left === null ? NONE : this.chainAt(left)
    const continues = left !== null && left.client === group.client && left.clock === end - 1
    // Its neighbours were looked at when the chain began.
    if (continues && before !== NONE && lineage.isBefore(before, right)) return
    if (right !== null && this.strict !== null && (left === null || before !== NONE)) {
      const behind = this.chainAt(right)
      if (behind !== NONE && lineage.areApart(before, left?.clock ?? 0, behind, right.clock))
        this.strict.refuse('never neighbours')
    }
    group.chains ??= new Chains()
    group.chains.push(lineage.add(end, right, before, left?.clock ?? 0))
  }

  private placeOf(left: ItemId | null, { rightOrigin, parent, parentSub }: Struct): Place {
    if (left !== null) {
      const place = this.placeAt(left)
      return rightOrigin === null ? place : this.between(place, this.placeAt(rightOrigin))
    }
    if (rightOrigin !== null) return this.placeAt(rightOrigin)
    const holder = typeof parent === 'string' ? this.rootOf(parent) : parent === null ? DEAD : this.typeAt(parent)
    return parentSub === null || holder === DEAD ? holder : holder.attribute(parentSub)
  }

  /** yjs would hang an item between neighbours of two parents into one list by its left side and into another by its right. */
  private between(left: Place, right: Place): Place {
    if (left === right) return left
    if (this.known.isDead(left) && this.known.isDead(right)) return DEAD
    return this.strict?.refuse('two parents') ?? left
  }

  private rootOf(name: string): Place {
    return this.known.root(name) ?? this.strict?.refuse('unknown root') ?? new Place(null, ANYWHERE)
  }

  private groupOf(client: number): Group | undefined {
    if (this.byClient !== null) return this.byClient.get(client)
    const [only] = this.groups
    return only?.client === client ? only : undefined
  }

  private placeAt(id: ItemId): Place {
    const known = this.known.placeAt(id)
    return known ?? this.groupOf(id.client)?.runs.at(id.clock) ?? DEAD
  }

  private chainAt(id: ItemId): number {
    const fresh = this.groupOf(id.client)?.chains?.at(id.clock, this.known.lineage) ?? NONE
    return fresh === NONE ? this.known.chainAt(id) : fresh
  }

  private typeAt(id: ItemId): Place {
    const group = this.groupOf(id.client)
    const type = group?.types?.get(id.clock) ?? this.known.typeAt(id)
    if (type !== undefined) return type
    if (this.placeAt(id) === DEAD || isDeleted(group?.gone ?? null, id.clock)) return DEAD
    return this.strict?.refuse('parent is no type') ?? DEAD
  }
}

function isDeleted(gone: readonly number[] | null, clock: number): boolean {
  if (gone === null) return false
  let low = 0
  let high = gone.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (gone[middle]! <= clock) low = middle + 1
    else high = middle
  }
  return low % 2 === 1
}
