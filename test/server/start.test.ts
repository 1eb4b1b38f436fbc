/** The ways in which a start can fail, each on the built product: one clear line and a non-zero exit code. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startBuiltServer, type BuiltServer } from '../support/built-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Ended = { readonly code: number | null; readonly lines: readonly string[] }

/** Runs until it ends by itself; logs are off, so what is left on stderr is what a person reads. */
async function ending(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), 40_000)
  await once(child, 'close')
  clearTimeout(timer)
  return { code: child.exitCode, lines: text.split('\n').filter((line) => line.trim() !== '') }
}

const starting = (env: Readonly<Record<string, string>>) => ending(['dist/server/main.js'], env)

function assertOneLine({ code, lines }: Ended, says: RegExp): void {
  assert.ok(code !== null && code !== 0, `exit code ${code}`)
  assert.equal(lines.length, 1, lines.join('\n'))
  assert.match(lines[0] ?? '', says)
}

describe('a start that cannot succeed', function () {
  this.timeout(60_000)
  let folder: string
  let server: BuiltServer

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rangruam-start-'))
    server = await startBuiltServer(join(folder, 'first'), { DEMO: '0' })
  })
  after(async () => {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('[HO7] a busy port is named', async () => {
    const ended = await starting({ PORT: String(server.port), DATA_DIR: join(folder, 'second'), DEMO: '0' })
    assertOneLine(ended, new RegExp(`port ${server.port} is in use`))
  })

  it('[HO7] a second process on the same folder is refused, the first goes on', async () => {
    assertOneLine(await starting({ DATA_DIR: join(folder, 'first'), DEMO: '0' }), /first/)
    assert.equal((await fetch(`http://127.0.0.1:${server.port}/readyz`)).status, 200)
  })

  it('[HO7] a folder that cannot be written is named', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    assertOneLine(await starting({ DATA_DIR: join(file, 'below'), DEMO: '0' }), /a-file/)
  })

  it('[HO7] a bad variable is named with its value', async () => {
    assertOneLine(await starting({ PORT: 'http', DATA_DIR: join(folder, 'x') }), /PORT="http"/)
    assertOneLine(await starting({ MONGODB_URI: 'postgres://x', DATA_DIR: join(folder, 'x') }), /MONGODB_URI/)
    assertOneLine(await starting({ DEMO: 'perhaps', DATA_DIR: join(folder, 'x') }), /DEMO="perhaps"/)
  })

  it('[HO7][ND1] several nodes without a common database are refused, without the password in the line', async () => {
    const ended = await starting({ REDIS_URL: 'redis://somebody:secret@127.0.0.1:6379', DATA_DIR: join(folder, 'z') })
    assertOneLine(ended, /REDIS_URL="redis:\/\/…@127\.0\.0\.1:6379": .*MONGODB_URI/)
    assertOneLine(await starting({ REDIS_URL: 'localhost', DATA_DIR: join(folder, 'z') }), /REDIS_URL="localhost"/)
  })

  it('[HO7] an unreachable database is named, without its password', async () => {
    const uri = `mongodb://somebody:secret@127.0.0.1:${await freePort()}/x`
    const ended = await starting({ MONGODB_URI: uri, DATA_DIR: join(folder, 'y') })
    assertOneLine(ended, /127\.0\.0\.1/)
    assert.doesNotMatch(ended.lines.join('\n'), /secret/)
  })

  it('[HO8] an old Node is told which one is needed, before anything is installed', async () => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); import('./server/start.mjs')`
    const ended = await ending(['-e', pretend], { DATA_DIR: join(folder, 'z') })
    assertOneLine(ended, /needs Node 20\.19.*18\.20\.0/)
  })
})
