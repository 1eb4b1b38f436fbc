/** What axe finds wrong on a page, contrast of 7:1 and the size of targets included: one line for each rule, with the elements. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

const RULES = `{ rules: { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } } }`

export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate(`axe.run(document, ${RULES})`)) as {
    violations: { id: string; nodes: { html: string }[] }[]
  }
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
