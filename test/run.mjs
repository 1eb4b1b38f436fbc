/** `npm test`: sets up what is missing, then runs every suite and prints one line with the sum. Plain JavaScript, because on a fresh clone nothing is installed yet. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, ROOT } from '../server/build.mjs'
import { inLanes } from './lanes.mjs'
import { findBrowser, findRedis } from './packages.mjs'

/** A suite that hangs must not hold up the others for ever. */
const LIMIT_SECONDS = 300
/** How often a fault is tried (test/support/counts.ts): once, as often as the issue of the sync engine says, or in full; and how long a suite may then take. */
const COUNTS = { once: LIMIT_SECONDS, issue: 3600, long: 24 * 3600 }

/** What was right is not read again until its letters or prettier change: the whole is 20 s of a processor. */
const format = [
  'node_modules/prettier/bin/prettier.cjs',
  '--check',
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  'node_modules/.cache/prettier/checked',
  '.',
]
const oxlint = ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings']

/** Faults that other suites try once: `npm run faults` tries them with the others. */
const COUNTED = [
  'test/server/collab/hostile.test.ts',
  'test/server/collab/failing-store.test.ts',
  'test/server/collab/lineage.test.ts',
  'test/server/collab/room-guard.test.ts',
  'test/server/collab/room.test.ts',
  'test/server/collab/doubted.test.ts',
  'test/server/collab/http-door.test.ts',
  'test/server/collab/telling.test.ts',
  'test/server/collab/store-away.test.ts',
  'test/server/collab/unsaved.test.ts',
  'test/server/merging/merging.test.ts',
  'test/server/store/faults.test.ts',
  'test/shared/workshop/roster-reading.test.ts',
  'test/browser/device.test.ts',
  'test/browser/proxy.test.ts',
  'test/browser/turned-away.test.ts',
]

/**
 * In the order they begin and print; two jobs run at a time. `args` is a program that passes or fails as one, `files` a mocha
 * suite: each file of `alone` (a beginning of its name, longest first) is a job, the others go together into so many `shares`.
 * `ready`: what a suite waits for; without a built product (and a browser) its tests would only wait for their time limits.
 */
