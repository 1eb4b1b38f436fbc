/** Finds the system's Chromium and starts it for tests; says what to install when there is none. */
import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** The one without a window first: the same pages for a third less of a processor. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Starts as root and without a screen, and asks nobody on the network for anything. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The program's path: CHROMIUM, else where distributions put it. Throws one sentence that says what to install. */
export function chromiumPath(): string {
  const path = [process.env['CHROMIUM'], ...PLACES].find((place) => place !== undefined && existsSync(place))
  if (path === undefined) {
    throw new Error(
      'Chromium is missing: install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM to the program',
    )
  }
  return path
}

/**
 * Starts a browser. `name` is a plain-http host name that leads to this machine, for what a hotel laptop's address
 * is to phones: a page that is no secure context.
 */
export function startChromium(options: { readonly name?: string } = {}): Promise<Browser> {
  const rules = options.name === undefined ? [] : [`--host-resolver-rules=MAP ${options.name} 127.0.0.1`]
  return chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS, ...rules], headless: true })
}

/** A page whose console errors, uncaught errors and policy violations are collected: a test ends by asserting there are none. */
export async function watchedPage(context: BrowserContext): Promise<{ page: Page; troubles: string[] }> {
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  return { page, troubles }
}
