/** What tests need of the system beside Node: from apt where that is allowed, else the line says what to install; for test/run.mjs. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { run } from '../server/build.mjs'

/** A mirror that does not answer must not hold the tests up. */
const DOWNLOAD_MS = 120_000

/** Chromium without the window: a third less of a processor for the same pages, mostly because each context is not a profile with a desktop's services. */
const SHELL = { name: 'chromium-headless-shell', path: '/usr/bin/chromium-headless-shell' }
const CHROMIUM = { name: 'chromium', path: '/usr/bin/chromium' }
const OTHERS = [CHROMIUM.path, '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Installs a Debian package where that is allowed; says whether it did. */
async function aptInstall(name) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false
  console.log(`Installing ${name} (apt-get install ${name}), some minutes ...`)
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  const install = ['install', '-y', '-qq', '--no-install-recommends', name]
  await run('apt-get', ['update', '-qq'], { ...options, timeout: DOWNLOAD_MS })
  const loaded = await run('apt-get', [...install, '--download-only'], { ...options, timeout: DOWNLOAD_MS })
  return loaded === 0 && (await run('apt-get', install, options)) === 0
}

/** The tests of several nodes are left out, and say so, where there is no redis-server and none can be had. */
export async function findRedis() {
  if (spawnSync('redis-server', ['--version']).status !== 0) await aptInstall('redis-server')
}

/**
 * Chromium comes from the system: a test tool's own download would be a second browser to keep up to date.
 * @returns {Promise<string | null>} the program, or null after a line that says what to install
 */
export async function findBrowser() {
  const given = process.env.CHROMIUM
  if (given !== undefined && existsSync(given)) return given
  if (existsSync(SHELL.path) || (await aptInstall(SHELL.name))) return SHELL.path
  const found = OTHERS.find((path) => existsSync(path))
  if (found !== undefined) return found
  if ((await aptInstall(CHROMIUM.name)) && existsSync(CHROMIUM.path)) return CHROMIUM.path
  console.error(
    `The browser suite needs Chromium. Install it (Debian: sudo apt-get install ${SHELL.name}) or set CHROMIUM to the program.`,
  )
  return null
}
