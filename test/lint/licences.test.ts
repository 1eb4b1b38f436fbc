/** What is shipped may be used by any office: licences of everything that runs in production, and where the lock points. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

type LockEntry = { readonly dev?: boolean; readonly resolved?: string; readonly integrity?: string }

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockEntry>>
}
const entries = Object.entries(lock.packages).filter(([path]) => path !== '')

const PERMISSIVE = new Set(
  'MIT MIT-0 ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD OFL-1.1 Unlicense CC0-1.0 BlueOak-1.0.0 Zlib'.split(' '),
)

/** True when an SPDX expression leaves a permissive choice: all of an AND, one of an OR. */
export function permissive(expression: string): boolean {
  const plain = expression.replace(/[()]/g, ' ').trim()
  return plain
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((name) => PERMISSIVE.has(name.trim())))
}

describe('dependencies', () => {
  it('[HO2] every production dependency has a permissive licence', () => {
    const refused: string[] = []
    let read = 0
    for (const [path, entry] of entries) {
      const file = join(root, path, 'package.json')
      // Binaries of other platforms are not installed here; their main package carries the same licence.
      if (entry.dev === true || !existsSync(file)) continue
      const about = JSON.parse(readFileSync(file, 'utf8')) as {
        license?: string | { type: string }
        licenses?: readonly { type: string }[]
      }
      const named = typeof about.license === 'object' ? about.license.type : about.license
      // The plural is npm's old form.
      const licence = named ?? about.licenses?.map(({ type }) => type).join(' AND ') ?? 'none'
      read++
      if (!permissive(licence)) refused.push(`${path}: ${licence}`)
    }
    assert.ok(read > 50, `only ${read} packages read`)
    assert.deepEqual(refused, [])
  })

  it('[HO2] copyleft is not taken for permissive', () => {
    for (const name of ['GPL-3.0', 'AGPL-3.0-only', 'MIT AND GPL-2.0', 'none', '(LGPL-3.0 OR MPL-2.0)'])
      assert.equal(permissive(name), false, name)
    assert.equal(permissive('(MIT OR GPL-3.0)'), true)
  })

  it('[HO3] the lock holds hashes and no download addresses', () => {
    assert.deepEqual(
      entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path),
      [],
    )
    assert.deepEqual(
      entries.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path),
      [],
    )
  })
})
