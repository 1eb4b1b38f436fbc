/** When a start installs and builds: decided by comparing, tried on a small copy with npm, compiler and bundler played. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Each tool of the copy writes its name and arguments here. */
const PLAYED = `import { appendFileSync } from 'node:fs'
appendFileSync(process.env.CALLS, [NAME, ...process.argv.slice(2)].join(' ') + '\\n')
`

describe('installing and building at a start', () => {
  let folder: string
  let calls: string

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const lock = (packages: object) => JSON.stringify({ packages })
  const play = (file: string, name: string) => write(file, PLAYED.replace('NAME', `'${name}'`))

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rangruam-build-'))
    calls = join(folder, 'calls')
    cpSync(join(root, 'server/build.mjs'), join(folder, 'server/build.mjs'), { recursive: true })
    write('package.json', '{"type":"module"}')
    write('tsconfig.base.json', '{}')
    write('package-lock.json', lock({ '': {}, 'node_modules/one': { version: '1.0.0' } }))
    write('node_modules/.package-lock.json', lock({ 'node_modules/one': { version: '1.0.0' } }))
    write('shared/ids.ts', '')
    write('server/main.ts', '')
    write('server/demo/roster.csv', 'a,b\n')
    write('client/index.html', '')
    write('dist/client/assets/page.js', 'x'.repeat(5000))
    play('npm.js', 'npm')
    play('node_modules/typescript/bin/tsc', 'tsc')
    play('node_modules/vite/bin/vite.js', 'vite')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Does what a start does before the server; returns what was called. */
  function start(env: Readonly<Record<string, string>> = {}): readonly string[] {
    rmSync(calls, { force: true })
    const code = `const { install, build } = await import('./server/build.mjs'); process.exitCode = (await install()) && (await build()) ? 0 : 1`
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      env: { PATH: process.env['PATH'], CALLS: calls, npm_execpath: join(folder, 'npm.js'), ...env },
      encoding: 'utf8',
    })
    assert.equal(ran.status, 0, ran.stderr)
    if (!existsSync(calls)) return []
    return readFileSync(calls, 'utf8')
      .split('\n')
      .flatMap((line) => line.split(' ').slice(0, 1))
      .filter((name) => name !== '')
  }

  it('[HO10] a first start builds, a second neither installs nor builds', () => {
    assert.deepEqual(start(), ['tsc', 'vite'])
    assert.deepEqual(start(), [])
  })

  it('[HO10] another version in the lock installs, also where NODE_ENV is production, and takes the tools along', () => {
    start()
    write('package-lock.json', lock({ '': {}, 'node_modules/one': { version: '1.0.1' } }))
    assert.deepEqual(start({ NODE_ENV: 'production' }), ['npm', 'tsc', 'vite'])
    assert.equal(existsSync(join(folder, 'dist/.building')), false)
  })

  it('[HO10] a missing package installs, a missing binary of another platform does not', () => {
    start()
    const one = { version: '1.0.0' }
    write(
      'package-lock.json',
      lock({ '': {}, 'node_modules/one': one, 'node_modules/mac': { ...one, optional: true } }),
    )
    assert.equal(start().includes('npm'), false)
    write('package-lock.json', lock({ '': {}, 'node_modules/one': one, 'node_modules/two': one }))
    assert.equal(start().includes('npm'), true)
  })

  it('[HO10] a changed, a new and a vanished source each build again', () => {
    start()
    utimesSync(join(folder, 'shared/ids.ts'), 1, 1)
    assert.deepEqual(start(), ['tsc', 'vite'])
    write('shared/roles.ts', '')
    assert.deepEqual(start(), ['tsc', 'vite'])
    rmSync(join(folder, 'shared/roles.ts'))
    assert.deepEqual(start(), ['tsc', 'vite'])
  })

  it('[HO10] the lock of a build that died does not hold up the next', () => {
    write('dist/.building', '999999999')
    assert.deepEqual(start(), ['tsc', 'vite'])
  })

  it('[HO10] data of the server lies beside its code, scripts of the pages also gzipped', () => {
    start()
    assert.equal(readFileSync(join(folder, 'dist/server/demo/roster.csv'), 'utf8'), 'a,b\n')
    assert.equal(existsSync(join(folder, 'dist/server/main.ts')), false)
    assert.equal(existsSync(join(folder, 'dist/client/assets/page.js.gz')), true)
  })
})
