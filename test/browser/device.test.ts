/** What a page promises about one's words, in a real browser: cut networks, two tabs, refused and full stores, wrong clocks, sleep, restarts, refusals. */
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { seedDraft } from '../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import { times } from '../support/counts.ts'
import {
  inState,
  openTab,
  shownText,
  startDraftSite,
  tellOnline,
  timesIn,
  typeClause,
  typeWords,
  type DraftSite,
} from '../support/draft-site.ts'
import { countFault } from '../support/fault-tally.ts'
import { openSleepingPage } from '../support/sleeping-page.ts'

const FREEZES = times({ once: 2, issue: 30, long: 100 })
/** From waking until the text of others is shown: ten times what is promised. */
const MOST_MS = 20_000

describe('words on a device', function () {
  this.timeout(60_000)
  let site: DraftSite
  let mine: BrowserContext

  before(async () => {
    site = await startDraftSite()
  })
  after(() => site?.close())
  beforeEach(async () => {
    await site.renew()
    mine = await site.device(0)
  })
  /** Until somebody else's page shows the words. */
  const seenBy = (page: Page, words: string): Promise<void> => page.locator('.page-host', { hasText: words }).waitFor()

  it('[DV1] what is typed offline stays through a closed tab, is sent on return, and others see it once', async () => {
    const other = await openTab(await site.device(1), site)
    const page = await openTab(mine, site)
    site.relay.cut()
    await typeClause(page, 'เขียนตอนเน็ตหลุด')
    await inState(page, 'local')
    assert.match(await page.locator('.save').innerText(), /เก็บในเครื่องนี้แล้ว/)
    await page.close()
    assert.equal(timesIn(await site.text(), 'เขียนตอนเน็ตหลุด'), 0)
    site.relay.mend()
    await tellOnline(other)
    const again = await openTab(mine, site)
    await seenBy(other, 'เขียนตอนเน็ตหลุด')
    for (const text of [await site.text(), await shownText(again), await shownText(other)])
      assert.equal(timesIn(text, 'เขียนตอนเน็ตหลุด'), 1)
  })

  it('[DV2] two tabs of one person type offline; whichever is closed, both texts arrive, each once', async () => {
    const first = await openTab(mine, site)
    const second = await openTab(mine, site)
    site.relay.cut()
    await typeClause(first, 'จากแท็บแรก')
    await typeClause(second, 'จากแท็บสอง')
    await inState(first, 'local')
    await inState(second, 'local')
    await first.close()
    site.relay.mend()
    const third = await openTab(mine, site)
    await tellOnline(second)
    await seenBy(second, 'จากแท็บแรก')
    await seenBy(third, 'จากแท็บสอง')
    await inState(second, 'saved')
    await inState(third, 'saved')
    for (const text of [await site.text(), await shownText(second), await shownText(third)])
      assert.deepEqual([timesIn(text, 'จากแท็บแรก'), timesIn(text, 'จากแท็บสอง')], [1, 1])
  })

  for (const { how, script } of [
    { how: 'throws', script: `indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }` },
    { how: 'never answers', script: `indexedDB.open = () => ({})` },
  ]) {
    it(`[DV3] where the browser’s store ${how} the page says that nothing is kept, and everything else works`, async () => {
      await mine.addInitScript(script)
      const page = await openTab(mine, site)
      await page.locator('.banner-warn', { hasText: 'อย่าปิดหน้านี้' }).waitFor()
      site.relay.cut()
      await typeClause(page, 'อยู่ในหน้าเท่านั้น')
      await inState(page, 'local')
      assert.match(await page.locator('.save').innerText(), /อยู่ในหน้านี้เท่านั้น/)
      assert.doesNotMatch(await page.locator('.draft-banners').innerText(), /รออยู่ในเครื่องนี้/)
      site.relay.mend()
      await tellOnline(page)
      await inState(page, 'saved')
      assert.equal(timesIn(await site.text(), 'อยู่ในหน้าเท่านั้น'), 1)
    })
  }

  it('[DV4] a full device says so, and is believed again when there is room', async () => {
    const page = await mine.newPage()
    const devtools = await mine.newCDPSession(page)
    const origin = new URL(site.url).origin
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    await page.goto(site.url)
    await inState(page, 'saved')
    site.relay.cut()
    await typeClause(page, 'เครื่องเต็ม')
    await page.locator('.save', { hasText: 'อยู่ในหน้านี้เท่านั้น' }).waitFor()
    await page.locator('.banner-warn', { hasText: 'อย่าปิดหน้านี้' }).waitFor()
    await devtools.send('Storage.overrideQuotaForOrigin', { origin })
    await typeWords(page, 'แล้วว่าง')
    await page.locator('.save', { hasText: 'เก็บในเครื่องนี้แล้ว' }).waitFor()
    await page.close()
    site.relay.mend()
    await openTab(mine, site)
    assert.equal(timesIn(await site.text(), 'เครื่องเต็มแล้วว่าง'), 1)
  })

  it('[DV5] a clock a day ahead, then a year back, changes nothing', async () => {
    const shifted = `{ const now = Date.now; window.shift = 0; Date.now = () => now() + window.shift * 86400000 }`
    await mine.addInitScript(shifted)
    const page = await openTab(mine, site)
    const shift = (days: number): Promise<void> => page.evaluate(`window.shift = ${days}`)
    await shift(1)
    await typeClause(page, 'พรุ่งนี้')
    await inState(page, 'saved')
    assert.equal(timesIn(await site.text(), 'พรุ่งนี้'), 1)
    await shift(-365)
    site.relay.cut()
    await typeWords(page, 'เมื่อวาน')
    await inState(page, 'local')
    await page.close()
    site.relay.mend()
    const again = await openTab(mine, site)
    assert.equal(timesIn(await site.text(), 'พรุ่งนี้เมื่อวาน'), 1)
    assert.equal(timesIn(await shownText(again), 'พรุ่งนี้เมื่อวาน'), 1)
  })

  it(`[DV6] a page frozen ${FREEZES} times while others type never says saved of what did not arrive, and shows their text soon after waking`, async function () {
    this.timeout(60_000 + FREEZES * MOST_MS)
    const page = await openSleepingPage(site.browser, site.url, await site.cookie(0))
    const state = `document.querySelector('.save')?.getAttribute('data-state')`
    await page.holds(`${state} === 'saved'`)
    await page.evaluate(`{ window.seen = []; const save = document.querySelector('.save')
      new MutationObserver(() => seen.push(save.getAttribute('data-state'))).observe(save, { attributes: true }) }`)
    const other = await openTab(await site.device(1), site)
    const waits: number[] = []
    for (let round = 1; round <= FREEZES; round++) {
      // The connections are gone without a word, as on a locked phone; the other gets a new one.
      site.relay.stall()
      await page.click('#section-background .section-text [data-clause]:last-of-type')
      await page.type(`ก่อนหลับ${round}`)
      await page.holds(`${state} === 'sending'`)
      await page.freeze()
      await tellOnline(other)
      await typeClause(other, `ขณะหลับ${round}`)
      await seenBy(other, `ขณะหลับ${round}`)
      await inState(other, 'saved')
      assert.equal(timesIn(await site.text(), `ก่อนหลับ${round}`), 0)
      assert.deepEqual(await page.evaluate('seen.splice(0)'), ['sending'], 'nothing is saved while nothing arrives')
      const woken = performance.now()
      await page.wake()
      await page.holds(`document.querySelector('.page-host').innerText.includes('ขณะหลับ${round}')`)
      const ms = performance.now() - woken
      waits.push(Math.round(ms))
      assert.ok(ms <= MOST_MS, `${ms} ms after waking`)
      await page.holds(`${state} === 'saved'`)
      await page.evaluate('seen.splice(0)')
    }
    const text = await site.text()
    const shown = [
      await page.evaluate<string>(`document.querySelector('.page-host').innerText`),
      await shownText(other),
    ]
    await page.close()
    // A word is followed by its round and by what is no digit.
    const found = Array.from({ length: FREEZES }, (_, at) => at + 1).flatMap((round) =>
      ['ก่อนหลับ', 'ขณะหลับ'].flatMap((word) =>
        [text, ...shown].map((one) => one.match(new RegExp(`${word}${round}(?!\\d)`, 'g'))?.length ?? 0),
      ),
    )
    const lost = found.filter((often) => often === 0).length
    const doubled = found.filter((often) => often > 1).length
    console.log(`      frozen ${FREEZES} times: the others’ text is shown ${waits.join(', ')} ms after waking`)
    countFault('page frozen', { times: FREEZES, typed: FREEZES * 2, acknowledged: FREEZES * 2, lost, doubled })
  })

  it('[DV7] the server starts again while somebody types: everything arrives, once', async () => {
    const page = await openTab(mine, site)
    await typeClause(page, 'ก่อนปิด')
    const restarted = site.restart()
    await typeWords(page, 'ระหว่างปิด')
    await restarted
    await typeWords(page, 'หลังเปิด')
    await tellOnline(page)
    await inState(page, 'saved')
    assert.equal(timesIn(await site.text(), 'ก่อนปิดระหว่างปิดหลังเปิด'), 1)
  })

  it('[DV8] words behind a close are shown with the reason in every tab, can be copied, stay, and are put back', async () => {
    await mine.grantPermissions(['clipboard-read', 'clipboard-write'])
    const second = await openTab(mine, site)
    const page = await openTab(mine, site)
    site.relay.cut()
    await typeClause(page, 'มาหลังส่ง')
    await inState(page, 'local')
    const { submissions } = site.app().rooms.drafting
    await submissions.submit(site.facilitator, site.draft)
    site.relay.mend()
    await tellOnline(page)
    await inState(page, 'failed')
    await page.locator('.banner-bad', { hasText: 'ร่างปิดก่อน' }).waitFor()
    const offered = page.locator('.side .thread', { hasText: 'มาหลังส่ง' })
    await offered.waitFor()
    assert.equal(timesIn(await shownText(page), 'มาหลังส่ง'), 0)
    await offered.getByRole('button', { name: 'คัดลอก' }).click()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'มาหลังส่ง')
    // The other tab held the device's store open meanwhile, and must not keep this one from starting afresh.
    await second.close()
    await page.reload()
    await offered.waitFor()
    assert.equal(timesIn(await site.text(), 'มาหลังส่ง'), 0)
    await submissions.reopen(site.facilitator, site.draft)
    await offered.getByRole('button', { name: 'ใส่กลับ' }).click()
    await inState(page, 'saved')
    assert.equal(timesIn(await site.text(), 'มาหลังส่ง'), 1)
    await offered.waitFor({ state: 'detached' })
  })

  it('[DV9] a page of another version loads itself anew, once, before it touches the draft', async () => {
    const page = await mine.newPage()
    let loads = 0
    let sockets = 0
    page.on('request', (request) => (loads += request.isNavigationRequest() ? 1 : 0))
    page.on('websocket', (socket) => (sockets += socket.url().includes('/collab/') ? 1 : 0))
    await page.route(`**/api/drafts/${site.draft}`, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as object), schema: 999 } })
    })
    await page.goto(site.url)
    await page.waitForFunction(() => sessionStorage.getItem('rangruam:reloaded-for-schema') === '999')
    await page.getByRole('button', { name: 'โหลดใหม่' }).waitFor()
    await page.waitForLoadState('networkidle')
    assert.deepEqual([loads, sockets], [2, 0])
    await page.unroute(`**/api/drafts/${site.draft}`)
    await page.getByRole('button', { name: 'โหลดใหม่' }).click()
    await inState(page, 'saved')
  })

  it('[DV10] when a draft’s journal was begun anew, words that were not sent to the old one are offered', async () => {
    const page = await openTab(mine, site)
    await typeClause(page, 'ส่งแล้วในรุ่นเก่า')
    await inState(page, 'saved')
    site.relay.cut()
    await typeClause(page, 'ค้างในรุ่นเก่า')
    await inState(page, 'local')
    const { connection, journal } = site.app().store
    const bytes = seedDraft(SHORT_TEMPLATE)
    await journal.append(0, [{ draft: site.draft, generation: 2, kind: 'update', by: 'server', at: 0, bytes }])
    await connection.model('draft').updateOne({ _id: site.draft }, { $set: { generation: 2 } })
    site.relay.mend()
    // A page that is told of it in time goes over by itself; a reload does in any case.
    await page.reload()
    const offered = page.locator('.side .thread')
    await offered.first().waitFor()
    assert.deepEqual(await offered.locator('p').allInnerTexts(), ['ค้างในรุ่นเก่า'])
    await offered.getByRole('button', { name: 'ใส่กลับ' }).click()
    await inState(page, 'saved')
    assert.equal(timesIn(await site.text(), 'ค้างในรุ่นเก่า'), 1)
    await page.reload()
    await inState(page, 'saved')
    assert.equal(await offered.count(), 0)
  })

  it('[DV11] anybody in the group lets the wall show its last words, and takes it back; [DV15] handing in names who is not connected', async () => {
    const page = await openTab(mine, site)
    const shares = async () => (await site.app().rooms.workshop.groups.find(site.group))?.sharesWords
    const tick = page.getByRole('checkbox', { name: 'ให้จอรวมแสดงคำล่าสุดของกลุ่มเรา' })
    assert.equal(await tick.isChecked(), false)
    await tick.click()
    await page.locator('.side .choice label[data-checked=true]').waitFor()
    assert.equal(await shares(), true)
    await tick.click()
    await page.locator('.side .choice label:not([data-checked])').waitFor()
    assert.equal(await shares(), false)
    await openTab(await site.device(1), site)
    await page.locator('.people-here li', { hasText: 'สอง ข' }).locator('.chip-ok').waitFor()
    await page.getByRole('button', { name: 'ส่งร่าง' }).click()
    assert.match(await page.locator('dialog[open]').innerText(), /ไม่ได้เชื่อมต่ออยู่[^]*: สาม ค/)
  })
})
