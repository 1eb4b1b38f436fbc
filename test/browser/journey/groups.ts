/** The journey's participants: joining by code and name, writing through the keyboard, calling for help, handing in. */
import type { Locator, Page } from 'playwright-core'
import { bahtFigure, thaiSentence } from '../../support/random-thai.ts'
import { expect, inEnglish, until, type Person, type Scene } from './scene.ts'

export type Writer = Person & {
  readonly group: number
  readonly scribe: boolean
  /** What was typed and must be found again. */
  readonly sentence: string
  readonly measure: string
  readonly amount: string
}

/** Somebody who will join: what they will write is known before. */
export async function writer(scene: Scene, name: string, group: number, scribe: boolean): Promise<Writer> {
  const person = await scene.person(name, 'phone')
  const { random } = scene
  const amount = bahtFigure(random)
  const measure = `${thaiSentence(random)} คนละ ${amount} บาทต่อเดือน`
  return Object.assign(person, { group, scribe, sentence: thaiSentence(random), measure, amount })
}

/** Code on the front page, name, notice, badge, draft; no account. */
export async function join(person: Person, origin: string, code: string, group: number): Promise<void> {
  const { page } = person
  await page.goto(inEnglish(origin))
  await page.locator('.code-input').fill(code)
  await page.keyboard.press('Enter')
  await page.getByLabel('Type your first name and surname').fill(person.name)
  await page.getByRole('button', { name: 'Look on the roster' }).click()
  await page.getByRole('button', { name: 'Yes, this is me' }).click()
  await page.getByRole('button', { name: 'I have read this, join' }).click()
  await page.getByRole('heading', { name: `Group ${group}` }).waitFor()
}

/** The personal card: the address that its code holds, "yes, me", notice, badge; the secret leaves the address bar. */
export async function joinByCard(person: Person, address: string, group: number): Promise<void> {
  const { page } = person
  await page.goto(inEnglish(address))
  await page.getByText(person.name, { exact: true }).waitFor()
  expect(new URL(page.url()).hash === '', 'the card’s secret stays in the address bar')
  await page.getByRole('button', { name: 'Yes, this is me' }).click()
  await page.getByRole('button', { name: 'I have read this, join' }).click()
  await page.getByRole('heading', { name: `Group ${group}` }).waitFor()
}

/** From the badge into the group's draft. */
export async function openDraft(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open the group’s draft' }).click()
  await allSaved(page)
}

/** The page says that every word of this device is kept. */
export async function allSaved(page: Page): Promise<void> {
  await page.locator('.save[data-state=saved]').waitFor({ timeout: 30_000 })
}

/** Taps behind the last letter of a clause: End alone goes to the end of a line, not of a clause. */
export async function caretAtEnd(page: Page, clause: Locator): Promise<void> {
  const box = await clause.boundingBox()
  await clause.click({ position: { x: (box?.width ?? 2) - 2, y: (box?.height ?? 2) - 4 } })
  await page.keyboard.press('End')
}

/** Back to the whole draft: a phone shows only the section that is written in. */
export async function endWriting(page: Page): Promise<void> {
  const bar = page.locator('.writing-bar')
  if (!(await bar.isVisible())) return
  await bar.getByRole('button', { name: 'Done', exact: true }).click()
  await bar.waitFor({ state: 'detached' })
}

/** The caret in an empty clause at the end of a section in which this many are written: first everybody's must have arrived here. */
export async function beginClause(page: Page, section: string, written: number): Promise<void> {
  await endWriting(page)
  const clauses = page.locator(`#section-${section} .section-text [data-clause]`)
  const texts = await until(
    async () => (await clauses.allInnerTexts()).map((text) => text.trim()),
    (all) => all.length > 0 && all.filter((text) => text !== '').length === written,
    `${section} does not hold ${written} written clauses`,
  )
  await caretAtEnd(page, clauses.last())
  if (texts.at(-1) !== '') await page.keyboard.press('Enter')
}

/** Types letter by letter. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 12 })
}

/** A recommendation with its amount, the measure typed into the text and the figure into its field. */
async function recommend(page: Page, measure: string, amount: string): Promise<void> {
  await endWriting(page)
  const place = page.locator('#section-recommendations')
  await place.getByRole('button', { name: 'Add a recommendation' }).click()
  await type(page, measure)
  const mine = place.locator('.rec', { hasText: measure })
  await mine.waitFor()
  const fold = mine.getByRole('button', { name: 'Add details' })
  if (await fold.isVisible()) await fold.click()
  const field = mine.getByLabel('Amount (baht)')
  await field.click()
  await type(page, amount)
  await page.keyboard.press('Tab')
}

