/** Every letter that a draft's journal ever held: where it stands, which entry brought it, which deleted it, what it is a copy of. */
import * as Y from 'yjs'
import { citeOf, clauseIdOf } from '../blocks.ts'
import { newDraftDoc, sectionRoot } from '../document.ts'
import type { RestoredCopy } from '../restored.ts'
import type { SectionId, Template } from '../template.ts'

/** An update of the journal with its number and sender (a person's id or `server`). */
export type SentEntry = {
  readonly seq: number
  readonly by: string
  readonly bytes: Uint8Array
  /** Of a restore: what its letters are copies of. */
  readonly copies?: readonly RestoredCopy[]
}

/** Something that stands among the letters. `index` is its own letter number; an element reaches to `end` of the order. */
export type Opener = {
  readonly index: number
  readonly sort: 'clause' | 'element' | 'cite'
  /** The id of a clause or element; a citation's law. Null where none is given. */
  readonly id: string | null
  /** An element's name; `field` with the field's. */
  readonly name: string
  end: number
}

/** Structs and deletions of one entry, as decoded by yjs. */
export type Decoded = ReturnType<typeof Y.decodeUpdate>
/** A stretch of the order that one section takes. */
export type SectionSpan = { readonly section: SectionId; readonly from: number; readonly to: number }

/**
 * Each operation of the draft has a number: its client's offset and its clock. Arrays by number hold the ordinal (1 …) of an entry, 0 =
 * none. `order` lists letters and openers as they stand, dead ones in their places, a recommendation's between its start and its `end`.
 */
export class LetterBook {
  readonly doc = newDraftDoc()
  readonly decoded: readonly Decoded[]
  /** UTF-16 units; 0 for what is no letter. */
  readonly units: Uint16Array
  readonly born: Int32Array
  /** The first entry that named it in its deletions. */
  readonly named: Int32Array
  /** The entry since which it no longer stands: named, or within an element that was. */
  readonly gone: Int32Array
  /** The entry that named the element around it. */
  readonly #goneWith: Int32Array
  /** The letter that this one is a copy of, or -1. */
  readonly copyOf: Int32Array
  readonly place: Int32Array
  readonly order: number[] = []
  readonly spans: readonly SectionSpan[]
  readonly openers = new Map<number, Opener>()
  readonly openersOf = new Map<string, Opener[]>()
  /** Elements that are gone, in order. */
  readonly deadElements: Opener[] = []
  readonly #offsets = new Map<number, number>()
  readonly #clocks = new Map<number, number>()
  /** Later entries that named it too, the last first. */
  readonly #namedAgain = new Map<number, number[]>()
  readonly entries: readonly SentEntry[]

