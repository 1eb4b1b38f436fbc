/** What axe finds wrong on a page, contrast of 7:1 and the size of targets included: one line for each rule, with the elements. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Of what is right axe need not tell where it stands: on a large page that is most of its time. */
const OPTIONS = `{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } } }`
const LETTERS = 160

/** Of the whole page, or of one element of it. */
export async function violationsOn(page: Page, selector?: string): Promise<string[]> {
  // Half a megabyte: a page that has it already is not given it again.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source)
  const where = selector === undefined ? 'document' : JSON.stringify(selector)
  const found = (await page.evaluate(`axe.run(${where}, ${OPTIONS})`)) as {
    violations: { id: string; nodes: { html: string }[] }[]
  }
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, LETTERS)).join(' | ')}`,
  )
}

/** What axe finds, and by how much the page is wider than its screen. */
export async function faultsOn(page: Page): Promise<string[]> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return [...(await violationsOn(page)), ...(wider > 0 ? [`${wider} px wider than the screen`] : [])]
}
