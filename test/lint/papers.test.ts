/** The papers of the project do not lead into the void. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

const papers = ['.', 'docs', 'docs/adr', 'deploy'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
)

describe('papers', () => {
  it('[HO16] every link to a file leads to one', () => {
    const broken: string[] = []
    let links = 0
    for (const paper of papers) {
      for (const [, target = ''] of readFileSync(join(root, paper), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(https?:|mailto:|#)/.test(target)) continue
        links++
        if (!existsSync(join(root, dirname(paper), target.replace(/#.*/, '')))) broken.push(`${target} in ${paper}`)
      }
    }
    assert.ok(links > 10)
    assert.deepEqual(broken, [])
  })

  it('[HO16] every command the papers name exists', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = papers.flatMap((paper) =>
      [...readFileSync(join(root, paper), 'utf8').matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name),
    )
    assert.ok(named.length > 5)
    assert.deepEqual(
      named.filter((name) => scripts[name] === undefined),
      [],
    )
  })
})
