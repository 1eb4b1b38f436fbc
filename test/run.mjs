/** `npm test`: sets up what is missing, then runs every suite in order and prints one line with the sum. Plain JavaScript, because on a fresh clone nothing is installed yet. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, ROOT, run } from '../server/build.mjs'

/** A suite that hangs must not hold up the others for ever. */
const LIMIT_SECONDS = 300
/** How often a fault is tried (test/support/counts.ts): once, as often as the issue of the sync engine says, or in full; and how long a suite may then take. */
const COUNTS = { once: LIMIT_SECONDS, issue: 3600, long: 24 * 3600 }

const TESTS = '*.test.{ts,tsx}'
const oxlint = ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings']

/** Faults that other suites try once: `npm run faults` tries them with the others. */
const COUNTED = [
  'test/server/collab/hostile.test.ts',
  'test/server/collab/failing-store.test.ts',
  'test/server/collab/room-guard.test.ts',
  'test/server/store/faults.test.ts',
  'test/browser/device.test.ts',
  'test/browser/proxy.test.ts',
]

/** In the order they run. `args` is a program that passes or fails as one; `files` a mocha suite. `parallel` where files share nothing. */
const SUITES = [
  { name: 'format', check: true, args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'lint', check: true, args: oxlint },
  { name: 'types', check: true, args: ['node_modules/typescript/bin/tsc', '-b'] },
  { name: 'unit', check: true, files: ['test/shared', 'test/client', 'test/lint'], parallel: true },
  { name: 'contract', files: ['test/contract'] },
  { name: 'server', files: ['test/server'], parallel: true },
  { name: 'faults', files: ['test/faults'], counted: COUNTED, needsBuild: true },
  // Each file has its own server, folder and browser; the journey is one of them and alone takes a minute.
  { name: 'browser', files: ['test/browser'], needsBuild: true, parallel: true, seconds: 600 },
]

const options = process.argv.slice(2)
const only = options.includes('--only') ? (options[options.indexOf('--only') + 1] ?? '').split(',') : null
const counts = options.includes('--long') ? 'long' : options.includes('--counted') ? 'issue' : 'once'
const check = options.includes('--check')
const unknown = only?.filter((name) => !SUITES.some((suite) => suite.name === name)) ?? []
if (unknown.length > 0) stop(`No suite is named ${unknown.join(', ')}: ${SUITES.map((suite) => suite.name).join(', ')}`)
const suites = SUITES.filter((suite) => (only === null ? !check || suite.check : only.includes(suite.name)))

function stop(line) {
  console.error(line)
  process.exit(1)
}

/** Installs a Debian package where that is allowed; says whether it did. */
async function aptInstall(name) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false
  console.log(`Installing ${name} (apt-get install ${name}), some minutes ...`)
  await run('apt-get', ['update', '-qq'])
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return code === 0
}

/** The tests of several nodes are left out, and say so, where there is no redis-server and none can be had. */
async function findRedis() {
  if (spawnSync('redis-server', ['--version']).status !== 0) await aptInstall('redis-server')
}

/** Chromium comes from the system: a test tool's own download would be a second browser to keep up to date. */
async function findBrowser() {
  const names = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', process.env.CHROMIUM]
  if (names.some((name) => name !== undefined && existsSync(name))) return true
  if ((await aptInstall('chromium')) && existsSync('/usr/bin/chromium')) return true
  console.error(
    'The browser suite needs Chromium. Install it (Debian: sudo apt-get install chromium) or set CHROMIUM to the program.',
  )
  return false
}

/** Runs a suite with its output shown. @returns {Promise<{ passed: number, failed: number, skipped: number }>} */
async function runSuite(suite) {
  if (suite.args !== undefined) {
    const { code } = await show(suite.args)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  }
  const folders = suite.files.filter((folder) => existsSync(join(ROOT, folder)))
  const counted = counts === 'once' ? [] : (suite.counted ?? [])
  const { code, output } = await show(
    [
      '--import',
      'tsx',
      'node_modules/mocha/bin/mocha.js',
      // .mocharc.json serves `npx mocha FILE`; its node option would put one more process between us and the suite.
      '--no-config',
      '--extension=ts,tsx',
      '--timeout=20000',
      '--forbid-only',
      '--no-color',
      ...(suite.parallel ? ['--parallel', '--jobs', '2'] : []),
      ...folders.map((folder) => `${folder}/**/${TESTS}`),
      ...counted,
    ],
    suite.seconds,
  )
  const count = (word) => Number(output.match(new RegExp(`^\\s+(\\d+) ${word}\\b`, 'm'))?.[1] ?? 0)
  const failed = count('failing')
  // A suite that ended badly without a failing test (no files, a crash, the time limit) is a failure too.
  return { passed: count('passing'), failed: failed === 0 && code !== 0 ? 1 : failed, skipped: count('pending') }
}

/** Without a product each of these tests would only wait for its time limit. */
function notBuilt() {
  console.log('not run: the build failed')
  return { passed: 0, failed: 1, skipped: 0 }
}

/** Runs node with arguments, shows what it prints and keeps the end of it, where mocha's counts are. */
function show(args, limit = LIMIT_SECONDS) {
  return new Promise((resolve) => {
    const env = { ...process.env, FORCE_COLOR: '0', COUNTS: counts, ...(counts === 'long' ? { LONG: '1' } : {}) }
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (bytes) => {
      process.stdout.write(bytes)
      output = (output + bytes).slice(-200_000)
    })
    child.stderr.pipe(process.stderr, { end: false })
    const seconds = Math.max(limit, COUNTS[counts])
    const timer = setTimeout(() => {
      console.error(`not finished after ${seconds} s: stopped`)
      child.kill('SIGKILL')
    }, seconds * 1000)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, output })
    })
  })
}

if (!(await install())) stop('The dependencies could not be installed; npm says why above.')
const total = { passed: 0, failed: 0, skipped: 0 }
const needsProduct = suites.some((suite) => ['server', 'faults', 'browser'].includes(suite.name))
const built = !needsProduct || (await build())
if (!built) total.failed += 1
if (suites.some((suite) => suite.name === 'server' || suite.name === 'faults')) await findRedis()
const isCounted = (suite) => counts !== 'once' && suite.counted !== undefined
if (suites.some((suite) => suite.name === 'browser' || isCounted(suite)) && !(await findBrowser())) total.failed += 1

const lines = []
for (const suite of suites) {
  console.log(`\n== ${suite.name}`)
  const from = performance.now()
  const result = built || suite.needsBuild !== true ? await runSuite(suite) : notBuilt()
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  for (const key of ['passed', 'failed', 'skipped']) total[key] += result[key]
  lines.push(`${suite.name}: ${result.passed} ok, ${result.failed} not ok, ${result.skipped} left out, ${seconds} s`)
}
console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1
