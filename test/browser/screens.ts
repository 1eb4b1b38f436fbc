/** `npx tsx test/browser/screens.ts [--only TEXT]`: every route of the client × th/en × light/dark × 320/1280 on the demo, photographed into test/shots/screens and looked at by axe. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { startBuiltServer } from '../support/built-server.ts'
import { startChromium } from '../support/chromium.ts'
import { faultsOn } from '../support/violations.ts'

const SHOTS = fileURLToPath(new URL('../shots/screens/', import.meta.url))
const ROUTES = fileURLToPath(new URL('../../client/app/routes.ts', import.meta.url))
/** The demo is made while the first pages are open; on a busy machine that takes its time. */
const PATIENCE_MS = 90_000
const PASSWORD = 'มะม่วงสุกบนต้นสูง 417'

/** Whose eyes see a screen, and where it is; the address is found by walking the pages. */
type Visit = { readonly page: Page; readonly address: string }

/** The routes as the client's own table has them. */
async function routePaths(): Promise<string[]> {
  const text = await readFile(ROUTES, 'utf8')
  return [...text.matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '')
}

/** Enters by a card of the front page; resolves when the role's own first screen is there. */
async function enter(browser: Browser, origin: string, role: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(`${origin}/?lang=en`)
  await page.locator('.role', { has: page.getByText(role, { exact: true }) }).click()
  await page.waitForURL((url) => url.pathname !== '/')
  return page
}

const path = (page: Page): string => new URL(page.url()).pathname

/** Walks the pages of the demo once and notes where each route's screen is. */
async function findScreens(browser: Browser, origin: string, printed: string): Promise<Map<string, Visit>> {
  const stranger = await (await browser.newContext()).newPage()
  const visits = new Map<string, Visit>()
  for (const route of ['/', '/sign-in', '/join', '/notice', '/api-docs'])
    visits.set(route, { page: stranger, address: route })

  const facilitator = await enter(browser, origin, 'Facilitator')
  await facilitator.locator('.tile').first().waitFor()
  const workshop = path(facilitator).split('/')[2] ?? ''
  for (const route of ['/staff', '/account']) visits.set(route, { page: facilitator, address: route })
  for (const name of ['setup', 'cards', 'wall']) {
    visits.set(`/w/:workshop/${name}`, { page: facilitator, address: `/w/${workshop}/${name}` })
  }
  await facilitator.locator('.tile h2 a').first().click()
  await facilitator.getByRole('button', { name: 'Menu', exact: true }).click()
  const outcomes = await facilitator.getByRole('link', { name: 'See what became' }).getAttribute('href')
  visits.set('/w/:workshop/groups/:group/outcomes', { page: facilitator, address: outcomes ?? '' })

  const participant = await enter(browser, origin, 'Participant')
  visits.set('/d/:draft', { page: participant, address: path(participant) })
  visits.set('/d/:draft/history', { page: participant, address: `${path(participant)}/history` })
  await participant.goto(`${origin}/join`)
  await participant.getByRole('button', { name: 'Keep a personal link' }).click()
  const card = new URL(await participant.getByLabel('Link', { exact: true }).inputValue())
  visits.set('/c', { page: stranger, address: `/c${card.hash}` })

  const editor = await enter(browser, origin, 'Department editor')
  for (const name of ['merge', 'versions']) {
    visits.set(`/w/:workshop/${name}`, { page: editor, address: `/w/${workshop}/${name}` })
  }
  const policymaker = await enter(browser, origin, 'Policymaker')
  const version = path(policymaker).split('/')[2] ?? ''
  for (const name of ['review', 'approve']) {
    visits.set(`/v/:version/${name}`, { page: policymaker, address: `/v/${version}/${name}` })
  }
  visits.set('/p/:version', { page: policymaker, address: `/p/${version}` })

  // Last, because the first administrator's link works once: it is only looked at until then.
  const secret = /\/first(#\S+)/.exec(printed)?.[1] ?? ''
  visits.set('/first', { page: stranger, address: `/first${secret}` })
  return visits
}

/** The administrator's page and an invitation, once the first administrator's screen is photographed. */
async function administer(browser: Browser, origin: string, first: string): Promise<Map<string, Visit>> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${origin}/first?lang=en${first.slice(first.indexOf('#'))}`)
  await page.getByLabel('First name and surname').fill('ปรีชา สาธิต')
  await page.getByLabel('Sign-in name or e-mail').fill('preecha')
  await page.getByLabel('New password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Invite staff' }).click()
  await page.getByRole('dialog').getByLabel('Name of the person').fill('อรทัย สาธิต')
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click()
  const link = new URL(await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue())
  const invited = await (await browser.newContext()).newPage()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'New password for ปรีชา สาธิต' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click()
  const fresh = new URL(await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue())
  const forgetful = await (await browser.newContext()).newPage()
  return new Map([
    ['/admin', { page, address: '/admin' }],
    ['/invite', { page: invited, address: `/invite${link.hash}` }],
    ['/reset', { page: forgetful, address: `/reset${fresh.hash}` }],
  ])
}

/** Photographs one screen in one language at both widths and in both themes; returns what is wrong with it. */
async function look(visit: Visit, origin: string, route: string, language: string): Promise<string[]> {
  const { page } = visit
  const wrong = new Set<string>()
  const url = new URL(visit.address, origin)
  url.searchParams.set('lang', language)
  await page.goto(url.href)
  await page.locator('h1, h2').first().waitFor({ state: 'attached', timeout: PATIENCE_MS })
  await page.waitForLoadState('networkidle')
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    for (const theme of ['light', 'dark']) {
      const where = `${width} px, ${theme}`
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
      await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
      const name = route.replace(/[/:]+/g, '-').replace(/^-|-$/g, '') || 'front'
      await page.screenshot({ path: join(SHOTS, `${name}-${language}-${theme}-${width}.png`) })
      for (const fault of await faultsOn(page)) wrong.add(`${where}: ${fault}`.slice(0, 600))
    }
  }
  return [...wrong]
}

const at = process.argv.indexOf('--only')
const only = at < 0 ? '' : (process.argv[at + 1] ?? '')
const folder = await mkdtemp(join(tmpdir(), 'rangruam-screens-'))
await mkdir(SHOTS, { recursive: true })
const server = await startBuiltServer(folder)
const browser = await startChromium()
const origin = `http://localhost:${server.port}`
let [pictures, faults] = [0, 0]
const visited = new Set<string>()

async function walk(visits: ReadonlyMap<string, Visit>): Promise<void> {
  for (const [route, visit] of visits) {
    visited.add(route)
    if (!route.includes(only)) continue
    for (const language of ['th', 'en']) {
      const wrong = await look(visit, origin, route, language).catch((error: unknown) => [String(error)])
      pictures += 4
      faults += wrong.length
      console.log(`${wrong.length === 0 ? 'ok ' : 'NOT'} ${route} ${language}`)
      for (const line of wrong) console.log(`      ${line}`)
    }
  }
}

try {
  const visits = await findScreens(browser, origin, server.output())
  await walk(visits)
  await walk(await administer(browser, origin, visits.get('/first')?.address ?? ''))
  const routes = await routePaths()
  const unvisited = routes.filter((route) => !visited.has(route))
  faults += unvisited.length
  for (const route of unvisited) console.log(`NOT ${route}: no screen of it was visited`)
  console.log(`${routes.length} routes, ${pictures} pictures in ${SHOTS}, ${faults} faults`)
} finally {
  await browser.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exitCode = faults === 0 ? 0 : 1
