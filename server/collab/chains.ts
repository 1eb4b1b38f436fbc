/** The chains of one client's letters, for the guard: which one a clock is in. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { MOST_ASLEEP, NONE, type Lineage } from './lineage.ts'

const NO_CHAINS = new Int32Array(0)

/** The chains of one client, in the order of their clocks. */
export class Chains {
  private list = NO_CHAINS
  private count = 0
  /** The steps from one to the next, written short; null while awake. */
  private asleep: Uint8Array | null = null

  get size(): number {
    return this.count
  }

  push(chain: number): void {
    this.wake()
    if (this.count === this.list.length) {
      const list = new Int32Array(this.count + (this.count >> 2) + 2)
      list.set(this.list)
      this.list = list
    }
    this.list[this.count] = chain
    this.count += 1
  }

  append(more: Chains): void {
    for (let i = 0; i < more.count; i++) this.push(more.list[i]!)
  }

  /** The chain that a clock is in, or NONE. */
  at(clock: number, lineage: Lineage): number {
    this.wake()
    const { list } = this
    let low = 0
    let high = this.count
    if (high > 0 && lineage.startOf(list[high - 1]!) <= clock) return list[high - 1]!
    while (low < high) {
      const middle = (low + high) >> 1
      if (lineage.startOf(list[middle]!) <= clock) low = middle + 1
      else high = middle
    }
    return low === 0 ? NONE : list[low - 1]!
  }

  /** Forgets chains that begin at `end` or behind it. */
  cut(end: number, lineage: Lineage): void {
    this.wake()
    while (this.count > 0 && lineage.startOf(this.list[this.count - 1]!) >= end) this.count -= 1
  }

  sleep(): void {
    if (this.asleep !== null || this.count > MOST_ASLEEP) return
    this.asleep = encoding.encode((encoder) => {
      for (let i = 0; i < this.count; i++) encoding.writeVarInt(encoder, this.list[i]! - (this.list[i - 1] ?? 0))
    })
    this.list = NO_CHAINS
  }

  private wake(): void {
    if (this.asleep === null) return
    const decoder = decoding.createDecoder(this.asleep)
    this.asleep = null
    this.list = new Int32Array(this.count)
    for (let i = 0; i < this.count; i++) this.list[i] = (this.list[i - 1] ?? 0) + decoding.readVarInt(decoder)
  }
}
