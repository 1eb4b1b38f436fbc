/** kill -9 while twenty people write 200 edits a second: how many edits that were acknowledged does a newcomer not find afterwards? */
import * as Y from 'yjs'
import { BenchClient } from './bench-client.ts'
import { nameOf } from './dialect.ts'
import { pause } from './process-figures.ts'
import type { Edit, Recording } from './recording.ts'
import type { Running } from './subject.ts'
import { readRoom } from './typing.ts'

export type KillFigures = { readonly acknowledged: number; readonly lost: number; readonly sent: number }

const ROOMS = 2
const RATE = 10
const WRITE_MS = 3000

/** Where a server acknowledges nothing, an edit counts as acknowledged when another person has it. */
export async function measureKill(
  server: Running,
  recording: Recording,
): Promise<{ figures: KillFigures; server: Running }> {
  const hasAcks = server.dialect === 'rangruam' || server.dialect === 'hocuspocus'
  const seen = Array.from({ length: ROOMS }, () => new Set<string>())
  const rooms: BenchClient[][] = []
  for (let room = 0; room < ROOMS; room++) {
    const heard: ConstructorParameters<typeof BenchClient>[0]['heard'] = (one) => {
      if (one.kind === 'update') seen[room]?.add(nameOf(one.bytes))
    }
    const inRoom = recording.scripts.map((_, person) => new BenchClient({ server, room, person, heard }))
    await Promise.all(inRoom.map(({ joined }) => joined))
    if (server.dialect !== 'relay') inRoom[0]?.send(recording.seed)
    rooms.push(inRoom)
  }
  await pause(3000)
  for (const client of rooms.flat()) client.beginEdits()
  const done = new Map<BenchClient, number>()
  const started = performance.now()
  while (performance.now() - started < WRITE_MS) {
    const due = Math.floor(((performance.now() - started) / 1000) * RATE)
    for (const client of rooms.flat()) {
      for (let at = done.get(client) ?? 0; at < due; at++) {
        const edit = recording.scripts[client.person]?.[at]
        if (edit !== undefined) client.send(edit.bytes)
      }
      done.set(client, due)
    }
    await pause(5)
  }
  const killing = server.killAndRestart()
  const acknowledged: Edit[][] = rooms.map((inRoom, room) =>
    inRoom.flatMap((client) => {
      const script = (recording.scripts[client.person] ?? []).slice(0, done.get(client) ?? 0)
      return hasAcks ? script.slice(0, client.acknowledged) : script.filter(({ name }) => seen[room]?.has(name))
    }),
  )
  const restarted = await killing
  for (const client of rooms.flat()) client.close()
  let lost = 0
  // A server that answers before it has loaded a room is read after it had time to: somebody stays, so that it keeps the room.
  const keepers =
    server.dialect === 'relay' ? [] : rooms.map((_, room) => new BenchClient({ server: restarted, room, person: 0 }))
  await Promise.all(keepers.map(({ joined }) => joined))
  await pause(3000)
  for (const [room, edits] of acknowledged.entries()) {
    const found = server.dialect === 'relay' ? new Y.Doc() : await readRoom(restarted, room)
    lost += edits.filter((edit) => !holds(found, edit.bytes)).length
    found.destroy()
  }
  for (const keeper of keepers) keeper.close()
  const figures = {
    acknowledged: acknowledged.flat().length,
    lost,
    sent: [...done.values()].reduce((sum, count) => sum + count, 0),
  }
  return { figures, server: restarted }
}

/** Whether a document has everything that an update adds and deletes. */
function holds(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update)
  const state = Y.decodeStateVector(Y.encodeStateVector(doc))
  if (structs.some(({ id, length }) => (state.get(id.client) ?? 0) < id.clock + length)) return false
  const gone = Y.createDeleteSetFromStructStore(doc.store)
  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges)
      for (let at = clock; at < clock + len; at++) if (!Y.isDeleted(gone, Y.createID(client, at))) return false
  return true
}
