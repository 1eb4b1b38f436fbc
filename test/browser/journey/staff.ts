/** The journey's staff: the administrator's link, invitations, a workshop, its groups, cards, code and phases. */
import type { Page } from 'playwright-core'
import type { Random } from '../../support/random-thai.ts'
import { modulesOf, readQr } from './qr.ts'
import { expect, inEnglish, until, type Person, type Scene } from './scene.ts'

export type Template = 'short' | 'long'
export type Group = { readonly number: number; readonly scribe: string; readonly others: readonly string[] }

const sayings = ['ปลาทูสามตัว', 'เดินไปตลาดเช้า', 'ฝนตกตอนบ่ายแก่', 'กล้วยไม้ริมรั้ว']
const password = (random: Random): string => `${random.pick(sayings)} ${random.pick(sayings)} ${random.integer(9_999)}`

/** Opens a one-time link and makes the account behind it. */
export async function acceptLink(person: Person, link: string, signInName: string, random: Random): Promise<void> {
  const { page } = person
  await page.goto(inEnglish(link))
  await page.getByLabel('First name and surname').fill(person.name)
  await page.getByLabel('Sign-in name or e-mail').fill(signInName)
  await page.getByLabel('New password').fill(password(random))
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !['/first', '/invite'].includes(url.pathname))
}

/** The administrator's account by the link that the server printed. */
export async function becomeAdministrator(scene: Scene, person: Person): Promise<void> {
  const printed = /http:\/\/\S+\/first#\S+/.exec(scene.server.output())?.[0]
  expect(printed !== undefined, 'the server printed no link for the first administrator')
  const { pathname, hash } = new URL(printed ?? '')
  await acceptLink(person, `${scene.origin}${pathname}${hash}`, 'admin', scene.random)
  await person.page.locator('.admin-facts').waitFor()
}

/** Makes an invitation on the administrator's page and reads the link from it. */
export async function invite(page: Page, name: string, role: string, workshop: string | null): Promise<string> {
  await page.getByRole('button', { name: 'Invite staff' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the person').fill(name)
  await dialog.getByLabel('Role', { exact: true }).selectOption({ label: role })
  if (workshop !== null) await dialog.getByLabel('Workshop', { exact: true }).selectOption({ label: workshop })
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  return link
}

/** Makes a workshop from a template. */
export async function makeWorkshop(page: Page, title: string, organiser: string, template: Template): Promise<void> {
  await page.getByRole('button', { name: 'New workshop' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the workshop or project').fill(title)
  await dialog.getByLabel('Organised by').fill(organiser)
  await dialog.getByText(template === 'short' ? 'Short, 5 sections' : 'Long, 12 sections').click()
  await dialog.getByRole('button', { name: 'Make the workshop' }).click()
  await page.waitForURL(/\/w\/[^/]+\/setup$/)
}

/** Makes two groups, gives each a scribe and reads who sits where. */
export async function makeGroups(page: Page): Promise<Group[]> {
  await page.getByLabel('Number of groups').fill('2')
  await page.getByRole('button', { name: 'Make 2 groups' }).click()
  await page.locator('.grp-t tbody tr').nth(1).waitFor()
  await page.locator('.grp .banner').waitFor()
  const groups: Group[] = []
  for (const number of [1, 2]) {
    await page.getByRole('button', { name: `See and move the people of group ${number}` }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('.grp-people li b').first().waitFor()
    const people = await dialog.locator('.grp-people li b').allInnerTexts()
    const [scribe = '', ...others] = people
    const role = dialog.getByLabel(`Role of ${scribe}`)
    if ((await role.inputValue()) !== 'scribe') await role.selectOption({ label: 'Scribe' })
    await until(
      () => role.inputValue(),
      (value) => value === 'scribe',
      `group ${number} has no scribe`,
    )
    await dialog.getByRole('button', { name: 'Close' }).click()
    groups.push({ number, scribe, others })
  }
  return groups
}

/** The join code, read from the set-up's page of cards. */
export async function readCode(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'print cards' }).click()
  const digits = page.locator('.code-digits')
  const shown = await until(
    () => digits.innerText(),
    (text) => text.replace(/\D/g, '').length === 9,
    'no join code',
  )
  return shown.replace(/\D/g, '')
}

/** The address on somebody's printed card, as a camera reads it from the code that is drawn there. */
export async function readCard(page: Page, name: string): Promise<string> {
  const card = page.locator('.print-card', { has: page.getByText(name, { exact: true }) })
  const path = await card.locator('.print-card-qr path').getAttribute('d')
  return readQr(modulesOf(path ?? ''))
}

/** Announces something to every group from the wall. */
export async function announce(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Announce', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(words)
  await dialog.getByRole('button', { name: 'Announce', exact: true }).click()
  await page.getByText(words).first().waitFor()
}

/** From the wall, moves on at once until the workshop stands at this phase. */
export async function moveTo(page: Page, phase: string): Promise<void> {
  const now = page.locator('.path .now')
  for (let moves = 0; moves < 9; moves += 1) {
    const before = await now.innerText()
    if (before.includes(phase)) return
    await page.locator('.rail-end .btn-main').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('At once').click()
    await dialog.getByRole('button', { name: 'Move on' }).click()
    await until(
      () => now.innerText(),
      (text) => text !== before,
      `the wall stays at ${before}`,
    )
  }
  throw new Error(`${phase} was not reached`)
}
