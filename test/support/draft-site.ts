/** The whole server with one group at work on its draft, behind a network that can be cut, and a browser: for tests of what a page promises. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { wordsOfClause } from '../../client/sync/set-aside.ts'
import type { Viewer } from '../../server/people/viewer.ts'
import type { DraftId, GroupId, PersonId } from '../../shared/ids.ts'
import { startTestApp, type TestApp } from './app.ts'
import { startChromium } from './chromium.ts'
import { startRelay, type Relay } from './relay.ts'
import { cookieOf, makeWritingWorkshop } from './writing-workshop.ts'

export type DraftSite = {
  readonly browser: Browser
  app(): TestApp['app']
  readonly relay: Relay
  readonly draft: DraftId
  readonly group: GroupId
  readonly facilitator: Viewer
  /** Address of the draft, by the relay. */
  readonly url: string
  /** One of three people; the first is the scribe. */
  person(at: number): PersonId
  /** A fresh session's cookie of one of them. */
  cookie(person: number): Promise<{ readonly name: string; readonly value: string }>
  /** A device of one of them: a desk's screen, or what is given. */
  device(person: number, screen?: BrowserContextOptions): Promise<BrowserContext>
  /** What stands on the server, section by section, clause by clause. */
  text(): Promise<string>
  /** Stops the server and starts it again on its folder and port. */
  restart(): Promise<void>
  /** Closes every device and mends the network; then another workshop has another draft and other people. Server and browser stay. */
  renew(): Promise<void>
  close(): Promise<void>
}

/** One group at work: three people of whom the first is the scribe. */
async function makeGroup(app: TestApp['app']) {
  const { facilitator, groups } = await makeWritingWorkshop(app, ['หนึ่ง ก', 'สอง ข', 'สาม ค'], 1)
  const { id, draft, people } = groups[0]!
  const group = id as GroupId
  const persons = people.map((one) => one.id as PersonId)
  await app.rooms.workshop.groups.setRole(facilitator, group, persons[0]!, 'scribe')
  return { facilitator, group, draft: draft as DraftId, persons }
}

export async function startDraftSite(): Promise<DraftSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rangruam-device-'))
  const [started, browser] = await Promise.all([startTestApp({ dataDir }), startChromium()])
  let server = started
  const { port } = server.app
  const relay = await startRelay(port)
  let made = await makeGroup(server.app)
  const person = (at: number): PersonId => made.persons[at]!
  async function cookie(at: number): Promise<{ readonly name: string; readonly value: string }> {
    const [name = '', value = ''] = (await cookieOf(server.app, person(at))).split('=')
    return { name, value }
  }
  return {
    browser,
    app: () => server.app,
    relay,
    get draft() {
      return made.draft
    },
    get group() {
      return made.group
    },
    get facilitator() {
      return made.facilitator
    },
    get url() {
      return `http://127.0.0.1:${relay.port}/d/${made.draft}`
    },
    person,
    cookie,
    async device(at, screen = { viewport: { width: 1280, height: 800 } }) {
      const context = await browser.newContext({ locale: 'th-TH', ...screen })
      await context.addCookies([{ ...(await cookie(at)), url: `http://127.0.0.1:${relay.port}` }])
      context.setDefaultTimeout(10_000)
      return context
    },
    async text() {
      const { content } = await server.app.rooms.drafting.drafts.read(made.draft)
      return content.sections.flatMap(({ clauses }) => clauses.map(wordsOfClause)).join('\n')
    },
    async restart() {
      await server.app.close()
      server = await startTestApp({ dataDir, port })
    },
    async renew() {
      for (const context of browser.contexts()) await context.close()
      relay.mend()
      made = await makeGroup(server.app)
    },
    async close() {
      await browser.close()
      await relay.close()
      await server.app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Opens the draft in a new tab, and waits until its text is there. */
export async function openTab(context: BrowserContext, site: DraftSite): Promise<Page> {
  const page = await context.newPage()
  await page.goto(site.url)
  await inState(page, 'saved')
  return page
}

/** Waits for one of the four states. */
export async function inState(page: Page, state: 'sending' | 'saved' | 'local' | 'failed'): Promise<void> {
  await page.locator(`.save[data-state=${state}]`).waitFor()
}

/** Types a new clause at the end of the background. */
export async function typeClause(page: Page, words: string): Promise<void> {
  const last = page.locator('#section-background .section-text [data-clause]').last()
  await last.click()
  await page.keyboard.press('Control+End')
  await last.click()
  await page.keyboard.press('End')
  if ((await last.innerText()).trim() !== '') await page.keyboard.press('Enter')
  await typeWords(page, words)
}

/** Resolves when what the page has been told is painted. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

/** Types at the caret; resolves when the state that follows is painted, so that saved means these words too. */
export async function typeWords(page: Page, words: string): Promise<void> {
  await page.keyboard.type(words)
  await painted(page)
}

/** What the page shows of the draft. */
export const shownText = (page: Page): Promise<string> => page.locator('.page-host').innerText()

/** How often words stand in a text. */
export const timesIn = (text: string, words: string): number => text.split(words).length - 1

/** The network is back: the browser is told, as a real one is, so that nobody waits for the next try. */
export const tellOnline = (page: Page): Promise<void> => page.evaluate(() => void dispatchEvent(new Event('online')))
