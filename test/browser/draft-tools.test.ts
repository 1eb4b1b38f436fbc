/** Tables, citations and proposers on the draft's own screen: by buttons, by keys, on a phone; what stands on the server afterwards. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { inState, openTab, startDraftSite, typeClause, type DraftSite } from '../support/draft-site.ts'
import { violationsOn } from '../support/violations.ts'

const SHOTS = process.env['DRAFT_TOOLS_SHOTS']

describe('the tools of a draft', function () {
  this.timeout(30_000)
  let site: DraftSite
  let page: Page

  before(async () => {
    site = await startDraftSite()
    page = await openTab(await site.device(0), site)
    await typeClause(page, 'ก่อนตาราง')
  })
  after(() => site?.close())

  async function shot(name: string): Promise<void> {
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` })
  }
  /** What the server holds of the table, row by row. */
  async function rows(): Promise<string[][]> {
    const { content } = await site.app().rooms.drafting.drafts.read(site.draft)
    for (const { clauses } of content.sections)
      for (const clause of clauses)
        if (clause.kind === 'table')
          return clause.rows.map((row) =>
            row.map((cell) => cell.map((run) => ('text' in run ? run.text : '§')).join('')),
          )
    return []
  }

  it('[DR36] a table is made and filled with buttons and keys, and what stands is on the server', async () => {
    await page.getByRole('button', { name: 'ใส่ตาราง' }).click()
    await page.keyboard.type('หนึ่ง')
    await page.keyboard.press('Tab')
    await page.keyboard.type('สอง')
    await page.getByRole('button', { name: 'ลบช่อง' }).click()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('แถวใหม่')
    await inState(page, 'saved')
    assert.deepEqual(await rows(), [
      ['หนึ่ง', 'สอง', ''],
      ['แถวใหม่', '', ''],
      ['', '', ''],
    ])
    await shot('table-desktop')
    assert.deepEqual(await violationsOn(page), [])
  })

  it('[DR37] a law is found by a few letters and cited at the caret; an unverified one says so', async () => {
    await page.locator('#section-background p').first().click()
    await page.keyboard.press('End')
    await page.keyboard.press('Control+Alt+l')
    const dialog = page.getByRole('dialog', { name: 'อ้างกฎหมายหรือระเบียบ' })
    await dialog.getByLabel('ค้นชื่อกฎหมาย').fill('กระจาย')
    await dialog.getByLabel('มาตราหรือข้อ').fill('๑๖(๑๐)')
    await shot('law-desktop')
    assert.deepEqual(await violationsOn(page), [])
    await dialog.getByRole('button', { name: 'ใส่ในข้อนี้' }).click()
    const cites = page.locator('#section-background .law')
    await cites.first().waitFor()
    assert.match(await cites.first().innerText(), /กระจายอำนาจฯ พ\.ศ\. 2542 มาตรา 16\(10\)$/)
    await page.getByRole('button', { name: 'อ้างกฎหมาย' }).click()
    await dialog.getByRole('button', { name: /คุ้มครองเด็ก/ }).click()
    await dialog.getByRole('button', { name: 'ใส่ในข้อนี้' }).click()
    await page.locator('.law[data-state=unverified]', { hasText: 'ยังไม่ตรวจสอบ' }).waitFor()
    await inState(page, 'saved')
    assert.match(await site.text(), /ก่อนตารางพ\.ร\.บ\.กำหนดแผน.*มาตรา 16\(10\)พ\.ร\.บ\.คุ้มครองเด็ก/)
  })

  it('[DR38] who proposed a clause is said by one tap beside the page', async () => {
    const side = page.getByRole('region', { name: 'ใครเสนอข้อนี้' })
    await side.getByRole('button', { name: 'สอง ข' }).click()
    await side.getByRole('button', { name: 'สอง ข', pressed: true }).waitFor()
    const named = await site.app().rooms.drafting.proposers.named(site.draft)
    assert.equal(named.length, 1)
    assert.equal(named[0]?.people.length, 1)
    await shot('proposers-desktop')
    assert.deepEqual(await violationsOn(page), [])
  })

  it('[DR44] at 1280 px the tools stand in one row, and the menu of the others is reached and closed by keys', async () => {
    for (const lang of ['en', 'th']) {
      await page.goto(`${site.url}?lang=${lang}`)
      const tools = page.locator('.draft-main > .tools')
      await tools.waitFor()
      const tops = await tools
        .locator('.btn')
        .evaluateAll((all) => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().top)))])
      assert.equal(tops.length, 1, `${lang}: rows of buttons at ${tops.join(', ')}`)
      await shot(`tools-${lang}`)
    }
    await page.locator('#section-background p').first().click()
    const more = page.getByRole('button', { name: 'เครื่องมืออื่น' })
    await more.focus()
    await page.keyboard.press('Enter')
    assert.equal(await more.getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'ย้ายข้อลง')
    await shot('more-desktop')
    assert.deepEqual(await violationsOn(page), [])
    await page.keyboard.press('Escape')
    assert.equal(await more.getAttribute('aria-expanded'), 'false')
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-label")'), 'เครื่องมืออื่น')
    await more.click()
    await page.getByRole('menuitem', { name: 'ใครเสนอข้อนี้' }).click()
    await page.waitForFunction(() => document.activeElement?.id === 'proposers')
    await more.click()
    await page.getByRole('menuitem', { name: 'ลบข้อนี้' }).click()
    await inState(page, 'saved')
    assert.doesNotMatch(await site.text(), /ก่อนตาราง/)
  })

  for (const width of [1024, 820, 700]) {
    it(`[DR47] at ${width} px outline and people open from the bar, over the page, and close by their arrow`, async () => {
      await page.setViewportSize({ width, height: 740 })
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      await page.locator('.bar').getByRole('button', { name: 'โครงร่าง' }).click()
      await page.locator('#outline').waitFor()
      assert.deepEqual(await violationsOn(page), [])
      await shot(`outline-${width}`)
      await page.locator('#outline').getByRole('button', { name: 'ปิดแผ่นนี้' }).click()
      await page.locator('#outline').waitFor({ state: 'hidden' })
      if (width >= 960) return
      await page.locator('.bar').getByRole('button', { name: /เปิดอยู่/ }).click()
      await page.getByRole('region', { name: 'ใครเสนอข้อนี้' }).waitFor()
      assert.deepEqual(await violationsOn(page), [])
      await page.keyboard.press('Escape')
      await page.locator('#side').waitFor({ state: 'hidden' })
    })
  }

  for (const width of [360, 320]) {
    it(`[DR39] all of it is in reach on a phone of ${width} px, nothing wider than the screen`, async () => {
      await page.setViewportSize({ width, height: 740 })
      await page.locator('#section-background td').first().click()
      await page.getByRole('button', { name: 'เครื่องมือ', exact: true }).click()
      await page.getByRole('button', { name: 'เพิ่มแถว' }).waitFor()
      await shot(`table-${width}`)
      assert.deepEqual(await violationsOn(page), [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      await page.getByRole('button', { name: 'อ้างกฎหมาย' }).click()
      await shot(`law-${width}`)
      assert.deepEqual(await violationsOn(page), [])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'เครื่องมือ', exact: true }).click()
      await page.getByRole('button', { name: /เปิดอยู่/ }).last().click()
      await page.getByRole('region', { name: 'ใครเสนอข้อนี้' }).waitFor()
      await shot(`side-${width}`)
      await page.locator('#side').getByRole('button', { name: 'ปิดแผ่นนี้' }).click()
      await page.locator('#side').waitFor({ state: 'hidden' })
    })
  }
})
