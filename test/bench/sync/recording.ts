/** What the people of a room write in a bench: real updates of the editor's commands and binding, recorded once and played in every room. */
import * as Y from 'yjs'
import { joinUp, setKind, splitClause, toggleEm, toggleStrong } from '../../../client/drafting/editor/commands.ts'
import { TEXT_KINDS } from '../../../shared/drafting/canonical.ts'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import { seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { Peer, textPlaces } from '../../client/drafting/peer.ts'
import { randomOf } from '../../../shared/random.ts'
import { nameOf } from './dialect.ts'

export type Edit = { readonly bytes: Uint8Array; readonly name: string }
export type Recording = {
  /** What a room holds before anybody writes. */
  readonly seed: Uint8Array
  /** Each person's edits, in order; nobody's build on another's. */
  readonly scripts: readonly (readonly Edit[])[]
  /** How many edits of each sort. */
  readonly sorts: Readonly<Record<string, number>>
}

/** Thai words of a proposal are typed letter by letter, three bytes each. */
const FIRST_LETTER = 0x0e01
const LETTERS = 46
/** Client ids as Yjs draws them, 32 bits. */
const FIRST_CLIENT = 3_100_000_000

/** `people` people write `edits` edits each: 70 % typing, 12 % deleting, and splitting, joining, marks and kinds. The same for a seed. */
export function record(people: number, edits: number, seed: number): Recording {
  const random = randomOf(seed)
  const clauses = Array.from({ length: people }, (_, person) => ({
    id: `bench${person}` as ClauseId,
    kind: 'text' as const,
    level: 0,
    runs: [{ text: 'a first sentence to write on '.repeat(2) }],
  }))
  const first = seedDraft(SHORT_TEMPLATE, { sections: [{ id: 'background', choices: [], clauses }] } as never)
  const sorts: Record<string, number> = {}
  const scripts = Array.from({ length: people }, (_, person) => {
    const peer = new Peer({ log: [] }, SHORT_TEMPLATE, first, FIRST_CLIENT + person)
    const script: Edit[] = []
    /** Clauses that this person writes in: their own, and those split off it. */
    const own = new Set([`bench${person}`])
    while (script.length < edits) {
      const sort = act(peer, own, random)
      const updates = peer.unsent.splice(0)
      if (updates.length === 0) continue
      const bytes = updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates)
      script.push({ bytes, name: nameOf(bytes) })
      sorts[sort] = (sorts[sort] ?? 0) + 1
    }
    peer.destroy()
    return script
  })
  return { seed: first, scripts, sorts }
}

function act(peer: Peer, own: Set<string>, random: () => number): string {
  const places = textPlaces(peer.state.doc).filter(({ clause }) => own.has(clause))
  const place = places[Math.floor(random() * places.length)]
  if (place === undefined) throw new Error('a person of the recording has no clause left')
  const { size } = place.node.content
  const at = (): number => place.start + Math.floor(random() * (size + 1))
  const which = random()
  if (which < 0.7) {
    // Mostly where the caret stands, as people type; a new place now and then.
    const { selection } = peer.state
    const stays = selection.empty && selection.from >= place.start && selection.from <= place.start + size
    if (!stays || random() < 0.1) peer.select(at())
    peer.type(String.fromCharCode(FIRST_LETTER + Math.floor(random() * LETTERS)))
    return 'typing'
  }
  if (which < 0.82) {
    const from = at()
    const to = Math.min(place.start + size, from + 1 + Math.floor(random() * 3))
    if (to > from) peer.dispatch(peer.state.tr.delete(from, to))
    return 'deleting'
  }
  if (which < 0.86) {
    peer.select(at())
    peer.run(splitClause)
    const before = new Set(places.map(({ clause }) => clause))
    let previous = ''
    for (const { clause } of textPlaces(peer.state.doc)) {
      if (!before.has(clause) && own.has(previous)) own.add(clause)
      previous = clause
    }
    return 'splitting'
  }
  if (which < 0.9) {
    // Joining upwards stays within what this person split.
    if (places.length < 2 || places[0] === place) return 'joining'
    peer.select(place.start)
    peer.run(joinUp)
    return 'joining'
  }
  if (which < 0.95) {
    const from = at()
    peer.select(from, Math.min(place.start + size, from + 6))
    peer.run(random() < 0.5 ? toggleStrong : toggleEm)
    return 'marks'
  }
  peer.select(at())
  peer.run(setKind(TEXT_KINDS[Math.floor(random() * TEXT_KINDS.length)] ?? 'text'))
  return 'kinds'
}

/** What four letters at a new place take, a tenth of them deleted. */
const BURST_BYTES = 44

/** A text of about `bytes` bytes in updates that each stay far below a frame's limit: letters typed here and there, a tenth deleted. */
export function largeText(bytes: number, seed: number): Uint8Array[] {
  const random = randomOf(seed)
  const doc = newDraftDoc()
  Y.applyUpdate(doc, seedDraft(SHORT_TEMPLATE))
  let from = Y.encodeStateVector(doc)
  const parts = [Y.encodeStateAsUpdate(doc)]
  let size = parts[0]!.length
  const text = doc.get('section:background', Y.XmlText)
  while (size < bytes) {
    // Another tab every hundred kilobytes or so: a text is written in many sittings.
    doc.clientID = FIRST_CLIENT + 1000 + parts.length
    const until = Math.min(bytes - size, 100_000)
    for (let written = 0; written < until;) {
      doc.transact(() => {
        for (let burst = 0; burst < 20; burst++) {
          let at = Math.max(1, Math.floor(random() * text.length))
          for (let n = 0; n < 4; n++)
            text.insert(at++, String.fromCharCode(FIRST_LETTER + Math.floor(random() * LETTERS)))
          if (random() < 0.4) text.delete(at - 1, 1)
          written += BURST_BYTES
        }
      })
    }
    const part = Y.encodeStateAsUpdate(doc, from)
    from = Y.encodeStateVector(doc)
    parts.push(part)
    size = Y.encodeStateAsUpdate(doc).length
  }
  doc.destroy()
  return parts
}

/** Every section's text with its formats, and what is deleted, as one string: two documents that say the same are equal. */
export function written(doc: Y.Doc): string {
  const sections = SHORT_TEMPLATE.sections.map(({ id }) => doc.get(`section:${id}`, Y.XmlText).toDelta() as unknown)
  const state = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  return JSON.stringify([state, sections], (_key, value: unknown) =>
    value instanceof Y.AbstractType ? value.toJSON() : value,
  )
}
