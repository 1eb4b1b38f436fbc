/** The stage of the journey: the built product on a fresh folder, one browser, a window for each person, steps that print a line. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startBuiltServer, type BuiltServer } from '../../support/built-server.ts'
import { startChromium } from '../../support/chromium.ts'
import { startProxy, type Manners, type Proxy } from '../../support/proxy.ts'
import { seededRandom, type Random } from '../../support/random-thai.ts'

const SHOTS = fileURLToPath(new URL('../../shots/', import.meta.url))
/** Longest wait for anything on a page. */
const PATIENCE_MS = 20_000
/** How much of each console and of the server's log is printed when a step fails. */
const LAST_LINES = 12
const SCREENS = {
  desk: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
} as const
type Screen = keyof typeof SCREENS

/** One person's browser: cookies and storage of their own. */
export type Person = {
  readonly name: string
  readonly context: BrowserContext
  page: Page
  /** Console errors, uncaught errors and refusals by the policy, as the browser told them. */
  readonly troubles: string[]
  /** Everything its console said, for whoever looks for the cause of a failure. */
  readonly said: string[]
}

export type Scene = {
  readonly random: Random
  readonly seed: number
  readonly folder: string
  readonly origin: string
  readonly server: BuiltServer
  /** What stands between every browser and the server, or null. */
  readonly proxy: Proxy | null
  /** Opens a browser of its own for somebody. */
  person(name: string, screen: Screen): Promise<Person>
  /** A new window of somebody whose last one is gone. */
  reopen(person: Person): Promise<void>
  /** Does one step and prints one line; what it returns is printed after its name. */
  step(name: string, work: () => Promise<string | undefined>): Promise<void>
  everybody(): readonly Person[]
  close(): Promise<void>
}

export type Stage = {
  readonly host: string
  readonly seed: number
  /** A server of MongoDB's protocol; null = the embedded store. */
  readonly mongo: string | null
  /** A proxy that refuses WebSockets; null = none. */
  readonly proxy: Manners | null
}

/** Starts the product without the demo and a browser that knows the name of its host. */
export async function openScene({ host, seed, mongo, proxy: manners }: Stage): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'rangruam-journey-'))
  const server = await startBuiltServer(join(folder, 'data'), {
    DEMO: '0',
    ...(mongo === null ? {} : { MONGODB_URI: mongo }),
  })
  const browser: Browser = await startChromium(host === 'localhost' ? {} : { name: host })
  const people: Person[] = []
  const proxy = manners === null ? null : await startProxy(server.port, manners)
  const origin = `http://${host}:${(proxy ?? server).port}`

  const watch = async (context: BrowserContext, troubles: string[], said: string[]): Promise<Page> => {
    const page = await context.newPage()
    const clock = () => new Date().toISOString().slice(11, 23)
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('console', (message) => {
      said.push(`${clock()} ${message.type()}: ${message.text()}`)
      if (message.type() === 'error') troubles.push(message.text())
    })
    page.on('response', (answer) => {
      if (answer.status() < 500) return
      const { pathname } = new URL(answer.url())
      const line = `${clock()} ${answer.status()} to ${answer.request().method()} ${pathname}`
      said.push(line)
      console.log(`    ${line}`)
    })
    return page
  }
  let printed = 0
  /** The server's own word for what it answered with 500, under the step in which it did. */
  const printErrors = (): void => {
    const errors = server.errors()
    for (const error of errors.slice(printed)) console.log(`    server ${error}`)
    printed = errors.length
  }
  return {
    random: seededRandom(seed),
    seed,
    folder,
    origin,
    server,
    proxy,
    everybody: () => people,
    async person(name, screen) {
      const viewport = SCREENS[screen]
      const context = await browser.newContext({ viewport, acceptDownloads: true, locale: 'th-TH' })
      const troubles: string[] = []
      const said: string[] = []
      const person = { name, context, page: await watch(context, troubles, said), troubles, said }
      people.push(person)
      return person
    },
    async reopen(person) {
      person.page = await watch(person.context, person.troubles, person.said)
    },
    async step(name, work) {
      const from = performance.now()
      try {
        const said = await work()
        const seconds = ((performance.now() - from) / 1000).toFixed(1)
        console.log(`ok  ${name}${said === undefined ? '' : `: ${said}`} (${seconds} s)`)
      } catch (error) {
        console.log(
          `NOT ${name}, seed ${seed}, ${new Date().toISOString().slice(11, 23)}: ${error instanceof Error ? error.message : String(error)}`,
        )
        for (const path of await photograph(people, seed)) console.log(`    ${path}`)
        for (const { name: who, said } of people) {
          for (const line of withoutLost(said).slice(-LAST_LINES)) console.log(`    ${who} ${line}`)
        }
        for (const line of server.output().trim().split('\n').slice(-LAST_LINES)) console.log(`    server ${line}`)
        throw error
      } finally {
        printErrors()
      }
    },
    async close() {
      await browser.close()
      await proxy?.close()
      await server.stop()
      printErrors()
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

/** A browser prints of its own every WebSocket that a proxy refuses, and a connection over HTTP that a killed server has forgotten. */
const LOST = ['ERR_', 'WebSocket connection to', 'status of 410']
const withoutLost = (lines: readonly string[]): string[] =>
  lines.filter((line) => !LOST.some((words) => line.includes(words)))

/** What the browsers told of, without the lost connections that a killed server brings. */
export function troublesOf(people: readonly Person[]): string[] {
  return people.flatMap(({ name, troubles }) => withoutLost(troubles).map((line) => `${name}: ${line}`))
}
