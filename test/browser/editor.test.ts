/** The real editor in a real browser: keys, controls, selection, the policy, and what a screen reader is told. */
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { startChromium, watchedPage } from '../support/chromium.ts'
import { violationsOn } from '../support/violations.ts'
import { serveHarness } from './editor-harness/serve.ts'
import type { ServedHarness } from './editor-harness/serve.ts'
import type {} from './editor-harness/harness.ts'

describe('The editor in a browser', function () {
  this.timeout(60_000)
  let harness: ServedHarness
  let browser: Browser
  let page: Page
  let troubles: string[]

  before(async () => {
    harness = await serveHarness()
    browser = await startChromium()
  })
  after(async () => {
    await browser?.close()
    await harness?.close()
  })
  beforeEach(async () => {
    const watched = await watchedPage(await browser.newContext({ viewport: { width: 1000, height: 900 } }))
    page = watched.page
    troubles = watched.troubles
    await page.goto(harness.url)
    await page.evaluate(() => window.harness.start(['alpha', 'beta'], { clause: 0, offset: 2 }, false))
  })
  afterEach(async () => {
    assert.deepEqual(troubles, [], 'the page reported errors')
    assert.equal(await page.evaluate(() => window.harness.editor?.binding.redraws), 0, 'a section was drawn anew')
    const { view, back, peer } = await page.evaluate(() => window.harness.texts())
    assert.deepEqual(back, view)
    assert.deepEqual(peer, view)
    await page.context().close()
  })
  const view = async (): Promise<string[]> => (await page.evaluate(() => window.harness.texts())).view
  const shown = (): Promise<string[]> => page.locator('[data-section="background"] p').allTextContents()

  it('[DR25] Enter begins a clause, Backspace at its start joins it again', async () => {
    await page.keyboard.type('X')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Y')
    assert.deepEqual(await view(), ['alX', 'Ypha', 'beta'])
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    assert.deepEqual(await view(), ['alXpha', 'beta'])
    assert.deepEqual(await shown(), ['alXpha', 'beta'])
  })

  it('[DR23] Ctrl+Z takes back one step, Ctrl+Y does it again', async () => {
    await page.keyboard.type('X')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+z')
    assert.deepEqual(await view(), ['alXpha', 'beta'])
    await page.keyboard.press('Control+y')
    assert.deepEqual(await view(), ['alX', 'pha', 'beta'])
  })

  it('[DR31] Ctrl+A and Delete leave every section, and Ctrl+Z brings the text back', async () => {
    const sections = await page.locator('.page > section').count()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    assert.deepEqual(await view(), [''])
    assert.equal(await page.locator('.page > section').count(), sections)
    assert.equal(await page.locator('div.rec').count(), 0)
    await page.keyboard.press('Control+z')
    assert.deepEqual(await view(), ['alpha', 'beta'])
  })

  it('[DR31] typing over a selection of several clauses joins them and no more', async () => {
    await page.keyboard.down('Shift')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.up('Shift')
    await page.keyboard.type('Z')
    assert.equal((await view()).length, 1)
    assert.match((await view())[0] ?? '', /^alZ/)
  })

  it('[DR32] Tab leaves the text: nobody is trapped in it', async () => {
    await page.keyboard.press('Tab')
    assert.notEqual(
      await page.evaluate(() => document.activeElement?.className),
      'ProseMirror page ProseMirror-focused',
    )
    assert.deepEqual(await view(), ['alpha', 'beta'])
  })

  it('[DR40] an empty section says what belongs there until something is written', async () => {
    const section = page.locator('[data-section="minority_view"]')
    const guide = section.locator('.guide')
    const empty = await page.evaluate(() => JSON.stringify(window.harness.content()))
    await guide.waitFor()
    const words = await guide.innerText()
    assert.ok(words.length > 10 && !empty.includes(words))
    await section.locator('.section-text p').click()
    assert.ok(await guide.isVisible(), 'a clause without a letter is still nothing written')
    await page.keyboard.type('g')
    await guide.waitFor({ state: 'hidden' })
    assert.ok(!(await page.evaluate(() => JSON.stringify(window.harness.content()))).includes(words))
  })

  it('[DR22] a recommendation is added, filled and chosen by keyboard, and ticks of a section are kept', async () => {
    await page.locator('.rec-add').click()
    await page.keyboard.type('measure')
    await page.keyboard.press('Enter')
    await page.keyboard.type('lead')
    const rec = page.locator('div.rec')
    await rec.locator('select').first().selectOption('lgo')
    await rec.locator('input[inputmode="decimal"]').fill('1,500')
    await rec.locator('input[inputmode="decimal"]').press('Tab')
    await rec.locator('input[value="sao"]').check()
    await page.locator('[data-section="target_groups"] input[value="elderly"]').check()
    const found = await page.evaluate(() => window.harness.content())
    const recommendation = found.sections.find(({ id }) => id === 'recommendations')?.clauses[0]
    assert.ok(recommendation?.kind === 'recommendation')
    assert.deepEqual(recommendation.fields.measure, [{ text: 'measure' }])
    assert.deepEqual(recommendation.fields.lead, [{ text: 'lead' }])
    assert.equal(recommendation.levelOf, 'lgo')
    assert.equal(recommendation.amount, 1500)
    assert.deepEqual(recommendation.lgoTypes, ['sao'])
    assert.deepEqual(found.sections.find(({ id }) => id === 'target_groups')?.choices, ['elderly'])
  })

  it('[DR33] axe finds nothing in the text and its controls', async () => {
    await page.locator('.rec-add').click()
    assert.deepEqual(await violationsOn(page, '#host'), [])
  })
})
