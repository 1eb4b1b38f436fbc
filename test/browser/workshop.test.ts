/** The workshop room in a real browser, acting through the page: made, roster, groups, cards, phases, the wall; keyboard, widths, themes, languages. */
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { WorkshopId } from '../../shared/ids.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { startChromium, watchedPage } from '../support/chromium.ts'
import { faultsOn } from '../support/violations.ts'

const ROSTER = fileURLToPath(new URL('../fixtures/corpus/roster.xlsx', import.meta.url))
const PASSWORD = 'ข้าวเหนียวมะม่วงหวานเย็น-7'

describe('workshop screens', function () {
  this.timeout(60_000)
  let test: TestApp
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[]
  let id: WorkshopId

  before(async () => {
    test = await startTestApp()
    const { accounts } = test.app.rooms.people
    await accounts.create({
      name: 'วิทยากรทดสอบ',
      signInName: 'fac',
      password: PASSWORD,
      standings: [{ role: 'facilitator' }],
    })
    browser = await startChromium()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'th-TH' })
    ;({ page, troubles } = await watchedPage(context))
    page.setDefaultTimeout(8_000)
    await page.goto(`${test.url}/sign-in`)
    await page.locator('form input').first().fill('fac')
    await page.locator('input[type=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/staff$/)
  })
  after(async () => {
    await browser?.close()
    await test?.stop()
  })

  it('[WO4] a facilitator makes a workshop from the page', async () => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    assert.deepEqual(await faultsOn(page), [], 'empty list')
    await page.getByRole('button', { name: 'สร้างเวทีใหม่' }).click()
    await page.getByLabel('ชื่อเวทีหรือโครงการ').fill('เวทีลองใช้หนึ่ง')
    await page.getByRole('button', { name: 'สร้างเวที', exact: true }).click()
    await page.waitForURL(/\/w\/[^/]+\/setup$/)
    id = (new URL(page.url()).pathname.split('/')[2] ?? '') as WorkshopId
    await page.getByText('ยังไม่มีรายชื่อ').waitFor()
    assert.deepEqual(await faultsOn(page), [], 'set-up, nobody yet')
  })

  it('[RO8] a chosen file is shown before it is kept: 83 read, 11 aside, 0 dropped; one row is mended and taken in', async () => {
    await page.locator('input[type=file]').setInputFiles(ROSTER)
    await page.locator('.imp-n').waitFor()
    assert.deepEqual(await page.locator('.imp-n b').allInnerTexts(), ['83', '11', '0'])
    assert.equal((await test.app.rooms.workshop.participants.everybody(id)).length, 0)
    const row = page.locator('.bad-rows li', { hasText: 'แถว 72' })
    await row.getByRole('button').click()
    await page.getByRole('dialog').getByLabel('หน่วยงาน').fill('ทต.บ้านใหม่')
    await page.getByRole('dialog').getByRole('button', { name: 'บันทึก' }).click()
    assert.deepEqual(await page.locator('.imp-n b').allInnerTexts(), ['84', '10', '0'])
    await page.getByRole('button', { name: 'คนเดียวกัน' }).nth(1).click()
    assert.deepEqual(await faultsOn(page), [], 'roster preview')
    const use = page.getByRole('button', { name: 'ใช้รายชื่อ 83 คน' })
    await use.click()
    await use.waitFor({ state: 'hidden' })
    await page.getByText('ใครอยู่ใน 83 คนนี้').waitFor()
    assert.equal((await test.app.rooms.workshop.participants.everybody(id)).length, 83)
  })

  it('[RO10] groups are made with the reason shown, and somebody is moved by the menu with the keyboard', async () => {
    await page.getByRole('button', { name: 'แบ่งเป็น 9 กลุ่ม' }).click()
    await page.locator('.grp-t tbody tr').nth(8).waitFor()
    assert.match(await page.locator('.grp .banner').innerText(), /อบต\. 5 – 6 คน/)
    const before = (await test.app.rooms.workshop.groups.ofWorkshop(id))[0]
    assert.ok(before !== undefined)
    const count = (await test.app.rooms.workshop.participants.inGroup(before.id)).length
    await page.getByRole('button', { name: 'ดูและย้ายคนในกลุ่ม 1' }).focus()
    await page.keyboard.press('Enter')
    const menu = page.getByRole('dialog').getByRole('combobox', { name: /^ย้าย/ }).first()
    assert.deepEqual(await faultsOn(page), [], 'group dialog')
    await menu.selectOption({ label: 'กลุ่ม 2' })
    await page.getByText(/ไปกลุ่ม 2 แล้ว/).waitFor()
    assert.equal((await test.app.rooms.workshop.participants.inGroup(before.id)).length, count - 1)
    await page.keyboard.press('Escape')
  })

  it('[WO8] a card for everybody, with a QR and the group', async () => {
    await page.getByRole('link', { name: /พิมพ์บัตร/ }).click()
    await page.locator('.print-card').first().waitFor()
    assert.equal(await page.locator('.print-card').count(), 83)
    assert.equal(await page.locator('.print-card .qr').count(), 83)
    assert.deepEqual(await faultsOn(page), [], 'cards')
  })

  it('[WO9] the wall shows nine groups; a call for help appears, is taken and closed', async () => {
    await page.goto(`${test.url}/w/${id}/wall`)
    await page.locator('.tile').nth(8).waitFor()
    const { groups, help, participants } = test.app.rooms.workshop
    const third = (await groups.ofWorkshop(id))[2]
    assert.ok(third !== undefined)
    const caller = (await participants.inGroup(third.id))[0]
    assert.ok(caller !== undefined)
    const standings = (await participants.viewerOf(caller.id))?.standings ?? []
    await help.call({ person: caller.id, name: caller.name, standings, session: null }, third.id, 'อ้างกฎหมายฉบับไหน')
    await page.locator('.tile-help', { hasText: 'อ้างกฎหมายฉบับไหน' }).waitFor()
    await page.getByRole('button', { name: /ไปช่วย/ }).click()
    await page.getByText('วิทยากรทดสอบ อยู่ด้วย').waitFor()
    await page.getByRole('button', { name: /เสร็จแล้ว/ }).click()
    await page.getByText('ไม่มีกลุ่มรอ').waitFor()
  })

  it('[WO2] a phase is moved with a countdown that can be called off, then at once', async () => {
    await page.locator('.rail-end .btn-main').click()
    await page.getByRole('button', { name: 'เปลี่ยนขั้น' }).click()
    await page.getByRole('button', { name: 'ยกเลิกการเปลี่ยนขั้น' }).click()
    await page.locator('.wall-notes .banner').waitFor({ state: 'detached' })
    assert.equal((await test.app.rooms.workshop.workshops.get(id)).phase, 'register')
    await page.locator('.rail-end .btn-main').click()
    await page.getByRole('dialog').getByText('ทันที').click()
    await page.getByRole('button', { name: 'เปลี่ยนขั้น' }).click()
    await page.locator('.path .now', { hasText: 'แบ่งกลุ่ม' }).waitFor()
    assert.equal((await test.app.rooms.workshop.workshops.get(id)).phase, 'group')
  })

  it('[WO11] one group gets a step of its own from its tile, and follows the workshop again', async () => {
    const tile = page.locator('.tile').nth(3)
    const choose = async (name: string) => {
      await tile.getByRole('button', { name: 'ขั้นของกลุ่ม 4' }).click()
      await page.getByRole('dialog').getByText(name, { exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'บันทึก' }).click()
    }
    await choose('ร่าง')
    await tile.getByText('กลุ่มนี้อยู่ขั้น ร่าง').waitFor()
    assert.equal((await test.app.rooms.workshop.groups.ofWorkshop(id))[3]?.phase, 'draft')
    await choose('ตามเวที')
    await tile.getByText('กลุ่มนี้อยู่ขั้น ร่าง').waitFor({ state: 'hidden' })
    assert.equal((await test.app.rooms.workshop.groups.ofWorkshop(id))[3]?.phase, null)
  })

  it('[WO11][PE33] who waits at the door is admitted or refused from the wall; set-up, cards and back', async () => {
    const { codes, joining } = test.app.rooms.people
    const organiser = {
      person: null,
      name: '',
      session: null,
      standings: [{ role: 'facilitator', workshop: id }],
    } as const
    const { code } = await codes.show(organiser, id)
    for (const name of ['มาสาย หนึ่ง', 'แปลกหน้า สอง']) await joining.name({ code, name }, '10.0.0.1')
    await page.getByRole('button', { name: 'รออยู่ที่ประตู 2 ชื่อ' }).click()
    assert.deepEqual(await faultsOn(page), [], 'the door')
    await page.getByRole('button', { name: 'รับเข้า มาสาย หนึ่ง' }).click()
    await page.getByLabel('หน่วยงาน').fill('อบต.ทุ่งสาธิต')
    await page.getByRole('button', { name: 'เพิ่มคน', exact: true }).click()
    await page.getByRole('button', { name: 'รับเข้า มาสาย หนึ่ง' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'ไม่รับ แปลกหน้า สอง' }).click()
    await page.getByRole('button', { name: 'ไม่รับ', exact: true }).click()
    await page.getByText('ไม่มีชื่อรออยู่แล้ว').waitFor()
    assert.equal((await joining.name({ code, name: 'มาสาย หนึ่ง' }, '10.0.0.1')).kind, 'found')
    assert.deepEqual(await joining.waitingNames(organiser, id), [])
    await page.getByRole('button', { name: 'ปิด', exact: true }).click()
    await page.getByRole('link', { name: 'บัตรและรหัส' }).click()
    await page.locator('.print-card').first().waitFor()
    await page.getByRole('link', { name: 'เปิดผังรวม' }).click()
    await page.getByRole('link', { name: 'จัดเวที' }).click()
    await page.waitForURL(/setup$/)
    await page.getByRole('link', { name: 'เปิดผังรวม' }).click()
    await page.locator('.tile').nth(8).waitFor()
  })

  it('[WO7] B announces, + gives five minutes, also with a Thai keyboard up; nothing happens while somebody types', async () => {
    // The keys command only where the page knows that its viewer may.
    await page.getByRole('button', { name: 'ประกาศใหม่' }).waitFor()
    await page.locator('body').press('b')
    const words = page.getByRole('dialog').getByRole('textbox')
    await words.fill('พัก')
    await words.press('b')
    await page.getByRole('dialog').getByRole('button', { name: 'ประกาศ', exact: true }).click()
    await page.locator('.rail-say').getByText('“พักb”').waitFor()
    await page.keyboard.press('+')
    await page.locator('.wall-timer .timer').waitFor()
    const { timer } = await test.app.rooms.workshop.workshops.get(id)
    assert.equal(timer.kind, 'running')
  })

  // Every width, theme and language of every screen: test/browser/screens.ts.
  for (const [width, theme, lang] of [
    [320, 'light', 'th'],
    [1280, 'dark', 'en'],
  ] as const) {
    it(`[WO10] every screen at ${width} px, ${theme}, ${lang}: axe finds nothing, nothing is wider`, async () => {
      await page.setViewportSize({ width, height: 800 })
      for (const path of ['/staff', `/w/${id}/setup`, `/w/${id}/cards`, `/w/${id}/wall`]) {
        await page.goto(`${test.url}${path}?theme=${theme}&lang=${lang}`)
        await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
        assert.deepEqual(await faultsOn(page), [], `${path} ${width} ${theme} ${lang}`)
      }
      await page.goto(`${test.url}/w/${id}/setup`)
      await page.locator('.steps li').nth(2).getByRole('button').click()
      await page.locator('.agenda').waitFor()
      assert.deepEqual(await faultsOn(page), [], `steps ${width} ${theme} ${lang}`)
    })
  }

  it('[WO10] somebody without a session is told to sign in, and no page throws', async () => {
    const stranger = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'th-TH' })
    const { page: other } = await watchedPage(stranger)
    for (const path of ['/staff', `/w/${id}/setup`, `/w/${id}/cards`, `/w/${id}/wall`]) {
      await other.goto(`${test.url}${path}`)
      await other.getByRole('link', { name: 'เข้าระบบ' }).waitFor()
    }
    await stranger.close()
    assert.deepEqual(troubles, [])
  })
})
