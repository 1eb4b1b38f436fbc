/** The seeded simulator: production room, journal rules and client in a world where everything fails; SIM_FIRST and SIM_SEEDS choose other seeds. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './simulator/run.ts'

const PROCESS = fileURLToPath(new URL('./simulator/process.ts', import.meta.url))
const LONG = process.env['LONG'] === '1'
const FIRST = Number(process.env['SIM_FIRST'] ?? 1)
const SEEDS = Number(process.env['SIM_SEEDS'] ?? (LONG ? 10_000 : 300))
/** Stores that break the contract must be found out within so many seeds. */
const BROKEN_SEEDS = 300
/** What seeds once found and what they must not, told by the fewest steps (stories.ts). */
const STORIES: Readonly<Record<string, string>> = {
  'a tab that was refused takes over what another left':
    '[SY53] what another tab left is sent by a tab that was refused before',
  'what is typed after a refusal is sent': '[SY53] what is typed after a refusal is sent',
  'a tab opens while another gives its edits up':
    '[SY50] a tab that opens while another gives its edits up shows the same text',
  'edits that stand on what another tab gave up':
    '[SY50] edits that stand on what another tab gave up become words, and nobody is closed',
  'edits that waited for the text are given up elsewhere':
    '[SY50] edits that waited for the text and were given up elsewhere are not kept as text of others',
  'a page writes while it gives edits up': '[SY50] what is written while edits are given up does not vouch for those',
  'redis loses news without a word': '[ND6][SY50] what Redis loses without a word is found in the journal',
  'redis is away, and a node is killed':
    '[ND3][ND5][SY50] while Redis is away both nodes have what is typed on either, and so has one that is left',
  'a node stops before it could tell':
    '[ND6][SY50] what a node wrote and could not tell any more is found in the journal',
  'a page with unsent edits comes to a node that is behind':
    '[ND11][SY50] a page with unsent edits comes to a node that has not heard what they stand on: they are saved',
  'a page comes to a node that is behind, and types':
    '[ND11] what is typed behind a text of which the node has not heard is saved',
  'a page comes to a node that is behind, and deletes':
    '[ND11] what is deleted of a text of which the node has not heard is saved',
  'redis loses that somebody left':
    '[ND2][ND6] that somebody left is found out where Redis lost it and carries all else again',
  'an answer breaks off in its middle':
    '[SY46] a connection over HTTP whose answer breaks off without a word is given up, and another one opened',
  'a deletion is refused': '[SY50] nothing is called saved while a refused deletion is given up',
}

/** Runs the simulator in a process of its own, which has its own clock; gives the lines that it says. */
async function says<Line>(...args: string[]): Promise<Line[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: Line[] = []
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) lines.push(JSON.parse(line) as Line)
  assert.equal(await ended, 0, 'the simulator ran to its end')
  return lines
}

const runs = (first: number, count: number, store = 'honest', ...more: string[]): Promise<Outcome[]> =>
  says(String(first), String(count), store, ...more)

const told = ({ seed, violations }: Outcome): string => `seed ${seed}: ${violations.join('; ')}`
const broken = (outcomes: readonly Outcome[]): Outcome[] => outcomes.filter(({ violations }) => violations.length > 0)
const sum = (outcomes: readonly Outcome[], key: 'typed' | 'acknowledged' | 'delivered' | 'saved' | 'aside'): number =>
  outcomes.reduce((total, outcome) => total + outcome[key], 0)

describe('simulator', function () {
  this.timeout(LONG ? 5 * 3_600_000 : 240_000)

  it(`[SY50] ${SEEDS} seeds: what was acknowledged is there once, nothing goes out before it is durable, and all who stayed have the same text`, async () => {
    const from = performance.now()
    const outcomes = await runs(FIRST, SEEDS)
    assert.deepEqual(broken(outcomes).map(told), [])
    assert.equal(outcomes.length, SEEDS)
    const faults = new Map<string, number>()
    for (const outcome of outcomes)
      for (const [name, times] of Object.entries(outcome.faults)) faults.set(name, (faults.get(name) ?? 0) + times)
    const seconds = ((performance.now() - from) / 1000).toFixed(1)
    console.log(
      `      ${SEEDS} seeds in ${seconds} s: typed ${sum(outcomes, 'typed')} letters, frames acknowledged ${sum(outcomes, 'acknowledged')}, ` +
        `updates delivered ${sum(outcomes, 'delivered')}, shown as saved ${sum(outcomes, 'saved')} times, letters set aside ${sum(outcomes, 'aside')}; ` +
        [...faults].map(([name, times]) => `${name} ${times}`).join(', '),
    )
    // A run in which nothing happens finds nothing.
    assert.ok(
      sum(outcomes, 'acknowledged') > SEEDS && sum(outcomes, 'saved') > SEEDS && sum(outcomes, 'aside') > SEEDS / 10,
    )
    assert.ok(SEEDS < 100 || [...faults.values()].every((times) => times > 0))
  })

  it('[SY51] the same seed gives the same run, alone and after others', async () => {
    const [among, alone] = await Promise.all([runs(4, 4), runs(7, 1)])
    const timeless = (outcome: object): object => ({ ...outcome, ms: 0 })
    assert.deepEqual(among.slice(-1).map(timeless), alone.map(timeless))
    assert.equal(alone.length, 1)
  })

  describe('step by step', () => {
    let found: ReadonlyMap<string, readonly string[]> = new Map()
    before(async () => {
      const lines = await says<{ story: string; violations: string[] }>('stories')
      found = new Map(lines.map(({ story, violations }) => [story, violations]))
      assert.deepEqual([...found.keys()].sort(), Object.keys(STORIES).sort())
    })
    for (const [story, title] of Object.entries(STORIES)) it(title, () => assert.deepEqual(found.get(story), []))
  })

  for (const [title, store] of [
    ['with the sync skipped', 'sync skipped'],
    ['with retries not recognised', 'retry unrecognised'],
    ['with the seq not checked', 'seq unchecked'],
  ] as const)
    it(`[SY52] ${title} the simulator fails within ${BROKEN_SEEDS} seeds`, async () => {
      const outcomes = await runs(1, BROKEN_SEEDS, store, '--until-violation')
      const [first] = broken(outcomes)
      assert.ok(first !== undefined, `${BROKEN_SEEDS} seeds found nothing`)
      console.log(`      ${title}: ${told(first).slice(0, 160)}`)
    })
})
