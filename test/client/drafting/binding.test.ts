/** The binding by cases: undo, ids, carets, recommendations, put-back, and where a clause goes. */
import assert from 'node:assert/strict'
import { TextSelection } from 'prosemirror-state'
import { deleteClause, moveBy, setLgoType } from '../../../client/drafting/binding/move.ts'
import { CaptureRule } from '../../../client/drafting/binding/undo.ts'
import { elementAt } from '../../../client/drafting/binding/flow.ts'
import { joinUp, selectAllText, setKind, splitClause } from '../../../client/drafting/editor/commands.ts'
import { deleteSelected } from '../../../client/drafting/editor/commands.ts'
import { plainText } from '../../../shared/drafting/canonical.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'
import { emptyRecommendation, seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { clause, content } from '../../shared/drafting/build-draft.ts'
import { Peer, settle, textPlaces } from './peer.ts'
import type { Wire } from './peer.ts'

/** Two people at one draft with two clauses and a recommendation; undo takes a step for each change, for the clock jumps. */
function two(): { alice: Peer; bob: Peer } {
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
  return { alice: new Peer(wire, SHORT_TEMPLATE, seed, 1, clock), bob: new Peer(wire, SHORT_TEMPLATE, seed, 2, clock) }
}

/** Puts the caret in a clause; a negative offset counts from its end. */
function into(peer: Peer, id: string, offset: number): void {
  const place = textPlaces(peer.state.doc).find((candidate) => candidate.clause === id)
  assert.ok(place !== undefined, `no clause ${id}`)
  peer.select(place.start + (offset < 0 ? place.node.content.size + 1 + offset : offset))
}

/** The background's clauses as `id:text`. */
function clauses({ doc }: Peer): string[] {
  const section = readDraft(doc, SHORT_TEMPLATE).sections.find(({ id }) => id === 'background')
  return (section?.clauses ?? []).map((one) => `${one.id}:${'runs' in one ? plainText(one.runs) : ''}`)
}

function recommendation({ doc }: Peer) {
  const section = readDraft(doc, SHORT_TEMPLATE).sections.find(({ id }) => id === 'recommendations')
  return section?.clauses.find((one) => one.kind === 'recommendation')
}

function agree(...peers: Peer[]): void {
  settle(peers)
  for (const peer of peers) {
    assert.ok(peer.viewAgrees(), 'the view shows something else than Yjs holds')
    assert.deepEqual(clauses(peer), clauses(peers[0] as Peer))
    assert.equal(peer.binding.redraws, 0)
  }
}

describe('The binding of a draft', () => {
  it('[DR25] a split keeps the id with the half that has text, else the left', () => {
    const { alice } = two()
    into(alice, 'a', 2)
    alice.run(splitClause)
    into(alice, 'b', 0)
    alice.run(splitClause)
    into(alice, 'b', -1)
    alice.run(splitClause)
    const found = clauses(alice)
    assert.deepEqual(
      found.map((one) => one.split(':')[1]),
      ['al', 'pha', '', 'beta', ''],
    )
    assert.equal(found[0], 'a:al')
    assert.equal(found[3], 'b:beta')
    assert.equal(new Set(found.map((one) => one.split(':')[0])).size, 5)
  })

  it('[DR25] a join keeps the upper id', () => {
    const { alice, bob } = two()
    into(alice, 'b', 0)
    alice.run(joinUp)
    into(bob, 'b', 2)
    bob.type('XY')
    agree(alice, bob)
    assert.deepEqual(clauses(alice), ['a:alphabeXYta'])
  })

  it('[DR20] a split and typing behind it keep every letter in place', () => {
    const { alice, bob } = two()
    into(alice, 'a', 2)
    alice.run(splitClause)
    into(bob, 'a', -1)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(
      clauses(alice).map((one) => one.split(':')[1]),
      ['al', 'pha!', 'beta'],
    )
  })

  it('[DR21] letters typed in a clause that somebody moves follow it', () => {
    const { alice, bob } = two()
    moveBy(alice.doc, alice.binding.texts, 'a', 1, alice.binding.commands)
    into(bob, 'a', 5)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['b:beta', 'a:alpha!'])
  })

  for (const first of ['alice', 'bob'] as const)
    it(`[DR20] Enter at a clause's end leaves there what somebody else types meanwhile; ${first} has the lower client id`, () => {
      const { alice: one, bob: two_ } = two()
      const [alice, bob] = first === 'alice' ? [one, two_] : [two_, one]
      into(alice, 'a', -1)
      alice.run(splitClause)
      alice.type('new')
      into(bob, 'a', -1)
      bob.type('!')
      bob.type('?')
      settle([alice, bob])
      bob.type(' more')
      alice.type('er')
      agree(alice, bob)
      assert.deepEqual(
        clauses(bob).map((one) => one.slice(one.indexOf(':') + 1)),
        ['alpha!? more', 'newer', 'beta'],
      )
    })

  it('[DR21] a clause moved behind another leaves what somebody else types at that one’s end', () => {
    const { alice, bob } = two()
    moveBy(alice.doc, alice.binding.texts, 'a', 1, alice.binding.commands)
    into(bob, 'b', -1)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['b:beta!', 'a:alpha'])
    assert.deepEqual(bob.offers, [])
  })

  it('[DR20] a split with words behind it takes along what somebody else types behind those', () => {
    const { alice, bob } = two()
    into(alice, 'a', 2)
    alice.run(splitClause)
    into(bob, 'a', -1)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob)[0], 'a:al')
    assert.match(clauses(bob)[1] ?? '', /:pha!$/)
  })

  it('[DR26] letters that are put back keep their marks, and the caret goes with them', () => {
    const { alice, bob } = two()
    moveBy(alice.doc, alice.binding.texts, 'a', 1, alice.binding.commands)
    into(bob, 'a', 2)
    bob.dispatch(bob.state.tr.addStoredMark(draftSchema.mark('strong')))
    bob.type('!')
    settle([alice, bob])
    bob.type('?')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['b:beta', 'a:al!?pha'])
    const marked = textPlaces(alice.state.doc)
      .find((place) => place.clause === 'a')
      ?.node.child(1)
    assert.equal(marked?.text?.[0], '!')
    assert.deepEqual(
      marked?.marks.map(({ type }) => type.name),
      ['strong'],
    )
  })

  it('[DR21] letters typed in a clause that somebody deletes are offered, and do not slide into the clause above', () => {
    const { alice, bob } = two()
    deleteClause(alice.doc, alice.binding.texts, 'b', alice.binding.commands)
    into(bob, 'b', 4)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['a:alpha'])
    assert.deepEqual(bob.offers, [{ clause: 'b', field: null, text: '!' }])
  })

  it('[DR21] letters of two people in a deleted clause are offered to each', () => {
    const { alice, bob } = two()
    into(bob, 'b', 0)
    bob.type('1')
    into(alice, 'b', 4)
    alice.type('2')
    settle([alice, bob])
    alice.online = false
    into(alice, 'b', -1)
    alice.type('3')
    deleteClause(bob.doc, bob.binding.texts, 'b', bob.binding.commands)
    agree(alice, bob)
    assert.deepEqual(
      alice.offers.map(({ text }) => text),
      ['3'],
    )
    assert.deepEqual(bob.offers, [])
  })

  it('[DR21] letters typed in a recommendation that somebody moves or deletes follow it or are offered', () => {
    const { alice, bob } = two()
    into(bob, 'r1', 3)
    bob.type(' more')
    deleteClause(alice.doc, alice.binding.texts, 'r1', alice.binding.commands)
    agree(alice, bob)
    assert.deepEqual(bob.offers, [{ clause: 'r1', field: 'measure', text: ' more' }])
  })

  it('[DR22] two people write in one empty field and meet in one text', () => {
    const { alice, bob } = two()
    for (const [peer, letter] of [
      [alice, 'A'],
      [bob, 'B'],
    ] as const) {
      const lead = textPlaces(peer.state.doc).filter(({ clause: id }) => id === 'r1')[1]
      peer.select(lead?.start ?? 0)
      peer.type(letter)
    }
    agree(alice, bob)
    const found = recommendation(alice)
    assert.equal(found?.kind === 'recommendation' ? plainText(found.fields.lead).length : 0, 2)
  })

  it('[DR22] choices of a recommendation: ticked once by two people, the last single choice wins', () => {
    const { alice, bob } = two()
    for (const peer of [alice, bob]) {
      const text = peer.binding.texts[3]
      const element = text === undefined ? null : elementAt(text, 0)
      assert.ok(element !== null)
      setLgoType(peer.doc, element, 'sao', true, peer.binding.commands)
      peer.doc.transact(
        () => element.setAttribute('levelOf', peer === alice ? 'lgo' : 'province'),
        peer.binding.commands,
      )
    }
    agree(alice, bob)
    const found = recommendation(alice)
    assert.deepEqual(found?.kind === 'recommendation' ? found.lgoTypes : [], ['sao'])
  })

  it("[DR23] undo takes back one's own letters and leaves those of others", () => {
    const { alice, bob } = two()
    into(alice, 'a', 5)
    alice.type('ONE')
    settle([alice, bob])
    into(bob, 'a', 7)
    bob.type('+')
    settle([alice, bob])
    alice.binding.undo()
    agree(alice, bob)
    assert.deepEqual(clauses(alice), ['a:alpha+', 'b:beta'])
    alice.binding.redo()
    agree(alice, bob)
    assert.equal(clauses(alice)[0], 'a:alphaON+E')
  })

  it('[DR23] undo of a new clause leaves the clause when others wrote in it', () => {
    const { alice, bob } = two()
    into(alice, 'a', -1)
    alice.run(splitClause)
    settle([alice, bob])
    const made = clauses(bob)[1]?.split(':')[0] ?? ''
    into(bob, made, 0)
    bob.type('mine')
    settle([alice, bob])
    alice.binding.undo()
    agree(alice, bob)
    assert.deepEqual(clauses(alice), ['a:alpha', `${made}:mine`, 'b:beta'])
  })

  it('[DR23] undo of a split joins it again, also when others typed behind it', () => {
    const { alice, bob } = two()
    into(alice, 'a', 2)
    alice.run(splitClause)
    settle([alice, bob])
    into(bob, clauses(bob)[1]?.split(':')[0] ?? '', -1)
    bob.type('!')
    settle([alice, bob])
    alice.binding.undo()
    agree(alice, bob)
    assert.deepEqual(clauses(alice), ['a:alpha!', 'b:beta'])
  })

  it('[DR23] undo puts the selection back where it was', () => {
    const { alice } = two()
    into(alice, 'a', 2)
    alice.type('x')
    into(alice, 'b', 1)
    alice.binding.undo()
    assert.equal(alice.state.selection.$head.parent.textContent, 'alpha')
    assert.equal(alice.state.selection.$head.parentOffset, 2)
  })

  it('[DR24] an undo step begins after a pause, 24 letters or a space, never with a mark', () => {
    const rule = new CaptureRule()
    assert.equal(rule.begins('ท', 10_000), true)
    assert.equal(rule.begins('ี', 12_000), false)
    assert.equal(rule.begins('่', 14_000), false)
    assert.equal(rule.begins('น', 14_100), false)
    assert.equal(rule.begins(' ', 14_200), false)
    assert.equal(rule.begins('น', 14_300), true)
    assert.equal(rule.begins('ก', 16_000), true)
    assert.equal(rule.begins('\n', 16_100), true) // a new clause is a step of its own
    assert.equal(rule.begins('ข', 16_200), true)
  })

  it('[DR26] a caret stays with its letter when others type before it and exactly at it', () => {
    const { alice, bob } = two()
    into(alice, 'a', 3)
    into(bob, 'a', 0)
    bob.type('12')
    into(bob, 'a', 5)
    bob.type('34')
    agree(alice, bob)
    assert.equal(alice.state.selection.$head.parent.textContent, '12alp34ha')
    assert.equal(alice.state.selection.$head.parentOffset, 5)
  })

  it("[DR26] a place in a field and at a clause's start leads back to itself", () => {
    const { alice } = two()
    for (const { start } of textPlaces(alice.state.doc)) {
      alice.select(start)
      const { head = null } = alice.binding.selection() ?? {}
      assert.equal(alice.binding.position(head), start)
    }
  })

  it('[DR31] deleting everything empties clauses and fields, keeps sections and recommendations', () => {
    const { alice } = two()
    alice.run(setKind('heading'))
    alice.run(selectAllText)
    assert.ok(alice.state.selection instanceof TextSelection)
    alice.run(deleteSelected)
    assert.equal(alice.state.doc.textContent, '')
    assert.equal(alice.state.doc.childCount, SHORT_TEMPLATE.sections.length)
    assert.equal(recommendation(alice)?.id, 'r1')
    assert.deepEqual(clauses(alice), ['a:'])
  })
})
