/** The laws of the style sheets, which the linter does not read: short, opened by a sentence, and each in its place in the one cascade. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const client = fileURLToPath(new URL('../../client', import.meta.url))
const LONGEST = 300
const CASCADE = 'ui/styles.css'

/** File name under client/ → text. */
type Sheets = ReadonlyMap<string, string>

const sheetsOfTheHouse: Sheets = new Map(
  readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => [name, readFileSync(join(client, name), 'utf8')]),
)

/** Every breach of the laws as `<law>: <file>`. */
function breaches(sheets: Sheets): readonly string[] {
  const imported = [...(sheets.get(CASCADE) ?? '').matchAll(/^@import '\.\/(.+)';$/gm)].map(
    ([, name = '']) => `ui/${name}`,
  )
  const found: string[] = []
  for (const [name, text] of sheets) {
    if (text.trimEnd().split('\n').length > LONGEST) found.push(`too long: ${name}`)
    if (!/^\/\* [A-Z][^\n]{14,} \*\/\n/.test(text)) found.push(`opens without a sentence: ${name}`)
    if (name === CASCADE) continue
    const times = imported.filter((one) => one === name).length
    if (times !== 1) found.push(`imported ${times} times: ${name}`)
    // Outside a layer a rule beats every layer, whatever its place.
    const outside = text.replace(/^@layer [a-z]+ \{\n[\s\S]*?^\}$/gm, '').replace(/^@font-face \{[\s\S]*?^\}$/gm, '')
    if (outside.includes('{')) found.push(`rule outside a layer: ${name}`)
  }
  return found
}

describe('style sheets', () => {
  it('[HO17] every sheet keeps the laws', () => {
    assert.ok(sheetsOfTheHouse.size > 40)
    assert.deepEqual(breaches(sheetsOfTheHouse), [])
  })

  const opening = '/* What this sheet is for. */\n'
  const rule = '@layer screens {\n  .a {\n    color: red;\n  }\n}\n'
  const PLANTED: readonly (readonly [breach: string, file: string, text: string])[] = [
    ['too long', 'ui/styles/long.css', opening + rule.repeat(60)],
    ['opens without a sentence', 'ui/styles/silent.css', rule],
    ['imported 0 times', 'ui/styles/forgotten.css', opening + rule],
    ['imported 2 times', 'ui/styles/twice.css', opening + rule],
    ['rule outside a layer', 'ui/styles/loud.css', `${opening}.a {\n  color: red;\n}\n`],
  ]
  const cascade = ['long', 'silent', 'twice', 'twice', 'loud']
    .map((name) => `@import './styles/${name}.css';\n`)
    .join('')
  for (const [breach, file, text] of PLANTED) {
    it(`[HO17] a planted sheet is reported: ${breach}`, () => {
      const sheets = new Map([
        [CASCADE, `/* All styles in order. */\n${cascade}`],
        [file, text],
      ])
      assert.deepEqual(breaches(sheets), [`${breach}: ${file}`])
    })
  }
})
