/** A page behind a proxy that refuses WebSockets: the same four states, the same words, and nothing that a person would have to understand. */
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { COUNTS } from '../support/counts.ts'
import {
  inState,
  shownText,
  startDraftSite,
  timesIn,
  typeClause,
  typeWords,
  type DraftSite,
} from '../support/draft-site.ts'
import { startProxy, type Manners, type Proxy } from '../support/proxy.ts'
import { until } from '../support/waiting.ts'

/** What gathers answers is in kill-behind-proxy.test.ts, and in a browser among the counted faults. */
const KINDS: readonly Manners[] = [
  { upgrades: 'refused' },
  { upgrades: 'never answered' },
  ...(COUNTS !== 'once' ? [{ upgrades: 'refused', gathers: true } as const] : []),
]

describe('behind a proxy', function () {
  this.timeout(90_000)
  let site: DraftSite
  let proxy: Proxy

  before(async () => {
    site = await startDraftSite()
  })
  after(() => site?.close())
  beforeEach(() => site.renew())
  afterEach(() => proxy.close())
  const open = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage()
    await page.goto(site.url.replace(`:${site.relay.port}`, `:${proxy.port}`))
    await page.locator('.save[data-state=saved]').waitFor({ timeout: 30_000 })
    return page
  }
  const seenBy = (page: Page, words: string): Promise<void> => page.locator('.page-host', { hasText: words }).waitFor()
  const bannersOf = async (page: Page): Promise<string> => (await page.locator('.banner').allInnerTexts()).join('\n')

  for (const manners of KINDS) {
    const name = `upgrades ${manners.upgrades}${manners.gathers === true ? ', answers gathered' : ''}`
    it(`[SY40][SY45] ${name}: two write and see each other’s words, through a restart of server and proxy`, async () => {
      proxy = await startProxy(site.app().port, manners)
      const [mine, theirs] = [await site.device(0), await site.device(1)]
      const [page, other] = [await open(mine), await open(theirs)]
      await typeClause(page, 'ผ่านพร็อกซี')
      await inState(page, 'saved')
      await seenBy(other, 'ผ่านพร็อกซี')
      await typeClause(other, 'ตอบกลับมา')
      await seenBy(page, 'ตอบกลับมา')
      await page.locator('.people-here li', { hasText: 'สอง ข' }).first().waitFor()
      // Words typed while the server is away, and while every connection breaks.
      const restarted = site.restart()
      await typeClause(page, 'ระหว่างปิด')
      await restarted
      await typeWords(page, 'หลังเปิด')
      proxy.cut()
      await typeWords(page, 'หลังขาด')
      await page.locator('.save[data-state=saved]').waitFor({ timeout: 30_000 })
      await seenBy(other, 'ระหว่างปิดหลังเปิดหลังขาด')
      assert.equal(await bannersOf(page), '')
      for (const words of ['ผ่านพร็อกซี', 'ตอบกลับมา', 'ระหว่างปิดหลังเปิดหลังขาด'])
        for (const text of [await site.text(), await shownText(page), await shownText(other)])
          assert.equal(timesIn(text, words), 1, words)
      const { frames, requests, upgrades } = proxy
      console.log(`      over HTTP ${frames.up} frames up, ${frames.down} messages down in ${requests} requests`)
      assert.ok(frames.up > 0 && frames.down > 0 && upgrades.document > 0)
      // A reload of the tab knows the way.
      const tried = upgrades.document
      await page.reload()
      await inState(page, 'saved')
      assert.equal(upgrades.document, tried)
    })
  }

  it('[SY8][SY42] words behind a close are refused with the reason over HTTP too, and stay on the page', async () => {
    proxy = await startProxy(site.app().port, { upgrades: 'refused' })
    const page = await open(await site.device(0))
    const { submissions } = site.app().rooms.drafting
    await typeClause(page, 'ก่อนปิด')
    await inState(page, 'saved')
    await page.route('**/collab/**', (route) => route.abort())
    proxy.cut()
    await typeWords(page, 'มาหลังส่ง')
    await inState(page, 'local')
    await submissions.submit(site.facilitator, site.draft)
    await page.unroute('**/collab/**')
    await page.locator('.save[data-state=failed]').waitFor({ timeout: 30_000 })
    await page.locator('.side .thread', { hasText: 'มาหลังส่ง' }).waitFor()
    assert.equal(timesIn(await site.text(), 'มาหลังส่ง'), 0)
    assert.equal(timesIn(await site.text(), 'ก่อนปิด'), 1)
  })

  it('[SY45] news comes behind it too: who is connected, and the draft that closes', async () => {
    proxy = await startProxy(site.app().port, { upgrades: 'never answered' })
    const page = await open(await site.device(0))
    await site.app().rooms.drafting.submissions.submit(site.facilitator, site.draft)
    await page.locator('.draft-banners .banner').first().waitFor({ timeout: 30_000 })
    assert.ok(proxy.upgrades.news > 0)
    // A reload of the tab knows the way for news as well: held answers first, a WebSocket is tried beside them.
    const ways: string[] = []
    page.on('websocket', (socket) => socket.url().includes('/live/') && ways.push('websocket'))
    page.on('request', (request) => request.url().includes('/live/?') && ways.push('held answers'))
    await page.reload()
    await until('news are asked for', () => ways.length > 0)
    assert.equal(ways[0], 'held answers')
  })

  it('[SY44] a tab that is closed says so: the others see it gone', async () => {
    proxy = await startProxy(site.app().port, { upgrades: 'refused' })
    const [page, other] = [await open(await site.device(0)), await open(await site.device(1))]
    const there = other.locator('.people-here li:not(.muted)', { hasText: 'หนึ่ง ก' })
    await there.first().waitFor()
    await page.close()
    await there.first().waitFor({ state: 'detached' })
    assert.equal(proxy.goodbyes, 1)
  })
})
