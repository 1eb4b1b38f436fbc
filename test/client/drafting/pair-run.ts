/** One thing that somebody does to a clause while two others type in it: seeded rounds in which nobody has seen the others, and a ledger of every letter. */
import { TextSelection } from 'prosemirror-state'
import { deleteClause, moveClause } from '../../../client/drafting/binding/move.ts'
import { joinDown, joinUp, setKind, splitClause } from '../../../client/drafting/editor/commands.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { TEXT_KINDS } from '../../../shared/drafting/canonical.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { restoreDraft } from '../../../shared/drafting/restore.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { entriesOf, wrongTypists } from './authorship-run.ts'
import { randomOf } from '../../../shared/random.ts'
import { seedOf } from './concurrency-run.ts'
import { Peer, settle, textPlaces, type Wire } from './peer.ts'

export const PAIRS = ['split', 'join', 'retype', 'kind', 'move', 'delete', 'undo', 'restore'] as const
export type Pair = (typeof PAIRS)[number]

/** Sums over the rounds of one seed, or of many. Letters but for `rounds` and `took` (rounds in which the action took effect). */
export type PairLedger = {
  rounds: number
  took: number
  typed: number
  inPlace: number
  offered: number
  /** In the text and offered too. */
  both: number
  lost: number
  doubled: number
  /** Ends that differ, and views that show something else than Yjs holds. */
  diverged: number
  /** Letters that authorship gives to another than who typed them, of so many that ever stood. */
  wrongTypist: number
  letters: number
}

const emptyLedger = (): PairLedger => ({
  rounds: 0,
  took: 0,
  typed: 0,
  inPlace: 0,
  offered: 0,
  both: 0,
  lost: 0,
  doubled: 0,
  diverged: 0,
  wrongTypist: 0,
  letters: 0,
})

const ROUNDS = 6
/** One UTF-16 unit each, none of them in the seed. */
const FIRST_LETTER = 0x4e00

