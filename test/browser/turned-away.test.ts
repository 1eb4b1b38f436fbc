/** Who writes without a network and comes back to a server that decided otherwise meanwhile: revoked, moved to another group, a newer version. */
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import {
  inState,
  openTab,
  painted,
  shownText,
  startDraftSite,
  tellOnline,
  timesIn,
  typeClause,
  type DraftSite,
} from '../support/draft-site.ts'

describe('words of who is turned away', function () {
  this.timeout(60_000)
  let site: DraftSite
  before(async () => {
    site = await startDraftSite()
  })
  after(() => site?.close())
  /** Somebody's page with words that were typed without a network. */
  async function waiting(device: BrowserContext, words: string): Promise<Page> {
    const page = await openTab(device, site)
    site.relay.cut()
    await typeClause(page, words)
    await inState(page, 'local')
    return page
  }
  /** Does something, and waits until the page has been told that it may not look at the draft, and has been painted. */
  async function refusedAfter(page: Page, act: () => Promise<void>): Promise<void> {
    const answered = page.waitForResponse((response) => response.url().endsWith(`/api/drafts/${site.draft}`))
    await act()
    assert.ok([401, 403, 404].includes((await answered).status()))
    await painted(page)
  }
  const banner = (page: Page, words: string): Promise<void> => page.locator('.banner-bad', { hasText: words }).waitFor()

  it('[DV19] revoked meanwhile: the page says so and keeps the words in sight; signed in again they are sent, once', async () => {
    const device = await site.device(1)
    const page = await waiting(device, 'ถูกตัดสิทธิ์')
    await site.app().rooms.people.sessions.endAllOf(site.person(1))
    site.relay.mend()
    await refusedAfter(page, () => tellOnline(page))
    await banner(page, 'ข้อความที่ยังไม่ได้ส่งยังอยู่')
    assert.equal(timesIn(await shownText(page), 'ถูกตัดสิทธิ์'), 1)
    assert.equal(timesIn(await site.text(), 'ถูกตัดสิทธิ์'), 0)
    await device.addCookies([{ ...(await site.cookie(1)), url: new URL(site.url).origin }])
    await page.goto(site.url)
    await inState(page, 'saved')
    for (const text of [await site.text(), await shownText(page)]) assert.equal(timesIn(text, 'ถูกตัดสิทธิ์'), 1)
    await device.close()
  })

  it('[DV9] a server of another version meanwhile: the page asks to be loaded anew, and then its words are sent, once', async () => {
    const device = await site.device(0)
    await device.addInitScript(`{
      const Stock = WebSocket
      WebSocket = class extends Stock {
        constructor(url, protocols) {
          super(window.isOld ? String(url).replace(/schema=\\d+/, 'schema=0') : url, protocols)
        }
      }
    }`)
    const page = await waiting(device, 'ก่อนรุ่นใหม่')
    await page.evaluate('window.isOld = true')
    site.relay.mend()
    await tellOnline(page)
    await banner(page, 'ระบบมีรุ่นใหม่')
    assert.equal(timesIn(await shownText(page), 'ก่อนรุ่นใหม่'), 1)
    await page.getByRole('button', { name: 'โหลดใหม่' }).click()
    await inState(page, 'saved')
    for (const text of [await site.text(), await shownText(page)]) assert.equal(timesIn(text, 'ก่อนรุ่นใหม่'), 1)
    await device.close()
  })

  it('[DV19] moved to another group meanwhile: the page says that it is no more theirs, and the words can be read and copied', async () => {
    const device = await site.device(2)
    const page = await waiting(device, 'ย้ายกลุ่ม')
    const { groups } = site.app().rooms.workshop
    const found = await groups.find(site.group)
    await groups.move(site.facilitator, found!.workshop, site.person(2), null)
    site.relay.mend()
    await refusedAfter(page, () => tellOnline(page))
    await banner(page, 'คัดลอกไว้ได้')
    assert.equal(timesIn(await shownText(page), 'ย้ายกลุ่ม'), 1)
    assert.equal(timesIn(await site.text(), 'ย้ายกลุ่ม'), 0)
    await device.close()
  })
})
