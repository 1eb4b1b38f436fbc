/** Writing on a phone, with touch and a keyboard on the glass: one section at a time, the ways out, tools and caret above the keyboard. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import type { CDPSession, Page } from 'playwright-core'
import {
  inState,
  openTab,
  painted,
  startDraftSite,
  timesIn,
  typeClause,
  typeWords,
  type DraftSite,
} from '../support/draft-site.ts'
import { PHONE, setKeyboard, withKeyboard } from '../support/phone.ts'
import { violationsOn } from '../support/violations.ts'

const SHOTS = process.env['PHONE_SHOTS']
const KEYBOARD = 280

describe('writing on a phone', function () {
  this.timeout(40_000)
  let site: DraftSite
  let page: Page

  before(async () => {
    site = await startDraftSite()
  })
  after(() => site?.close())
  beforeEach(async () => {
    const context = await site.device(0, { viewport: PHONE, hasTouch: true, isMobile: true })
    await withKeyboard(context)
    page = await openTab(context, site)
  })
  afterEach(() => page.context().close())

  const shot = async (name: string): Promise<void> => {
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` })
  }
  /** The sections that can be seen, by their ids. */
  const seen = (): Promise<string[]> =>
    page
      .locator('.page > section')
      .evaluateAll((all) =>
        all.filter((one) => one.getClientRects().length > 0).map((one) => one.getAttribute('data-section') ?? ''),
      )
  const bar = () => page.locator('.writing-bar')
  const done = () => bar().getByRole('button', { name: 'เสร็จ' })
  const begin = async (section = 'background'): Promise<void> => {
    await page.locator(`#section-${section} .section-text [data-clause]`).last().tap()
    await bar().waitFor()
  }
  const whole = async (): Promise<void> => {
    await bar().waitFor({ state: 'detached' })
    assert.ok((await seen()).length > 3)
  }
  /** The caret's line and what may cover it, in the window. */
  const places = async () => {
    const line = (await page.evaluate(`(() => {
      const { anchorNode, anchorOffset } = getSelection()
      const range = document.createRange()
      range.setStart(anchorNode, Math.max(0, anchorOffset - 1))
      range.setEnd(anchorNode, anchorOffset)
      const { top, bottom } = range.getBoundingClientRect()
      return { top, bottom }
    })()`)) as { readonly top: number; readonly bottom: number }
    const box = async (selector: string) => (await page.locator(selector).boundingBox()) ?? { y: 0, height: 0 }
    const [header, tools] = [await box('.bar'), await box('.tools')]
    return { ...line, bar: header.y + header.height, tools: tools.y, toolsEnd: tools.y + tools.height }
  }

  for (const width of [360, 320]) {
    it(`[DR41] at ${width} px whoever writes sees that section alone, with its name, the save state and the way out`, async () => {
      await page.setViewportSize({ width, height: 640 })
      const all = await seen()
      await begin()
      assert.deepEqual(await seen(), ['background'])
      assert.match(await bar().innerText(), /ความเป็นมา/)
      await typeWords(page, `กว้าง ${width}`)
      await inState(page, 'saved')
      await setKeyboard(page, KEYBOARD)
      await shot(`writing-${width}`)
      assert.deepEqual(await violationsOn(page), [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      await page.keyboard.press('Control+a')
      assert.deepEqual(await seen(), all)
      await done().tap()
      await whole()
    })
  }

  it('[DR41] a finger that is still down and a composition are waited for; nothing of it is lost', async () => {
    const clause = page.locator('#section-background .section-text [data-clause]').last()
    const devtools: CDPSession = await page.context().newCDPSession(page)
    const box = await clause.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 10)
    await page.mouse.down()
    await page.waitForFunction(() => document.activeElement?.classList.contains('ProseMirror'))
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
    assert.equal(await bar().count(), 0)
    await page.mouse.up()
    await bar().waitFor()

    await page.reload()
    await inState(page, 'saved')
    // A finger stays down until the composition runs: otherwise the mode would be entered before it.
    const finger = (kind: string) =>
      page.evaluate(`document.body.dispatchEvent(new PointerEvent('${kind}', { bubbles: true }))`)
    await finger('pointerdown')
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('.ProseMirror')?.focus()
      const text = document.querySelector('#section-background .section-text [data-clause]:last-of-type')
      if (text !== null) getSelection()?.selectAllChildren(text)
      getSelection()?.collapseToEnd()
    })
    await devtools.send('Input.imeSetComposition', { text: 'กำลัง', selectionStart: 5, selectionEnd: 5 })
    await finger('pointerup')
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
    assert.equal(await bar().count(), 0)
    await devtools.send('Input.insertText', { text: 'กำลังประกอบ' })
    await bar().waitFor()
    await inState(page, 'saved')
    assert.equal(timesIn(await site.text(), 'กำลังประกอบ'), 1)
  })

  it('[DR42] the button, Escape and the phone’s back show the whole draft again; a blur does not', async () => {
    const address = page.url()
    await begin()
    await done().tap()
    await whole()
    assert.equal(await page.evaluate('document.activeElement.id'), 'page')
    await begin('title')
    await page.keyboard.press('Escape')
    await whole()
    await begin()
    await page.evaluate('document.activeElement.blur()')
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
    assert.deepEqual(await seen(), ['background'])
    await page.goBack()
    await whole()
    assert.equal(page.url(), address)
    await begin()
    await page.reload()
    await inState(page, 'saved')
    await begin()
    await done().tap()
    await whole()
    await begin('title')
    assert.deepEqual(await seen(), ['title'])
  })

  it('[DR42] the outline leaves the mode and goes to the section; what is missing is written in at once', async () => {
    await begin()
    await page.getByRole('button', { name: 'โครงร่าง' }).tap()
    await shot('outline')
    await page.locator('.toc a', { hasText: 'ข้อเสนอ' }).last().tap()
    await whole()
    await page.waitForFunction(() => {
      const top = document.querySelector('#section-recommendations')?.getBoundingClientRect().top ?? -1
      return top > 0 && top < 300
    })
    await page.getByRole('button', { name: 'เพิ่มมาตรการ' }).tap()
    await bar().waitFor()
    await typeWords(page, 'มาตรการ')
    assert.deepEqual(await seen(), ['recommendations'])
    await page.getByRole('button', { name: 'โครงร่าง' }).tap()
    await page.locator('.missing a', { hasText: 'งบประมาณ' }).first().tap()
    await bar().waitFor()
    assert.deepEqual(await seen(), ['recommendations'])
  })

  it('[DR42] what others write in hidden sections is there afterwards', async () => {
    await begin('title')
    const other = await openTab(await site.device(1), site)
    await typeClause(other, 'จากอีกเครื่องหนึ่ง')
    await inState(other, 'saved')
    await typeWords(page, 'ชื่อ')
    await inState(page, 'saved')
    await page.waitForFunction(() =>
      document.querySelector('#section-background')?.textContent?.includes('จากอีกเครื่องหนึ่ง'),
    )
    assert.deepEqual(await seen(), ['title'])
    await done().tap()
    await page.locator('#section-background', { hasText: 'จากอีกเครื่องหนึ่ง' }).waitFor()
    await other.context().close()
  })

  for (const pressed of ['finger', 'mouse'] as const)
    it(`[DR48] what others add waits while a ${pressed} is on a button of the text: what is let go of is what was pressed`, async () => {
      const [ours, theirs] = [`ของเรา ${pressed}`, `ของคนอื่น ${pressed}`]
      await begin()
      await done().tap()
      await whole()
      const other = await openTab(await site.device(1), site)
      const add = page.getByRole('button', { name: 'เพิ่มมาตรการ' })
      await add.scrollIntoViewIfNeeded()
      const { x, y, width, height } = (await add.boundingBox())!
      const place = { x: x + width / 2, y: y + height / 2 }
      const devtools = await page.context().newCDPSession(page)
      const touch = (type: 'touchStart' | 'touchEnd') =>
        devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchStart' ? [place] : [] })
      await page.mouse.move(place.x, place.y)
      await (pressed === 'finger' ? touch('touchStart') : page.mouse.down())
      await other.getByRole('button', { name: 'เพิ่มมาตรการ' }).click()
      await typeWords(other, theirs)
      await inState(other, 'saved')
      await painted(page)
      await (pressed === 'finger' ? touch('touchEnd') : page.mouse.up())
      await typeWords(page, ours)
      await inState(page, 'saved')
      const clauses = (await site.text()).split('\n').map((one) => one.trim())
      assert.deepEqual(clauses.filter((one) => one.includes(pressed)).sort(), [theirs, ours])
      for (const one of [theirs, ours]) await page.locator('.rec', { hasText: one }).waitFor()
      await other.context().close()
    })

  it('[DR43] tools stand on the keyboard and keep the text’s focus; the dock gives way only to a keyboard', async () => {
    await begin()
    await setKeyboard(page, 80)
    assert.ok(await page.locator('.dock').isVisible())
    await setKeyboard(page, KEYBOARD)
    assert.ok(await page.locator('.dock').isHidden())
    const { toolsEnd } = await places()
    assert.equal(toolsEnd, PHONE.height - KEYBOARD)
    await page.getByRole('button', { name: 'ตัวหนา' }).tap()
    await page.getByRole('button', { name: 'เครื่องมืออื่น' }).tap()
    await shot('more-phone')
    assert.deepEqual(await violationsOn(page), [])
    await page.getByRole('menuitem', { name: 'ย้ายข้อขึ้น' }).tap()
    assert.ok(await page.evaluate('document.activeElement.classList.contains("ProseMirror")'))
    await page.getByRole('button', { name: 'ใส่ตาราง' }).tap()
    await page.getByRole('button', { name: 'เพิ่มแถว' }).tap()
    await shot('table-phone')
    await page.getByRole('button', { name: 'ลบช่อง' }).tap()
    assert.ok(await page.evaluate('document.activeElement.classList.contains("ProseMirror")'))
    await page.getByRole('button', { name: 'อ้างกฎหมาย' }).tap()
    await page.getByRole('dialog').getByLabel('ค้นชื่อกฎหมาย').waitFor()
    await page.keyboard.press('Escape')
    await setKeyboard(page, 0)
    assert.ok(await page.locator('.dock').isVisible())
  })

  it('[DR43] the caret is beneath no bar and no keyboard, however long the text', async () => {
    await begin()
    await setKeyboard(page, KEYBOARD)
    for (let line = 0; line < 12; line++) {
      await page.keyboard.press('Enter')
      await page.keyboard.type(`บรรทัดที่ ${line}`)
      const { top, bottom, bar: barEnd, tools } = await places()
      assert.ok(top >= barEnd && bottom <= tools, JSON.stringify(await places()))
    }
    await shot('long')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowDown')
    const { top, bar: barEnd } = await places()
    assert.ok(top >= barEnd, JSON.stringify(await places()))
  })

  it('[DR45] printed while somebody writes, the draft is whole, on A4, without what belongs to the screen', async () => {
    await begin('title')
    await typeWords(page, 'ชื่อบนกระดาษ')
    await inState(page, 'saved')
    const pdf = await page.pdf({ preferCSSPageSize: true })
    const read = (program: string, ...args: string[]) =>
      execFileSync(program, [...args, '-', ...(program === 'pdftotext' ? ['-'] : [])], { input: pdf, encoding: 'utf8' })
    assert.match(read('pdfinfo'), /\(A4\)/)
    const text = read('pdftotext', '-layout').replace(/\s+/g, '')
    for (const words of ['กลุ่ม1', 'ชื่อบนกระดาษ', 'กลุ่มเป้าหมาย', 'ข้อเสนอเชิงนโยบาย', 'ส่วนน้อย'])
      assert.match(text, new RegExp(words))
    assert.doesNotMatch(text, /เสร็จ|บันทึก|ย่อหน้า|โครงร่าง|เพิ่มมาตรการ|เลือกกลุ่ม/)
    assert.deepEqual(await seen(), ['title'])
    assert.ok(await bar().isVisible())
  })
})
