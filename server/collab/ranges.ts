/** A set of clocks of one client as sorted ranges that do not touch: what was deleted. */

/** Adds and removes by halving; a run of deletions stays one range. */
export class Ranges {
  /** from, to, from, to …: each from is in the set, each to is not. */
  private readonly edges: number[] = []

  get size(): number {
    return this.edges.length / 2
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
      const next = Math.min(this.edges[at] ?? to, to)
      if (at % 2 === 0 && next > start) parts.push(start, next)
      start = next
      if (this.edges[at] === undefined) break
    }
    return parts
  }

  private splice(from: number, to: number, isIn: boolean): void {
    const { edges } = this
    // Edges strictly inside go, and so do those that an equal neighbour makes needless.
    const first = this.below(from)
    const last = this.above(to)
    const before = first % 2 === 1
    const behind = last % 2 === 1
    const kept: number[] = []
    if (before !== isIn) kept.push(from)
    if (behind !== isIn) kept.push(to)
    edges.splice(first, last - first, ...kept)
  }

  /** How many edges are ≤ clock. */
  private above(clock: number): number {
    const { edges } = this
    if (edges.length === 0 || edges[edges.length - 1]! <= clock) return edges.length
    let low = 0
    let high = edges.length
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
