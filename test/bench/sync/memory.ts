/** What a connection and an idle room of 50 kB cost in memory, after garbage was collected. */
import { BenchClient } from './bench-client.ts'
import { heldKb, pause } from './process-figures.ts'
import type { Running } from './subject.ts'

const AT_ONCE = 50
/** Joined before anything is counted: they fill what the process had spare. After 300 a connection once weighed less than nothing. */
const SPARE = 1000

async function joinAll(server: Running, seats: readonly { room: number; person: number }[]): Promise<BenchClient[]> {
  const clients: BenchClient[] = []
  for (let at = 0; at < seats.length; at += AT_ONCE) {
    const some = seats.slice(at, at + AT_ONCE).map((seat) => new BenchClient({ server, ...seat }))
    await Promise.all(some.map(({ joined }) => joined))
    for (const client of some) client.document.length = 0
    clients.push(...some)
  }
  return clients
}

/** kB of one more quiet connection: `count` of them in the rooms that are open already. */
export async function measureConnection(server: Running, rooms: number, count: number): Promise<number> {
  // The first ones fill what the process had spare.
  const first = await joinAll(
    server,
    Array.from({ length: SPARE }, (_, at) => ({ room: at % rooms, person: 0 })),
  )
  const before = await heldKb(server.pid)
  const more = await joinAll(
    server,
    Array.from({ length: count }, (_, at) => ({ room: at % rooms, person: 0 })),
  )
  const after = await heldKb(server.pid)
  for (const client of [...first, ...more]) client.close()
  await pause(500)
  return (after - before) / count
}

/** kB of one idle room that holds `parts`, with the one connection that keeps it open taken off. */
export async function measureIdleRooms(
  server: Running,
  parts: readonly Uint8Array[],
  rooms: number,
  connectionKb: number,
): Promise<number> {
  const before = await heldKb(server.pid)
  const clients: BenchClient[] = []
  for (let room = 0; room < rooms; room += AT_ONCE) {
    const seats = Array.from({ length: Math.min(AT_ONCE, rooms - room) }, (_, at) => ({ room: room + at, person: 0 }))
    const some = await joinAll(server, seats)
    for (const part of parts) {
      for (const client of some) client.send(part)
      await pause(100)
    }
    clients.push(...some)
  }
  // Stores that wait before they write have written; our room has compacted.
  await pause(15_000)
  const after = await heldKb(server.pid)
  const gone = clients.filter(({ closedWith, refusals }) => closedWith !== null || refusals > 0)
  for (const client of clients) client.close()
  if (gone.length > 0) throw new Error(`${server.subject}: ${gone.length} of ${rooms} rooms did not take the text`)
  return (after - before) / rooms - connectionKb
}
