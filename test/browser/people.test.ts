/** The ways in, in a real browser on a plain-http name: code and name with the keyboard alone, card, staff's links, both languages. */
import assert from 'node:assert/strict'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { thaiDigits } from '../../shared/thai/digits.ts'
import { showJoinCode } from '../../shared/people/join-code.ts'
import type { Viewer } from '../../server/people/viewer.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { startChromium, watchedPage } from '../support/chromium.ts'
import { faultsOn } from '../support/violations.ts'

const PLAIN_NAME = 'laptop.hotel.test'
const THAI = /[\u0E00-\u0E7F]/

/** Nothing that axe knows, touch targets included, and nothing wider than the screen, at three widths and in both themes. */
async function assertSound(page: Page, name: string): Promise<void> {
  for (const { width, theme } of [
    { width: 320, theme: 'dark' },
    { width: 390, theme: 'light' },
    { width: 1280, theme: 'light' },
  ]) {
    await page.setViewportSize({ width, height: 800 })
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
    await page.waitForFunction(() => document.getAnimations().length === 0)
    assert.deepEqual(await faultsOn(page), [], `${name} at ${width} px, ${theme}`)
  }
  await page.setViewportSize({ width: 390, height: 844 })
}

describe('ways in', function () {
  this.timeout(90_000)
  let test: TestApp
  let browser: Browser
  let origin: string
  let workshop: WorkshopId
  let code: string
  let context: BrowserContext
  let page: Page
  let troubles: string[]

  const viewer = (role: 'administrator' | 'facilitator'): Viewer => ({
    person: null,
    name: '',
    standings: role === 'administrator' ? [{ role }] : [{ role, workshop }],
    session: null,
  })

  before(async () => {
    test = await startTestApp()
    browser = await startChromium({ name: PLAIN_NAME })
    origin = `http://${PLAIN_NAME}:${test.app.port}`
    const { rooms } = test.app
    workshop = await rooms.workshop.workshops.create(viewer('administrator'), {
      title: 'เวทีจัดทำข้อเสนอเชิงนโยบาย บทบาท อปท. ด้านการจัดสวัสดิการสังคม',
      organiser: 'กรมพัฒนาสังคมและสวัสดิการ',
      place: 'ห้องประชุมใหญ่ ชั้น 2',
      begins: '2019-02-27',
      ends: '2019-03-01',
      subject: '',
      template: 'short',
    })
    const blank = { prefix: '', position: '', lgoType: 'sao', district: '', province: 'น่าน', notices: [] } as const
    const named = (name: string, organisation: string, row: number) => ({ ...blank, name, organisation, row })
    await rooms.workshop.participants.put(workshop, [
      named('สมหญิง ตัวอย่าง', 'อบต.ทุ่งสาธิต', 2),
      named('บุญมี สมมติ', 'อบต.ทุ่งสาธิต', 3),
      named('บุญมี สมมติ', 'ทต.ดอนจำลอง', 4),
      named('วิไล จำลอง', 'ทต.ดอนจำลอง', 5),
    ])
    await rooms.workshop.groups.make(viewer('facilitator'), workshop, 1, 1)
    code = (await rooms.people.codes.show(viewer('facilitator'), workshop)).code
  })
  after(async () => {
    await browser?.close()
    await test?.stop()
  })
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'th-TH' })
    ;({ page, troubles } = await watchedPage(context))
    page.setDefaultTimeout(10_000)
  })
  afterEach(() => context.close())

  it('[PE31] front page, code in Thai digits, name, notice, badge: with the keyboard alone', async () => {
    await page.goto(origin)
    await page.locator('.code-input').waitFor()
    await assertSound(page, 'front')
    await page.locator('.code-input').focus()
    await page.keyboard.type(thaiDigits(showJoinCode(code)))
    await page.keyboard.press('Enter')
    await page.locator('.steps').waitFor()
    assert.equal(new URL(page.url()).pathname, '/join')
    assert.equal(new URL(page.url()).search, '')
    await page.locator('.input-ic input').focus()
    await page.keyboard.type('นางสาวสมหญิง ตัวอย่าง')
    await page.keyboard.press('Enter')
    await page.locator('.you-card').waitFor()
    await assertSound(page, 'name')
    await page.keyboard.press('Enter')
    await page.locator('.notice').waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    await assertSound(page, 'notice')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.yours .mark').waitFor()
    assert.match(await page.locator('.yours h1').innerText(), /1/)
    await assertSound(page, 'badge')
    const [cookie] = await context.cookies(origin)
    assert.deepEqual([cookie?.name, cookie?.httpOnly, cookie?.sameSite, cookie?.secure], ['rr', true, 'Strict', false])
    assert.deepEqual(troubles, [])
  })

  it('[PE31] a wrong code and an unknown name say what to do and keep what was typed', async () => {
    await page.goto(`${origin}/join`)
    const field = page.locator('.code-input')
    await field.fill('12345')
    await field.press('Enter')
    await page.locator('.field-error').waitFor()
    assert.match(await page.locator('.field-error').innerText(), /5.*9/)
    await field.fill('000 000 000')
    await field.press('Enter')
    await page.waitForFunction(() => document.querySelector('.field-error')?.textContent?.endsWith('9 ตัว') === false)
    assert.equal(await field.inputValue(), '000 000 000')
    await assertSound(page, 'wrong code')
    await field.fill(code)
    await field.press('Enter')
    const name = page.locator('.input-ic input')
    await name.fill('ไม่มี ใครรู้จัก')
    await name.press('Enter')
    await page.locator('.field-error').waitFor()
    assert.equal(await name.inputValue(), 'ไม่มี ใครรู้จัก')
    await assertSound(page, 'unknown name')
  })

  it('[PE24] two of one name: the organisation is asked for, and no other name is on the page', async () => {
    await page.goto(`${origin}/join`)
    await page.locator('.code-input').fill(code)
    await page.keyboard.press('Enter')
    await page.locator('.input-ic input').fill('บุญมี สมมติ')
    await page.keyboard.press('Enter')
    const organisation = page.locator('.field .input').nth(1)
    await organisation.waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), /ทุ่งสาธิต|ดอนจำลอง|วิไล/)
    await organisation.fill('ทต.ดอนจำลอง')
    await organisation.press('Enter')
    await page.locator('.you-card').waitFor()
  })

  it('[PE31] the language changes without a reload and keeps what was typed', async () => {
    await page.goto(`${origin}/join`)
    await page.locator('.code-input').fill('417')
    await page.evaluate(`window.same = true`)
    await page.locator('.prefs .btn-quiet').click()
    await page.waitForFunction(() => document.documentElement.lang === 'en')
    assert.equal(await page.evaluate(`window.same`), true)
    assert.equal(await page.locator('.code-input').inputValue(), '417')
    assert.doesNotMatch(await page.locator('main').innerText(), THAI)
  })

  it('[PE27][PE32] the card’s secret leaves the address at once, and the link brings its person back', async () => {
    const { participants } = test.app.rooms.workshop
    const people = await participants.everybody(workshop)
    const { id, name } = people.find((one) => one.name.startsWith('วิไล'))!
    const secret = (await test.app.rooms.people.links.secretsOf([id])).get(id as PersonId)!
    await page.goto(`${origin}/c?openExternalBrowser=1#${secret}`)
    await page.locator('.you-card').waitFor()
    assert.equal(page.url(), `${origin}/c`)
    assert.match(await page.locator('.you-card').innerText(), new RegExp(name))
    await assertSound(page, 'card')
    await page.locator('.btn-main').click()
    await page.locator('.notice').waitFor()
    await page.locator('.btn-main').click()
    await page.locator('.yours').waitFor()
    await page.locator('.join-step .btn:not(.btn-main)').click()
    const box = page.locator('dialog[open] input')
    await box.waitFor()
    assert.equal(await box.inputValue(), `${origin}/c?openExternalBrowser=1#${secret}`)
    await assertSound(page, 'own link')
    assert.deepEqual(troubles, [])
  })

  it('[PE6][PE7][PE32] the first administrator’s link, an invitation, and the invited person’s account', async () => {
    const secret = await test.app.rooms.people.invitations.firstAdministratorSecret()
    await page.goto(`${origin}/first#${secret}`)
    const fields = page.locator('form input')
    await fields.first().waitFor()
    assert.equal(page.url(), `${origin}/first`)
    await assertSound(page, 'first administrator')
    await fields.nth(0).fill('ปรีชา สาธิต')
    await fields.nth(1).fill('preecha')
    await fields.nth(2).fill('short')
    await page.keyboard.press('Enter')
    await page.locator('.field-error').waitFor()
    assert.equal(await fields.nth(1).inputValue(), 'preecha')
    await fields.nth(2).fill('คำสี่คำ ยาวพอสมควร')
    await page.keyboard.press('Enter')
    await page.locator('.admin').waitFor()
    await page.locator('.admin-facts').waitFor()
    await page.locator('.admin-head .btn-main').click()
    await page.locator('dialog[open] input').fill('อรทัย สาธิต')
    await assertSound(page, 'invite')
    await page.locator('dialog[open] .btn-main').click()
    await page.locator('dialog[open] .qr').waitFor()
    const link = await page.locator('dialog[open] input').inputValue()
    await page.locator('dialog[open] .btn-main').click()
    await page.locator('.invite-open').waitFor()
    await assertSound(page, 'administrator')

    const other = await browser.newContext()
    const { page: invited, troubles: others } = await watchedPage(other)
    await invited.goto(link)
    const theirs = invited.locator('form input')
    await theirs.first().waitFor()
    assert.equal(await theirs.nth(0).inputValue(), 'อรทัย สาธิต')
    await theirs.nth(1).fill('orathai')
    await theirs.nth(2).fill('อีกสี่คำ ที่ยาวพอ')
    await invited.keyboard.press('Enter')
    await invited.waitForURL(`${origin}/staff`)
    // The administrator's page hears of it by itself.
    await page.locator('.invite-accepted').waitFor()
    assert.deepEqual(others, [])
    await other.close()
    // The short password was refused, which the browser notes by itself.
    assert.deepEqual(
      troubles.filter((line) => !line.includes('400')),
      [],
    )
  })

  it('[PE34][PE36] the administrator makes a link for a new password; its owner sets it; the notice is one press away', async () => {
    const { accounts, sessions } = test.app.rooms.people
    const account = { name: 'มานะ สาธิต', signInName: 'mana', password: 'รหัสเดิมยาวพอ', standings: [] }
    await accounts.create(account)
    const admin = await accounts.create({
      ...account,
      name: 'ผู้ดูแล',
      signInName: 'admin2',
      standings: [{ role: 'administrator' }],
    })
    const [name = '', value = ''] = ((await sessions.start(admin, 'staff', undefined)).split(';')[0] ?? '').split('=')
    await context.addCookies([{ name, value, url: origin }])
    await page.goto(`${origin}/admin`)
    await page.getByRole('button', { name: 'ตั้งรหัสผ่านใหม่ให้ มานะ สาธิต' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'สร้างลิงก์' }).click()
    const link = await page.locator('dialog[open] input').inputValue()
    const other = await browser.newContext()
    const { page: theirs, troubles: others } = await watchedPage(other)
    await theirs.goto(link)
    await theirs.locator('input[type=password]').fill('รหัสใหม่ที่ยาวพอ')
    assert.equal(new URL(theirs.url()).hash, '')
    await assertSound(theirs, 'new password')
    await theirs.keyboard.press('Enter')
    await theirs.waitForURL((url) => url.pathname !== '/reset')
    assert.ok(await accounts.signIn('mana', 'รหัสใหม่ที่ยาวพอ', '10.0.0.7'))
    await theirs.goto(`${origin}/notice`)
    await theirs.getByRole('heading', { level: 1 }).waitFor()
    await assertSound(theirs, 'notice')
    assert.deepEqual(others, [])
    await other.close()
  })

  it('[PE35] while the demo is being made the front page says so, and its cards come by themselves', async () => {
    const none = { demo: [], people: 0, groups: 0 }
    const whole = { demo: [{ role: 'scribe', name: 'บุญมี' }], people: 83, groups: 9, preparing: false }
    let whether: object = { ...none, preparing: true }
    await page.route('**/api/front', (route) => route.fulfill({ json: whether }))
    await page.goto(origin)
    await page.getByText('กำลังเตรียมเวทีตัวอย่าง').waitFor()
    assert.equal(await page.locator('.role').count(), 0)
    whether = whole
    await page.locator('.role').waitFor()
    assert.equal(await page.getByText('กำลังเตรียมเวทีตัวอย่าง').count(), 0)
  })

  it('[PE9] signing in says what is wrong and where participants go', async () => {
    await page.goto(`${origin}/sign-in`)
    const fields = page.locator('form input')
    await fields.nth(0).fill('nobody')
    await fields.nth(1).fill('some wrong password')
    await page.keyboard.press('Enter')
    await page.locator('.field-error').waitFor()
    assert.equal(await fields.nth(0).inputValue(), 'nobody')
    await assertSound(page, 'sign-in')
    assert.equal(await page.locator('a[href="/join"]').count(), 1)
  })
})
