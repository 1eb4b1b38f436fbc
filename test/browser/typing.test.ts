/** The typing traces against the real editor, others typing in the same clause: what was entered stands there whole, in one piece. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { startChromium } from '../support/chromium.ts'
import type { Browser, Page } from 'playwright-core'
import { randomOf } from '../../shared/random.ts'
import { serveHarness } from './editor-harness/serve.ts'
import type { ServedHarness } from './editor-harness/serve.ts'
import { Keyboard } from './keyboard.ts'
import type { Trace } from './keyboard.ts'
import { pause } from '../support/waiting.ts'

const TRACES = JSON.parse(await readFile(new URL('./traces.json', import.meta.url), 'utf8')) as Trace[]
const SEEDS = Number(process.env['TYPING_SEEDS'] ?? 1)
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'
/** Letters of the others: none of them in a trace. */
const FOREIGN = /[A-Za-z]/g

describe('Typing Thai while others type', function () {
  this.timeout(120_000)
  let harness: ServedHarness
  let browser: Browser

  before(async () => {
    harness = await serveHarness()
    browser = await startChromium()
  })

  after(async () => {
    await browser?.close()
    await harness?.close()
  })

  /** One page for each platform: the editor asks the user agent. */
  const pages = new Map<Trace['platform'], Page>()
  const open = async ({ platform }: Trace): Promise<Page> => {
    const known = pages.get(platform)
    if (known !== undefined) return known
    const context = await browser.newContext(platform === 'android' ? { userAgent: ANDROID } : {})
    const page = await context.newPage()
    page.on('pageerror', (error) => thrown.push(error.stack ?? error.message))
    await page.goto(harness.url)
    pages.set(platform, page)
    return page
  }
  const thrown: string[] = []

  /** Plays one trace; others type where `where` says. Returns the clauses at the end, in the view and at the others'. */
  const play = async (trace: Trace, seed: number, where: 'before' | 'after' | 'other'): Promise<string[][]> => {
    const random = randomOf(seed)
    const page = await open(trace)
    const texts = [trace.before + trace.after, trace.clause1 ?? 'อีกข้อหนึ่ง', 'ข้อสาม']
    const start = { clause: 0, offset: trace.before.length }
    await page.evaluate(([a, b, c]) => window.harness.start(a, b, c), [
      texts,
      start,
      trace.platform === 'android',
    ] as const)
    const keyboard = new Keyboard(page, await page.context().newCDPSession(page), trace)
    for (const step of trace.steps) {
      await keyboard.play(step)
      const letter = String.fromCharCode(65 + Math.floor(random() * 26))
      if (random() < 0.8)
        await page.evaluate(
          ([place, one]) =>
            place === 'other'
              ? window.harness.typeElsewhere(2, 0.5, one)
              : window.harness.typeAtEnd(0, place === 'before' ? 'start' : 'end', one),
          [where, letter] as const,
        )
      await pause(5 + random() * 10)
    }
    await keyboard.finish()
    let found = await page.evaluate(() => window.harness.texts())
    for (let tries = 0; found.waiting > 0 && tries < 80; tries++) {
      await pause(100)
      found = await page.evaluate(() => window.harness.texts())
    }
    assert.equal(found.waiting, 0, 'updates of others still wait after the keyboard rests')
    assert.deepEqual(thrown.splice(0), [], 'the page threw')
    return [found.view, found.back, found.peer]
  }

  for (const trace of TRACES)
    for (let seed = 1; seed <= SEEDS; seed++)
      for (const where of ['before', 'after'] as const)
        it(`[DR30] ${trace.name}, others ${where} the caret, seed ${seed}`, async () => {
          const [view = [], back = [], peer = []] = await play(trace, seed, where)
          const own = view.map((text) => text.replace(FOREIGN, ''))
          const expected = trace.expected.split('\n')
          assert.deepEqual(own.slice(0, expected.length), expected, `seed ${seed}: ${JSON.stringify(view)}`)
          assert.deepEqual(back, view, `seed ${seed}: the provider's document differs`)
          assert.deepEqual(peer, view, `seed ${seed}: the others see another text`)
        })
})
