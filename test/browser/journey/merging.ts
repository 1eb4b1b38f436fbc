/** The journey's merge table: every clause decided, each of the five results taken, and what was deferred taken up again. */
import type { Locator, Page } from 'playwright-core'
import { expect, until } from './scene.ts'

const MOST_DECISIONS = 120
const RESULTS = ['Adopt', 'Combine', 'Edit', 'Decline', 'Defer'] as const
type Result = (typeof RESULTS)[number]

export type Decided = {
  readonly counts: Readonly<Record<Result, number>>
  readonly declined: string
  readonly deferred: string
  /** What the editor wrote behind a clause. */
  readonly added: string
}
export type Wishes = {
  /** One clause that holds these letters is declined. */
  readonly unwanted: string
  readonly reason: string
  /** Words that the editor adds to one clause. */
  readonly addition: string
}

/** What is left to decide, as the ledger of the merge table says. */
async function left(page: Page): Promise<number> {
  const said = await page.locator('.ledger').innerText()
  if (said.includes('All decided')) return 0
  const number = /(\d+) left/.exec(said)?.[1]
  if (number === undefined) throw new Error(`the ledger says ${said}`)
  return Number(number)
}

/** Ticks these clauses and no other. */
async function pickOnly(page: Page, wanted: (clause: Locator) => Promise<boolean>): Promise<void> {
  for (const clause of await page.locator('.clause').all()) {
    const tick = clause.locator('.tick')
    if ((await tick.getByRole('checkbox').isChecked()) !== (await wanted(clause))) await tick.click()
  }
}

const undecided = async (clause: Locator): Promise<boolean> => (await clause.locator('.clause-decided').count()) === 0

/**
 * Decides every clause, topic by topic, and sees what is left fall each time: the unwanted one is declined with the
 * reason, the first that stand alone are edited and deferred, like clauses are combined into all their words, all else is adopted.
 */
export async function decideAll(page: Page, wishes: Wishes): Promise<Decided> {
  const counts: Record<Result, number> = { Adopt: 0, Combine: 0, Edit: 0, Decline: 0, Defer: 0 }
  let declined = ''
  let deferred = ''
  const form = page.locator('form.decide')
  const record = async (result: Result) => {
    await form.getByText(result, { exact: true }).click()
    await until(
      () => form.getByRole('radio', { name: result, exact: true }).isChecked(),
      (checked) => checked,
      `${result} is not chosen`,
    )
    const reason = form.getByLabel(/^Reason/)
    if (result !== 'Adopt') await reason.fill(wishes.reason)
    counts[result] += 1
  }
  let remaining = await left(page)
  for (let turn = 0; remaining > 0; turn += 1) {
    expect(turn < MOST_DECISIONS, `${remaining} clauses are left after ${turn} decisions`)
    const open = page.locator('.clause').filter({ hasNot: page.locator('.clause-decided') })
    await until(
      () => open.count(),
      (count) => count > 0,
      'no open clause is shown',
    )
    const texts = await open.locator('> p[lang=th]').allInnerTexts()
    const alone = texts.length === 1 && !(await form.getByRole('radio', { name: 'Combine' }).isChecked())
    const one = texts.find((text) => text.includes(wishes.unwanted))
    const declinedNow = declined === '' && one !== undefined
    if (declinedNow) {
      await pickOnly(page, async (clause) => (await clause.innerText()).includes(wishes.unwanted))
      declined = one
      await record('Decline')
    } else {
      await pickOnly(page, undecided)
      if (alone && counts.Edit === 0) {
        await record('Edit')
        await form.getByLabel('Wording of the proposal').fill(`${texts[0]} ${wishes.addition}`)
      } else if (alone && counts.Defer === 0) {
        deferred = texts[0] ?? ''
        await record('Defer')
      } else if (texts.length > 1 && (await form.getByRole('radio', { name: 'Combine' }).isChecked())) {
        await record('Combine')
        await form.getByLabel('Wording of the proposal').fill(texts.join(' '))
      } else await record('Adopt')
    }
    await form.getByRole('button', { name: /^Record for/ }).click()
    const before = remaining
    remaining = await until(
      () => left(page),
      (now) => now < before,
      `${before} clauses stay undecided`,
    )
    // The ledger and the clauses arrive one after the other: what is still shown as open must not be decided twice.
    const done = declinedNow ? [declined] : texts
    await until(
      async () => (await open.locator('> p[lang=th]').allInnerTexts()).filter((text) => done.includes(text)),
      (still) => still.length === 0,
      'what was recorded is still shown as open',
    )
  }
  const never = RESULTS.filter((result) => counts[result] === 0)
  expect(never.length === 0, `never taken: ${never.join(', ')}`)
  return { counts, declined, deferred, added: wishes.addition }
}

/** Finds a deferred clause in the ledger of a merge and adopts it. */
export async function takeUpAgain(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: 'Every clause' }).click()
  await page.getByLabel('Only what is left').uncheck()
  await page.locator('.led button', { hasText: text }).filter({ hasText: 'Deferred' }).click()
  const clause = page.locator('.clause', { hasText: text })
  await clause.getByText('Deferred').waitFor()
  await pickOnly(page, async (other) => (await other.innerText()).includes(text))
  const form = page.locator('form.decide')
  await form.getByText('Adopt', { exact: true }).click()
  await form.getByRole('button', { name: 'Record for 1' }).click()
  await clause.getByText('Adopted as written').waitFor()
}
