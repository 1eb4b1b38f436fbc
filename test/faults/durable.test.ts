/** kill -9 cannot show a missing fsync, for the system keeps what was written: the system calls of the built server do. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts'
import { times } from '../support/counts.ts'
import { countFault } from '../support/fault-tally.ts'
import { framed, handUpdate, rawClient, rootItem } from '../support/raw-client.ts'
import { until } from '../support/waiting.ts'
import { makeCrowdSite, type CrowdSite } from './crowd-site.ts'
import * as encoding from 'lib0/encoding'

const EDITS = times({ once: 25, issue: 100, long: 1000 })
/** Enough to see that none has its sync. */
const UNSYNCED_EDITS = 5
const CLIENT = 4711
const UNSYNCED = fileURLToPath(new URL('./without-sync.cjs', import.meta.url))
const STRACE = ['strace', '-D', '-f', '-T', '-ttt', '-qq', '-e', 'trace=fdatasync,fsync', '-o']

/** A stretch of time in ms since the epoch. */
type Span = { readonly from: number; readonly to: number }

/** Why system calls cannot be seen here, or null. */
function whyNot(): string | null {
  const { error, status, stderr } = spawnSync('strace', ['-f', '-e', 'trace=fsync', 'true'], { encoding: 'utf8' })
  if (error !== undefined) return 'strace is not installed'
  return status === 0 ? null : `strace may not trace here: ${stderr.trim().split('\n')[0] ?? ''}`
}

/** The syncs of a trace, each from the call to its return; one that another thread's line cuts in two is joined. */
function syncsIn(trace: string): Span[] {
  const begun = new Map<string, number>()
  return trace.split('\n').flatMap((line) => {
    const [, thread = '', seconds = '', call = ''] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? []
    const at = Number(seconds) * 1000
    if (/^f(data)?sync\(.*unfinished/.test(call)) begun.set(thread, at)
    if (!/ = 0 <[\d.]+>$/.test(call)) return []
    const took = Number(/<([\d.]+)>$/.exec(call)?.[1]) * 1000
    if (/^f(data)?sync\(/.test(call)) return [{ from: at, to: at + took }]
    return /^<\.\.\. f(data)?sync resumed/.test(call) ? [{ from: begun.get(thread) ?? at, to: at }] : []
  })
}

describe('durable before it is acknowledged', function () {
  this.timeout(120_000)
  let site: CrowdSite
  let server: BuiltServer | null = null
  before(async function () {
    const why = whyNot()
    if (why !== null) {
      console.log(`      not run: ${why}`)
      return this.skip()
    }
    site = await makeCrowdSite(1, 1)
  })
  afterEach(async () => {
    await server?.kill()
    server = null
  })
  after(() => site?.close())

  /** Letters one at a time, each typed when the one before is acknowledged; how long each waited, and every sync of the server meanwhile. */
  async function lettersAndSyncs(count: number, env: Readonly<Record<string, string>>) {
    const dataDir = await site.copy()
    const file = `${dataDir}.trace`
    server = await startBuiltServer(dataDir, { DEMO: '0', ...env }, [...STRACE, file])
    const [seat] = site.seats
    assert.ok(seat !== undefined)
    const client = await rawClient(server.port, null, `/collab/${seat.draft}.1?ack=1`, { cookie: seat.cookie })
    client.send(framed(0, 1, new Uint8Array([0, 0])))
    await until('the room is there', () => client.acknowledged() === 1)
    const letters: Span[] = []
    for (let clock = 0; clock < count; clock++) {
      const letter = rootItem('section:background', 4, (encoder) => encoding.writeVarString(encoder, 'ก'))
      const from = Date.now()
      client.update(handUpdate(CLIENT, clock, [letter]))
      await until('acknowledged', () => client.acknowledged() === clock + 2)
      // The clock gives whole milliseconds, cut.
      letters.push({ from, to: Date.now() + 1 })
    }
    assert.equal(await server.stop(), 0)
    await until('the trace is whole', () => existsSync(file) && syncsIn(readFileSync(file, 'utf8')).length > 0)
    return { letters, syncs: syncsIn(readFileSync(file, 'utf8')) }
  }
  const unsynced = ({ letters, syncs }: { letters: Span[]; syncs: Span[] }): number =>
    letters.filter(({ from, to }) => !syncs.some((sync) => sync.from >= from && sync.to <= to)).length

  it(`[SY21] between each of ${EDITS} edits and its acknowledgement the server has synced its file`, async () => {
    const seen = await lettersAndSyncs(EDITS, {})
    const falselyAcknowledged = unsynced(seen)
    const longest = Math.max(...seen.letters.map(({ from, to }) => to - from))
    console.log(
      `      ${EDITS} edits, ${seen.syncs.length} syncs, ${EDITS - falselyAcknowledged} edits with one between; longest ${longest} ms`,
    )
    countFault('syncs seen by strace', { times: EDITS, typed: EDITS, acknowledged: EDITS, falselyAcknowledged })
  })

  it('[SY21] of a server that does not sync, the same look says so of every edit', async () => {
    const seen = await lettersAndSyncs(UNSYNCED_EDITS, { NODE_OPTIONS: `--require ${UNSYNCED}` })
    assert.equal(unsynced(seen), UNSYNCED_EDITS)
  })
})
