/** Which operation each one was written behind, for the guard: enough to tell which two nobody can name as neighbours, without the order of the letters. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { ItemId } from './update-reader.ts'

/** No chain: the beginning of a list, or what nobody keeps. */
export const NONE = -1

const START = 0
const PARENT = 1
const AT = 2
const JUMP = 3
const DEPTH = 4
const RIGHT_CLIENT = 5
const RIGHT_CLOCK = 6
const WIDTH = 7
/** No clock: nothing stood behind it. */
const NOTHING = -1
/** Rows lie in pages of so many: one list that grows would leave its smaller copies as holes in the memory of a thousand rooms. */
const PAGE_BITS = 6
const PAGE_ROWS = 1 << PAGE_BITS
/** More take over 5 ms to wake: they stay awake. */
export const MOST_ASLEEP = 16_384

/**
 * A chain is a stretch of one client's clocks, each written behind the one before, and all before the same: what yjs keeps as one item
 * where nothing cut it. It hangs on the operation that its first was written behind, and so all operations of a list are a tree. Yjs keeps
 * a list in the order of that tree, depth first, and looks for the place of a new item among what hangs on its left neighbour, up to its
 * right one. That goes wrong in two ways, which `areApart` finds:
 * - The right neighbour hangs on the left one, but not at once: the new item would come to stand within what it should stand before.
 * - The right one is in the same piece as the left one, and before it: yjs cuts the piece there, and then takes its first part for the left
 *   neighbour. Where the piece was cut before, it does not.
 * Either way its place depends on the order in which updates come. A right neighbour anywhere else does no harm, wherever it stands.
 *
 * Rows of seven numbers, 28 bytes a chain; about eight while they sleep. `JUMP` leads far up, so that any ancestor is found in a logarithm
 * of steps (Myers 1983): a list may be as deep as somebody hostile likes.
 */
export class Lineage {
  /** How many additions were begun: what was worked out for one of them holds until the next. */
  turn = 0
  private readonly pages: Int32Array[] = []
  private kept = 0
  private size = 0
  /** The kept rows, written short; null while awake. */
  private asleep: Uint8Array | null = null

  /** Begins an addition: what was added and not kept is forgotten. */
  begin(): void {
    this.turn += 1
    this.size = this.kept
    if (this.asleep !== null) this.wake(this.asleep)
  }

  /** Writes the chains short, where nobody adds for some time; the next addition wakes them. */
  sleep(): void {
    if (this.asleep !== null || this.kept > MOST_ASLEEP) return
    this.size = this.kept
    const clients = new Map<number, number>()
    this.asleep = encoding.encode((encoder) => {
      for (let chain = 0; chain < this.kept; chain++) {
        const parent = this.get(chain, PARENT)
        encoding.writeVarUint(encoder, this.get(chain, START))
        encoding.writeVarUint(encoder, parent === NONE ? 0 : chain - parent)
        if (parent !== NONE) encoding.writeVarInt(encoder, this.get(chain, AT) - this.get(parent, START))
        encoding.writeVarUint(encoder, this.get(chain, RIGHT_CLOCK) + 1)
        if (this.get(chain, RIGHT_CLOCK) === NOTHING) continue
        // A client in full where it comes first, then by its number.
        const client = this.get(chain, RIGHT_CLIENT)
        const number = clients.get(client) ?? clients.size
        encoding.writeVarUint(encoder, number)
        if (number < clients.size) continue
        clients.set(client, number)
        encoding.writeUint32(encoder, client)
      }
    })
    this.pages.length = 0
  }

  /** Keeps what was added since `begin`; gives how many chains there were before, for `cut`. */
  keep(): number {
    const before = this.kept
    this.kept = this.size
    return before
  }

  /** Forgets all chains but the first `count`. */
  cut(count: number): void {
    this.kept = this.size = Math.min(count, this.kept)
  }

  /** A chain from the clock `start` on, before `right`; it hangs on the clock `at` of the chain `parent`, or begins a list. */
  add(start: number, right: ItemId | null, parent: number, at: number): number {
    const chain = this.size
    this.size += 1
    const jump = parent === NONE ? chain : this.jumpBelow(parent)
    const depth = parent === NONE ? 0 : this.get(parent, DEPTH) + 1
    const page = (this.pages[chain >> PAGE_BITS] ??= new Int32Array(PAGE_ROWS * WIDTH))
    const row = rowOf(chain)
    page[row + START] = start
    page[row + PARENT] = parent
    page[row + AT] = at
    page[row + JUMP] = jump
    page[row + DEPTH] = depth
    page[row + RIGHT_CLIENT] = right?.client ?? 0
    page[row + RIGHT_CLOCK] = right?.clock ?? NOTHING
    return chain
  }

  /** Whether what a chain has stands before `right`. */
  isBefore(chain: number, right: ItemId | null): boolean {
    if (this.get(chain, RIGHT_CLOCK) !== (right?.clock ?? NOTHING)) return false
    // Client ids have 32 bits, and no sign.
    return right === null || this.get(chain, RIGHT_CLIENT) === (right.client | 0)
  }

  startOf(chain: number): number {
    return this.get(chain, START)
  }

  /** Whether they are no neighbours: the clock `left` of the chain `before` (NONE: a list's beginning), and `right` of the chain `behind`. */
  areApart(before: number, left: number, behind: number, right: number): boolean {
    const start = this.get(behind, START)
    if (before === NONE) return right !== start || this.get(behind, PARENT) !== NONE
    if (before === behind) return right > left ? right !== left + 1 : right !== start
    const depth = this.get(before, DEPTH)
    if (this.get(behind, DEPTH) <= depth) return false
    const below = this.ancestor(behind, depth + 1)
    const at = this.get(below, AT)
    if (this.get(below, PARENT) !== before || at < left) return false
    return below !== behind || right !== start || at !== left
  }

  private wake(asleep: Uint8Array): void {
    const decoder = decoding.createDecoder(asleep)
    const clients: number[] = []
    this.asleep = null
    const { kept } = this
    this.size = 0
    while (this.size < kept) {
      const start = decoding.readVarUint(decoder)
      const back = decoding.readVarUint(decoder)
      const parent = back === 0 ? NONE : this.size - back
      const at = back === 0 ? NOTHING : decoding.readVarInt(decoder) + this.get(parent, START)
      const clock = decoding.readVarUint(decoder) - 1
      const number = clock === NOTHING ? 0 : decoding.readVarUint(decoder)
      if (clock !== NOTHING && number === clients.length) clients.push(decoding.readUint32(decoder))
      this.add(start, clock === NOTHING ? null : { client: clients[number]!, clock }, parent, at)
    }
  }

  private ancestor(chain: number, depth: number): number {
    let at = chain
    while (this.get(at, DEPTH) > depth) {
      const far = this.get(at, JUMP)
      at = this.get(far, DEPTH) >= depth ? far : this.get(at, PARENT)
    }
    return at
  }

  private jumpBelow(parent: number): number {
    const jump = this.get(parent, JUMP)
    const next = this.get(jump, JUMP)
    const depth = this.get(jump, DEPTH)
    return this.get(parent, DEPTH) - depth === depth - this.get(next, DEPTH) ? next : parent
  }

  private get(chain: number, column: number): number {
    return this.pages[chain >> PAGE_BITS]![rowOf(chain) + column]!
  }
}

/** Where the row of a chain begins in its page. */
const rowOf = (chain: number): number => (chain & (PAGE_ROWS - 1)) * WIDTH
