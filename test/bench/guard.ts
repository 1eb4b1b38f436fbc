/** `npm run bench -- guard`: µs an update for judging and taking in what the real binding sends, by kind of edit; one process, no network. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { toggleMark } from 'prosemirror-commands'
import { judgeUpdate } from '../../server/collab/guard.ts'
import { KnownText } from '../../server/collab/known-text.ts'
import { setKind, splitClause } from '../../client/drafting/editor/commands.ts'
import { draftSchema } from '../../shared/drafting/schema.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import { randomOf } from '../../shared/random.ts'
import { seedOf } from '../client/drafting/concurrency-run.ts'
import { Peer, settle, textPlaces } from '../client/drafting/peer.ts'
import type { Wire } from '../client/drafting/peer.ts'

const PEOPLE = 10
const EDITS = 3000
const ROUNDS = 7

type Kind = 'typing' | 'deleting' | 'splitting' | 'marks' | 'kinds'
const KINDS: readonly Kind[] = ['typing', 'typing', 'typing', 'typing', 'deleting', 'splitting', 'marks', 'kinds']

/** Ten people write, everybody sees everybody's; each update with its sender and what it was. */
function write(): { first: Uint8Array; sent: { sender: string; kind: Kind; update: Uint8Array }[] } {
  const random = randomOf(7)
  const wire: Wire = { log: [] }
  const first = seedOf()
  const peers = Array.from({ length: PEOPLE }, (_, at) => new Peer(wire, SHORT_TEMPLATE, first, at + 1))
  const kinds: Kind[] = []
  for (let edit = 0; edit < EDITS; edit++) {
    const peer = peers[edit % PEOPLE]!
    const kind = KINDS[Math.floor(random() * KINDS.length)]!
    const places = textPlaces(peer.state.doc)
    const { start, node } = places[Math.floor(random() * places.length)]!
    const at = start + Math.floor(random() * (node.content.size + 1))
    if (kind === 'typing') {
      peer.select(at)
      for (const letter of 'ผู้สูงอายุ') peer.type(letter)
    } else if (kind === 'splitting') {
      peer.select(at)
      peer.run(splitClause)
    } else if (kind === 'kinds') {
      peer.select(at)
      peer.run(setKind(random() < 0.5 ? 'heading' : 'text'))
    } else {
      peer.select(start, start + Math.min(6, node.content.size))
      if (kind === 'marks') peer.run(toggleMark(draftSchema.marks.strong))
      else if (node.content.size > 0) peer.dispatch(peer.state.tr.deleteSelection())
    }
    settle(peers)
    while (kinds.length < wire.log.length) kinds.push(kind)
  }
  const sent = wire.log.map(({ from, update }, at) => ({ sender: `p${from.doc.clientID}`, kind: kinds[at]!, update }))
  return { first, sent }
}

/** Least µs an update over the rounds, by kind. */
function measure({ first, sent }: ReturnType<typeof write>): { best: Map<Kind, number>; known: KnownText } {
  const best = new Map<Kind, number>()
  let known = new KnownText(SHORT_TEMPLATE.id, false)
  for (let round = 0; round < ROUNDS; round++) {
    known = new KnownText(SHORT_TEMPLATE.id, false)
    known.learn(first, 'server')
    const sums = new Map<Kind, { time: number; count: number }>()
    const locked = new Map<never, number>()
    for (const { sender, kind, update } of sent) {
      const from = performance.now()
      const verdict = judgeUpdate(update, known, { sender, awaited: false, locked })
      if (verdict.kind === 'new') known.take(verdict.addition, sender)
      known.settle(1)
      const sum = sums.get(kind) ?? { time: 0, count: 0 }
      sums.set(kind, { time: sum.time + performance.now() - from, count: sum.count + 1 })
      if (verdict.kind !== 'new' && verdict.kind !== 'known') throw new Error(JSON.stringify(verdict))
    }
    for (const [kind, { time, count }] of sums)
      best.set(kind, Math.min(best.get(kind) ?? Infinity, (time / count) * 1000))
  }
  return { best, known }
}

const { values } = parseArgs({ options: { json: { type: 'string' } } })
const written = write()
const { best, known } = measure(written)
const from = performance.now()
const loaded = new KnownText(SHORT_TEMPLATE.id, false)
for (const { sender, update } of written.sent) loaded.learn(update, sender)
const loading = ((performance.now() - from) / written.sent.length) * 1000
const lines = [
  ...[...best].map(([kind, value]) => ({ subject: 'guard', measure: kind, unit: 'µs', value })),
  { subject: 'guard', measure: 'learning an entry', unit: 'µs', value: loading },
  { subject: 'guard', measure: 'intervals', unit: '', value: known.sizes.intervals },
  { subject: 'guard', measure: 'chains', unit: '', value: known.sizes.chains },
  { subject: 'guard', measure: 'deleted ranges', unit: '', value: known.sizes.deleted },
]
console.log(`${written.sent.length} updates of ${PEOPLE} people`)
for (const { measure: name, unit, value } of lines)
  console.log(`${name.padEnd(20)} ${value.toFixed(2).padStart(9)} ${unit}`)
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(lines, null, 2))
