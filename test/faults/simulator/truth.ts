/** What is true in a run, told by the store alone, and everything that was said against it. */
import * as Y from 'yjs'
import { Ranges } from '../../../server/collab/ranges.ts'
import { parseUpdate, UNBOUNDED } from '../../../server/collab/update-reader.ts'
import { ByteReader } from '../../../server/collab/byte-reader.ts'
import type { Entry } from '../../../server/journal/journal.ts'
import type { Line } from './network.ts'
import type { World } from './world.ts'

type Written = { end: number; readonly gone: Ranges }
type Heard = { readonly frames: Uint8Array[]; acknowledged: number }

/** So many violations say enough. */
const MOST = 20

export class Truth {
  /** What must not happen, in the order it was seen. */
  readonly violations: string[] = []
  /** Frames that were acknowledged, messages that were looked at: a run that checks nothing proves nothing. */
  acknowledged = 0
  delivered = 0
  /** How often somebody was told that nothing is taken now. */
  turnedAway = 0
  /** How often a base was made. */
  compacted = 0
  /** The durable text as yjs has it. */
  wholeText: () => Y.Doc = () => new Y.Doc()
  private readonly world: World
  private readonly clients = new Map<number, Written>()
  private readonly connections = new WeakMap<Line, Heard>()
  private closed = false

  constructor(world: World) {
    this.world = world
  }

  violate(what: string): void {
    this.world.note(`VIOLATION ${what}`)
    if (this.violations.length < MOST) this.violations.push(what)
  }

  /** An entry became durable. */
  durable({ kind, bytes, by, seq }: Entry): void {
    if (kind === 'close') this.closed = true
    if (kind === 'reopen') this.closed = false
    if (kind !== 'update') return
    if (this.closed && by !== 'server') this.violate(`entry ${seq} of ${by} lies behind a close`)
    const { clients, deletes } = parseUpdate(bytes, UNBOUNDED)
    let isNew = false
    for (const { client, start, end } of clients) {
      const written = this.of(client)
      if (start < written.end) this.violate(`entry ${seq} has operation ${client}:${start} again`)
      if (start > written.end) this.violate(`entry ${seq} leaves a gap before ${client}:${start}`)
      written.end = Math.max(written.end, end)
      isNew = true
    }
    for (const { client, clock, length } of deletes)
      if (this.of(client).gone.add(clock, clock + length).length > 0) isNew = true
    if (!isNew) this.violate(`entry ${seq} says nothing new`)
  }

  /** Whether everything in an update is durable. */
  covers(update: Uint8Array): boolean {
    const { clients, deletes } = parseUpdate(update, UNBOUNDED)
    return (
      clients.every(({ client, end }) => end <= (this.clients.get(client)?.end ?? 0)) &&
      deletes.every(
        ({ client, clock, length }) => this.clients.get(client)?.gone.lacking(clock, clock + length).length === 0,
      )
    )
  }

  /** Whether it deletes what no entry names but what is deleted in the durable text all the same, as a base does: an attribute set twice. */
  private isImplied(update: Uint8Array): boolean {
    const { clients, deletes } = parseUpdate(update, UNBOUNDED)
    if (clients.some(({ client, end }) => end > (this.clients.get(client)?.end ?? 0))) return false
    const gone = deletedIn(this.wholeText().store)
    return deletes.every(({ client, clock, length }) => gone.get(client)?.lacking(clock, clock + length).length === 0)
  }

  /** Whether a document has all operations that are durable, the deletions too. */
  isWithin({ store }: Y.Doc): boolean {
    if (![...this.clients].every(([client, { end }]) => Y.getState(store, client) >= end)) return false
    const gone = deletedIn(store)
    return [...this.clients].every(([client, { end, gone: durable }]) => {
      const standing = gone.get(client)?.lacking(0, end) ?? [0, end]
      for (let at = 0; at < standing.length; at += 2)
        if (durable.lacking(standing[at]!, standing[at + 1]!).join() !== `${standing[at]},${standing[at + 1]}`)
          return false
      return true
    })
  }

  /** The server writes a message to a page. */
  sends(connection: Line, payload: Uint8Array): void {
    this.world.say(() => `to ${connection.page.name}: ${payload.slice(0, 2).join(',')} of ${payload.length} bytes`)
    const reader = new ByteReader(payload)
    const message = reader.uint()
    if (message === 101 && readsAs(reader, 'store-away')) this.turnedAway += 1
    if (message === 100) return this.acknowledges(connection, reader.uint())
    if (message !== 0 || reader.uint() === 0) return
    this.delivered += 1
    const update = reader.block()
    if (!this.covers(update) && !this.isImplied(update))
      this.violate(`${connection.page.name} is sent what is not durable`)
  }

  /** A message of a page reaches the server. */
  hears(connection: Line, payload: Uint8Array): void {
    this.world.say(() => `from ${connection.page.name}: ${payload.slice(0, 2).join(',')} of ${payload.length} bytes`)
    if (payload[0] === 0 && payload[1] !== 0) this.heardOf(connection).frames.push(payload)
  }

  private acknowledges(connection: Line, count: number): void {
    const heard = this.heardOf(connection)
    if (count > heard.frames.length)
      this.violate(`${connection.page.name} is told of ${count} frames, and sent ${heard.frames.length}`)
    for (const frame of heard.frames.slice(heard.acknowledged, count)) {
      this.acknowledged += 1
      const reader = new ByteReader(frame)
      reader.uint()
      reader.uint()
      if (!this.covers(reader.block()))
        this.violate(`${connection.page.name} is told that something is durable that is not`)
    }
    heard.acknowledged = Math.max(heard.acknowledged, count)
  }

  private heardOf(connection: Line): Heard {
    let heard = this.connections.get(connection)
    if (heard === undefined) this.connections.set(connection, (heard = { frames: [], acknowledged: 0 }))
    return heard
  }

  private of(client: number): Written {
    let written = this.clients.get(client)
    if (written === undefined) this.clients.set(client, (written = { end: 0, gone: new Ranges() }))
    return written
  }
}

const readsAs = (reader: ByteReader, word: string): boolean => Buffer.from(reader.block()).toString() === word

/** What is deleted, by client. */
function deletedIn(store: Y.Doc['store']): Map<number, Ranges> {
  const { clients } = Y.createDeleteSetFromStructStore(store)
  return new Map(
    [...clients].map(([client, ranges]) => {
      const gone = new Ranges()
      for (const { clock, len } of ranges) gone.add(clock, clock + len)
      return [client, gone] as const
    }),
  )
}
