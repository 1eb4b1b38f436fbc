/** The screens of review in a real browser: keyboard alone, every width, both languages, approval of the shown hash, downloads. */
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { shortHash } from '../../shared/merging/version.ts'
import { NOBODY } from '../../server/people/viewer.ts'
import { editor, openReviewBench, policymaker, secretary, type ReviewBench } from '../server/review/review-bench.ts'
import { serveOfficeRoutes } from '../../server/http/office-routes.ts'
import { serveReviewRoutes } from '../../server/http/review-routes.ts'
import { WORKSHOP } from '../server/merging/merging-bench.ts'
import { startChromium, watchedPage } from '../support/chromium.ts'
import { openRoomSite, type RoomSite } from '../support/room-site.ts'
import { faultsOn, violationsOn } from '../support/violations.ts'

const SHOTS = process.env['RANGRUAM_SHOTS']

describe('review in the browser', function () {
  this.timeout(240_000)
  let bench: ReviewBench
  let site: RoomSite
  let browser: Browser
  const who = { viewer: policymaker }
  before(async () => {
    bench = await openReviewBench(4)
    site = await openRoomSite(bench.bench.dataDir, who, (routes) => {
      serveReviewRoutes(routes, bench)
      serveOfficeRoutes(routes, bench)
    })
    browser = await startChromium()
  })
  after(async () => {
    await browser.close()
    await site.close()
    await bench.close()
  })
  async function open(path: string, options: { width?: number; lang?: string; theme?: string; axe?: boolean } = {}) {
    const { width = 1180, lang = 'th', theme = 'light', axe = false } = options
    const context = await browser.newContext({
      viewport: { width, height: 820 },
      bypassCSP: axe,
      acceptDownloads: true,
    })
    await context.addInitScript(`localStorage.setItem('lang','${lang}');localStorage.setItem('theme','${theme}')`)
    const { page, troubles } = await watchedPage(context)
    await page.goto(site.url + path)
    await page.waitForSelector('h1')
    const shot = async (name: string, fullPage = false) => {
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage })
    }
    return { page, troubles, shot, close: () => context.close() }
  }
  const review = () => `/v/${bench.version}/review`

  it('[RV20] the editor hands the version in from its page', async () => {
    who.viewer = editor
    const { page, troubles, close } = await open(review())
    await page.click('.rev-foot .btn-main')
    await page.waitForSelector('.rev-prog')
    assert.equal((await bench.reviews.read(editor, bench.version)).state, 'submitted')
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[RV21] by keyboard alone: next clause, answers, a missing reason, saving, the next one opens', async () => {
    who.viewer = policymaker
    const { page, troubles, shot, close } = await open(review())
    const asked = (await bench.reviews.read(policymaker, bench.version)).clauses.filter((clause) => clause.asked)
    const at = (index: number) =>
      page.waitForFunction(
        (code) => document.querySelector('.rev-side h2')?.textContent?.endsWith(` ${code}`),
        asked[index]?.code ?? 'none',
      )
    await at(0)
    await page.keyboard.press('ArrowDown')
    await at(1)
    await page.keyboard.press('ArrowUp')
    await at(0)
    await page.keyboard.press('3')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.field-error')
    await page.fill('.answer textarea', 'งบไม่พอ')
    await shot('review-tablet')
    await page.keyboard.press('Control+Enter')
    await at(1)
    const answer = (await bench.reviews.read(policymaker, bench.version)).clauses.find(({ id }) => id === asked[0]?.id)
    assert.equal(answer?.answer?.words, 'งบไม่พอ')
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[RV22] axe finds nothing and nothing scrolls sideways at 320 and 1180, light and dark, Thai and English', async () => {
    const bad: string[] = []
    for (const path of [review(), `/p/${bench.version}`])
      for (const [width, lang, theme] of [
        // Every width, theme and language of every screen: test/browser/screens.ts.
        [320, 'th', 'light'],
        [1180, 'en', 'dark'],
      ] as const) {
        const { page, shot, close } = await open(path, { width, lang, theme, axe: true })
        await shot(`${path.startsWith('/p') ? 'published' : 'review'}-${width}-${lang}-${theme}`)
        for (const fault of await faultsOn(page)) bad.push(`${path} ${width} ${lang} ${theme} ${fault}`)
        await close()
      }
    assert.deepEqual(bad, [])
  })

  it('[OF13] the editor writes the memo’s head and foot before downloading; others have no button for it', async () => {
    who.viewer = editor
    const { page, troubles, close } = await open(`/p/${bench.version}`)
    const button = page.getByRole('button', { name: 'หัวและท้ายบันทึกข้อความ' })
    await button.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('เว้นว่าง = อธิบดีกรมพัฒนาสังคมและสวัสดิการ').waitFor()
    await dialog.getByLabel('ชื่อเต็มผู้ลงนาม').fill('นางสาวอรทัย ตัวอย่าง')
    await dialog.getByRole('button', { name: 'บันทึก', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    assert.equal((await bench.memo.read(editor, WORKSHOP)).fields.signer, 'นางสาวอรทัย ตัวอย่าง')
    await button.click()
    assert.equal(await dialog.getByLabel('ชื่อเต็มผู้ลงนาม').inputValue(), 'นางสาวอรทัย ตัวอย่าง')
    assert.deepEqual(troubles, [])
    await close()
    who.viewer = policymaker
    const other = await open(`/p/${bench.version}`)
    await other.page.waitForLoadState('networkidle')
    assert.equal(await other.page.getByRole('button', { name: 'หัวและท้ายบันทึกข้อความ' }).count(), 0)
    await other.close()
  })

  it('[RV23] the secretary must name whose decision is recorded', async () => {
    who.viewer = secretary
    const { page, close } = await open(review())
    await page.keyboard.press('1')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.field-error')
    await page.fill('.rev-side input.input', 'รองฯ วิภา')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.item .chip-ok')
    await close()
  })

  it('[RV24] approving is closed until all are answered, then shows the hash and repeats its code on the button', async () => {
    who.viewer = policymaker
    const { hash } = await bench.reviews.read(policymaker, bench.version)
    const { page, troubles, shot, close } = await open(review(), { axe: true })
    await page.waitForSelector('.rev-foot [aria-disabled="true"]')
    const rest = page.locator('.rev-foot .btn').first()
    await rest.click()
    await page.waitForSelector('.rev-foot .btn-main')
    await page.click('.rev-foot .btn-main')
    await page.waitForSelector('dialog[open]')
    await shot('approve-tablet')
    assert.deepEqual(await violationsOn(page), [])
    assert.ok((await page.textContent('dialog .btn-main'))?.includes(shortHash(hash)))
    await page.click('dialog .btn-main')
    await page.waitForSelector('.banner-ok')
    const view = await bench.reviews.read(policymaker, bench.version)
    assert.equal(view.number, '1.0')
    assert.equal(view.hash, hash)
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[RV25] published, a stranger reads the page and downloads PDF, DOCX and bundle', async () => {
    await bench.reviews.publish(editor, bench.version)
    who.viewer = NOBODY
    const { page, troubles, shot, close } = await open(`/p/${bench.version}`)
    await shot('published-tablet')
    for (const ending of ['pdf', 'docx', 'json']) {
      const started = page.waitForEvent('download')
      await page.click(`a[href$=".${ending}"]`)
      const download = await started
      assert.ok(download.suggestedFilename().endsWith(`.${ending}`))
      assert.ok((await download.failure()) === null)
    }
    assert.deepEqual(troubles, [])
    await close()
  })
})
