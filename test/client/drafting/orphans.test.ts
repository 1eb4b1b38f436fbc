/** Letters whose clause somebody moves, ends, splits or deletes while they are typed, by cases. */
import assert from 'node:assert/strict'
import { deleteClause, moveBy } from '../../../client/drafting/binding/move.ts'
import { splitClause } from '../../../client/drafting/editor/commands.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'

import { settle, textPlaces } from './peer.ts'
import { agree, clauses, into, people } from './people.ts'

describe('Letters without their clause', () => {
  it('[DR20] a split and typing behind it keep every letter in place', () => {
    const { alice, bob } = people()
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
    const { alice, bob } = people()
    moveBy(alice.doc, alice.binding.texts, 'a', 1, alice.binding.commands)
    into(bob, 'a', 5)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['b:beta', 'a:alpha!'])
  })

  for (const first of ['alice', 'bob'] as const)
    it(`[DR20] Enter at a clause's end leaves there what somebody else types meanwhile; ${first} has the lower client id`, () => {
      const { alice: one, bob: two_ } = people()
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
    const { alice, bob } = people()
    moveBy(alice.doc, alice.binding.texts, 'a', 1, alice.binding.commands)
    into(bob, 'b', -1)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['b:beta!', 'a:alpha'])
    assert.deepEqual(bob.offers, [])
  })

  it('[DR20] a split with words behind it takes along what somebody else types behind those', () => {
    const { alice, bob } = people()
    into(alice, 'a', 2)
    alice.run(splitClause)
    into(bob, 'a', -1)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob)[0], 'a:al')
    assert.match(clauses(bob)[1] ?? '', /:pha!$/)
  })

  it('[DR26] letters that are put back keep their marks, and the caret goes with them', () => {
    const { alice, bob } = people()
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
    const { alice, bob } = people()
    deleteClause(alice.doc, alice.binding.texts, 'b', alice.binding.commands)
    into(bob, 'b', 4)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['a:alpha'])
    assert.deepEqual(bob.offers, [{ clause: 'b', field: null, text: '!' }])
  })

  it('[DR21] letters of two people in a deleted clause are offered to each', () => {
    const { alice, bob } = people()
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
    const { alice, bob } = people()
    into(bob, 'r1', 3)
    bob.type(' more')
    deleteClause(alice.doc, alice.binding.texts, 'r1', alice.binding.commands)
    agree(alice, bob)
    assert.deepEqual(bob.offers, [{ clause: 'r1', field: 'measure', text: ' more' }])
  })

  it('[DR21] a clause whose first letter was gone is deleted: what two others typed in it is offered to each', () => {
    const { alice, bob, carol } = people()
    into(alice, 'b', 0)
    alice.dispatch(alice.state.tr.delete(alice.state.selection.from, alice.state.selection.from + 1))
    settle([alice, bob, carol])
    deleteClause(alice.doc, alice.binding.texts, 'b', alice.binding.commands)
    for (const [peer, letter] of [
      [bob, '!'],
      [carol, '?'],
    ] as const) {
      into(peer, 'b', -1)
      peer.type(letter)
    }
    settle([bob, carol])
    agree(alice, bob, carol)
    assert.deepEqual(clauses(alice), ['a:alpha'])
    assert.deepEqual([...bob.offers, ...carol.offers].map(({ text }) => text).sort(), ['!', '?'])
  })

  it('[DR21] letters behind a deleted clause stay in theirs when somebody moves a third to where that one stood', () => {
    const { alice, bob } = people()
    into(alice, 'b', 2)
    alice.run(splitClause)
    settle([alice, bob])
    const third = clauses(alice)[2]?.split(':')[0] ?? ''
    moveBy(alice.doc, alice.binding.texts, third, -1, alice.binding.commands)
    deleteClause(bob.doc, bob.binding.texts, 'b', bob.binding.commands)
    into(bob, 'a', -1)
    bob.type('!')
    agree(alice, bob)
    assert.deepEqual(clauses(bob), ['a:alpha!', `${third}:ta`])
    assert.deepEqual(bob.offers, [])
  })

  it('[DR21] letters typed at the start of a clause that somebody gives another id go with it', () => {
    const { alice, bob, carol } = people()
    for (const peer of [bob, carol]) moveBy(peer.doc, peer.binding.texts, 'a', 1, peer.binding.commands)
    settle([alice, carol])
    settle([bob, carol])
    assert.deepEqual(clauses(alice), ['b:beta', 'a:alpha'])
    assert.deepEqual(clauses(carol), ['b:beta', 'a:alpha', 'a~2:alpha'])
    const last = textPlaces(carol.state.doc).filter((place) => place.clause === 'a')[1]
    carol.select((last?.start ?? 0) + 5)
    carol.type('?') // the later of two clauses with one id gets a fresh one
    into(alice, 'a', 0)
    alice.type('!')
    agree(alice, bob, carol)
    assert.deepEqual(clauses(alice).slice(0, 2), ['b:beta', 'a:alpha'])
    assert.match(clauses(alice)[2] ?? '', /^\w{12}:!alpha\?$/)
    assert.deepEqual(alice.offers, [])
  })
})
