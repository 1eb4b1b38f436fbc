/** One seeded run: pages type while everything fails that can; then all is mended, and what everybody was told is compared with what is there. */
import * as Y from 'yjs'
import type { DraftAccess } from '../../../server/collab/member.ts'
import { judgeUpdate } from '../../../server/collab/guard.ts'
import { KnownText } from '../../../server/collab/known-text.ts'
import type { NewEntry } from '../../../server/journal/journal.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { DRAFT } from '../../support/collab-server.ts'
import { Chaos } from './chaos.ts'
import { Network } from './network.ts'
import { durableDoc, offered, type PageDeps } from './page.ts'
import { SimRedis } from './redis.ts'
import { exactly, SimStore, type StoreFaults } from './store.ts'
import { Truth } from './truth.ts'
import { World } from './world.ts'
import { Letters, lettersIn, lettersOf } from './writing.ts'

/** What a run saw. */
export type Outcome = {
  readonly seed: number
  readonly violations: readonly string[]
  readonly typed: number
  readonly acknowledged: number
  readonly delivered: number
  readonly saved: number
  readonly aside: number
  readonly entries: number
  readonly events: number
  /** Virtual seconds. */
  readonly seconds: number
  /** How often each fault was done. */
  readonly faults: Readonly<Record<string, number>>
  readonly trace: number
  readonly log: readonly string[]
}

const HONEST: StoreFaults = { rule: exactly, sync: 'before answers' }
/** After everything is mended nothing may take longer than this. */
const REST_MS = 240_000
const LOOK_MS = 500
const LAST_MS = 1_500

