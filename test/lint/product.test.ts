/** What may not stand in the product's files, beyond what the linter sees. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every text of the product: sources, styles, data. */
const files = ['shared', 'server', 'client']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => /\.(tsx?|mjs|js|json|css|html|csv)$/.test(name))

const naming = (pattern: RegExp): readonly string[] =>
  files.filter((name) => pattern.test(readFileSync(join(root, name), 'utf8')))

describe('product files', () => {
  it('[HO14] none names expected results of the tests', () => {
    assert.ok(files.length > 50)
    assert.deepEqual(naming(/-expected\b/), [])
  })

  it('[HO14] styles and pages ask no other host for anything', () => {
    const fetching = /(?:@import|url\(|src=|href=)\s*["']?(?:https?:)?\/\//
    assert.deepEqual(
      naming(fetching).filter((name) => /\.(css|html|tsx)$/.test(name)),
      [],
    )
  })

  it('[HO15] no room reads the environment, and the readme lists exactly what config.ts reads', () => {
    assert.deepEqual(
      naming(/process\.env\b/).filter((name) => /^(shared|client|server\/[a-z-]+)\/.*\.tsx?$/.test(name)),
      [],
    )
    const config = readFileSync(join(root, 'server/config.ts'), 'utf8')
    const read = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1] ?? '')
    const listed = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| `([A-Z][A-Z_]+)`/gm)]
    assert.ok(read.length > 4)
    assert.deepEqual(listed.map((match) => match[1] ?? '').sort(), read.sort())
  })
})
