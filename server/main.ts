/** The process: reads the environment, starts the app, prints the addresses, stops cleanly. */
import { networkInterfaces } from 'node:os'
import pino from 'pino'
import { renderUnicodeCompact } from 'uqr'
import { startApp, type App } from './app.ts'
import { readConfig } from './config.ts'
import { reasonOf } from './start-failure.ts'

/** Longest wait for a clean stop before the process ends anyway. */
const STOP_MS = 10_000

const outcome = readConfig(process.env)
if (outcome.kind === 'bad') {
  process.stderr.write(`rangruam: ${outcome.line}\n`)
  process.exit(2)
}
const { config } = outcome
const log = pino({ level: config.logLevel, base: null })

process.on('uncaughtException', (error) => fatal(error))
process.on('unhandledRejection', (error) => fatal(error))

function fatal(error: unknown): never {
  log.fatal({ err: error }, 'ending because of an unexpected error')
  process.exit(1)
}

/** Damage that ends the start is said by the one line that ends it; what else is found by then waits for the log. */
const found: string[] = []
let damaged = (line: string): void => void found.push(line)

let app: App
let firstAdministrator: string | null
try {
  app = await startApp(config, log, (line) => damaged(line))
  firstAdministrator = await app.rooms.people.invitations.firstAdministratorSecret()
} catch (error) {
  process.stderr.write(`rangruam: ${reasonOf(error, config)}\n`)
  process.exit(1)
}
damaged = (line) => log.error(`store: ${line}`)
for (const line of found) damaged(line)
// This server speaks no TLS: where people come by https there is a proxy.
if (config.publicUrl?.startsWith('https:') === true && config.trustedProxies.length === 0)
  log.warn('TRUSTED_PROXIES names no proxy: everybody counts as one address, and the wrong guesses of one hold off all')
announceAddresses(app.port, firstAdministrator)

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))

async function stop(signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'stopping')
  setTimeout(() => process.exit(1), STOP_MS).unref()
  process.exit((await app.close()) ? 0 : 1)
}

/**
 * Prints where people reach this machine; on every address the LAN one comes with a QR code for phones. While there is no
 * administrator, also the one-time link that makes the first: whoever reads this terminal may.
 */
function announceAddresses(port: number, firstAdministrator: string | null): void {
  const local = `http://localhost:${port}`
  const lines = ['', `  ${local}`]
  const lan = config.publicUrl ?? (config.host === '0.0.0.0' || config.host === '::' ? lanAddress(port) : undefined)
  if (lan !== undefined) lines.push(`  ${lan}`, '', renderUnicodeCompact(lan, { border: 2 }))
  if (firstAdministrator !== null) {
    lines.push('', `  First administrator, works once: ${lan ?? local}/first#${firstAdministrator}`)
  }
  process.stdout.write(`${lines.join('\n')}\n\n`)
}

function lanAddress(port: number): string | undefined {
  for (const addresses of Object.values(networkInterfaces())) {
    for (const address of addresses ?? []) {
      if (address.family === 'IPv4' && !address.internal) return `http://${address.address}:${port}`
    }
  }
  return undefined
}
