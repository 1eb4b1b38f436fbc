/** `npm run bench -- NAME [--json FILE]`: runs one bench of this folder, or says which there are. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../../server/build.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const [name, ...rest] = process.argv.slice(2)
const file = name === undefined ? '' : join(here, `${name}.ts`)

if (!/^[a-z][a-z0-9-]*$/.test(name ?? '') || !existsSync(file)) {
  const names = readdirSync(here).filter((entry) => entry.endsWith('.ts'))
  console.error(`Which bench? ${names.map((entry) => entry.slice(0, -3)).join(', ') || 'there is none yet'}`)
  process.exit(1)
}
// What is measured is what `npm start` runs.
if (!(await build())) process.exit(1)
process.exitCode = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { stdio: 'inherit' }).status ?? 1
