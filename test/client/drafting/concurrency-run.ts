/** One seeded run of three people who edit one draft at once; every typed letter is a different character, so each can be accounted for. */
import { Fragment, Slice } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { deleteClause, moveClause } from '../../../client/drafting/binding/move.ts'
import { joinDown, joinUp, paste, setKind, splitClause } from '../../../client/drafting/editor/commands.ts'
import { deleteAcross } from '../../../client/drafting/editor/delete-across.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { TEXT_KINDS } from '../../../shared/drafting/canonical.ts'
import type { SentEntry } from '../../../shared/drafting/authorship/letter-book.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { docAt, restoreDraft } from '../../../shared/drafting/restore.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'
import { emptyRecommendation, seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { randomOf } from '../../../shared/random.ts'
import { Peer, settle, textPlaces } from './peer.ts'
import type { Sent, Wire } from './peer.ts'

export const ACTIONS = ['type', 'split', 'join', 'kind', 'move', 'delete', 'range', 'undo', 'redo', 'paste'] as const
/** Asked of the server, which writes for whoever asks. */
export const ALL_ACTIONS = [...ACTIONS, 'restore'] as const
export type Action = (typeof ALL_ACTIONS)[number]

/** What a run found. Lists hold letters. */
export type RunResult = {
  readonly seed: number
  readonly effects: Readonly<Record<Action, number>>
  readonly typed: number
  readonly offered: number
  /** Typed, deleted by nobody who saw it, and neither in the text nor offered. */
  readonly lost: string[]
  /** Standing more than once. */
  readonly doubled: string[]
  /** Standing only in clauses other than the one they were typed in, and not offered; only meaningful for runs without split, join, range, undo and paste. */
  readonly strayed: string[]
  readonly diverged: boolean
  readonly viewWrong: number
  readonly redraws: number
  readonly missingBlocks: string[]
  /** Who typed each letter: the client id. */
  readonly typists: ReadonlyMap<string, number>
  /** Whose own action took each letter out of what they saw (client ids); not for letters that were offered to their writer. */
  readonly deleters: ReadonlyMap<string, ReadonlySet<number>>
}

const FIRST_LETTER = 0x4e00 // CJK: one UTF-16 unit each, none of them in the seed

const SEED_TEXTS = ['alpha beta gamma', 'delta epsilon', 'zeta eta theta', 'iota kappa', 'lambda mu']

export function seedOf(): Uint8Array {
  const clauses = SEED_TEXTS.map((text, i) => ({
    id: `clause${i}` as ClauseId,
    kind: 'text' as const,
    level: 0,
    runs: [{ text }],
  }))
  const measures = [0, 1, 2].map((i) => {
    const empty = emptyRecommendation(`measure${i}` as ClauseId)
    return { ...empty, fields: { ...empty.fields, measure: [{ text: `measure number ${i}` }] } }
  })
  return seedDraft(SHORT_TEMPLATE, {
    sections: [
      { id: 'title', choices: [], clauses: [{ id: 'titleclause' as ClauseId, kind: 'text', level: 0, runs: [] }] },
      { id: 'background', choices: [], clauses },
      { id: 'recommendations', choices: [], clauses: measures },
      { id: 'minority_view', choices: [], clauses: [{ id: 'minority' as ClauseId, kind: 'text', level: 0, runs: [] }] },
    ],
  })
}

const lettersOf = (doc: Node): string[] => [...doc.textContent].filter((letter) => letter >= '\u4e00')

/** The letters of a document's text, in order. */
function lettersIn(doc: Y.Doc): string[] {
  return [...JSON.stringify(readDraft(doc, SHORT_TEMPLATE))].filter((letter) => letter >= '\u4e00')
}

const entryOf = ({ from, update, copies }: Sent, seq: number): SentEntry => {
  const entry = { seq, by: String(from.doc.clientID), bytes: update }
  return copies === undefined ? entry : { ...entry, copies }
}

/** Runs `steps` random steps with the given actions and settles. `wire` keeps what was sent, `bytes` is the first text. */
export function runConcurrently(
  seed: number,
  steps: number,
  actions: readonly Action[],
  wire: Wire = { log: [] },
  bytes = seedOf(),
  /** Lets a turn pass; given, everybody has a gate before the editor, and composes now and then. */
  turn: (() => void) | null = null,
): RunResult {
  const random = randomOf(seed)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  let now = 0
  const peers = [0, 1, 2].map((i) => new Peer(wire, SHORT_TEMPLATE, bytes, seed * 10 + i + 1, () => now))
  if (turn !== null) for (const peer of peers) peer.gated()
  const composing = new Set<Peer>()
  const compose = (peer: Peer): void => {
    if (composing.has(peer)) composing.delete(peer)
    else composing.add(peer)
    peer.compose(composing.has(peer))
    turn?.()
  }
  const effects = Object.fromEntries(ALL_ACTIONS.map((action) => [action, 0])) as Record<Action, number>
  let letter = FIRST_LETTER
  const home = new Map<string, string>()
  const deleted = new Set<string>()
  const typists = new Map<string, number>()
  const deleters = new Map<string, Set<number>>()
  const removedBlocks = new Set<string>()
  let viewWrong = 0
  let minted = 1_000_000

  const gone = (one: string, peer: Peer): void => {
    deleted.add(one)
    deleters.set(one, (deleters.get(one) ?? new Set()).add(peer.doc.clientID))
  }
  /** It stands again: whoever deleted it before is not who takes it out next. */
  const back = (one: string): void => {
    deleted.delete(one)
    deleters.delete(one)
  }
  const letters = (count: number): string => {
    let text = ''
    for (let i = 0; i < count; i++) text += String.fromCharCode(letter++)
    return text
  }
  /** Puts the caret at a random place, or a selection over a few letters. */
  const place = (peer: Peer): void => {
    const at = pick(textPlaces(peer.state.doc))
    if (at === undefined) return
    peer.select(at.start + Math.floor(random() * (at.node.content.size + 1)))
  }
  const clauseIds = (peer: Peer): { id: string; section: number }[] => {
    const ids: { id: string; section: number }[] = []
    peer.state.doc.forEach((section, _offset, index) =>
      section.forEach((block) => {
        if (typeof block.attrs['id'] === 'string') ids.push({ id: block.attrs['id'], section: index })
      }),
    )
    return ids
  }
  const remember = (peer: Peer): void => {
    for (const { node, clause } of textPlaces(peer.state.doc))
      for (const one of lettersOf(node)) if (!home.has(one)) home.set(one, clause)
  }

  /** Back to some entry, for what stood a few entries ago; what stood then and goes is deleted with sight. */
  const restore = (peer: Peer): boolean => {
    const entries = [{ seq: 1, by: 'server', bytes }, ...wire.log.map((sent, i) => entryOf(sent, i + 2))]
    // Who asks with an older text than the last restore's is turned away.
    const last = wire.log.reduce((found, { copies }, i) => (copies === undefined ? found : i + 2), 1)
    const seen = Math.max(last, entries.length - Math.floor(random() * 6))
    const to = 1 + Math.floor(random() * seen)
    const restored = restoreDraft(SHORT_TEMPLATE, entries, { to, seen, locked: [] }, () => ++minted)
    if (typeof restored === 'string') return false
    const doc = docAt(entries, seen)
    const stood = new Set(lettersIn(doc))
    Y.applyUpdate(doc, restored.update)
    const stands = new Set(lettersIn(doc))
    doc.destroy()
    for (const one of stood) if (!stands.has(one)) gone(one, peer)
    for (const one of stands) if (!stood.has(one)) back(one)
    wire.log.push({ from: peer, update: restored.update, copies: restored.record.copies })
    return true
  }

  const act = (peer: Peer, action: Action): boolean => {
    const { binding } = peer
    const before = peer.state.doc
    if (action === 'restore') return restore(peer)
    if (action === 'type') {
      place(peer)
      for (let n = 1 + Math.floor(random() * 4); n > 0; n--) peer.type(letters(1))
    } else if (action === 'paste') {
      place(peer)
      const nodes = [letters(2), letters(2)].map((text) => draftSchema.node('clause', null, draftSchema.text(text)))
      peer.dispatch(paste(peer.state, new Slice(Fragment.from(nodes), 1, 1)))
    } else if (action === 'split') {
      place(peer)
      peer.run(splitClause)
    } else if (action === 'join') {
      const at = pick(textPlaces(peer.state.doc))
      if (at !== undefined) {
        const up = random() < 0.5
        peer.select(up ? at.start : at.start + at.node.content.size)
        peer.run(up ? joinUp : joinDown)
      }
    } else if (action === 'kind') {
      place(peer)
      peer.run(setKind(pick(TEXT_KINDS) ?? 'text'))
    } else if (action === 'range') {
      const [a, b] = [pick(textPlaces(before)), pick(textPlaces(before))]
      if (a !== undefined && b !== undefined) {
        const anchor = a.start + Math.floor(random() * (a.node.content.size + 1))
        const head = b.start + Math.floor(random() * (b.node.content.size + 1))
        peer.dispatch(
          deleteAcross(peer.state.tr, TextSelection.create(before, Math.min(anchor, head), Math.max(anchor, head))),
        )
      }
    } else if (action === 'delete') {
      const target = pick(clauseIds(peer))
      if (target !== undefined && deleteClause(peer.doc, binding.texts, target.id, binding.commands))
        removedBlocks.add(target.id)
    } else if (action === 'move') {
      const target = pick(clauseIds(peer))
      const to = pick(clauseIds(peer).filter(({ section }) => section === target?.section))
      if (target !== undefined && to !== undefined)
        moveClause(
          peer.doc,
          binding.texts,
          target.id,
          { section: to.section, before: random() < 0.2 ? null : to.id },
          binding.commands,
        )
    } else if (action === 'undo') binding.undo()
    else binding.redo()
    return peer.state.doc !== before
  }

  for (let step = 0; step < steps; step++) {
    now += random() < 0.3 ? 2_000 : 100
    const peer = pick(peers)
    const action = random() < 0.4 ? 'type' : pick(actions)
    if (peer === undefined || action === undefined) continue
    if (turn !== null && random() < 0.3) compose(peer)
    if (random() < 0.05) peer.online = !peer.online
    const before = new Set(lettersOf(peer.state.doc))
    if (act(peer, action)) effects[action]++
    const after = new Set(lettersOf(peer.state.doc))
    for (const one of after) if (!typists.has(one)) typists.set(one, peer.doc.clientID)
    for (const one of before) if (!after.has(one)) gone(one, peer)
    remember(peer)
    if (!peer.viewAgrees()) viewWrong++
    for (const other of peers) {
      for (let n = Math.floor(random() * 3); n > 0; n--) other.send()
      for (let n = Math.floor(random() * 3); n > 0; n--) {
        other.take()
        if (!other.viewAgrees()) viewWrong++
      }
    }
  }
  for (const peer of composing) compose(peer)
  settle(peers)
  return account()

  function account(): RunResult {
    const ends = peers.map((peer) => canonicalJson(readDraft(peer.doc, SHORT_TEMPLATE)))
    for (const peer of peers) if (!peer.viewAgrees()) viewWrong++
    const [first] = peers
    const doc = first?.state.doc ?? draftSchema.node('doc')
    const times = new Map<string, number>()
    const atHome = new Set<string>()
    for (const { node, clause } of textPlaces(doc))
      for (const one of lettersOf(node)) {
        times.set(one, (times.get(one) ?? 0) + 1)
        if (home.get(one) === clause) atHome.add(one)
      }
    const offered = new Set(peers.flatMap((peer) => peer.offers.flatMap((offer) => [...offer.text])))
    for (const one of offered) deleters.delete(one)
    const standing = new Set(clauseIds(first as Peer).map(({ id }) => id))
    const result: RunResult = {
      seed,
      effects,
      typed: home.size,
      offered: offered.size,
      lost: [...home.keys()].filter((one) => !times.has(one) && !offered.has(one) && !deleted.has(one)),
      doubled: [...times].filter(([, count]) => count > 1).map(([one]) => one),
      strayed: [...times.keys()].filter((one) => !atHome.has(one) && !offered.has(one)),
      diverged: new Set(ends).size > 1,
      viewWrong,
      redraws: peers.reduce((sum, peer) => sum + peer.binding.redraws, 0),
      missingBlocks: ['measure0', 'measure1', 'measure2'].filter((id) => !standing.has(id) && !removedBlocks.has(id)),
      typists,
      deleters,
    }
    for (const peer of peers) peer.destroy()
    return result
  }
}
