/** Rooms full of people who write: CPU a delivery, latency, and whether the text of every room is what was written. */
import * as Y from 'yjs'
import { randomOf } from '../../../shared/random.ts'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import { BenchClient } from './bench-client.ts'
import { nameOf } from './dialect.ts'
import { cpuMs, pause, percentile } from './process-figures.ts'
import { written, type Recording } from './recording.ts'
import type { Running } from './subject.ts'

export type Load = {
  readonly rooms: number
  readonly people: number
  /** Edits a second of each person. */
  readonly rate: number
  readonly warmSeconds: number
  readonly seconds: number
}
export type TypingFigures = {
  /** µs of processor time for one edit that reached one other person. */
  readonly cpu: number
  readonly p50: number
  readonly p99: number
  /** Edits that were acknowledged, %; where a server acknowledges nothing, those that reached everybody else. */
  readonly acknowledged: number
  readonly deliveries: number
  /** Deliveries that came, of those that had to, %. */
  readonly delivered: number
  /** Rooms whose text a newcomer finds as it was written; null where the server keeps none. */
  readonly rightRooms: number | null
  readonly cpuShare: number
}

/** After the last edit: what is slow may arrive, and what is stored late is paid for. */
const SETTLE_MS = 4000
const TICK_MS = 2

/** Joins everybody; the first of each room brings what the room begins with. */
export async function fillRooms(
  server: Running,
  rooms: number,
  people: number,
  seed: Uint8Array | null,
  heard: (client: () => BenchClient) => ConstructorParameters<typeof BenchClient>[0]['heard'],
): Promise<BenchClient[][]> {
  const all: BenchClient[][] = []
  for (let room = 0; room < rooms; room++) {
    const inRoom: BenchClient[] = []
    for (let person = 0; person < people; person++) {
      const made: { client?: BenchClient } = {}
      const listener = heard(() => made.client!)
      const client = new BenchClient({ server, room, person, ...(listener === undefined ? {} : { heard: listener }) })
      made.client = client
      inRoom.push(client)
    }
    await Promise.all(inRoom.map(({ joined }) => joined))
    if (seed !== null) inRoom[0]?.send(seed)
    all.push(inRoom)
  }
  await pause(1000)
  return all
}

/** What stands in a room, for a newcomer. */
export async function readRoom(server: Running, room: number): Promise<Y.Doc> {
  const reader = new BenchClient({ server, room, person: 0 })
  await reader.joined
  reader.close()
  const doc = newDraftDoc()
  for (const update of reader.document) Y.applyUpdate(doc, update)
  return doc
}

export async function measureTyping(
  server: Running,
  load: Load,
  recording: Recording,
  { presence = true } = {},
): Promise<TypingFigures> {
  const { rooms, people, rate, warmSeconds, seconds } = load
  const keepsText = server.dialect !== 'relay'
  const numbers = new Map<string, number>()
  for (const [person, script] of recording.scripts.entries())
    for (const [at, { name }] of script.entries()) numbers.set(name, person * script.length + at)
  const edits = recording.scripts[0]?.length ?? 0
  const sentAt = Array.from({ length: rooms }, () => new Float64Array(people * edits))
  const warmEdits = Math.round(warmSeconds * rate)
  const total = Math.min(edits, warmEdits + Math.round(seconds * rate))
  const latencies = new Float64Array(rooms * people * (total - warmEdits) * (people - 1))
  let taken = 0
  let arrived = 0
  const clients = await fillRooms(server, rooms, people, keepsText ? recording.seed : null, (client) => (heard) => {
    if (heard.kind !== 'update') return
    const at = numbers.get(nameOf(heard.bytes))
    // Some servers send an edit back to its writer: that is no delivery.
    if (at === undefined || Math.floor(at / edits) === client().person) return
    const sent = sentAt[client().room]?.[at] ?? 0
    if (sent === 0) return
    arrived += 1
    if (at % edits >= warmEdits && taken < latencies.length) latencies[taken++] = performance.now() - sent
  })
  // What a newcomer of another room finds before anybody writes is the same in each but for what the server itself put there.
  const before = keepsText ? await Promise.all(clients.map((_, room) => readRoom(server, room))) : []
  for (const inRoom of clients)
    for (const client of inRoom) {
      client.document.length = 0
      client.beginEdits()
      if (presence) client.sendPresence(3_200_000_000 + client.person, 1, '{"caret":null}')
    }
  await pause(500)

  const gap = 1000 / rate
  const started = performance.now()
  let cpuFrom = 0
  let cpuAt = 0
  const order = clients.flat()
  // Everybody has a place of their own within the gap between two edits, drawn: people of a room do not write one after the other.
  const random = randomOf(1)
  const next = order.map(() => started + random() * gap)
  const done = order.map(() => 0)
  for (let busy = true; busy;) {
    busy = false
    const now = performance.now()
    if (cpuFrom === 0 && now - started >= warmSeconds * 1000) {
      cpuFrom = cpuMs(server.pid)
      cpuAt = now
    }
    for (const [at, client] of order.entries()) {
      while (done[at]! < total && next[at]! <= now) {
        const edit = recording.scripts[client.person]?.[done[at]!]
        sentAt[client.room]![client.person * edits + done[at]!] = performance.now()
        if (edit !== undefined) client.send(edit.bytes)
        done[at]! += 1
        next[at]! += gap
      }
      busy ||= done[at]! < total
    }
    await pause(TICK_MS)
  }
  const wrote = performance.now()
  const cpuWhileWriting = cpuMs(server.pid) - cpuFrom
  await pause(SETTLE_MS)
  const cpu = cpuMs(server.pid) - cpuFrom
  const deliveries = rooms * people * (total - warmEdits) * (people - 1)
  const sorted = latencies.subarray(0, taken).sort()
  const sentEdits = order.length * total
  const hasAcks = server.dialect === 'rangruam' || server.dialect === 'hocuspocus'
  const delivered = (100 * arrived) / (sentEdits * (people - 1))
  const acknowledged = hasAcks
    ? (100 * order.reduce((sum, client) => sum + Math.min(total, client.acknowledged), 0)) / sentEdits
    : delivered
  let rightRooms: number | null = null
  if (keepsText) {
    rightRooms = 0
    for (const [room, doc] of before.entries()) {
      for (const script of recording.scripts) for (const { bytes } of script.slice(0, total)) Y.applyUpdate(doc, bytes)
      const found = await readRoom(server, room)
      if (written(found) === written(doc)) rightRooms += 1
      found.destroy()
      doc.destroy()
    }
  }
  for (const client of order) client.close()
  return {
    cpu: (cpu * 1000) / deliveries,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    acknowledged,
    deliveries,
    delivered,
    rightRooms,
    cpuShare: (100 * cpuWhileWriting) / (wrote - cpuAt),
  }
}
