/** The servers of the sync bench, each in a process of its own, pinned to the server's core, in a folder of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startReferenceServer } from '../../support/reference-server.ts'
import type { Dialect } from './dialect.ts'

export const SUBJECTS = [
  'rangruam',
  'rangruam-mongodb',
  'relay',
  'y-websocket',
  'y-websocket-leveldb',
  'hocuspocus-sqlite',
] as const
export type Subject = (typeof SUBJECTS)[number]

/** A room: the path to open, the name that Hocuspocus puts into its frames, and a cookie for each person. */
export type Seat = { readonly path: string; readonly name: string; readonly cookies: readonly string[] }

export type Running = {
  readonly subject: Subject
  readonly dialect: Dialect
  readonly port: number
  readonly pid: number
  readonly seats: readonly Seat[]
  /** Kills it with SIGKILL and starts it again on the same folder and port. */
  killAndRestart(): Promise<Running>
  stop(): Promise<void>
}

/** Where a subject lives, also when it is started again. */
type Place = { readonly dir: string; readonly port: number; readonly database: Database | null }

/** Where a data folder of ours lists its rooms and cookies. */
export const SEATS_FILE = 'bench-seats.json'

export const SERVER_CORE = 0
export const LOAD_CORE = 1
const here = fileURLToPath(new URL('.', import.meta.url))
const peers = join(here, '../peers')
/** What `npm start` runs: the bench's runner has built it. */
const product = join(here, '../../../dist/server/main.js')

/** What a subject stores, keeps and says; the table's rows depend on it. */
export const ABOUT: Readonly<
  Record<
    Subject,
    { readonly dialect: Dialect; readonly documents: boolean; readonly stores: boolean; readonly ours: boolean }
  >
> = {
  rangruam: { dialect: 'rangruam', documents: true, stores: true, ours: true },
  // On the reference server, which keeps all in memory and shares the load's core: beside the goals, not among them.
  'rangruam-mongodb': { dialect: 'rangruam', documents: true, stores: true, ours: true },
  relay: { dialect: 'relay', documents: false, stores: false, ours: false },
  'y-websocket': { dialect: 'stock', documents: true, stores: false, ours: false },
  'y-websocket-leveldb': { dialect: 'stock', documents: true, stores: true, ours: false },
  'hocuspocus-sqlite': { dialect: 'hocuspocus', documents: true, stores: true, ours: false },
}

/** Why a subject cannot be measured here, or null. */
export function missing(subject: Subject): string | null {
  if (subject === 'rangruam' || subject === 'relay') return null
  if (subject === 'rangruam-mongodb')
    return spawnSync('java', ['-version']).status === 0 ? null : 'Java is not installed'
  return existsSync(join(peers, 'node_modules')) ? null : 'not installed: npm ci in test/bench/peers did not succeed'
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A database beside one subject: its address, and the way to end it. */
type Database = { readonly uri: string; readonly stop: () => Promise<void> }

async function databaseOf(subject: Subject): Promise<Database | null> {
  if (subject === 'rangruam-mongodb') {
    const server = await startReferenceServer()
    if (server.kind === 'absent') throw new Error(server.reason)
    return { uri: server.uri('bench'), stop: server.stop }
  }
  const uri = process.env['MONGODB_URI']
  return subject === 'rangruam' && uri !== undefined ? { uri, stop: async () => undefined } : null
}

function commandOf(subject: Subject, { dir, port, database }: Place): { args: string[]; env: Record<string, string> } {
  const env = { HOST: '127.0.0.1', PORT: String(port) }
  const own = (name: string): string[] => ['--import', 'tsx', join(here, name)]
  switch (subject) {
    case 'rangruam':
    case 'rangruam-mongodb':
      return { args: [product], env: { ...env, DATA_DIR: dir, DEMO: '0', LOG_LEVEL: 'error', ...mongodb(database) } }
    case 'relay':
      return { args: own('relay-server.ts'), env }
    case 'y-websocket':
      return { args: [join(peers, 'node_modules/y-websocket/bin/server.cjs')], env }
    case 'y-websocket-leveldb':
      return {
        args: [join(peers, 'node_modules/y-websocket/bin/server.cjs')],
        env: { ...env, YPERSISTENCE: join(dir, 'level') },
      }
    case 'hocuspocus-sqlite':
      return { args: [join(peers, 'hocuspocus-server.mjs')], env: { ...env, FILE: join(dir, 'documents.sqlite') } }
  }
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      setTimeout(() => socket.destroy(), 100)
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing listens on ${port}`)
}

const mongodb = (database: Database | null): Record<string, string> =>
  database === null ? {} : { MONGODB_URI: database.uri }

/** The rooms of our server, made in its folder before it starts, by a process of its own: what is measured is the product alone. */
async function prepared({ dir, database }: Place, rooms: number, people: number): Promise<readonly Seat[]> {
  const file = join(dir, SEATS_FILE)
  if (!existsSync(file)) {
    const args = ['--import', 'tsx', join(here, 'rangruam-seats.ts'), dir, String(rooms), String(people)]
    const env = { ...process.env, ...mongodb(database) }
    const [code] = (await once(
      spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }),
      'exit',
    )) as [number | null]
    if (code !== 0) throw new Error(`rangruam-seats ended with ${code}`)
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Seat[]
}

/** Starts a subject with `rooms` rooms and `people` people over all of them. Rejects when it ends before it listens. */
export async function start(subject: Subject, rooms: number, people: number): Promise<Running> {
  const dir = await mkdtemp(join(tmpdir(), `rangruam-bench-${subject}-`))
  const place = { dir, port: await freePort(), database: await databaseOf(subject) }
  return startAt(place, subject, rooms, people).catch(async (error: unknown) => {
    await place.database?.stop()
    throw error
  })
}

async function startAt(place: Place, subject: Subject, rooms: number, people: number): Promise<Running> {
  const { dir, port, database } = place
  const seats: readonly Seat[] = ABOUT[subject].ours
    ? await prepared(place, rooms, people)
    : Array.from({ length: rooms }, (_, room) => ({ path: `room-${room}`, name: `room-${room}`, cookies: [] }))
  const { args, env } = commandOf(subject, place)
  const extra = (process.env['BENCH_NODE_ARGS'] ?? '').split(' ').filter((word) => word !== '')
  const garbage = [...extra, '--expose-gc', '--import', join(here, 'collect-garbage.mjs')]
  const command = ['-c', String(SERVER_CORE), process.execPath, ...garbage, ...args]
  const child: ChildProcess = spawn('taskset', command, {
    // Their default settings, whatever this shell has set.
    env: { PATH: process.env['PATH'] ?? '', HOME: dir, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', process.env['BENCH_LOUD'] === '1' ? 'inherit' : 'ignore'],
  })
  const ended = new Promise<never>((_resolve, reject) =>
    child.once('exit', (code) => reject(new Error(`${subject} ended with ${code} before it listened`))),
  )
  ended.catch(() => undefined)
  await Promise.race([answers(port), ended])
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    const late = setTimeout(() => child.kill('SIGKILL'), 5000)
    await exited
    clearTimeout(late)
  }
  return {
    subject,
    dialect: ABOUT[subject].dialect,
    port,
    // taskset becomes node: the same process.
    pid: child.pid ?? 0,
    seats,
    async killAndRestart() {
      await end('SIGKILL')
      return startAt(place, subject, rooms, people)
    },
    async stop() {
      await end('SIGTERM')
      await database?.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
