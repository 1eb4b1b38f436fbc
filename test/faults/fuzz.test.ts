/** Mutated updates and frames against a real server process: each refused by a rule that is counted, nothing breaks, everything loads. FUZZ sets how many. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { WebsocketProvider } from 'y-websocket'
import { CLOSING_RULES, REFUSALS as ALL_REFUSALS } from '../../server/collab/rules.ts'
import { openStore } from '../../server/store/store.ts'
import { answer } from '../../server/workers/draft-worker.ts'
import { canonicalJson } from '../../shared/drafting/canonical-json.ts'
import { newDraftDoc, sectionRoot } from '../../shared/drafting/document.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import type { DraftId } from '../../shared/ids.ts'
import { DRAFT, socketOf } from '../support/collab-server.ts'
import { COUNTS, times } from '../support/counts.ts'
import { countFault } from '../support/fault-tally.ts'
import { randomOf } from '../../shared/random.ts'
import { framed } from '../support/raw-client.ts'
import { until } from '../support/waiting.ts'
import { Attacker, passesFrameParser } from './attacker.ts'
import { assembled, crossed, garbled, honest, ofEachRule, pick, struct, updateOf, type Random } from './mutations.ts'
import { startCollab, type CollabProcess } from './start-collab.ts'

const QUIET = fileURLToPath(new URL('./quiet-process.ts', import.meta.url))
const FRAMES = Number(process.env['FUZZ'] ?? times({ once: 2500, issue: 100_000, long: 100_000 }))
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
/** Frames against one room; then the next, so that texts stay small. */
const PER_ROOM = 1250
const ATTACKERS = 6
/** Every other room stays below this, however hostile the frames are; in the suite ten times that. */
const OTHERS_MS = times({ once: 2_000, issue: 200, long: 200 })

/** No frame brings this one about: the store does. */
const REFUSALS = ALL_REFUSALS.filter((code) => code !== 'store-away')

const ofText = (encoder: encoding.Encoder): void => encoding.writeVarString(encoder, 'ก')
const ROOMS = Array.from({ length: Math.ceil(FRAMES / PER_ROOM) }, (_, at) => `fuzz${at}`)
const SHUT = 'shut0'

const textOf = (doc: Y.Doc): string => canonicalJson(readDraft(doc, SHORT_TEMPLATE))

type Page = { readonly doc: Y.Doc; readonly provider: WebsocketProvider }
type Waits = { readonly p99: number; readonly longest: number; readonly count: number }
type Attack = { readonly frame: Uint8Array; readonly isHonest: boolean }

/** Somebody who types in a room that is not attacked. */
function type(port: number) {
  const child = spawn(process.execPath, ['--import', 'tsx', QUIET, String(port), DRAFT.id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()))
  return {
    /** Milliseconds until an edit was acknowledged. */
    async stop(): Promise<Waits> {
      child.kill('SIGTERM')
      await once(child, 'close')
      const waits = (JSON.parse(printed) as number[]).sort((a, b) => a - b)
      return { p99: waits[Math.floor(waits.length * 0.99)] ?? 0, longest: waits.at(-1) ?? 0, count: waits.length }
    },
  }
}

