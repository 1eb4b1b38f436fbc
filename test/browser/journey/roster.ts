/** The journey's roster: ten invented people and rows with seeded troubles, as CSV or as a workbook made by no code of ours. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { thaiName, type Random } from '../../support/random-thai.ts'
import { expect, type Scene } from './scene.ts'

const run = promisify(execFile)
const PEOPLE = 10
const HEAD = ['ลำดับ', 'ชื่อ-สกุล', 'หน่วยงาน', 'ประเภท อปท.', 'จังหวัด'] as const
type Row = readonly string[]
type Trouble = { readonly row: Row; readonly said: RegExp }

export type RosterFormat = 'csv' | 'xlsx'

function troublesFor(random: Random, rows: readonly Row[]): Trouble[] {
  const [, name = '', organisation = ''] = random.pick(rows)
  return [
    { row: ['99', '', `อบต.${thaiName(random)}`, 'อบต.', 'น่าน'], said: /The name is empty/ },
    { row: ['98', thaiName(random), '', 'อบต.', 'น่าน'], said: /No organisation/ },
    { row: ['97', name, organisation, 'อบต.', 'น่าน'], said: /The same person as row|Same as another row/ },
    { row: HEAD, said: /Heading repeated/ },
  ]
}

/** Troubled rows fall anywhere below the people that they repeat; a heading in the middle. */
function shuffledIn(random: Random, rows: readonly Row[], troubles: readonly Trouble[]): Row[] {
  const all = [...rows]
  for (const { row, said } of troubles) {
    const lowest = said.source.includes('same') ? all.length : 2
    all.splice(lowest + random.integer(all.length - lowest + 1), 0, row)
  }
  return all
}

const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

async function workbook(folder: string, rows: readonly Row[]): Promise<string> {
  const root = join(folder, 'workbook')
  const cells = (row: Row, at: number) =>
    row
      .map((text, column) => {
        const place = `${'ABCDE'[column]}${at + 1}`
        return text === '' ? '' : `<c r="${place}" t="inlineStr"><is><t>${xmlText(text)}</t></is></c>`
      })
      .join('')
  const sheet = rows.map((row, at) => `<row r="${at + 1}">${cells(row, at)}</row>`).join('')
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const office = 'http://schemas.openxmlformats.org'
  const main = `${office}/spreadsheetml/2006/main`
  const kind = `${office}/officeDocument/2006/relationships`
  const relations = (id: string, type: string, target: string) =>
    `${head}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="${id}" Type="${kind}/${type}" Target="${target}"/></Relationships>`
  const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const files: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `${head}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/></Types>`,
    '_rels/.rels': relations('rId1', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${kind}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('rId1', 'worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true })
    await writeFile(join(root, name), text)
  }
  const path = join(folder, 'roster.xlsx')
  await run('zip', ['-q', '-r', path, '.'], { cwd: root })
  return path
}

async function commaFile(folder: string, rows: readonly Row[]): Promise<string> {
  const path = join(folder, 'roster.csv')
  await writeFile(path, `\uFEFF${rows.map((row) => row.join(',')).join('\n')}\n`)
  return path
}

/** Imports the roster; the page must keep each troubled row aside with its reason and nothing else. Says what it read. */
export async function importRoster(scene: Scene, page: Page, format: RosterFormat): Promise<string> {
  const { random, folder } = scene
  const names = new Set<string>()
  while (names.size < PEOPLE) names.add(thaiName(random))
  const people = [...names].map((name, at) => [`${at + 1}`, name, `อบต.ทดลอง${'กขคงจ'[at % 5]}`, 'อบต.', 'น่าน'])
  const troubles = troublesFor(random, people)
  const rows = [HEAD, ...shuffledIn(random, people, troubles)]
  const path = await (format === 'csv' ? commaFile : workbook)(folder, rows)
  await page.locator('input[type=file]').setInputFiles(path)
  await page.locator('.imp-n').waitFor()
  const counts = await page.locator('.imp-n b').allInnerTexts()
  expect(counts.join() === `${PEOPLE},${troubles.length},0`, `read, aside, dropped: ${counts.join()}`)
  for (const { said } of troubles) await page.locator('.bad-rows li', { hasText: said }).first().waitFor()
  await page.getByRole('button', { name: `Use these ${PEOPLE} people` }).click()
  await page.getByText(`Who these ${PEOPLE} people are`).waitFor()
  return `${format}, ${PEOPLE} people, ${troubles.length} rows aside with their reasons`
}
