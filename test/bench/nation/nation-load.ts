/** A part of the nation at work: everybody in a room of ten, an edit every five seconds and a caret move every second. */
import { BenchClient } from '../sync/bench-client.ts'
import { Cursor, nameOf } from '../sync/dialect.ts'
import { cpuMs, pause, percentile, residentKb } from '../sync/process-figures.ts'
import type { Recording } from '../sync/recording.ts'
import type { Running } from '../sync/subject.ts'

export type NationFigures = {
  readonly people: number
  readonly connectSeconds: number
  readonly editP50: number
  readonly editP99: number
  readonly caretP99: number
  /** Per second, each reaching one other person. */
  readonly editDeliveries: number
  readonly caretDeliveries: number
  /** Deliveries of edits that came, of those that had to, %. */
  readonly delivered: number
  readonly acknowledged: number
  readonly serverCpu: number
  readonly loadCpu: number
  readonly memoryMb: number
  readonly closed: number
}

const EDIT_GAP_MS = 5000
const CARET_GAP_MS = 1000
const AT_ONCE = 200
const TICK_MS = 4
const SETTLE_MS = 3000
const FIRST_CARET = 3_200_000_000

/** Latencies that fit; what comes after is only counted. */
class Latencies {
  readonly #values = new Float64Array(2_000_000)
  count = 0
  add(value: number): void {
    if (this.count < this.#values.length) this.#values[this.count] = value
    this.count += 1
  }
  at(share: number): number {
    return percentile(this.#values.subarray(0, Math.min(this.count, this.#values.length)).sort(), share)
  }
}

/** Everybody of `server.seats` joins, works for `seconds`, and leaves. */
export async function measureNation(server: Running, recording: Recording, seconds: number): Promise<NationFigures> {
  const edits = new Latencies()
  const carets = new Latencies()
  const names = new Map<string, number>()
  for (const [person, script] of recording.scripts.entries())
    for (const [at, { name }] of script.entries()) names.set(name, person * script.length + at)
  const length = recording.scripts[0]?.length ?? 0
  const sentAt = server.seats.map(() => new Float64Array(recording.scripts.length * length))
  let caretLines = 0
  const hear =
    (room: number, person: number): NonNullable<ConstructorParameters<typeof BenchClient>[0]['heard']> =>
    (heard) => {
      if (heard.kind === 'update') {
        const at = names.get(nameOf(heard.bytes))
        const sent = at === undefined ? 0 : (sentAt[room]?.[at] ?? 0)
        if (sent > 0) edits.add(performance.now() - sent)
      } else if (heard.kind === 'presence') {
        const cursor = new Cursor(heard.bytes)
        for (let lines = cursor.uint(); lines > 0; lines--) {
          if (cursor.uint() === FIRST_CARET + person) continue
          cursor.uint()
          const state = cursor.block()
          caretLines += 1
          // One in 16 is read: the load has the same two cores.
          if (caretLines % 16 === 0) carets.add(performance.now() - caretTime(state))
        }
      }
    }

  const began = performance.now()
  const seats = server.seats.flatMap(({ cookies }, room) => cookies.map((_, person) => ({ room, person })))
  const clients: BenchClient[] = []
  for (let at = 0; at < seats.length; at += AT_ONCE) {
    const some = seats
      .slice(at, at + AT_ONCE)
      .map(({ room, person }) => new BenchClient({ server, room, person, heard: hear(room, person) }))
    await Promise.all(some.map(({ joined }) => joined))
    for (const client of some) {
      client.document.length = 0
      if (client.person === 0) client.send(recording.seed)
    }
    clients.push(...some)
  }
  const connectSeconds = (performance.now() - began) / 1000
  await pause(3000)
  for (const client of clients) client.beginEdits()

  const cpuFrom = cpuMs(server.pid)
  const loadFrom = process.cpuUsage()
  const started = performance.now()
  const end = started + seconds * 1000
  const phase = (at: number, gap: number): number => started + ((at * 7919) % clients.length) * (gap / clients.length)
  const nextEdit = clients.map((_, at) => phase(at, EDIT_GAP_MS))
  const nextCaret = clients.map((_, at) => phase(at + 1, CARET_GAP_MS))
  const done = clients.map(() => 0)
  let moved = 0
  for (let now = started; now < end; now = performance.now()) {
    for (const [at, client] of clients.entries()) {
      if (nextCaret[at]! <= now) {
        nextCaret[at]! += CARET_GAP_MS
        moved += 1
        client.sendPresence(
          FIRST_CARET + client.person,
          moved,
          `{"caret":{"a":12,"h":12},"at":${performance.now().toFixed(1)}}`,
        )
      }
      if (nextEdit[at]! > now) continue
      nextEdit[at]! += EDIT_GAP_MS
      const edit = recording.scripts[client.person]?.[done[at]!]
      if (edit === undefined) continue
      sentAt[client.room]![client.person * length + done[at]!] = performance.now()
      done[at]! += 1
      client.send(edit.bytes)
    }
    await pause(TICK_MS)
  }
  const wall = performance.now() - started
  const serverCpu = (100 * (cpuMs(server.pid) - cpuFrom)) / wall
  const load = process.cpuUsage(loadFrom)
  const memoryMb = residentKb(server.pid) / 1024
  await pause(SETTLE_MS)
  const sent = done.reduce((sum, count) => sum + count, 0)
  const expected = clients.reduce(
    (sum, client, at) => sum + done[at]! * ((server.seats[client.room]?.cookies.length ?? 1) - 1),
    0,
  )
  const acknowledged = clients.reduce((sum, client, at) => sum + Math.min(done[at]!, client.acknowledged), 0)
  const closed = clients.filter(({ closedWith }) => closedWith !== null).length
  for (const client of clients) client.close()
  return {
    people: clients.length,
    connectSeconds,
    editP50: edits.at(0.5),
    editP99: edits.at(0.99),
    caretP99: carets.at(0.99),
    editDeliveries: edits.count / (wall / 1000),
    caretDeliveries: caretLines / (wall / 1000),
    delivered: (100 * edits.count) / expected,
    acknowledged: (100 * acknowledged) / sent,
    serverCpu,
    loadCpu: (load.user + load.system) / 10 / wall,
    memoryMb,
    closed,
  }
}

/** When a caret was sent, by what its state says. */
function caretTime(state: Uint8Array): number {
  return Number(/"at":([\d.]+)/.exec(Buffer.from(state).toString('latin1'))?.[1] ?? Number.NaN)
}
