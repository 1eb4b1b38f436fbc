/** The built product in a process of its own, as `npm start` runs it: started, killed, started again on the same folder. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

/** BUILT names another build's main.js, so that a run is not disturbed by one that builds anew. */
const MAIN = process.env['BUILT'] ?? fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))
/** Longest wait for a start; ten times the promised 3 s. */
const START_MS = 30_000
/** pino's levels error and fatal. */
const ERROR_LINE = /^\{"level":[56]0,/

export type BuiltServer = {
  readonly port: number
  /** Its process id since the last start. */
  pid(): number
  /** Whether it runs: false when it ended by itself. */
  alive(): boolean
  /** Everything it printed since its last start. */
  output(): string
  /** The lines of its log about errors, of all its starts. */
  errors(): readonly string[]
  /** kill -9, at once. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** Starts again on the same folder and port. */
  start(): Promise<void>
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server.close()
  await once(server, 'close')
  return port
}

/** Starts the built server on the loopback address and waits until it answers; `under` is a program that runs it in its own process, with options. */
export async function startBuiltServer(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
): Promise<BuiltServer> {
  const port = await freePort()
  let child: ChildProcess
  let output = ''
  let earlier = ''
  const start = async (): Promise<void> => {
    earlier += output
    output = ''
    const [program, ...given] = [...under, process.execPath, MAIN]
    child = spawn(program, given, {
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await answering(port, () => (child.exitCode === null ? null : `the server ended by itself:\n${output}`))
  }
  await start()
  return {
    port,
    pid: () => child.pid ?? 0,
    alive: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    errors: () => (earlier + output).split('\n').filter((line) => ERROR_LINE.test(line)),
    async kill() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      child.kill('SIGTERM')
      await once(child, 'exit')
      return child.exitCode
    },
    start,
  }
}

async function answering(port: number, ended: () => string | null): Promise<void> {
  const until = Date.now() + START_MS
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
    if (answer?.ok === true) return
    const why = ended()
    if (why !== null) throw new Error(why)
    if (Date.now() > until) throw new Error(`no answer on port ${port} in ${START_MS} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
