/** The journey's desk: every clause decided, a version frozen, reviewed and endorsed, its documents downloaded and read. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, until } from './scene.ts'

const run = promisify(execFile)
const MOST_DECISIONS = 80

/** What is left to decide, as the ledger of the merge table says. */
async function left(page: Page): Promise<number> {
  const said = await page.locator('.ledger').innerText()
  if (said.includes('All decided')) return 0
  const number = /(\d+) left/.exec(said)?.[1]
  if (number === undefined) throw new Error(`the ledger says ${said}`)
  return Number(number)
}

export type Decided = { readonly kinds: Readonly<Record<string, number>>; readonly declined: string }

/**
 * Decides every clause, topic by topic, and sees what is left fall each time. One clause whose words hold `unwanted` is
 * declined with the reason; like clauses are combined into all their words; everything else is adopted.
 */
export async function decideAll(page: Page, unwanted: string, reason: string): Promise<Decided> {
  const kinds: Record<string, number> = { adopt: 0, combine: 0, decline: 0 }
  let declined = ''
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
    const form = page.locator('form.decide')
    const hit = declined === '' ? texts.findIndex((text) => text.includes(unwanted)) : -1
    if (hit >= 0) {
      for (const [index] of texts.entries()) {
        if (index !== hit) await open.nth(index).locator('.tick').click()
      }
      declined = texts[hit] ?? ''
      await form.getByText('Decline', { exact: true }).click()
      await form.getByLabel(/^Reason/).fill(reason)
      kinds['decline'] = (kinds['decline'] ?? 0) + 1
    } else if (await form.getByRole('radio', { name: 'Combine' }).isChecked()) {
      await form.getByLabel('Wording of the proposal').fill(texts.join(' '))
      await form.getByLabel(/^Reason/).fill(reason)
      kinds['combine'] = (kinds['combine'] ?? 0) + 1
    } else kinds['adopt'] = (kinds['adopt'] ?? 0) + 1
    await form.getByRole('button', { name: /^Record for/ }).click()
    const before = remaining
    remaining = await until(
      () => left(page),
      (now) => now < before,
      `${before} clauses stay undecided`,
    )
  }
  return { kinds, declined }
}

/** Freezes 0.1 and hands it in for review. */
export async function freezeAndSubmit(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title of the version').fill(title)
  const unknown = dialog.getByRole('checkbox')
  if (await unknown.isVisible()) await unknown.check()
  await dialog.getByRole('button', { name: 'Freeze as 0.1' }).click()
  await page.waitForURL(/\/versions$/)
  await page.getByRole('link', { name: 'Review 0.1' }).click()
  await page.getByRole('button', { name: 'Hand in for review' }).click()
  await page.getByText('Waiting for review').first().waitFor()
}

/** Answers the first clause with a change, agrees to the others and endorses this version; returns its short fingerprint. */
export async function approve(page: Page, change: string): Promise<string> {
  await page.getByRole('radio', { name: 'I agree, with a change' }).check()
  await page.getByLabel('What is to be changed').fill(change)
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByRole('button', { name: /^Agree to the other/ }).click()
  await page.getByRole('button', { name: 'Endorse this version' }).click()
  const dialog = page.getByRole('dialog')
  const code = await dialog.locator('.hash-big').innerText()
  await dialog.getByRole('button', { name: `Endorse ${code}` }).click()
  await page.getByRole('link', { name: 'Open the published page' }).click()
  await page.getByRole('link', { name: 'Download DOCX' }).waitFor()
  return code
}

const THAI_ZERO = 0x0e50

/** Thai digits as the others. */
export const arabic = (text: string): string =>
  text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO))

/** Thai digits as the others, and no spaces or breaks: lines end elsewhere in every document. */
export const plain = (text: string): string => arabic(text).replace(/[\s\u200B\u200C\u2060\u00AD]/g, '')

/** The codes of the clauses that the published page shows. */
export async function codesOn(page: Page): Promise<string[]> {
  return (await page.locator('.pub-doc .item-n').allInnerTexts()).map((code) => arabic(code.trim()))
}

async function download(page: Page, link: string, folder: string, name: string): Promise<string> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  const path = join(folder, name)
  await (await waiting).saveAs(path)
  return path
}

export type Documents = { readonly docx: string; readonly pdf: string }

/** Downloads both through the page's links and reads their text with programs that are not ours. */
export async function readDocuments(page: Page, folder: string): Promise<Documents> {
  const docx = await download(page, 'Download DOCX', folder, 'proposal.docx')
  const pdf = await download(page, 'Download PDF', folder, 'proposal.pdf')
  const options = { maxBuffer: 64_000_000 }
  const xml = (await run('unzip', ['-p', docx, 'word/document.xml'], options)).stdout
  const text = (await run('pdftotext', ['-layout', pdf, '-'], options)).stdout
  return { docx: xml.replace(/<[^>]+>/g, ''), pdf: text }
}

/** What a group reads of its own text: the sentence with what was decided, and the reason where it was declined. */
export async function readOutcomes(page: Page, sentence: string, declined: string, reason: string): Promise<number> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('link', { name: 'See what became of our clauses' }).click()
  await page.locator('.fates').waitFor()
  const own = page.locator('.fate', { hasText: sentence })
  await own.getByText(/Adopted as written|Combined with others/).waitFor()
  const out = page.locator('.fate', { hasText: declined })
  await out.getByText('Not adopted').waitFor()
  await out.getByText(reason).waitFor()
  return page.locator('.fate').count()
}
