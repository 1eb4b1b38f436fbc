/** `npm run bench -- nation [--shares 1/8,1/4,1/2,1] [--seconds 20] [--json FILE]`: one person of each of 7,852 local governments at once. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { measureNation, type NationFigures } from './nation/nation-load.ts'
import { loadAverage, pinSelf } from './sync/process-figures.ts'
import { record } from './sync/recording.ts'
import { LOAD_CORE, start } from './sync/subject.ts'

const PEOPLE = 7852
const ROOMS = 785
const GOAL_P99_MS = 250
/** Sockets of the load, and some files. */
const FILES_NEEDED = PEOPLE + 500

function option(name: string, fallback: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

const openFiles = spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout.trim()
if (openFiles !== 'unlimited' && Number(openFiles) < FILES_NEEDED) {
  console.error(
    `nation needs ${FILES_NEEDED} open files in each process; ulimit -n says ${openFiles}. Raise it and try again.`,
  )
  process.exit(1)
}
const seconds = Number(option('seconds', '20'))
const shares = option('shares', '1/8,1/4,1/2,1').split(',')
pinSelf(LOAD_CORE)
// Ten people a room, and eleven in two of them: their edits are recorded once.
const recording = record(12, Math.ceil(seconds / 5) + 2, 1)
const found: NationFigures[] = []
console.log(`ulimit -n ${openFiles}; server on one core, load on the other; load of the machine ${loadAverage()}`)
for (const share of shares) {
  const [part = 1, of = 1] = share.split('/').map(Number)
  const rooms = Math.round((ROOMS * part) / of)
  const server = await start('rangruam', rooms, Math.round((PEOPLE * part) / of))
  try {
    const figures = await measureNation(server, recording, seconds)
    found.push(figures)
    console.log(`\n${share} of the nation, ${rooms} rooms; load of the machine ${loadAverage()}`)
    console.table(
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10])),
    )
    console.log(
      `server µs of processor a delivery, edits and carets together: ${(((figures.serverCpu / 100) * 1e6) / (figures.editDeliveries + figures.caretDeliveries)).toFixed(1)}`,
    )
  } finally {
    await server.stop()
  }
}
const whole = found.find(({ people }) => people === PEOPLE)
if (whole === undefined) console.log(`the whole was not measured: ${shares.join(', ')}`)
else {
  const holds = whole.editP99 <= GOAL_P99_MS && whole.closed === 0
  console.log(
    `${holds ? 'holds' : 'MISSED'}: p99 of an edit ${whole.editP99.toFixed(0)} ms of ${GOAL_P99_MS}, ${whole.closed} connections closed`,
  )
  process.exitCode = holds ? 0 : 1
}
const json = option('json', '')
if (json !== '') writeFileSync(json, `${JSON.stringify(found, null, 1)}\n`)
