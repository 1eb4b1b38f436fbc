/** Every law of the linter is tried with a planted breach: a rule that does not report it is no rule. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

type Plant = { readonly file: string; readonly source: string; readonly rule: string }

const plant = (rule: string, file: string, source: string): Plant => ({ rule, file, source })
const imports = (file: string, from: string): Plant =>
  plant('no-restricted-imports', file, `import { thing } from '${from}'\nexport const use = thing\n`)

/** One breach a file. */
const BREACHES: readonly Plant[] = [
  imports('shared/drafting/asks-node.ts', 'node:fs'),
  imports('shared/drafting/asks-server.ts', '../../server/problem.ts'),
  imports('shared/drafting/asks-page.ts', 'preact'),
  imports('client/people/asks-server.tsx', '../../server/problem.ts'),
  imports('client/people/asks-test.tsx', '../../test/support/chromium.ts'),
  imports('client/people/asks-node.tsx', 'node:path'),
  imports('client/people/asks-zod.tsx', 'zod'),
  imports('client/people/asks-contract.tsx', '../../shared/people/contract.ts'),
  imports('client/people/asks-other-contract.tsx', '../../shared/people/joining-contract.ts'),
  imports('server/people/asks-client.ts', '../../client/app/api.ts'),
  imports('server/people/asks-express.ts', 'express'),
  imports('server/workshop/asks-socket-io.ts', 'socket.io'),
  imports('server/drafting/asks-ws.ts', 'ws'),
  imports('server/merging/asks-http.ts', '../http/routes.ts'),
  imports('server/review/asks-live.ts', '../live/live-port.ts'),
  imports('server/office/asks-collab.ts', '../collab/room.ts'),
  imports('server/people/asks-app.ts', '../app.ts'),
  imports('server/journal/asks-service.ts', '../people/session.ts'),
  imports('server/store/asks-service.ts', '../drafting/drafts.ts'),
  imports('server/workers/asks-store.ts', '../store/store.ts'),
  imports('server/http/asks-live.ts', '../live/live-port.ts'),
  imports('server/http/asks-journal.ts', '../journal/journal.ts'),
  imports('server/live/asks-http.ts', '../http/routes.ts'),
  imports('server/collab/asks-store.ts', '../store/store.ts'),
  imports('server/asks-client.ts', '../client/app/api.ts'),
  imports('test/browser/journey.ts', '../../shared/ids.ts'),
  plant(
    'import(no-cycle)',
    'shared/merging/first.ts',
    `import { second } from './second.ts'\nexport const first = () => second\n`,
  ),
  plant(
    'import(no-cycle)',
    'shared/merging/second.ts',
    `import { first } from './first.ts'\nexport const second = () => first\n`,
  ),
  plant('import(no-default-export)', 'shared/review/default.ts', `const step = 1\nexport default step\n`),
  plant('no-explicit-any', 'shared/review/any.ts', `export const step = (value: any): unknown => value\n`),
  plant('ban-ts-comment', 'shared/review/ignore.ts', `// @ts-ignore\nexport const step: number = 'one'\n`),
  plant(
    'no-floating-promises',
    'server/review/floating.ts',
    `const later = async (): Promise<void> => {}\nexport function go(): void {\n  later()\n}\n`,
  ),
  plant(
    'no-empty',
    'server/review/empty-catch.ts',
    `export function go(act: () => void): void {\n  try {\n    act()\n  } catch {}\n}\n`,
  ),
  plant('max-lines', 'shared/review/long.ts', `${'export type {}\n'.repeat(301)}`),
  plant('max-lines', 'shared/review/contract.ts', `${'export type {}\n'.repeat(301)}`),
  plant('no-thai-outside-texts', 'server/people/thai.ts', `export const greeting = 'สวัสดี'\n`),
  plant('no-thai-outside-texts', 'server/people/thai-template.ts', 'export const greet = (n: string) => `คุณ${n}`\n'),
  plant('no-thai-outside-texts', 'client/people/thai.tsx', `export const Page = () => <p>สวัสดี</p>\n`),
  plant('jsx-no-literals', 'client/people/words.tsx', `export const Page = () => <p>Hello</p>\n`),
  plant('jsx-no-literals', 'client/people/label.tsx', `export const Page = () => <p aria-label="Hello" />\n`),
  plant('no-inline-style', 'client/people/style.tsx', `export const Page = () => <p style="color: red" />\n`),
  plant('alt-text', 'client/people/image.tsx', `export const Page = () => <img src="/x.png" />\n`),
  plant('no-warning-comments', 'shared/review/later.ts', `// TODO: do it\nexport const step = 1\n`),
  plant('filename-case', 'shared/review/CamelCase.ts', `export const step = 1\n`),
  plant('opening-sentence', 'shared/review/silent.ts', `export const step = 1\n`),
  plant(
    'compat(compat)',
    'client/people/floor.ts',
    `export const cut = () => new Intl.Segmenter('th')\nexport const all = () => Array.fromAsync([])\n`,
  ),
]

