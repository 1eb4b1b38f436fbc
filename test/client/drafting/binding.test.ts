/** The binding by cases: ids, carets, fields and choices. */
import assert from 'node:assert/strict'
import { TextSelection } from 'prosemirror-state'
import { setLgoType } from '../../../client/drafting/binding/move.ts'
import { elementAt } from '../../../client/drafting/binding/flow.ts'
import { joinUp, selectAllText, setKind, splitClause } from '../../../client/drafting/editor/commands.ts'
import { deleteSelected } from '../../../client/drafting/editor/commands.ts'
import { plainText } from '../../../shared/drafting/canonical.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'

import { textPlaces } from './peer.ts'
import { agree, clauses, into, people, recommendation } from './people.ts'

describe('The binding of a draft', () => {
  it('[DR25] a split keeps the id with the half that has text, else the left', () => {
    const { alice } = people()
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
    const { alice, bob } = people()
    into(alice, 'b', 0)
    alice.run(joinUp)
    into(bob, 'b', 2)
    bob.type('XY')
    agree(alice, bob)
    assert.deepEqual(clauses(alice), ['a:alphabeXYta'])
  })

  it('[DR22] two people write in one empty field and meet in one text', () => {
    const { alice, bob } = people()
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
    const { alice, bob } = people()
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

  it('[DR26] a caret stays with its letter when others type before it and exactly at it', () => {
    const { alice, bob } = people()
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
    const { alice } = people()
    for (const { start } of textPlaces(alice.state.doc)) {
      alice.select(start)
      const { head = null } = alice.binding.selection() ?? {}
      assert.equal(alice.binding.position(head), start)
    }
  })

  it('[DR31] deleting everything empties clauses and fields, keeps sections and recommendations', () => {
    const { alice } = people()
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
