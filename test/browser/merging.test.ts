/** The screens of merging in a real browser: keyboard alone, every width, both languages, and the counts of the bench on the screen. */
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { SECTION_IDS } from '../../shared/drafting/template.ts'
import { corpusDrafts, measure } from '../bench/corpus.ts'
import { contentOf, openMergingBench, viewer, WORKSHOP, type MergingBench } from '../server/merging/merging-bench.ts'
import { serveMerging } from '../../server/http/merging-routes.ts'
import { startChromium, watchedPage } from '../support/chromium.ts'
import { openRoomSite, type RoomSite } from '../support/room-site.ts'
import { faultsOn } from '../support/violations.ts'
import { until } from '../support/waiting.ts'

const MERGE = `/w/${WORKSHOP}/merge`

describe('merging in the browser', function () {
  this.timeout(240_000)
  let bench: MergingBench
  let site: RoomSite
  let browser: Browser
  before(async () => {
    bench = await openMergingBench()
    for (const draft of corpusDrafts()) bench.submit(draft.group, contentOf(draft))
    site = await openRoomSite(bench.dataDir, { viewer: viewer('editor') }, (routes) => serveMerging(routes, bench))
    browser = await startChromium()
  })
  after(async () => {
    await browser.close()
    await site.close()
    await bench.close()
  })

  /** A page at `path`; axe needs what the policy of the site forbids, so the policy is lifted only where axe looks. */
  async function open(path: string, options: { width?: number; lang?: string; theme?: string; axe?: boolean } = {}) {
    const { width = 1440, lang = 'th', theme = 'light', axe = false } = options
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: axe })
    await context.addInitScript(`localStorage.setItem('lang','${lang}');localStorage.setItem('theme','${theme}')`)
    const { page, troubles } = await watchedPage(context)
    await page.goto(site.url + path)
    await page.waitForSelector('h1')
    return { page, troubles, close: () => context.close() }
  }
  const left = async (): Promise<number> => (await bench.merging.matrix(viewer('editor'), WORKSHOP)).progress.remaining

  it('[ME62] the screen shows the like pairs, conflicts and trap that the bench counts', async () => {
    const counts = measure()
    const { page, troubles, close } = await open(MERGE)
    const pairs = new Set<string>()
    let conflicting = 0
    let apart = 0
    for (const [index, section] of SECTION_IDS.entries()) {
      await page.click(`.mx tbody tr:nth-child(${index + 1}) button`)
      const topics = (await bench.merging.topics(viewer('editor'), WORKSHOP, section)).topics
      for (const topic of topics) {
        await page.waitForFunction((title) => document.querySelector('.cluster h1')?.textContent === title, topic.title)
        const shown = await page.$$eval('.clause header', (headers) =>
          headers.map(
            (header) =>
              `${header.querySelector('.mark text')?.textContent} ${header.querySelector('.muted')?.textContent}`,
          ),
        )
        assert.equal(shown.length, topic.clauses.length)
        if (topic.clauses[0]?.like !== 'gathered') {
          shown.forEach((one, at) => shown.slice(at + 1).forEach((other) => pairs.add(`${section} ${one} ${other}`)))
        }
        if ((await page.$('.conf caption')) !== null) conflicting += 1
        if ((await page.$('.apart')) !== null) apart += 1
        await page.keyboard.press('j')
      }
    }
    const counted =
      counts.pairs.found + counts.pairs.wrong.length + counts.citations.found + counts.citations.wrong.length
    assert.equal(pairs.size, counted)
    const served = await Promise.all(SECTION_IDS.map((id) => bench.merging.topics(viewer('editor'), WORKSHOP, id)))
    assert.equal(
      conflicting,
      served.flatMap(({ topics }) => topics).filter((topic) => topic.conflicts.length > 0).length,
    )
    assert.equal(apart, counts.trap === 'kept apart' ? 2 : 0)
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[ME64] recording leads on to what is left, also while the list is slow', async () => {
    const { page, troubles, close } = await open(MERGE)
    const section = 'background'
    await page.click(`.mx tbody tr:nth-child(${SECTION_IDS.indexOf(section) + 1}) button`)
    const { topics } = await bench.merging.topics(viewer('editor'), WORKSHOP, section)
    assert.ok(topics.length > 3)
    // From here on the page hears nothing new of this list.
    const held: (() => void)[] = []
    await page.route('**/merge/topics/**', (route) => {
      held.push(() => void route.continue())
    })
    const shows = (title: string | undefined) =>
      page.waitForFunction((one) => document.querySelector('.cluster h1')?.textContent === one, title)
    const defer = async () => {
      const before = await left()
      await page.keyboard.press('5')
      await page.waitForSelector('.choice [data-checked]:nth-child(5)')
      await page.keyboard.press('Control+Enter')
      await until('one is decided', async () => (await left()) < before)
    }
    const [first, second] = topics
    await shows(first?.title)
    await defer()
    for (const { title } of topics.slice(1)) {
      await shows(title)
      if (title !== topics.at(-1)?.title) await page.keyboard.press('j')
    }
    await defer()
    await shows(second?.title)
    assert.ok(held.length > 0)
    for (const release of held) release()
    await page.unrouteAll({ behavior: 'wait' })
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[ME66] recording again before the list has heard of it decides nothing again', async () => {
    const { page, troubles, close } = await open(MERGE)
    const section = 'role_gaps'
    await page.click(`.mx tbody tr:nth-child(${SECTION_IDS.indexOf(section) + 1}) button`)
    const [first, second] = (await bench.merging.topics(viewer('editor'), WORKSHOP, section)).topics
    const shows = (title: string | undefined) =>
      page.waitForFunction((one) => document.querySelector('.cluster h1')?.textContent === one, title)
    await shows(first?.title)
    const posts: number[] = []
    await page.route('**/merge/topics/**', () => undefined)
    await page.route('**/merge/decisions', async (route) => {
      const response = await route.fetch()
      posts.push(response.status())
      await route.fulfill({ response })
    })
    const before = await left()
    await page.keyboard.press('4')
    await page.fill('.decide-foot input, .decide-foot textarea', 'ซ้ำ')
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Control+Enter')
    await until('one is decided', async () => (await left()) < before)
    await shows(second?.title)
    await page.focus('.cluster')
    await page.keyboard.press('k')
    await shows(first?.title)
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Control+Enter')
    await page.waitForTimeout(300)
    assert.deepEqual(posts, [200])
    const { topics } = await bench.merging.topics(viewer('editor'), WORKSHOP, section)
    await bench.merging.undecide(
      viewer('editor'),
      WORKSHOP,
      topics.flatMap(({ clauses }) => clauses.flatMap(({ ref, decision }) => (decision === null ? [] : [ref]))),
    )
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[ME60] by keyboard alone: sections, topics, result, reason, recording, taking back', async () => {
    const { page, troubles, close } = await open(MERGE)
    const before = await left()
    await page.focus('.mx tbody tr[aria-current] button')
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowDown')
    await page.waitForSelector('.conf caption')
    const first = await page.textContent('.cluster h1')
    await page.keyboard.press('j')
    await page.waitForFunction((title) => document.querySelector('.cluster h1')?.textContent !== title, first)
    await page.keyboard.press('k')
    await page.waitForFunction((title) => document.querySelector('.cluster h1')?.textContent === title, first)
    await page.keyboard.press('4')
    await page.waitForSelector('.decide .choice label:nth-child(4) input:checked')
    assert.equal(
      await page.getAttribute('.decide .btn-main', 'aria-disabled'),
      'true',
      'declining waits for its reason',
    )
    const clauses = await page.$$eval('.clause', (list) => list.length)
    await page.focus('.decide-foot input')
    await page.keyboard.type('ซ้ำกับ 1')
    await page.keyboard.press('Control+Enter')
    await until('they are decided', async () => (await left()) === before - clauses)
    // The next topic opens with no reason, or with a result that asks for none.
    await page.waitForFunction(
      () => (document.querySelector<HTMLInputElement>('.decide-foot input')?.value ?? '') === '',
    )
    await page.focus('.mx tbody tr[aria-current] button')
    await page.keyboard.press('Control+z')
    await until('they are taken back', async () => (await left()) === before)
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[ME63] a clause that another editor has in hand shows the name, and can be decided all the same', async () => {
    const [topic] = (await bench.merging.topics(viewer('editor'), WORKSHOP, 'title')).topics
    bench.decidingNow.tell(viewer('editor', 'ปรีชา'), WORKSHOP, [topic?.clauses[0]?.key ?? ''])
    const { page, troubles, close } = await open(MERGE)
    await page.click('.mx tbody tr:nth-child(1) button')
    await page.getByText('ปรีชา กำลังตัดสินข้อนี้').waitFor()
    assert.equal(await page.getByText('ปรีชา กำลังตัดสินข้อนี้').count(), 1)
    assert.deepEqual(troubles, [])
    await close()
  })

  it('[ME61] no accessibility violation and no sideways scroll at any width, theme and language', async () => {
    await freezeTwice(bench)
    const screens = [MERGE, `/w/${WORKSHOP}/versions`, `/w/${WORKSHOP}/groups/g4/outcomes`]
    for (const path of screens) {
      for (const [width, theme, lang] of [
        // Every width, theme and language of every screen: test/browser/screens.ts.
        [320, 'light', 'th'],
        [1280, 'dark', 'en'],
      ] as const) {
        const { page, troubles, close } = await open(path, { width, theme, lang, axe: true })
        await page.waitForLoadState('networkidle')
        assert.deepEqual(await faultsOn(page), [], `${path} ${width} ${theme} ${lang}`)
        assert.deepEqual(troubles, [], path)
        await close()
      }
    }
  })
})

/** Two versions with something between them, so that there is a redline to look at. */
async function freezeTwice(bench: MergingBench): Promise<void> {
  const editor = viewer('editor')
  for (const kind of ['adopt', 'decline'] as const) {
    const inputs = []
    for (const section of SECTION_IDS) {
      for (const topic of (await bench.merging.topics(editor, WORKSHOP, section)).topics) {
        const clauses = topic.clauses.map((clause) => clause.ref)
        if (kind === 'adopt' || section === 'monitoring') inputs.push({ clauses, kind, reason: 'ตามข้อมูลของกลุ่ม' })
      }
    }
    await bench.merging.decideTogether(editor, WORKSHOP, inputs)
    await bench.versions.freeze(editor, WORKSHOP, {})
  }
}
