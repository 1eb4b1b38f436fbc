/** The journey in a process of its own, for the suites that walk it. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const JOURNEY = fileURLToPath(new URL('journey.ts', import.meta.url))
export const WALK_LIMIT_MS = 240_000

/** Walks with these options of `npm run journey`; fails with all that it said. */
export async function walk(options: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', JOURNEY, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const timer = setTimeout(() => child.kill('SIGTERM'), WALK_LIMIT_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  if (code !== 0) process.stderr.write(said)
  for (const line of said.match(/^over HTTP.*$/gm) ?? []) console.log(`      ${line}`)
  assert.equal(code, 0, said)
}
