/** The front page in a real browser, on localhost and on a plain-http name: readable, strict, accessible, light. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts'
import { startChromium, watchedPage } from '../support/chromium.ts'
import { faultsOn } from '../support/violations.ts'

/** What a phone in the meeting room types: no secure context. */
const PLAIN_NAME = 'laptop.hotel.test'
const FIRST_LOAD_BYTES = 400_000
const THAI = /[\u0E00-\u0E7F]/

const clientDir = fileURLToPath(new URL('../../dist/client', import.meta.url))

describe('front page', function () {
  this.timeout(60_000)
  let dataDir: string
  let server: BuiltServer
  let browser: Browser

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rangruam-front-'))
    server = await startBuiltServer(dataDir)
    browser = await startChromium({ name: PLAIN_NAME })
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  for (const { id, name } of [
    { id: 'HO5', name: 'localhost' },
    { id: 'HO6', name: PLAIN_NAME },
  ]) {
    it(`[${id}] on ${name} it reads in Thai and English, without an error and without another host`, async () => {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'th-TH' })
      const { page, troubles } = await watchedPage(context)
      const origin = `http://${name}:${server.port}`
      const foreign: string[] = []
      const sizes: Promise<number>[] = []
      page.on('request', (request) => {
        if (!/^https?:/.test(request.url()) || request.url().startsWith(`${origin}/`)) return
        foreign.push(request.url())
      })
      page.on('requestfinished', (request) => {
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
      })
      await page.goto(origin)
      const heading = page.locator('h1').first()
      await heading.waitFor()
      assert.match(await heading.innerText(), THAI)
      assert.equal(await page.locator('html').getAttribute('lang'), 'th')
      assert.equal(await page.evaluate(() => isSecureContext), name === 'localhost')
      await page.evaluate(() => document.fonts.ready)
      await page.waitForLoadState('networkidle')
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      assert.ok(bytes <= FIRST_LOAD_BYTES, `first load ${bytes} bytes`)

      await page.goto(`${origin}/?lang=en`)
      await heading.waitFor()
      assert.equal(await page.locator('html').getAttribute('lang'), 'en')
      assert.doesNotMatch(await heading.innerText(), THAI)
      assert.deepEqual(foreign, [])
      assert.deepEqual(troubles, [])
      await context.close()
    })
  }

  for (const width of [320, 1280]) {
    for (const theme of ['light', 'dark']) {
      it(`[HO5] axe finds nothing at ${width} px, ${theme}, and nothing is wider than the screen`, async () => {
        const context = await browser.newContext({ viewport: { width, height: 800 } })
        const { page } = await watchedPage(context)
        await page.goto(`http://localhost:${server.port}/?theme=${theme}`)
        await page.locator('h1').first().waitFor()
        assert.deepEqual(await faultsOn(page), [])
        await context.close()
      })
    }
  }

  it('[HO12] a browser below the floor, and one without scripts, get a page that says what to do', async () => {
    const old = await browser.newContext()
    await old.addInitScript('delete Array.prototype.findLast')
    const page = await old.newPage()
    await page.goto(`http://localhost:${server.port}/`)
    assert.match(await page.locator('#too-old').innerText(), /Chrome หรือ Edge รุ่น 109[^]*This browser is too old/)
    await old.close()

    const silent = await browser.newContext({ javaScriptEnabled: false })
    const plain = await silent.newPage()
    await plain.goto(`http://localhost:${server.port}/`)
    assert.match(await plain.locator('noscript').innerText(), /JavaScript ในการตั้งค่า/)
    await silent.close()

    const today = await (await browser.newContext()).newPage()
    await today.goto(`http://localhost:${server.port}/`)
    await today.locator('#app h1').first().waitFor()
    assert.equal(await today.locator('#too-old').isVisible(), false)
  })

  it('[HO13] the pages carry neither zod nor anything of the server', async () => {
    const assets = join(clientDir, 'assets')
    const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'))
    assert.ok(scripts.length > 0)
    for (const name of scripts) {
      const text = await readFile(join(assets, name), 'utf8')
      assert.doesNotMatch(text, /ZodError|mongoose|node:fs/, name)
    }
  })

  it('[HO5] the page and its policy allow no inline script, no inline style and no other host', async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe-|\*/)
    assert.doesNotMatch(policy, /https?:\/\//)
    const html = await answer.text()
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=/)
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/)
  })
})