/** Begins everybody's sentence, one after the other: Enter where somebody else types would cut their clause. */
const FIRST_LETTERS = 5

/**
 * What a group writes at the same time: a sentence and a recommendation each; the scribe the title, and in group 1 whom it is
 * for, so that group 2 hands in with a gap.
 */
export async function write(writers: readonly Writer[], title: string): Promise<void> {
  for (const [index, { page, sentence }] of writers.entries()) {
    await beginClause(page, 'background', index)
    await type(page, sentence.slice(0, FIRST_LETTERS))
    await allSaved(page)
  }
  const ready = writers.map(async ({ page, sentence, measure, amount, scribe, group }) => {
    await type(page, sentence.slice(FIRST_LETTERS))
    await recommend(page, measure, amount)
    if (scribe) {
      await beginClause(page, 'title', 0)
      await type(page, title)
      await endWriting(page)
      if (group === 1) await page.locator('#section-target_groups').getByText('Older people').click()
    }
    await allSaved(page)
  })
  await Promise.all(ready)
}

/** The text of a draft as its page shows it, clause by clause. */
export function clausesOn(page: Page): Promise<string[]> {
  return page.locator('.section-text p[data-clause], .section-text .rec-input').allInnerTexts()
}

/** Everything that a group typed stands on this page, once. */
export async function findWritten(page: Page, writers: readonly Writer[]): Promise<void> {
  const wanted = writers.flatMap(({ sentence, measure }) => [sentence, measure])
  const count = (all: readonly string[], one: string) => all.filter((text) => text.trim() === one).length
  await until(
    async () => {
      const all = await clausesOn(page)
      return wanted.filter((one) => count(all, one) !== 1)
    },
    (missing) => missing.length === 0,
    'not found once',
  )
  const amounts = await page
    .locator('.rec')
    .getByLabel('Amount (baht)')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
  for (const { amount } of writers) {
    expect(amounts.includes(amount.replaceAll(',', '')), `amount ${amount} is not among ${amounts.join(' ')}`)
  }
}

/** Types a sentence without a network into a clause of its own: the page keeps it and says so; on return all pages have it. */
export async function writeOffline(
  writer: Writer,
  others: readonly Writer[],
  standing: number,
  words: string,
): Promise<void> {
  const { page, context } = writer
  await beginClause(page, 'background', standing)
  await type(page, words.slice(0, FIRST_LETTERS))
  await allSaved(page)
  await context.setOffline(true)
  await type(page, words.slice(FIRST_LETTERS))
  await page.locator('.save[data-state=local]').waitFor()
  expect(await holds(page, words), 'the page without a network lost what was typed')
  await context.setOffline(false)
  await allSaved(page)
  for (const other of [writer, ...others]) {
    await until(
      () => holds(other.page, words),
      (there) => there,
      `${words}, typed without a network, is not on the page of ${other.name} once`,
    )
  }
}

async function holds(page: Page, words: string): Promise<boolean> {
  return (await clausesOn(page)).filter((text) => text.trim() === words).length === 1
}

/** What the facilitator announced stands on the phone until it is noticed. */
export async function noticeAnnouncement(page: Page, words: string): Promise<void> {
  const banner = page.locator('.draft-banners', { hasText: words })
  await banner.waitFor()
  await banner.getByRole('button', { name: 'Got it' }).click()
  await page.getByText(words).waitFor({ state: 'detached' })
}

/** A call for help from a phone. */
export async function callForHelp(page: Page, about: string): Promise<void> {
  await page.locator('.dock').getByRole('button', { name: 'Help' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(about)
  await dialog.getByRole('button', { name: 'Call', exact: true }).click()
}

/** The scribe hands in; returns how many things the dialog lists as missing. */
export async function handIn(page: Page): Promise<number> {
  await endWriting(page)
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Hand in', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('heading', { name: 'Hand in the group’s draft' }).waitFor()
  const gaps = await dialog.locator('li').count()
  await dialog.getByRole('button', { name: /^Hand in (now|with gaps)$/ }).click()
  await page.getByText('Handed in, number 1', { exact: false }).first().waitFor()
  return gaps
}
