/** The stage of the journey: the built product on a fresh folder, one browser, a window for each person, steps that print a line. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startBuiltServer, type BuiltServer } from '../../support/built-server.ts'
import { startChromium } from '../../support/chromium.ts'
import { seededRandom, type Random } from '../../support/random-thai.ts'

const SHOTS = fileURLToPath(new URL('../../shots/', import.meta.url))
/** Longest wait for anything on a page. */
const PATIENCE_MS = 20_000
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

/** One person's browser: cookies and storage of their own. */
export type Person = {
  readonly name: string
  readonly context: BrowserContext
  page: Page
  /** Console errors, uncaught errors and refusals by the policy, as the browser told them. */
  readonly troubles: string[]
}

export type Scene = {
  readonly random: Random
  readonly seed: number
  readonly folder: string
  readonly origin: string
  readonly server: BuiltServer
  /** Opens a browser of its own for somebody. */
  person(name: string, screen: 'desk' | 'phone'): Promise<Person>
  /** A new window of somebody whose last one is gone. */
  reopen(person: Person): Promise<void>
  /** Does one step and prints one line; what it returns is printed after its name. */
  step(name: string, work: () => Promise<string | undefined>): Promise<void>
  everybody(): readonly Person[]
  close(): Promise<void>
}

/** Starts the product without the demo and a browser that knows the name of its host. */
export async function openScene(host: string, seed: number): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'rangruam-journey-'))
  const server = await startBuiltServer(join(folder, 'data'), { DEMO: '0' })
  const browser: Browser = await startChromium(host === 'localhost' ? {} : { name: host })
  const people: Person[] = []
  const origin = `http://${host}:${server.port}`

  const watch = async (context: BrowserContext, troubles: string[]): Promise<Page> => {
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text())
    })
    return page
  }
  return {
    random: seededRandom(seed),
    seed,
    folder,
    origin,
    server,
    everybody: () => people,
    async person(name, screen) {
      const viewport = screen === 'desk' ? DESK : PHONE
      const context = await browser.newContext({ viewport, acceptDownloads: true, locale: 'th-TH' })
      const troubles: string[] = []
      const person = { name, context, page: await watch(context, troubles), troubles }
      people.push(person)
      return person
    },
    async reopen(person) {
      person.page = await watch(person.context, person.troubles)
    },
    async step(name, work) {
      const from = performance.now()
      try {
        const said = await work()
        const seconds = ((performance.now() - from) / 1000).toFixed(1)
        console.log(`ok  ${name}${said === undefined ? '' : `: ${said}`} (${seconds} s)`)
      } catch (error) {
        console.log(`NOT ${name}, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
        for (const path of await photograph(people, seed)) console.log(`    ${path}`)
        for (const line of troublesOf(people)) console.log(`    ${line}`)
        throw error
      }
    },
    async close() {
      await browser.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A picture of every open window, for whoever looks for the cause. */
async function photograph(people: readonly Person[], seed: number): Promise<string[]> {
  await mkdir(SHOTS, { recursive: true })
  const paths: string[] = []
  for (const [index, { page, name }] of people.entries()) {
    const path = join(SHOTS, `journey-${seed}-${index}.png`)
    const taken = page.isClosed() ? null : await page.screenshot({ path, timeout: 5_000 }).catch(() => null)
    if (taken !== null) paths.push(`${path} (${name}, ${new URL(page.url()).pathname})`)
  }
  return paths
}

/** The same address in English: the steps name buttons by their English words. */
export function inEnglish(address: string): string {
  const url = new URL(address)
  url.searchParams.set('lang', 'en')
  return url.href
}

/** Fails with words when something is not so. */
export function expect(holds: boolean, words: string): void {
  if (!holds) throw new Error(words)
}

/** Waits until a reading satisfies; says the last reading when it never does. */
export async function until<Value>(
  read: () => Promise<Value>,
  holds: (value: Value) => boolean,
  words: string,
  milliseconds = PATIENCE_MS,
): Promise<Value> {
  const end = performance.now() + milliseconds
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (performance.now() > end) throw new Error(`${words}; the last reading was ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What the browsers told of, without the lost connections that a killed server brings. */
export function troublesOf(people: readonly Person[]): string[] {
  return people.flatMap(({ name, troubles }) =>
    troubles.filter((line) => !line.includes('ERR_')).map((line) => `${name}: ${line}`),
  )
}
