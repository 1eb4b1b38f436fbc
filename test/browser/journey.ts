/** `npm run journey [-- --name localhost|plain --store embedded|reference --proxy refused|silent|gathering --part drafts --kills N --seed N]`: one workshop from the administrator's link to the published document, acting only through the pages. */
import { startReferenceServer } from '../support/reference-server.ts'
import type { Manners } from '../support/proxy.ts'
import type { RosterFormat } from './journey/roster.ts'
import { expect, openScene, troublesOf } from './journey/scene.ts'
import type { Template } from './journey/staff.ts'
import { mergeAndPublish } from './journey/way-office.ts'
import { draftAndHandIn, type Kept } from './journey/way.ts'

const HOSTS = { localhost: 'localhost', plain: 'hotel.test' } as const
type Name = keyof typeof HOSTS
type Store = 'embedded' | 'reference'
type Run = {
  readonly name: Name
  readonly store: Store
  readonly template: Template
  readonly roster: RosterFormat
}
/** Without arguments all of these are walked, one after the other. */
const RUNS: readonly Run[] = [
  { name: 'localhost', store: 'embedded', template: 'short', roster: 'csv' },
  { name: 'plain', store: 'embedded', template: 'long', roster: 'xlsx' },
  { name: 'localhost', store: 'reference', template: 'short', roster: 'xlsx' },
]

/** `--proxy`: what stands between the browsers and the server. */
const PROXIES: Readonly<Record<string, Manners>> = {
  refused: { upgrades: 'refused' },
  silent: { upgrades: 'never answered' },
  gathering: { upgrades: 'refused', gathers: true },
}

type Outcome = Kept & { readonly run: Run; readonly seed: number; readonly seconds: number; readonly failed: boolean }

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** Walks one way; null where its store cannot be had here. */
async function walk(run: Run, seed: number, kills: number, brief: boolean): Promise<Outcome | null> {
  const reference = run.store === 'reference' ? await startReferenceServer() : null
  if (reference?.kind === 'absent') {
    console.log(`left out on the reference server: ${reference.reason}`)
    return null
  }
  const host = HOSTS[run.name]
  console.log(`\njourney on http://${host}, ${run.store} store, seed ${seed}, ${kills} kill${kills === 1 ? '' : 's'}`)
  const from = performance.now()
  const kept: Kept = { windows: 0, typed: 0, before: 0, kept: 0, saved: 0, found: 0, lost: 0, doubled: 0 }
  const plan = { kills, template: run.template, roster: run.roster, brief }
  let failed = false
  const proxy = PROXIES[option('proxy') ?? ''] ?? null
  const scene = await openScene({ host, seed, mongo: reference?.uri('journey') ?? null, proxy })
  try {
    const team = await draftAndHandIn(scene, plan, kept)
    if (option('part') !== 'drafts') await mergeAndPublish(scene, plan, team)
    if (scene.proxy !== null) {
      const { frames, requests, upgrades } = scene.proxy
      console.log(`over HTTP: ${frames.up} frames up, ${frames.down} messages down in ${requests} requests`)
      console.log(`not got: ${upgrades.document} upgrades for documents, ${upgrades.news} for news`)
      expect(frames.up > 0 && frames.down > 0, 'no frame went over HTTP')
    }
    const broken = troublesOf(scene.everybody())
    expect(broken.length === 0, `the browser told of ${broken.join(' | ')}`)
  } catch (error) {
    failed = true
    console.log(`failed, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await scene.close()
    if (reference !== null) await reference.stop()
  }
  return { ...kept, run, seed, failed, seconds: Math.round((performance.now() - from) / 1000) }
}

const HEAD = [
  'name',
  'store',
  'template',
  'roster',
  'seed',
  'windows',
  'typed',
  '2 s before',
  'of these saved',
  'shown as saved',
  'found',
  'lost',
  'doubled',
  'seconds',
  'came through',
]

function print(outcomes: readonly Outcome[]): void {
  const rows = outcomes.map(({ run, ...one }) =>
    [
      HOSTS[run.name],
      run.store,
      run.template,
      run.roster,
      one.seed,
      one.windows,
      one.typed,
      one.before,
      one.kept,
      one.saved,
      one.found,
      one.lost,
      one.doubled,
      one.seconds,
      one.failed ? 'NO' : 'yes',
    ].map(String),
  )
  const widths = HEAD.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)))
  console.log()
  for (const row of [HEAD, ...rows]) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
}

const name = option('name')
const store = option('store')
const drawn = Number(option('seed') ?? Date.now() % 1_000_000)
const kills = Number(option('kills') ?? 5)
const chosen = RUNS.filter(
  (run) => (name === undefined || run.name === name) && (store === undefined || run.store === store),
)
const outcomes: Outcome[] = []
for (const [index, run] of chosen.entries()) {
  const outcome = await walk(run, drawn + index, kills, process.argv.includes('--brief'))
  if (outcome !== null) outcomes.push(outcome)
}
print(outcomes)
if (chosen.length === 0 || outcomes.some(({ failed }) => failed)) process.exitCode = 1
