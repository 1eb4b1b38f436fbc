/** Installs and builds the project when something is missing or older than its sources; for start.mjs, test/run.mjs and `npm run build`. Plain JavaScript, because it runs before the install. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** The project's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

const STAMP = join(ROOT, 'dist', '.built')
const LOCK = join(ROOT, 'dist', '.building')
const NOT_COPIED = /(\.tsx?|\.mjs|tsconfig\.json)$/

/** Runs a command with its output shown; passes SIGTERM and SIGINT on, so that a stop during an install stops the install. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options })
    let stopped
    const pass = (signal) => {
      stopped = signal
      child.kill(signal)
    }
    process.on('SIGTERM', pass)
    process.on('SIGINT', pass)
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('SIGTERM', pass)
      process.off('SIGINT', pass)
      if (stopped !== undefined) process.exit(stopped === 'SIGINT' ? 130 : 143)
      resolve(code ?? 1)
    })
  })
}

/**
 * Installs the dependencies of the lock when one is missing or has another version. Compared by content and not by
 * time: a checkout that touches the lock must not cost an install.
 * @returns {Promise<boolean>} false when the install failed; npm has said why
 */
export async function install() {
  if (installed()) return true
  console.log('Installing dependencies (npm ci), about half a minute ...')
  // npm is found through the one that called us: on Windows `npm` is a script that spawn does not find by itself.
  const npm = process.env.npm_execpath
  // NODE_ENV=production would leave out the compiler that builds the pages.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args])
    : await run('npm', args, { shell: process.platform === 'win32' })
  return code === 0
}

function installed() {
  const hidden = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden)) return false
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages
  const have = JSON.parse(readFileSync(hidden, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = have[path]
    // Binaries for other platforms and optional companions may be absent; what is there must be the right one.
    if (found === undefined) return entry.optional === true || entry.peer === true
    return found.version === entry.version
  })
}

/**
 * Builds the server and the pages when dist is missing or does not match the sources.
 * @param {{ force?: boolean, types?: 'all' }} [options] `force` builds in any case; `types: 'all'` also checks client and tests
 * @returns {Promise<boolean>} false when it failed; the compiler has said why
 */
export async function build(options = {}) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  const digest = digestOfSources()
  if (options.force !== true && built(digest)) return true
  await takeLock()
  try {
    if (options.force !== true && built(digest)) return true
    console.log('Building ...')
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
    const projects = options.types === 'all' ? ['.'] : ['server']
    if ((await run(process.execPath, [tsc, '-b', ...projects])) !== 0) return false
    if ((await run(process.execPath, [vite, 'build', 'client', '--logLevel', 'warn'])) !== 0) return false
    compressAssets(join(ROOT, 'dist', 'client', 'assets'))
    for (const folder of ['server', 'shared']) copyData(join(ROOT, folder), join(ROOT, 'dist', folder))
    writeFileSync(STAMP, digest)
    return true
  } finally {
    rmSync(LOCK, { force: true })
  }
}

function built(digest) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest
}

/** Name, size and time of every file that goes into dist: a file that vanished counts too. About 10 ms. */
function digestOfSources() {
  const hash = createHash('sha256')
  const files = ['package-lock.json', 'tsconfig.base.json']
  for (const folder of ['shared', 'server', 'client']) files.push(...filesUnder(join(ROOT, folder)))
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(ROOT, file))
    hash.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
}

/** What the compiler does not emit and the server reads beside its code: demo data, fonts, templates. */
function copyData(from, to) {
  for (const file of filesUnder(from).filter((name) => !NOT_COPIED.test(name))) {
    const target = join(to, relative(relative(ROOT, from), file))
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(ROOT, file), target)
  }
}

/** Beside every script and style its gzipped form, for server/http/precompressed.ts. Under 1 kB it is not worth a file. */
function compressAssets(folder) {
  for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
    const bytes = readFileSync(join(folder, name))
    if (bytes.length > 1024) writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

/** One build at a time in a folder; a lock whose process is gone counts for nothing. */
async function takeLock() {
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!alive(Number(readOrEmpty(LOCK)))) rmSync(LOCK, { force: true })
    else await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function readOrEmpty(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function alive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await install()) && (await build({ force: true, types: 'all' })) ? 0 : 1
}
