/** The test runner tells the truth: what it sums, and that nothing which went wrong is called passed. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the runner consists of. */
const NEEDED = [
  'package.json',
  'package-lock.json',
  'server/build.mjs',
  ...['run', 'lanes', 'packages'].map((name) => `test/${name}.mjs`),
]

describe('test runner', function () {
  this.timeout(60_000)
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rangruam-runner-'))
    for (const name of ['shared', 'server', 'client', 'test/contract', 'test/shared'])
      mkdirSync(join(folder, name), { recursive: true })
    for (const name of NEEDED) cpSync(join(root, name), join(folder, name))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Writes suites, runs the named ones, returns the exit code and the last line. */
  function run(
    suites: string,
    files: Readonly<Record<string, string>>,
  ): { code: number | null; last: string; out: string } {
    for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source)
    const ran = spawnSync(process.execPath, ['test/run.mjs', '--only', suites], { cwd: folder, encoding: 'utf8' })
    return { code: ran.status, last: ran.stdout.trimEnd().split('\n').at(-1) ?? '', out: ran.stdout }
  }

  it('[HO11] sums passed, failed and skipped over suites, and fails when one test failed', () => {
    const { code, last } = run('unit,contract', {
      'test/shared/a.test.ts': `it('one', () => {})\nit('two', () => {})\nit.skip('three', () => {})\n`,
      'test/contract/b.test.ts': `it('four', () => {})\nit('five', () => { throw new Error('no') })\n`,
    })
    assert.equal(last, '3 passed, 1 failed, 1 skipped')
    assert.equal(code, 1)
  })

  it('[HO11] ends with 0 when all passed', () => {
    const { code, last } = run('contract', { 'test/contract/b.test.ts': `it('four', () => {})\n` })
    assert.equal(last, '1 passed, 0 failed, 0 skipped')
    assert.equal(code, 0)
  })

  it('[HO11] a suite without files, one that dies and one with a forgotten .only are failures', () => {
    const { code, last } = run('contract', {})
    assert.deepEqual([code, last], [1, '0 passed, 1 failed, 0 skipped'])
    const dies = run('contract', { 'test/contract/b.test.ts': `it('dies', () => { process.kill(process.pid, 9) })\n` })
    assert.deepEqual([dies.code, dies.last], [1, '0 passed, 1 failed, 0 skipped'])
    // A planted text: the tests of a folder made for this test, none of ours.
    const only = run('contract', { 'test/contract/b.test.ts': `it.only('one', () => {})\nit('two', () => {})\n` })
    assert.deepEqual([only.code, only.last], [1, '0 passed, 1 failed, 0 skipped'])
  })

  it('[HO11] two jobs run at a time, and what they say stands in their order', () => {
    /** Waits for what the other says on disk: alone it would wait for its time limit. */
    const meeting = (own: string, other: string): string => `
      import { existsSync, writeFileSync } from 'node:fs'
      it('${own} meets ${other}', async () => {
        writeFileSync('${own}.here', '')
        while (!existsSync('${other}.here')) await new Promise((resolve) => setTimeout(resolve, 20))
        if ('${own}' === 'first') await new Promise((resolve) => setTimeout(resolve, 500))
      })\n`
    const { code, last, out } = run('unit', {
      'test/shared/a.test.ts': meeting('first', 'second'),
      'test/shared/b.test.ts': meeting('second', 'first'),
    })
    assert.deepEqual([code, last], [0, '2 passed, 0 failed, 0 skipped'])
    assert.ok(
      out.indexOf('== unit') < out.indexOf('first meets') && out.indexOf('first meets') < out.indexOf('second meets'),
    )
    assert.equal(out.split('== unit').length, 2)
  })
})