  /** Entries in order, all of them. */
  constructor(template: Template, entries: readonly SentEntry[]) {
    this.entries = entries
    this.doc.gc = false
    this.decoded = entries.map(({ bytes }) => Y.decodeUpdate(bytes))
    // One transaction: 100,000 entries take 0.3 s, each in its own 0.5 s.
    this.doc.transact(() => {
      for (const { bytes } of entries) Y.applyUpdate(this.doc, bytes)
    })
    let size = 0
    for (const [client, structs] of this.doc.store.clients) {
      this.#offsets.set(client, size)
      const last = structs.at(-1)
      this.#clocks.set(client, last === undefined ? 0 : last.id.clock + last.length)
      size += this.clocksOf(client)
    }
    this.units = new Uint16Array(size)
    this.born = new Int32Array(size)
    this.named = new Int32Array(size)
    this.gone = new Int32Array(size)
    this.#goneWith = new Int32Array(size)
    this.copyOf = new Int32Array(size).fill(-1)
    this.place = new Int32Array(size).fill(-1)
    this.decoded.forEach((entry, at) => this.#learn(entry, at + 1))
    this.spans = template.sections.map(({ id }) => {
      const from = this.order.length
      this.#list(sectionRoot(this.doc, id), 0)
      return { section: id, from, to: this.order.length }
    })
    this.doc.destroy()
  }

  /** The number of an operation; -1 where the journal has none of that client. */
  numberOf(client: number, clock: number): number {
    const offset = this.#offsets.get(client)
    return offset === undefined ? -1 : offset + clock
  }

  /** The operation that has this number. */
  idOf(number: number): { readonly client: number; readonly clock: number } {
    for (const [client, offset] of this.#offsets)
      if (number >= offset && number < offset + this.clocksOf(client)) return { client, clock: number - offset }
    throw new RangeError(`no operation ${number}`)
  }

  /** How many operations a client has. */
  clocksOf(client: number): number {
    return this.#clocks.get(client) ?? 0
  }

  /** Did this entry name the operation in its deletions? */
  isNamedIn(number: number, entry: number): boolean {
    return this.named[number] === entry || this.#namedAgain.get(number)?.includes(entry) === true
  }

  /** The last entry up to `entry` in which this sender deleted the operation, 0 when there is none. */
  deletedByIn(number: number, sender: string, entry: number): number {
    const all = [...(this.#namedAgain.get(number) ?? []), this.named[number] ?? 0]
    return all.find((one) => one > 0 && one <= entry && this.entries[one - 1]?.by === sender) ?? 0
  }

  /** Does it stand once this entry is in? */
  standsAt(number: number, entry: number): boolean {
    const [born, gone] = [this.born[number] ?? 0, this.gone[number] ?? 0]
    return born > 0 && born <= entry && (gone === 0 || gone > entry)
  }

  /** The entry that deleted it, as of `entry`: the one that named it, else the one that named what it stood in. */
  goneWith(number: number, entry: number): number {
    const named = this.named[number] ?? 0
    return named > 0 && named <= entry ? named : (this.#goneWith[number] ?? 0)
  }

  /** Says that a letter is a copy of an older one, unless it is known as another's. An older one, so that no chain is a circle. */
  link(number: number, source: number): void {
    const [born, before] = [this.born[number] ?? 0, this.born[source] ?? 0]
    if (this.copyOf[number] === -1 && (before < born || (before === born && source < number)))
      this.copyOf[number] = source
  }

  /** The letter that was typed, at the end of a chain of copies. */
  rootOf(number: number): number {
    let at = number
    for (let next = this.copyOf[at] ?? -1; next >= 0; next = this.copyOf[at] ?? -1) at = next
    return at
  }

  #learn({ structs, ds }: Decoded, entry: number): void {
    for (const { id, length } of structs) {
      const first = this.numberOf(id.client, id.clock)
      if (first < 0) continue
      for (let i = first; i < first + length; i++) if (this.born[i] === 0) this.born[i] = entry
    }
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) {
        const first = this.numberOf(client, clock)
        if (first < 0) continue
        for (let i = first; i < Math.min(first + len, this.named.length); i++) {
          if (this.named[i] === 0) this.named[i] = entry
          else if (this.named[i] !== entry) this.#namedAgain.set(i, [entry, ...(this.#namedAgain.get(i) ?? [])])
        }
      }
  }

  /** `outside`: number of the element around, plus one; 0 at a section's root. */
  #list(type: { readonly _start: Y.Item | null }, outside: number): void {
    for (let item = type._start; item !== null; item = item.right) {
      const { content } = item
      const first = this.numberOf(item.id.client, item.id.clock)
      if (content instanceof Y.ContentString) {
        for (let i = 0; i < item.length; i++) {
          this.units[first + i] = content.str.charCodeAt(i)
          this.#put(first + i, outside)
        }
      } else if (content instanceof Y.ContentEmbed) {
        this.#put(first, outside)
        const id = clauseIdOf(content.embed)
        if (id === undefined) this.#open(first, 'cite', citeOf(content.embed), 'cite')
        else this.#open(first, 'clause', id, 'clause')
      } else if (content instanceof Y.ContentType) {
        this.#put(first, outside)
        const { type: inner } = content
        if (!(inner instanceof Y.XmlElement)) {
          this.#list(inner, outside)
          continue
        }
        const name = inner.nodeName === 'field' ? `field:${attributeOf(inner, 'name') ?? ''}` : inner.nodeName
        const opener = this.#open(first, 'element', attributeOf(inner, 'id'), name)
        this.#list(inner as unknown as { readonly _start: Y.Item | null }, first + 1)
        opener.end = this.order.length
        if ((this.gone[first] ?? 0) > 0) this.deadElements.push(opener)
      }
    }
  }

  #put(number: number, outside: number): void {
    this.place[number] = this.order.push(number) - 1
    const born = this.born[number] ?? 0
    const named = this.named[number] ?? 0
    const around = outside === 0 ? 0 : (this.gone[outside - 1] ?? 0)
    const within = around === 0 ? 0 : Math.max(around, born)
    const isWithin = within > 0 && (named === 0 || within < named)
    this.gone[number] = isWithin ? within : named === 0 ? 0 : Math.max(named, born)
    this.#goneWith[number] = around === 0 ? named : this.goneWith(outside - 1, Infinity)
  }

  #open(index: number, sort: Opener['sort'], id: string | null, name: string): Opener {
    const opener = { index, sort, id, name, end: this.order.length }
    this.openers.set(index, opener)
    if (sort !== 'cite' && id !== null) {
      const all = this.openersOf.get(id)
      if (all === undefined) this.openersOf.set(id, [opener])
      else all.push(opener)
    }
    return opener
  }
}

/** An attribute of an element, dead or alive. */
function attributeOf(element: Y.XmlElement, name: string): string | null {
  const content = element._map.get(name)?.content
  const value: unknown = content instanceof Y.ContentAny ? content.arr.at(-1) : undefined
  return typeof value === 'string' ? value : null
}
