/** Places of a draft's text as the guard knows them: each Yjs type that can hold something is one, each of its attributes another. */
import { ANYWHERE, type Holder } from '../../shared/drafting/allowed.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import type { ItemId } from './update-reader.ts'

/** One type (a root, an element, a text) or one attribute of it. Neighbours always share their place. */
export class Place {
  /** The section it is in; null for decisions and for what is dead. */
  readonly section: SectionId | null
  readonly holder: Holder
  /** The name of the attribute, or null for the type itself. */
  readonly attributeName: string | null
  /** The item that is this type, and where that item stands; null for roots. */
  readonly item: ItemId | null
  readonly outer: Place | null
  private attributes: Map<string, Place> | null = null

  constructor(
    section: SectionId | null,
    holder: Holder,
    item: ItemId | null = null,
    outer: Place | null = null,
    attributeName: string | null = null,
  ) {
    this.section = section
    this.holder = holder
    this.item = item
    this.outer = outer
    this.attributeName = attributeName
  }

  /** The place of an attribute: an overwriting value names only its predecessor, so attributes need places of their own. */
  attribute(name: string): Place {
    this.attributes ??= new Map()
    const known = this.attributes.get(name)
    if (known !== undefined) return known
    const place = new Place(this.section, this.holder, this.item, this.outer, name)
    this.attributes.set(name, place)
    return place
  }
}

/** Where things stand whose holder was deleted and forgotten: dead in every copy. */
export const DEAD = new Place(null, ANYWHERE)

/** Which place each clock of one client has: clock ranges, in order, from `start` on without a gap. */
export class Runs {
  end: number
  private readonly starts: number[] = []
  private readonly places: Place[] = []

  constructor(start: number) {
    this.end = start
  }

  push(length: number, place: Place): void {
    if (this.places.at(-1) !== place) {
      this.starts.push(this.end)
      this.places.push(place)
    }
    this.end += length
  }

  /** The place of a clock that it covers, or undefined. */
  at(clock: number): Place | undefined {
    return clock < this.end && clock >= (this.starts[0] ?? this.end) ? this.places[this.indexOf(clock)] : undefined
  }

  /** Calls `look` for each place that [from, to) touches, until it says true; says whether it did. */
  some(from: number, to: number, look: (place: Place) => boolean): boolean {
    for (let i = this.indexOf(from); i < this.starts.length && this.starts[i]! < to; i++)
      if (look(this.places[i]!)) return true
    return false
  }

  /** Appends what another has from this end on. */
  append(more: Runs): void {
    for (let i = 0; i < more.starts.length; i++)
      this.push((more.starts[i + 1] ?? more.end) - more.starts[i]!, more.places[i]!)
  }

  /** Forgets everything from `end` on. */
  cut(end: number): void {
    while (this.starts.length > 0 && this.starts.at(-1)! >= end) {
      this.starts.pop()
      this.places.pop()
    }
    this.end = end
  }

  /** How many ranges there are. */
  get size(): number {
    return this.starts.length
  }

  private indexOf(clock: number): number {
    const { starts } = this
    let low = 0
    let high = starts.length - 1
    if (high >= 0 && starts[high]! <= clock) return high
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= clock) low = middle
      else high = middle - 1
    }
    return low
  }
}
