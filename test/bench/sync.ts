/** `npm run bench -- sync [--json FILE] [--runs 3] [--only rangruam,relay] [--parts typing,joining,memory,kill]`: our sync server beside its peers. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { measureJoining } from './sync/joining.ts'
import { measureKill } from './sync/killing.ts'
import { measureConnection, measureIdleRooms } from './sync/memory.ts'
import { loadAverage, pinSelf } from './sync/process-figures.ts'
import { largeText, record } from './sync/recording.ts'
import { printGoals, printTable, Results, writeJson } from './sync/report.ts'
import { ABOUT, LOAD_CORE, missing, start, SUBJECTS, type Running, type Subject } from './sync/subject.ts'
import { measureTyping } from './sync/typing.ts'

function option(name: string, fallback: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}
function amount(name: string, fallback: number): number {
  const value = Number(option(name, String(fallback)))
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} must be a number above 0`)
  return value
}

const load = {
  rooms: amount('rooms', 50),
  people: amount('people', 10),
  rate: amount('rate', 5),
  warmSeconds: amount('warm', 3),
  seconds: amount('seconds', 10),
}
const runs = amount('runs', 3)
const idleRooms = amount('idle-rooms', 1000)
const only = new Set(option('only', SUBJECTS.join(',')).split(','))
const parts = new Set(option('parts', 'typing,joining,memory,kill').split(','))
const json = option('json', '')
/** Rooms answer newcomers and rest without their journal. */
const OF_JOURNAL = ['typing', 'kill']

const peers = fileURLToPath(new URL('peers', import.meta.url))
// The peers have their own lock and come on first use; nothing of theirs runs while they are installed.
if (!existsSync(`${peers}/node_modules`) && SUBJECTS.some((one) => only.has(one) && missing(one) !== null))
  spawnSync('npm', ['ci', '--ignore-scripts', '--no-fund', '--no-audit'], { cwd: peers, stdio: 'inherit' })

const results = new Results()
const absent = new Map<Subject, string>()
const notes: string[] = []
pinSelf(LOAD_CORE)
const recording = record(load.people, Math.ceil((load.warmSeconds + load.seconds) * load.rate) + 5, 1)
console.log(
  `${load.rooms} rooms of ${load.people}, ${load.rate} edits/s each, ${load.seconds} s; edits of the recording: ${JSON.stringify(recording.sorts)}`,
)

/** One part of a subject in a process of its own; a failure is told and leaves the others. */
async function part(
  subject: Subject,
  rooms: number,
  people: number,
  measure: (server: Running) => Promise<Running | void>,
): Promise<void> {
  let server: Running | null = null
  try {
    server = await start(subject, rooms, people)
    server = (await measure(server)) ?? server
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    notes.push(`${subject}: ${words}`)
    console.error(`  ${subject}: ${words}`)
  } finally {
    await server?.stop()
  }
}

for (let run = 1; run <= runs; run++) {
  console.log(`run ${run} of ${runs}; load of the machine ${loadAverage()}`)
  for (const subject of SUBJECTS) {
    if (!only.has(subject)) continue
    const why = missing(subject)
    if (why !== null) {
      absent.set(subject, why)
      continue
    }
    const { documents } = ABOUT[subject]
    const asked = subject === 'rangruam-mongodb' ? new Set(OF_JOURNAL.filter((name) => parts.has(name))) : parts
    if (asked.has('typing'))
      await part(subject, load.rooms, load.rooms * load.people, async (server) => {
        const found = await measureTyping(server, load, recording)
        for (const measure of ['cpu', 'p50', 'p99', 'acknowledged'] as const)
          results.add(subject, measure, found[measure])
        const text = found.rightRooms === null ? '' : `, text right in ${found.rightRooms} of ${load.rooms} rooms`
        console.log(
          `  ${subject}: ${found.cpu.toFixed(1)} µs, p50 ${found.p50.toFixed(1)} ms, p99 ${found.p99.toFixed(1)} ms, ${found.cpuShare.toFixed(0)} % of a core, delivered ${found.delivered.toFixed(1)} %, acknowledged ${found.acknowledged.toFixed(1)} %${text}`,
        )
        if (found.rightRooms !== null && found.rightRooms < load.rooms)
          notes.push(
            `${subject}: run ${run}, ${load.rooms - found.rightRooms} rooms hold another text than was written`,
          )
      })
    if (asked.has('joining') && documents)
      await part(subject, 1, 1, async (server) => {
        const found = await measureJoining(server, largeText(1_000_000, run))
        results.add(subject, 'join1', found.join1)
        results.add(subject, 'join50', found.join50)
        console.log(
          `  ${subject}: ${found.bytes} bytes, join ${found.join1.toFixed(0)} ms, 50 at once ${found.join50.toFixed(0)} ms`,
        )
      })
    if (asked.has('memory'))
      await part(subject, idleRooms, idleRooms, async (server) => {
        const connection = await measureConnection(server, 20, 3000)
        results.add(subject, 'connection', connection)
        const room = documents ? await measureIdleRooms(server, largeText(50_000, run), idleRooms, connection) : null
        if (room !== null) results.add(subject, 'idle-room', room)
        console.log(
          `  ${subject}: a connection ${connection.toFixed(0)} kB, an idle room ${room?.toFixed(0) ?? '-'} kB`,
        )
      })
    if (asked.has('kill'))
      await part(subject, 2, 2 * load.people, async (server) => {
        const { figures, server: again } = await measureKill(server, recording)
        results.add(subject, 'lost', figures.lost)
        console.log(
          `  ${subject}: lost ${figures.lost} of ${figures.acknowledged} acknowledged edits (${figures.sent} sent)`,
        )
        return again
      })
  }
}

console.log(`\nmiddle of ${runs} runs; load of the machine ${loadAverage()}`)
printTable(results, absent)
const held = printGoals(results)
for (const note of notes) console.log(`note: ${note}`)
if (json !== '') writeJson(json, results.list())
process.exitCode = held && notes.length === 0 ? 0 : 1