const SUITES = [
  { name: 'format', check: true, args: format },
  { name: 'lint', check: true, args: oxlint },
  // The build writes the same files.
  { name: 'types', check: true, args: ['node_modules/typescript/bin/tsc', '-b'], ready: 'build over' },
  { name: 'unit', check: true, files: ['test/shared', 'test/client', 'test/lint'], shares: 2, ready: 'build over' },
  { name: 'contract', files: ['test/contract'], shares: 1, ready: 'build over' },
  {
    name: 'server',
    files: ['test/server'],
    alone: ['access', 'office/office', 'store/faults', 'review/review'],
    shares: 2,
    ready: 'build over',
  },
  {
    name: 'faults',
    files: ['test/faults'],
    alone: ['simulator', 'kill', 'fuzz'],
    shares: 1,
    counted: COUNTED,
    ready: 'built',
  },
  {
    name: 'browser',
    files: ['test/browser'],
    alone: ['journey', 'device', 'merging', 'review', 'proxy', 'workshop', 'phone-writing', 'draft-tools', ''],
    ready: 'built',
  },
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

/** The files of a mocha suite, as jobs: one after the other where faults are counted, because nothing may be busy beside those. */
function partsOf(suite) {
  const files = suite.files.flatMap((folder) => (existsSync(join(ROOT, folder)) ? testsUnder(folder) : []))
  if (counts !== 'once') return [[...files, ...(suite.counted ?? [])]]
  const parts = []
  for (const name of suite.alone ?? []) {
    for (const file of files.filter((path) => path.startsWith(`${suite.files[0]}/${name}`))) {
      files.splice(files.indexOf(file), 1)
      parts.push([file])
    }
  }
  const shares = Array.from({ length: suite.shares ?? 0 }, () => [])
  files.forEach((file, at) => shares[at % shares.length].push(file))
  parts.push(...shares.filter((share) => share.length > 0))
  // A suite without files fails: mocha says so.
  return parts.length > 0 ? parts : [[`${suite.files[0]}/**/*.test.ts`]]
}

function testsUnder(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
}

const MOCHA = [
  '--import',
  'tsx',
  'node_modules/mocha/bin/mocha.js',
  // .mocharc.json serves `npx mocha FILE`; its node option would put one more process between us and the suite.
  '--no-config',
  '--timeout=20000',
  '--forbid-only',
  '--no-color',
  // What a test leaves open must not keep the others waiting.
  '--exit',
]

/** What one job of a suite found. @returns {{ passed: number, failed: number, skipped: number }} */
function countsOf(suite, { code, output }) {
  if (suite.args !== undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  const count = (word) => Number(output.match(new RegExp(`^\\s+(\\d+) ${word}\\b`, 'm'))?.[1] ?? 0)
  const failed = count('failing')
  // A job that ended badly without a failing test (no files, a crash, the time limit) is a failure too.
  return { passed: count('passing'), failed: failed === 0 && code !== 0 ? 1 : failed, skipped: count('pending') }
}

const begun = performance.now()
if (!(await install())) stop('The dependencies could not be installed; npm says why above.')
const total = { passed: 0, failed: 0, skipped: 0 }
if (suites.some((suite) => suite.name === 'server' || suite.name === 'faults')) await findRedis()
const isCounted = (suite) => counts !== 'once' && suite.counted !== undefined
const needsBrowser = suites.some((suite) => suite.name === 'browser' || isCounted(suite))
const needsProduct = suites.some((suite) => ['server', 'faults', 'browser'].includes(suite.name))
const env = { ...process.env, FORCE_COLOR: '0', COUNTS: counts, ...(counts === 'long' ? { LONG: '1' } : {}) }
let built = true
const ready = needsProduct ? build().then(isBuilt) : Promise.resolve()
// A browser that must be fetched first is fetched beside the suites that need none.
const browser = needsBrowser ? findBrowser().then(isFound) : Promise.resolve()

/** Tests run from source, but their servers take the workers that were just built from it: each start costs half as much. */
function isBuilt(done) {
  built = done
  if (done) env.BUILT_WORKERS = join(ROOT, 'dist', 'server')
}

function isFound(program) {
  if (program === null) total.failed += 1
  else env.CHROMIUM = program
}

const jobs = suites.flatMap((suite) => {
  const parts = suite.args === undefined ? partsOf(suite).map((files) => [...MOCHA, ...files]) : [suite.args]
  return parts.map((args) => ({
    suite,
    title: suite.name,
    args,
    seconds: COUNTS[counts],
    ...(suite.ready === undefined ? {} : { ready: suite.ready === 'built' ? Promise.all([ready, browser]) : ready }),
    left: () => (suite.ready === 'built' && !built ? 'the build failed' : null),
  }))
})
const outcomes = await inLanes(jobs, { lanes: counts === 'once' ? 2 : 1, cwd: ROOT, env })
await ready
if (!built) total.failed += 1

const lines = []
for (const suite of suites) {
  const sum = { passed: 0, failed: 0, skipped: 0, seconds: 0 }
  jobs.forEach((job, at) => {
    if (job.suite !== suite) return
    const found = countsOf(suite, outcomes[at])
    for (const key of ['passed', 'failed', 'skipped']) sum[key] += found[key]
    sum.seconds += outcomes[at].seconds
  })
  for (const key of ['passed', 'failed', 'skipped']) total[key] += sum[key]
  const { passed, failed, skipped, seconds } = sum
  lines.push(`${suite.name}: ${passed} ok, ${failed} not ok, ${skipped} left out, ${seconds.toFixed(1)} s`)
}
console.log(`\n${lines.join('\n')}\n`)
console.log(`in ${Math.round((performance.now() - begun) / 1000)} s, two jobs at a time`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1
