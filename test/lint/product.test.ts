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
})