/** What the laws allow, next to what they forbid. */
const CLEAN: readonly Omit<Plant, 'rule'>[] = [
  { file: 'shared/ids.ts', source: `export const thing = 1\n` },
  { file: 'shared/people/contract.ts', source: `import { z } from 'zod'\nexport const thing = z.string()\n` },
  { file: 'shared/texts/th/people.ts', source: `export const people = { greeting: 'สวัสดี' }\n` },
  { file: 'server/problem.ts', source: `export const thing = 1\n` },
  {
    file: 'server/http/people-routes.ts',
    source: `import express from 'express'\nimport { thing } from '../people/session.ts'\nexport const port = () => express().set('x', thing)\n`,
  },
  {
    file: 'server/people/session.ts',
    source: `import { thing as id } from '../../shared/ids.ts'\nimport { thing as problem } from '../problem.ts'\nexport const thing = id + problem\n`,
  },
  {
    file: 'client/people/clean.tsx',
    source: `import type { thing } from '../../shared/people/contract.ts'\nexport const Page = ({ text }: { text: string; of?: typeof thing }) => <p class="card">{text} ·</p>\n`,
  },
]

/** Every file but the silent one opens as the law wants. */
const opened = (file: string, source: string): string =>
  file.includes('silent') ? source : `/** Planted for a test of the linter's laws. */\n${source}`

type Finding = { readonly code: string; readonly filename: string }

/** Writes both into a copy of the project's shape and lints it once. */
function lint(): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'))
  try {
    for (const name of ['.oxlintrc.json', 'tsconfig.json', 'tsconfig.base.json', 'package.json'])
      cpSync(join(root, name), join(folder, name))
    for (const name of ['shared', 'server', 'client', 'test']) {
      mkdirSync(join(folder, name))
      cpSync(join(root, name, 'tsconfig.json'), join(folder, name, 'tsconfig.json'))
    }
    cpSync(join(root, 'test/lint/house-rules.js'), join(folder, 'test/lint/house-rules.js'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    for (const { file, source } of [...BREACHES, ...CLEAN]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), opened(file, source))
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
    const ran = spawnSync(process.execPath, [oxlint, '--type-aware', '--format=json'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    })
    assert.equal(ran.status, 1, ran.stderr || ran.stdout.slice(0, 2000))
    const { diagnostics } = JSON.parse(ran.stdout) as { diagnostics: readonly Finding[] }
    const found = new Map<string, string[]>()
    for (const { code, filename } of diagnostics) found.set(filename, [...(found.get(filename) ?? []), code])
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('lint laws', () => {
  let found: ReadonlyMap<string, readonly string[]> = new Map()
  before(function () {
    this.timeout(60_000)
    found = lint()
  })

  for (const { rule, file } of BREACHES) {
    it(`[HO1] ${rule} is reported in ${file}`, () => {
      const codes = found.get(file) ?? []
      assert.ok(
        codes.some((code) => code.includes(rule)),
        `${file}: reported ${JSON.stringify(codes)}`,
      )
    })
  }
  for (const { file } of CLEAN) {
    it(`[HO1] nothing is reported in ${file}`, () => {
      assert.deepEqual(found.get(file) ?? [], [])
    })
  }
})
