/** The journey's desk: a version frozen, sent back, frozen anew, endorsed and published, its documents downloaded and read. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect } from './scene.ts'

const run = promisify(execFile)
/** Freezes the next version and hands it in for review. */
export async function freezeAndSubmit(page: Page, title: string, number: string): Promise<void> {
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title of the version').fill(title)
  const unknown = dialog.getByRole('checkbox')
  if (await unknown.isVisible()) await unknown.check()
  await dialog.getByRole('button', { name: `Freeze as ${number}` }).click()
  await page.waitForURL(/\/versions$/)
  // The first version is shown to be read; later ones beside the one before.
  if (number === '0.1') await page.locator('.cmp').getByRole('heading', { name: title }).waitFor()
  await page.getByRole('link', { name: `Review ${number}` }).click()
  await page.getByRole('button', { name: 'Hand in for review' }).click()
  await page
    .getByText(/waiting for review/i)
    .first()
    .waitFor()
}

/** Answers the first clause with a change that is wanted. */
async function answerFirst(page: Page, change: string): Promise<void> {
  await page.getByRole('radio', { name: 'I agree, with a change' }).check()
  await page.getByLabel('What is to be changed').fill(change)
  await page.getByRole('button', { name: /^Save/ }).click()
}

/** Sends a version back with the reason. */
export async function sendBack(page: Page, change: string, reason: string): Promise<void> {
  await answerFirst(page, change)
  await page.getByRole('button', { name: 'Send back' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason for sending it back').fill(reason)
  await dialog.getByRole('button', { name: 'Send back' }).click()
  await page.getByText(/Sent back by/).waitFor()
}

/** The editor reads why a version came back, and goes to the merge from it. */
export async function readReturned(page: Page, reason: string): Promise<void> {
  await page.reload()
  await page.getByText(/Sent back by/).waitFor()
  await page.getByText(reason).waitFor()
  await page.getByRole('link', { name: 'Back to the versions' }).click()
  await page.getByRole('link', { name: 'Back to merging' }).click()
  await page.locator('.ledger').waitFor()
}

/** Answers the first clause with a change, agrees to the others and endorses this version; returns its short fingerprint. */
export async function approve(page: Page, change: string): Promise<string> {
  await answerFirst(page, change)
  await page.getByRole('button', { name: /^Agree to the other/ }).click()
  await page.getByRole('button', { name: 'Endorse this version' }).click()
  const dialog = page.getByRole('dialog')
  const code = await dialog.locator('.hash-big').innerText()
  await dialog.getByRole('button', { name: `Endorse ${code}` }).click()
  await page.getByText('This version is now number 1.0').waitFor()
  return code
}

/** The editor publishes what was endorsed and opens its page, which holds the very fingerprint that was endorsed. */
export async function publish(page: Page, fingerprint: string): Promise<void> {
  await page.reload()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('link', { name: 'Open the published page' }).click()
  await page.getByRole('link', { name: 'Download DOCX' }).waitFor()
  const unpublished = await page.getByText('Not published yet').count()
  expect(unpublished === 0, 'the published page says that it is not published')
  const shown = (await page.locator('body').innerText()).replace(/\s/g, '')
  expect(shown.includes(fingerprint.replace(/\s/g, '')), `the published page does not show ${fingerprint}`)
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

/** What a group reads of its own text: each sentence with what was decided, and the reason where one was declined. */
export async function readOutcomes(
  page: Page,
  sentence: string,
  declined: { readonly text: string; readonly reason: string } | null,
): Promise<number> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('link', { name: 'See what became of our clauses' }).click()
  await page.locator('.fates').waitFor()
  const own = page.locator('.fate', { hasText: sentence })
  await own
    .getByText(/Adopted as written|Combined with others|Adopted, reworded/)
    .first()
    .waitFor()
  if (declined !== null) {
    const out = page.locator('.fate', { hasText: declined.text })
    await out.getByText('Not adopted').waitFor()
    await out.getByText(declined.reason).waitFor()
  }
  return page.locator('.fate').count()
}
