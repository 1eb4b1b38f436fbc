/** A set of clocks of one client as sorted ranges that do not touch: what was deleted. */

const NO_EDGES = new Uint32Array(0)

/** Adds and removes by halving; a run of deletions stays one range. */
export class Ranges {
  /** from, to, from, to …, the first `count` of them: each from is in the set, each to is not. Four bytes each: a list took twelve. */
  private edges = NO_EDGES
  private count = 0

  get size(): number {
    return this.count / 2
  }

  has(clock: number): boolean {
    return this.above(clock) % 2 === 1
  }

  /** Adds [from, to) and gives the parts that were not there, as from, to, from, to …. */
  add(from: number, to: number): number[] {
    const fresh = this.lacking(from, to)
    if (fresh.length > 0) this.splice(from, to, true)
    return fresh
  }

  remove(from: number, to: number): void {
    this.splice(from, to, false)
  }

  /** The parts of [from, to) that are not in the set, as from, to, from, to …. */
  lacking(from: number, to: number): number[] {
    const parts: number[] = []
    let start = from
    for (let at = this.above(from); start < to; at++) {
      const next = at < this.count ? Math.min(this.edges[at]!, to) : to
      if (at % 2 === 0 && next > start) parts.push(start, next)
      start = next
      if (at >= this.count) break
    }
    return parts
  }

  private splice(from: number, to: number, isIn: boolean): void {
    // Edges strictly inside go, and so do those that an equal neighbour makes needless.
    const first = this.below(from)
    const last = this.above(to)
    const before = first % 2 === 1
    const behind = last % 2 === 1
    const kept: number[] = []
    if (before !== isIn) kept.push(from)
    if (behind !== isIn) kept.push(to)
    this.replace(first, last, kept)
  }

  /** Puts `kept` in the place of the edges from `first` to before `last`. */
  private replace(first: number, last: number, kept: readonly number[]): void {
    const { edges, count } = this
    this.count = count - (last - first) + kept.length
    if (this.count > edges.length) {
      this.edges = new Uint32Array(this.count + (this.count >> 2) + 2)
      this.edges.set(edges.subarray(0, first))
      this.edges.set(edges.subarray(last, count), first + kept.length)
    } else edges.copyWithin(first + kept.length, last, count)
    this.edges.set(kept, first)
  }

  /** How many edges are ≤ clock. */
  private above(clock: number): number {
    const { edges, count } = this
    if (count === 0 || edges[count - 1]! <= clock) return count
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >> 1
      if (edges[middle]! <= clock) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How many edges are < clock. */
  private below(clock: number): number {
    return this.above(clock - 1)
  }
}
