/** People at one draft in tests of the binding, and how a test puts carets and reads what stands there. */
import assert from 'node:assert/strict'
import { plainText } from '../../../shared/drafting/canonical.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { emptyRecommendation, seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { clause, content } from '../../shared/drafting/build-draft.ts'
import { Peer, settle, textPlaces } from './peer.ts'
import type { Wire } from './peer.ts'

/** Three people at one draft with two clauses and a recommendation; undo takes a step for each change, for the clock jumps. */
export function people(): { alice: Peer; bob: Peer; carol: Peer } {
  const measure = emptyRecommendation('r1' as ClauseId)
  const seed = seedDraft(
    SHORT_TEMPLATE,
    content({
      background: [clause('a', 'alpha'), clause('b', 'beta')],
      recommendations: [{ ...measure, fields: { ...measure.fields, measure: [{ text: 'pay' }] } }],
    }),
  )
  const wire: Wire = { log: [] }
  let now = 0
  const clock = (): number => (now += 5_000)
  const [alice, bob, carol] = [1, 2, 3].map((id) => new Peer(wire, SHORT_TEMPLATE, seed, id, clock)) as [
    Peer,
    Peer,
    Peer,
  ]
  return { alice, bob, carol }
}

/** Puts the caret in a clause; a negative offset counts from its end. */
export function into(peer: Peer, id: string, offset: number): void {
  const place = textPlaces(peer.state.doc).find((candidate) => candidate.clause === id)
  assert.ok(place !== undefined, `no clause ${id}`)
  peer.select(place.start + (offset < 0 ? place.node.content.size + 1 + offset : offset))
}

/** The background's clauses as `id:text`. */
export function clauses({ doc }: Peer): string[] {
  const section = readDraft(doc, SHORT_TEMPLATE).sections.find(({ id }) => id === 'background')
  return (section?.clauses ?? []).map((one) => `${one.id}:${'runs' in one ? plainText(one.runs) : ''}`)
}

export function recommendation({ doc }: Peer) {
  const section = readDraft(doc, SHORT_TEMPLATE).sections.find(({ id }) => id === 'recommendations')
  return section?.clauses.find((one) => one.kind === 'recommendation')
}

export function agree(...peers: Peer[]): void {
  settle(peers)
  for (const peer of peers) {
    assert.ok(peer.viewAgrees(), 'the view shows something else than Yjs holds')
    assert.deepEqual(clauses(peer), clauses(peers[0] as Peer))
    assert.equal(peer.binding.redraws, 0)
  }
}
