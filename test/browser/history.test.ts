/** The history of a draft on its own screen: found from the draft, read, brought back and undone, beside somebody who goes on typing. */
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import type { PersonId } from '../../shared/ids.ts'
import {
  inState,
  openTab,
  startDraftSite,
  timesIn,
  typeClause,
  typeWords,
  type DraftSite,
} from '../support/draft-site.ts'
import { clause } from '../shared/drafting/build-draft.ts'
import { PHONE } from '../support/phone.ts'
import { violationsOn } from '../support/violations.ts'

const SHOTS = process.env['HISTORY_SHOTS']
const FLOOD = 'น้ำท่วมหมู่บ้านริมคลองทุกปี ผู้สูงอายุที่อยู่ลำพังออกจากบ้านไม่ได้ และไม่มีใครรู้ว่าอยู่ที่ไหน'
const POOR = 'เบี้ยยังชีพเดือนละ 600 บาทไม่พอค่าอาหาร'

describe('the history of a draft', function () {
  this.timeout(60_000)
  let site: DraftSite
  let scribe: BrowserContext
  let page: Page
  let other: Page

  before(async () => {
    site = await startDraftSite()
    scribe = await site.device(0)
    page = await openTab(scribe, site)
    await typeClause(page, FLOOD)
    await typeClause(page, POOR)
    await inState(page, 'saved')
    const { content } = await site.app().rooms.drafting.drafts.read(site.draft)
    const sections = content.sections.map((section) => ({
      ...section,
      clauses: section.id === 'background' ? [clause('empty', '')] : [],
    }))
    await site.app().rooms.drafting.drafts.patch(site.draft, { ...content, sections }, 'somebody' as PersonId)
    other = await openTab(await site.device(1), site)
  })
  after(() => site?.close())
  const shot = async (name: string): Promise<void> => {
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` })
  }

  it('[RE9] whoever lost everything finds it from the draft, sees what would come back, and brings it back beside others who write', async () => {
    await page.getByRole('button', { name: 'เมนู', exact: true }).click()
    await page.getByRole('link', { name: 'ประวัติของร่าง' }).click()
    const moments = page.getByRole('navigation', { name: 'ช่วงเวลา ใหม่สุดอยู่บน' })
    await moments.getByRole('button', { name: /ก่อนข้อความหายไปมาก/ }).click()
    await page.locator('ins', { hasText: 'น้ำท่วมหมู่บ้าน' }).waitFor()
    await shot('desk')
    assert.deepEqual(await violationsOn(page), [])
    await page.getByText('ข้อความตอนนั้น').click()
    await page.locator('.version-page .item', { hasText: POOR }).waitFor()
    await shot('desk-text')
    await page.getByRole('button', { name: 'นำข้อความนี้กลับมา' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('กลับมา 2 ข้อ').waitFor()
    await shot('desk-dialog')
    assert.deepEqual(await violationsOn(page), [])
    await typeClause(other, 'พิมพ์ต่อระหว่างนั้น')
    await inState(other, 'saved')
    await dialog.getByRole('button', { name: 'นำข้อความนี้กลับมา' }).click()
    await page.getByText('นำข้อความเดิมกลับมาแล้ว').waitFor()
    await shot('desk-done')
    const text = await site.text()
    for (const words of [FLOOD, POOR, 'พิมพ์ต่อระหว่างนั้น']) assert.equal(timesIn(text, words), 1, `${words} in ${text}`)
    await other.getByText('มีคนนำข้อความเดิมกลับมา').waitFor()
    await other.locator('.page-host', { hasText: POOR }).waitFor()
    await typeWords(other, ' และต่ออีก')
    await inState(other, 'saved')
  })

  it('[RE9] the restore is undone by one press, and what others wrote since stays', async () => {
    await page.getByRole('button', { name: 'ยกเลิกการนำกลับ' }).click()
    await page.getByText('ยกเลิกแล้ว').waitFor()
    const text = await site.text()
    assert.equal(timesIn(text, FLOOD) + timesIn(text, POOR), 0)
    for (const words of ['พิมพ์ต่อระหว่างนั้น', 'พิมพ์ต่อระหว่างนั้น และต่ออีก']) assert.equal(timesIn(text, words), 1, text)
  })

  it('[RE9] on a phone, by keys and offline: nothing is wider than the screen, and what cannot be done says why', async () => {
    const phone = await site.device(1, { viewport: PHONE })
    const small = await phone.newPage()
    await small.goto(`${site.url}/history`)
    await small.getByText('ขอให้เลขานุการกลุ่มหรือวิทยากรกด').waitFor()
    await small.locator('.cmp-page').first().waitFor()
    assert.equal(await small.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    assert.deepEqual(await violationsOn(small), [])
    if (SHOTS !== undefined) await small.screenshot({ path: `${SHOTS}/phone.png` })
    await phone.close()
    await page.setViewportSize({ width: 320, height: 640 })
    await page.locator('.moments button').nth(1).focus()
    await page.keyboard.press('Enter')
    await page.locator('.moments button[aria-current]').waitFor()
    await page.getByRole('button', { name: 'นำข้อความนี้กลับมา' }).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    await shot('narrow')
    await page.getByRole('button', { name: 'นำข้อความนี้กลับมา' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await shot('narrow-dialog')
    site.relay.cut()
    await page.getByRole('dialog').getByRole('button', { name: 'นำข้อความนี้กลับมา' }).click()
    await page.locator('.banner-bad').waitFor()
    await shot('narrow-offline')
    assert.deepEqual(await violationsOn(page), [])
    site.relay.mend()
  })
})
