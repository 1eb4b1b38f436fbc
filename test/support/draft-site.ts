/** The whole server with one group at work on its draft, behind a network that can be cut; for tests of what a page promises. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { wordsOfClause } from '../../client/sync/set-aside.ts'
import type { Viewer } from '../../server/people/viewer.ts'
import type { DraftId, GroupId, PersonId } from '../../shared/ids.ts'
import { startTestApp, type TestApp } from './app.ts'
import { startRelay, type Relay } from './relay.ts'
import { cookieOf, makeWritingWorkshop } from './writing-workshop.ts'

export type DraftSite = {
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
  close(): Promise<void>
}

export async function startDraftSite(browser: Browser): Promise<DraftSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rangruam-device-'))
  let server = await startTestApp({ dataDir })
  const { port } = server.app
  const relay = await startRelay(port)
  const { facilitator, groups } = await makeWritingWorkshop(server.app, ['หนึ่ง ก', 'สอง ข', 'สาม ค'], 1)
  const group = groups[0]!
  await server.app.rooms.workshop.groups.setRole(
    facilitator,
    group.id as GroupId,
    group.people[0]!.id as PersonId,
    'scribe',
  )
  const draft = group.draft as DraftId
  async function cookie(person: number): Promise<{ readonly name: string; readonly value: string }> {
    const [name = '', value = ''] = (await cookieOf(server.app, group.people[person]!.id as PersonId)).split('=')
    return { name, value }
  }
  return {
    app: () => server.app,
    relay,
    draft,
    group: group.id as GroupId,
    facilitator,
    url: `http://127.0.0.1:${relay.port}/d/${draft}`,
    person: (at) => group.people[at]!.id as PersonId,
    cookie,
    async device(person, screen = { viewport: { width: 1280, height: 800 } }) {
      const context = await browser.newContext({ locale: 'th-TH', ...screen })
      await context.addCookies([{ ...(await cookie(person)), url: `http://127.0.0.1:${relay.port}` }])
      context.setDefaultTimeout(10_000)
      return context
    },
    async text() {
      const { content } = await server.app.rooms.drafting.drafts.read(draft)
      return content.sections.flatMap(({ clauses }) => clauses.map(wordsOfClause)).join('\n')
    },
    async restart() {
      await server.app.close()
      server = await startTestApp({ dataDir, port })
    },
    async close() {
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

/** Types at the caret; resolves when the state that follows is painted, so that saved means these words too. */
export async function typeWords(page: Page, words: string): Promise<void> {
  await page.keyboard.type(words)
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  )
}

/** What the page shows of the draft. */
export const shownText = (page: Page): Promise<string> => page.locator('.page-host').innerText()

/** How often words stand in a text. */
export const timesIn = (text: string, words: string): number => text.split(words).length - 1

/** The network is back: the browser is told, as a real one is, so that nobody waits for the next try. */
export const tellOnline = (page: Page): Promise<void> => page.evaluate(() => void dispatchEvent(new Event('online')))
