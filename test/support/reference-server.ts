/** A second opinion for the contract suites: mongo-java-server on the loopback, where Java is present; never part of the product. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'

const folder = new URL('./real-server/', import.meta.url).pathname

export type ReferenceServer =
  | { readonly kind: 'running'; readonly uri: (database: string) => string; readonly stop: () => Promise<void> }
  | { readonly kind: 'absent'; readonly reason: string }

/** Throws where Java is present and the server does not start: leaving it out must not look like passing. */
export async function startReferenceServer(): Promise<ReferenceServer> {
  if (spawnSync('java', ['-version']).status !== 0) return { kind: 'absent', reason: 'Java is not installed' }
  fetchLibraries()
  const child = spawn('java', ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', 'lib/*', 'RealServer.java'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await firstLine(child)
  return {
    kind: 'running',
    uri: (database) => `${address}/${database}`,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill()
      }),
  }
}

function fetchLibraries(): void {
  if (existsSync(`${folder}lib`) && readdirSync(`${folder}lib`).length > 0) return
  const fetched = spawnSync(
    'mvn',
    ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  if (fetched.status !== 0)
    throw new Error(
      `the reference server's libraries could not be fetched by Maven: ${fetched.stdout ?? ''}${fetched.error ?? ''}`,
    )
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child
    if (stdout === null || stderr === null) return reject(new Error('no output'))
    let complaints = ''
    stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    createInterface({ input: stdout }).once('line', (line) => resolve(line.trim().replace(/\/$/, '')))
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`the reference server ended with ${code}: ${complaints.slice(0, 500)}`)),
    )
  })
}
