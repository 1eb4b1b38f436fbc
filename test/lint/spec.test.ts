/** docs/SPEC.md and the tests speak of the same rules: every id is unique, and a title quotes only ids that exist. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

const filesUnder = (folder: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
    : []

const specFiles = ['docs/SPEC.md', ...filesUnder('docs/spec-parts')].filter(
  (file) => file.endsWith('.md') && existsSync(join(root, file)),
)
const ids = specFiles.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^- \*\*([A-Z]{2,4}\d+)\*\*/gm)].map((match) => match[1] ?? ''),
)

/** Ids in brackets at the start of a string are taken for a title's. */
const quoted = filesUnder('test')
  .filter((file) => /\.(test|contract)\.tsx?$/.test(file))
  .flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/[`'"]((?:\[[A-Z]{2,4}\d+\]\s?)+)/g)].flatMap((match) =>
      [...(match[1] ?? '').matchAll(/[A-Z]{2,4}\d+/g)].map(([id]) => ({ file, id })),
    ),
  )

describe('specification', () => {
  it('[HO4] every rule has its own number', () => {
    assert.ok(ids.length > 0)
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    )
  })

  it('[HO4] every rule that a test quotes exists', () => {
    const known = new Set(ids)
    assert.ok(quoted.length > 0)
    assert.deepEqual(
      quoted.filter(({ id }) => !known.has(id)).map(({ file, id }) => `${id} in ${file}`),
      [],
    )
  })
})