export async function simulate(seed: number, faults: StoreFaults = HONEST, keepLog = false): Promise<Outcome> {
  const world = new World(seed, keepLog)
  const truth = new Truth(world)
  const isWithin = world.chance(0.5)
  const store = new SimStore(world, isWithin, faults)
  // Nodes share a store that is beside them.
  const redis = isWithin || world.chance(0.3) ? null : new SimRedis(world)
  store.onDurable = (entry) => truth.durable(entry)
  truth.wholeText = () => durableDoc(store, 'entries')
  const network = new Network(world, truth)
  const letters = new Letters()
  const access = new Map<string, DraftAccess>()
  const deps = { world, truth, store, network, letters, access, redis }
  const chaos = new Chaos(deps)
  const complaints = hearConsole((line) => truth.violate(line))
  /** Letters that a device kept among the unsent: they must be found, whatever becomes of the page. */
  const kept = new Set<string>()
  try {
    await plant(world, store)
    await world.run(world.now + 1, () => false)
    chaos.onKept = (update) => lettersOfUpdate(update).forEach((letter) => kept.add(letter))
    chaos.begin()
    await world.run(world.now + world.between(1_500, 9_000))
    chaos.mend()
    const end = world.now + REST_MS
    do {
      while (world.now < end && !chaos.isAtRest()) await world.run(world.now + LOOK_MS)
      // A page may be between two openings, and deletions may be on their way.
      await world.run(world.now + LAST_MS)
    } while (world.now < end && !chaos.isAtRest())
    account(chaos, deps, kept)
    const miscounted = chaos.miscounted()
    if (miscounted !== null) truth.violate(miscounted)
  } catch (error) {
    truth.violate(`the run broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    complaints()
  }
  const outcome: Outcome = {
    seed,
    violations: [...truth.violations],
    typed: letters.count,
    acknowledged: truth.acknowledged,
    delivered: truth.delivered,
    saved: chaos.all.reduce((sum, page) => sum + page.saved, 0),
    aside: new Set(chaos.all.flatMap(offered)).size,
    entries: store.durable(DRAFT.id, DRAFT.generation).entries.length,
    events: world.events,
    seconds: Math.round(world.now / 1000),
    faults: {
      ...chaos.done,
      'turned away': truth.turnedAway,
      compacted: truth.compacted,
      'carried between nodes': redis?.carried ?? 0,
      'lost between nodes': redis?.lost ?? 0,
      'heard over HTTP': network.heardOverHttp,
    },
    trace: world.trace,
    log: world.log ?? [],
  }
  for (const page of chaos.all) page.clear()
  return outcome
}

/** The draft's first entry. */
export async function plant(world: World, store: SimStore): Promise<void> {
  let isThere = false
  world.after(0, world.outside, 'seed', () => {
    const entry: NewEntry = {
      draft: DRAFT.id,
      generation: DRAFT.generation,
      kind: 'update',
      by: 'server',
      at: 0,
      bytes: seedDraft(SHORT_TEMPLATE),
    }
    void store
      .journal(world.outside)
      .append(0, [entry])
      .then(() => (isThere = true))
  })
  await world.run(10_000, () => isThere)
}

/** Compares what pages say and show with what the store has. `kept`: letters that a device had among the unsent. */
export function account(
  { pages, all }: Pick<Chaos, 'pages' | 'all'>,
  { store, truth, letters }: PageDeps,
  kept: ReadonlySet<string>,
): void {
  const whole = durableDoc(store, 'entries')
  const compacted = durableDoc(store, 'base')
  const content = readDraft(whole, SHORT_TEMPLATE)
  const text = canonicalJson(content)
  const state = stateOf(whole)
  if (canonicalJson(readDraft(compacted, SHORT_TEMPLATE)) !== text) truth.violate('base and tail are not the entries')
  if (stateOf(compacted) !== state) truth.violate('base and tail have other operations than the entries')
  const aside = new Set(all.flatMap(offered))
  const standing = new Map<string, number>()
  for (const letter of lettersIn(content)) standing.set(letter, (standing.get(letter) ?? 0) + 1)
  for (const [letter, times] of standing) if (times > 1) truth.violate(`${letter} stands ${times} times`)
  const isLost = (letter: string): boolean =>
    !standing.has(letter) && !aside.has(letter) && !letters.deleted.has(letter)
  for (const page of pages) {
    const { sync, owner } = page
    if (sync === null) {
      truth.violate(`${owner.name} never opened`)
      continue
    }
    if (sync.unsent > 0) truth.violate(`${owner.name} still has ${sync.unsent} edits unsent (${sync.status.save})`)
    else if (sync.status.save !== 'saved' && sync.status.aside.length === 0)
      truth.violate(`${owner.name} ends with "${sync.status.save}"`)
    if (canonicalJson(readDraft(sync.back, SHORT_TEMPLATE)) !== text) truth.violate(`${owner.name} shows another text`)
    else if (stateOf(sync.back) !== state) truth.violate(`${owner.name} has other operations`)
    const lost = page.typed.filter(isLost)
    if (lost.length > 0)
      truth.violate(`${lost.length} letters typed on ${owner.name} are nowhere: ${lost.slice(0, 8).join('')}`)
  }
  const lost = [...kept].filter(isLost)
  const writer = all.find(({ typed }) => typed.includes(lost[0] ?? ''))?.owner.name
  if (lost.length > 0)
    truth.violate(`${lost.length} letters that a device kept are nowhere: ${lost.slice(0, 8).join('')}, of ${writer}`)
  replay(store, truth)
}

const stateOf = (doc: Y.Doc): string => Buffer.from(Y.encodeSnapshot(Y.snapshot(doc))).toString('base64')

export function lettersOfUpdate(update: Uint8Array): string[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentString ? lettersOf(struct.content.str) : [],
  )
}

/** The journal is what the guard lets through, one entry after another. */
function replay(store: SimStore, truth: Truth): void {
  const known = new KnownText(SHORT_TEMPLATE.id, false)
  const locked = new Map<never, number>()
  for (const entry of store.durable(DRAFT.id, DRAFT.generation).entries) {
    const name = new TextDecoder().decode(entry.bytes) as never
    if (entry.kind === 'lock') locked.set(name, entry.seq)
    if (entry.kind === 'unlock') locked.delete(name)
    if (entry.kind !== 'update') continue
    if (entry.by !== 'server') {
      const verdict = judgeUpdate(entry.bytes, known, { sender: entry.by, awaited: false, locked })
      if (verdict.kind !== 'new') truth.violate(`entry ${entry.seq} is judged "${verdict.kind}" where it stands`)
    }
    known.learn(entry.bytes, entry.by)
  }
}

/** Libraries that swallow an error print it: here that is a failure. */
export function hearConsole(say: (line: string) => void): () => void {
  const { error, warn } = console
  console.error = (...given: unknown[]) => say(`console: ${given.map(String).join(' ')}`)
  console.warn = console.error
  return () => Object.assign(console, { error, warn })
}
