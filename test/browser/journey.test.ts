/** The journey within the suite: one workshop from the administrator's link to the endorsed document, in a process of its own, once on localhost. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const JOURNEY = fileURLToPath(new URL('journey.ts', import.meta.url))
const LIMIT_MS = 240_000
/** The suite walks one known way within a minute; `npm run journey` draws others, with all that is on them. */
const OPTIONS = ['--name', 'localhost', '--store', 'embedded', '--kills', '1', '--brief', '--seed', '288469']
const BEHIND_PROXY = ['--proxy', 'refused', '--part', 'drafts']

describe('journey', function () {
  this.timeout(LIMIT_MS + 10_000)

  const walk = async (options: readonly string[]): Promise<void> => {
    const child = spawn(process.execPath, ['--import', 'tsx', JOURNEY, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
    const timer = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS)
    const [code] = (await once(child, 'close')) as [number | null]
    clearTimeout(timer)
    if (code !== 0) process.stderr.write(said)
    for (const line of said.match(/^over HTTP.*$/gm) ?? []) console.log(`      ${line}`)
    assert.equal(code, 0, said)
  }

  it('[WAY1][WAY2][ME65] the way through the pages, with a kill -9 while three type', () => walk(OPTIONS))

  it('[SY40][SY45] the typing of the way behind a proxy that refuses WebSockets, with a kill -9', () =>
    walk([...OPTIONS, ...BEHIND_PROXY]))
})
