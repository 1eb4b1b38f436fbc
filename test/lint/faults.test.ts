/** docs/FAULTS.md says which test tries what: every line leads to a title that quotes its rule, and no hostile frame is left out. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HOSTILE } from '../server/collab/hostile-frames.ts'

const docs = join(dirname(fileURLToPath(import.meta.url)), '../../docs')
const HOSTILE_TEST = '../test/server/collab/hostile.test.ts'
const read = (path: string): string => readFileSync(join(docs, path), 'utf8')

/** Lines of the paper's tables: what is tried, its rule, and the file where that is another than that of hostile frames. */
const lines = [...read('FAULTS.md').matchAll(/^\| (.+?) +\| ([A-Z]{2}\d+) +\|(?: \[.+\]\((.+)\) +\|)?$/gm)].map(
  ([, what = '', rule = '', file]) => ({ what: what.replaceAll('`', ''), rule, file }),
)
const hostile = lines.flatMap(({ what, file }) => (file === undefined ? [what] : []))

describe('what is tried against documents', () => {
  it('[HO18] each line’s rule is quoted by a title in its file', () => {
    assert.ok(lines.length > 60)
    const untested = lines.filter(({ rule, file = HOSTILE_TEST }) => {
      const titles = read(file).match(/\b(?:it|describe)\(\s*(?:'.*'|`.*`)/g) ?? []
      return !titles.some((title) => title.includes(`[${rule}]`))
    })
    assert.deepEqual(untested, [])
  })

  it('[HO18] `npm run faults` runs each file', () => {
    const runner = read('../test/run.mjs')
    const named = [HOSTILE_TEST, ...lines.flatMap(({ file }) => file ?? [])].map((path) => path.replace('../', ''))
    assert.deepEqual(
      named.filter((path) => !path.startsWith('test/faults/') && !runner.includes(`'${path}'`)),
      [],
    )
  })

  it('[HO18] each hostile frame has a line, and each line a frame or a title', () => {
    const test = read(HOSTILE_TEST)
    assert.deepEqual(
      Object.keys(HOSTILE).filter((name) => !hostile.includes(name)),
      [],
    )
    assert.deepEqual(
      hostile.filter((what) => !(what in HOSTILE) && !test.includes(`'${what}'`) && !test.includes(`] ${what}: `)),
      [],
    )
  })
})