/** A second server, which nobody attacks, tells what the machine itself takes at this moment. */
async function startCalm() {
  const dataDir = await mkdtemp(join(tmpdir(), 'rangruam-calm-'))
  const server = await startCollab(dataDir)
  const typing = type(server.port)
  return {
    async stop(): Promise<Waits> {
      const waits = await typing.stop()
      server.child.kill('SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
      return waits
    },
  }
}

const told = ({ p99, longest, count }: Waits): string => `p99 ${p99} ms, longest ${longest} ms of ${count}`

describe('fuzz', function () {
  this.timeout(3_600_000)
  let dataDir = ''
  let server: CollabProcess
  const pages = new Set<Page>()
  const tally = new Map<string, number>()
  const count = (outcome: string): void => void tally.set(outcome, (tally.get(outcome) ?? 0) + 1)

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rangruam-fuzz-'))
    server = await startCollab(dataDir, 0, [...ROOMS, SHUT])
  })
  after(async () => {
    for (const page of pages) leave(page)
    server?.child.kill('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  })

  async function enter(draft: string): Promise<Page> {
    const doc = newDraftDoc()
    const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/collab`, `${draft}.1`, doc, {
      WebSocketPolyfill: socketOf('observer'),
      disableBc: true,
    })
    const page = { doc, provider }
    pages.add(page)
    await until(`a page of ${draft} is synced`, () => provider.synced, 30_000)
    return page
  }
  function leave(page: Page): void {
    page.provider.destroy()
    page.provider.awareness.destroy()
    pages.delete(page)
  }

  const known = Object.values(ofEachRule())
  /** The next frame: the rules' own at first, then at random. */
  function attack(random: Random, nth: number, doc: Y.Doc): Attack {
    if (nth < known.length) return { frame: known[nth]!, isHonest: false }
    const draw = random()
    const step = random() < 0.8 ? 2 : 1
    if (draw < 0.1) return { frame: framed(0, step, honest(random, doc)), isHonest: true }
    if (draw < 0.45) return { frame: framed(0, step, garbled(random, honest(random, doc))), isHonest: false }
    if (draw < 0.8) return { frame: framed(0, step, assembled(random, doc)), isHonest: false }
    if (draw < 0.85) return { frame: framed(0, step, crossed(random, doc)), isHonest: false }
    if (draw < 0.87) {
      const [client, structs] = pick(random, [...doc.store.clients])
      const clock = (structs.at(-1)?.id.clock ?? 0) + (structs.at(-1)?.length ?? 0)
      const letter = struct(4, { left: [client, clock - 1] }, ofText)
      return { frame: framed(0, step, updateOf([{ id: [client, clock], structs: [letter] }])), isHonest: false }
    }
    if (draw < 0.95) return { frame: garbled(random, framed(0, step, honest(random, doc))), isHonest: false }
    // Small ones of the rules' own, changed.
    const base = pick(
      random,
      known.filter(({ length }) => length < 2000),
    )
    return { frame: garbled(random, base), isHonest: false }
  }

  let passed = 0
  let sent = 0
  let refusedHonest = 0
  async function besiege(room: string, random: Random, from: number, to: number): Promise<void> {
    const observer = await enter(room)
    let next = from
    const one = async (at: number): Promise<void> => {
      let attacker = await Attacker.connect(server.port, room, `p${room}x${at}`)
      while (next < to) {
        const nth = next++
        const { frame, isHonest } = attack(random, nth, observer.doc)
        if (!attacker.isOpen) attacker = await Attacker.connect(server.port, room, `p${room}x${at}`)
        const outcome = await attacker.send(frame)
        count(outcome)
        sent += 1
        if (passesFrameParser(frame)) passed += 1
        if (isHonest && outcome !== 'taken' && outcome !== 'section-locked') {
          refusedHonest += 1
          console.log(`      honest, and ${outcome}: ${Buffer.from(frame).toString('hex')}`)
        }
      }
      attacker.close()
    }
    await Promise.all(Array.from({ length: ATTACKERS }, (_, at) => one(at)))
    await sameForAll(room, observer)
    leave(observer)
  }

  /** Who was there all the time and who comes now have the same text, nothing waits for what never comes, and it can be written. */
  async function sameForAll(room: string, observer: Page): Promise<void> {
    const reader = await enter(room)
    await until(`the pages of ${room} agree`, () => textOf(observer.doc) === textOf(reader.doc), 10_000)
    for (const { doc } of [observer, reader]) {
      assert.equal(doc.store.pendingStructs, null)
      assert.equal(doc.store.pendingDs, null)
    }
    sectionRoot(reader.doc, 'background').insert(0, 'ยังเขียนได้')
    await until(`${room} is written`, () => sectionRoot(observer.doc, 'background').toString().startsWith('ยังเขียนได้'))
    leave(reader)
  }

  it(`[SY39] ${FRAMES} mutated updates and frames: each rule refuses some, nothing breaks, others stay within ${OTHERS_MS} ms`, async () => {
    const random = randomOf(SEED)
    const others = type(server.port)
    const calm = COUNTS === 'once' ? null : await startCalm()
    for (const [at, room] of ROOMS.entries())
      await besiege(room, random, at * PER_ROOM, Math.min(FRAMES, (at + 1) * PER_ROOM))
    await oddOnes(random)
    const [busy, idle] = await Promise.all([others.stop(), calm?.stop() ?? null])
    console.log(
      `      seed ${SEED}: ${sent} frames, ${((passed / sent) * 100).toFixed(1)} % past the frame parser; other room: ${told(busy)}${idle === null ? '' : `; nobody attacked: ${told(idle)}`}`,
    )
    for (const [rule, refused] of [...tally].sort(([, a], [, b]) => b - a))
      console.log(`      ${String(refused).padStart(7)} ${rule}`)
    countFault('mutated updates and frames', {
      times: sent,
      crashes: (server.child.exitCode ?? server.child.signalCode) === null ? 0 : 1,
    })
    assert.equal(server.complaints(), '')
    assert.equal(refusedHonest, 0)
    assert.ok(passed / sent >= 0.3)
    assert.ok(busy.count > 0 && busy.p99 <= OTHERS_MS + (idle?.p99 ?? 0), told(busy))
    const never = [...CLOSING_RULES, ...REFUSALS, 'missing', 'taken'].filter((rule) => !tally.has(rule))
    assert.deepEqual(never, [])
    const named = new Set<string>([...CLOSING_RULES, ...REFUSALS, 'missing', 'taken'])
    assert.deepEqual(
      [...tally.keys()].filter((rule) => !named.has(rule)),
      [],
    )
  })

  /** What needs another room, another person or another moment. */
  async function oddOnes(random: Random): Promise<void> {
    const doc = newDraftDoc()
    const edit = framed(0, 2, honest(random, doc))
    const each: readonly (readonly [room: string, who: string, frame: Uint8Array | string, often: number])[] = [
      [ROOMS[0]!, 'reader1', edit, 1],
      [SHUT, 'writer1', edit, 1],
      [ROOMS[0]!, 'texts', 'hello', 1],
      [ROOMS[0]!, 'slow1', framed(0, 0, new Uint8Array([0])), 250],
    ]
    for (const [room, who, frame, often] of each) {
      const attacker = await Attacker.connect(server.port, room, who)
      count(await attacker.send(frame, often))
      attacker.close()
    }
  }

  it('[SY39][SY54] afterwards every document loads and compacts, and reads the same from the entries and from the base', async () => {
    server.child.kill('SIGTERM')
    await once(server.child, 'exit')
    const store = await openStore({ dataDir })
    const differing: string[] = []
    try {
      for (const room of ROOMS) {
        const entries = await store.journal.read(room as DraftId, 1, 0)
        const updates = entries.filter(({ kind }) => kind === 'update').map(({ bytes }) => bytes)
        const base = answer({ kind: 'compact', updates })
        assert.ok(base.kind === 'bytes' && base.bytes !== null)
        for (const given of [updates, [base.bytes]]) {
          assert.equal(answer({ kind: 'read', template: SHORT_TEMPLATE.id, updates: given }).kind, 'content')
          assert.equal(answer({ kind: 'digest', template: SHORT_TEMPLATE.id, updates: given }).kind, 'digest')
        }
        const [oneByOne, alone] = [newDraftDoc(), newDraftDoc()]
        for (const update of updates) Y.applyUpdate(oneByOne, update)
        Y.applyUpdate(alone, base.bytes)
        if (textOf(oneByOne) !== textOf(alone)) differing.push(room)
        for (const doc of [oneByOne, alone]) assert.equal(doc.store.pendingStructs ?? doc.store.pendingDs, null)
      }
    } finally {
      await store.close()
    }
    assert.deepEqual(differing, [])
  })
})
