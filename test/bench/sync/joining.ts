/** How soon a newcomer has a document of 1 MB: one alone, and the last of fifty at once. */
import { BenchClient } from './bench-client.ts'
import { pause } from './process-figures.ts'
import type { Running } from './subject.ts'

export type JoiningFigures = {
  /** ms until one newcomer has everything. */
  readonly join1: number
  /** ms until the last of fifty has. */
  readonly join50: number
  readonly bytes: number
}
const JOINERS = 50
/** Our room compacts what is long every five seconds; others store after two to ten. */
const REST_MS = 12_000

/** `parts` are sent by the first person of room 0, one after the other. */
export async function measureJoining(server: Running, parts: readonly Uint8Array[]): Promise<JoiningFigures> {
  const writer = new BenchClient({ server, room: 0, person: 0 })
  await writer.joined
  for (const part of parts) {
    writer.send(part)
    await pause(50)
  }
  await pause(REST_MS)
  const ones: number[] = []
  let bytes = 0
  for (let round = 0; round < 5; round++) {
    const started = performance.now()
    const joiner = new BenchClient({ server, room: 0, person: 0 })
    await joiner.joined
    ones.push(performance.now() - started)
    bytes = joiner.document.reduce((sum, { length }) => sum + length, 0)
    joiner.close()
    await pause(200)
  }
  const started = performance.now()
  const joiners = Array.from({ length: JOINERS }, () => new BenchClient({ server, room: 0, person: 0 }))
  await Promise.all(joiners.map(({ joined }) => joined))
  const join50 = performance.now() - started
  const short = joiners.filter(({ document }) => document.reduce((sum, part) => sum + part.length, 0) < bytes * 0.9)
  for (const joiner of joiners) joiner.close()
  writer.close()
  if (short.length > 0) throw new Error(`${server.subject}: ${short.length} of ${JOINERS} got less than the document`)
  return { join1: ones.sort((a, b) => a - b)[2] ?? Number.NaN, join50, bytes }
}