/** Runs one pair with a seed; letters that two type in round after round are all different. */
function runPair(pair: Pair, seed: number): PairLedger {
  const random = randomOf(seed * 97 + PAIRS.indexOf(pair))
  const upTo = (most: number): number => Math.floor(random() * most)
  const pick = <T>(list: readonly T[]): T | undefined => list[upTo(list.length)]
  const wire: Wire = { log: [] }
  const first = seedOf()
  let now = 0
  let letter = FIRST_LETTER
  let minted = 1_000_000
  const peers = [1, 2, 3].map((id) => new Peer(wire, SHORT_TEMPLATE, first, id, () => (now += 2_000)))
  const [actor, ...typing] = peers as [Peer, Peer, Peer]
  const typists = new Map<string, string>()
  const ledger = emptyLedger()
  const type = (peer: Peer, count: number, round: Set<string>): void => {
    for (let i = 0; i < count; i++) {
      const one = String.fromCharCode(letter++)
      peer.type(one)
      round.add(one)
      typists.set(one, String(peer.doc.clientID))
    }
  }
  const placesOf = (peer: Peer, clause: string) => textPlaces(peer.state.doc).filter((place) => place.clause === clause)
  const into = (peer: Peer, clause: string): boolean => {
    const place = pick(placesOf(peer, clause))
    if (place !== undefined) peer.select(place.start + upTo(place.node.content.size + 1))
    return place !== undefined
  }
  const restore = (): boolean => {
    const entries = entriesOf(wire, first)
    const wish = { to: 1 + upTo(entries.length), seen: entries.length, locked: [] }
    const restored = restoreDraft(SHORT_TEMPLATE, entries, wish, () => ++minted)
    if (typeof restored === 'string') return false
    wire.log.push({ from: actor, update: restored.update, copies: restored.record.copies })
    return true
  }
  /** What the actor does to a clause; says whether it took effect. */
  const act = (clause: string, round: Set<string>): boolean => {
    const { binding } = actor
    const before = actor.state.doc
    if (pair === 'restore') return restore()
    if (pair === 'undo') binding.undo()
    else if (pair === 'delete') deleteClause(actor.doc, binding.texts, clause, binding.commands)
    else if (pair === 'move') {
      const section = before.content.content.findIndex((one) =>
        one.content.content.some(({ attrs }) => attrs['id'] === clause),
      )
      const others = (before.maybeChild(section)?.content.content ?? []).map(({ attrs }) => String(attrs['id']))
      const to = { section, before: random() < 0.3 ? null : (pick(others) ?? null) }
      moveClause(actor.doc, binding.texts, clause, to, binding.commands)
    } else {
      const place = pick(placesOf(actor, clause))
      if (place === undefined) return false
      const size = place.node.content.size
      if (pair === 'join') {
        const up = random() < 0.5
        actor.select(up ? place.start : place.start + size)
        actor.run(up ? joinUp : joinDown)
      } else if (pair === 'retype') {
        const [a, b] = [upTo(size + 1), upTo(size + 1)]
        const tr = actor.state.tr
        actor.dispatch(
          tr.setSelection(TextSelection.create(tr.doc, place.start + Math.min(a, b), place.start + Math.max(a, b))),
        )
        type(actor, 1 + upTo(3), round)
      } else {
        actor.select(place.start + upTo(size + 1))
        actor.run(pair === 'split' ? splitClause : setKind(pick(TEXT_KINDS) ?? 'text'))
      }
    }
    return actor.state.doc !== before
  }

  for (let n = 0; n < ROUNDS; n++) {
    const clauses = [...new Set(textPlaces(actor.state.doc).map(({ clause }) => clause))].filter(
      (clause) => clause !== 'null',
    )
    const clause = pick(clauses) ?? ''
    // Something of the actor's own that the others have seen, to be undone; and words between the states that are gone back to.
    if (pair === 'undo' && into(actor, clause)) {
      if (random() < 0.5) actor.run(splitClause)
      else type(actor, 2, new Set())
    }
    if (pair === 'restore' && into(actor, clause)) {
      if (random() < 0.5) deleteClause(actor.doc, actor.binding.texts, pick(clauses) ?? '', actor.binding.commands)
      else type(actor, 3, new Set())
    }
    settle(peers)
    const round = new Set<string>()
    const offersBefore = peers.map(({ offers }) => offers.length)
    const isFirst = random() < 0.5
    let took = isFirst && act(clause, round)
    for (const peer of typing)
      for (let words = 1 + upTo(2); words > 0; words--) {
        if (into(peer, clause)) type(peer, 1 + upTo(4), round)
        if (random() < 0.3) while (actor.send());
        if (random() < 0.3) peer.take()
      }
    if (!isFirst) took = act(clause, round)
    settle(peers)
    const times = new Map<string, number>()
    for (const one of actor.state.doc.textContent) times.set(one, (times.get(one) ?? 0) + 1)
    const offered = new Set(
      peers.flatMap(({ offers }, i) => offers.slice(offersBefore[i]).flatMap(({ text }) => [...text])),
    )
    ledger.rounds++
    if (took) ledger.took++
    for (const one of round) {
      const stands = times.get(one) ?? 0
      ledger.typed++
      if (stands === 1 && !offered.has(one)) ledger.inPlace++
      if (stands === 0 && offered.has(one)) ledger.offered++
      if (stands > 0 && offered.has(one)) ledger.both++
      if (stands === 0 && !offered.has(one)) ledger.lost++
      if (stands > 1) ledger.doubled++
    }
    const ends = new Set(peers.map(({ doc }) => canonicalJson(readDraft(doc, SHORT_TEMPLATE))))
    if (ends.size > 1 || peers.some((peer) => !peer.viewAgrees())) ledger.diverged++
  }
  const authorship = wrongTypists(entriesOf(wire, first), typists)
  ledger.wrongTypist = authorship.wrong
  ledger.letters = authorship.letters
  for (const peer of peers) peer.destroy()
  return ledger
}

/** The ledger of one pair over seeds, and the seeds whose letters do not add up. */
export function runPairs(pair: Pair, firstSeed: number, seeds: number): { ledger: PairLedger; broken: number[] } {
  const ledger = emptyLedger()
  const broken: number[] = []
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const found = runPair(pair, seed)
    for (const name of Object.keys(ledger) as (keyof PairLedger)[]) ledger[name] += found[name]
    if (found.lost + found.doubled + found.both + found.diverged + found.wrongTypist > 0) broken.push(seed)
  }
  return { ledger, broken }
}
