/** Signing out on a device that others use, with words on it that have not reached the server. */
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { inState, openTab, startDraftSite, timesIn, typeClause, type DraftSite } from '../support/draft-site.ts'

describe('signing out', function () {
  this.timeout(90_000)
  let site: DraftSite
  let mine: BrowserContext
  let page: Page
  /** Edits get through. */
  let through = true

  before(async () => {
    site = await startDraftSite()
  })
  after(() => site?.close())
  beforeEach(async () => {
    await site.renew()
    mine = await site.device(0)
    through = true
    await mine.routeWebSocket(/\/collab\//, (socket) => {
      if (through) socket.connectToServer()
      else void socket.close()
    })
    // The way by HTTP is shut too.
    await mine.route(/\/collab\//, (route) => (through ? route.continue() : route.abort()))
  })
  const texts = (): Promise<string[]> =>
    page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => String(name)))
  const out = (): Promise<void> => page.waitForURL((url) => url.pathname === '/')
  const press = (name: string): Promise<void> => page.getByRole('button', { name }).click()

  /** Words that stay on the device; then the account's page. */
  async function typeUnsent(words: string): Promise<void> {
    await (await openTab(mine, site)).close()
    through = false
    page = await mine.newPage()
    await page.goto(site.url)
    await page.locator('#section-background .section-text [data-clause]').last().waitFor()
    await typeClause(page, words)
    await inState(page, 'local')
    await page.goto(new URL('/account', site.url).href)
  }

  it('[DV16] it tells how many words wait, drops them only after a second question, then keeps nothing of that person', async () => {
    await typeUnsent('น้ำประปา 3 แห่ง')
    await press('ออกจากระบบ')
    await page.getByRole('dialog', { name: /มี [2-5] คำที่ยังไม่ถึงเครื่องกลาง/ }).waitFor()
    await page.getByRole('dialog').getByText('น้ำประปา 3 แห่ง').waitFor()
    await press('ส่งเดี๋ยวนี้แล้วออก')
    await page.getByText('ยังส่งไม่ได้').waitFor({ timeout: 30_000 })
    await press('ออกโดยไม่ส่ง')
    await press('ยังไม่ออก')
    assert.equal((await texts()).length, 1)
    await press('ออกโดยไม่ส่ง')
    await press('ลบแล้วออกจากระบบ')
    await out()
    assert.deepEqual(await texts(), [])
    assert.equal(timesIn(await site.text(), 'น้ำประปา'), 0)
  })

  it('[DV17] what waits is sent before one leaves; with nothing waiting it is two presses from the draft', async () => {
    await typeUnsent('ถนนสายหลัก')
    through = true
    await press('ออกจากระบบ')
    await press('ส่งเดี๋ยวนี้แล้วออก')
    await out()
    assert.equal(timesIn(await site.text(), 'ถนนสายหลัก'), 1)
    assert.deepEqual(await texts(), [])
    await mine.addCookies([{ ...(await site.cookie(0)), url: new URL(site.url).origin }])
    await page.goto(site.url)
    await inState(page, 'saved')
    await page.getByRole('link', { name: 'ออกจากระบบ' }).click()
    await press('ออกจากระบบ')
    await out()
    assert.deepEqual(await texts(), [])
  })
})
