/** Undo in a draft by cases: what it takes back, what it leaves, where a step ends. */
import assert from 'node:assert/strict'
import { CaptureRule } from '../../../client/drafting/binding/undo.ts'
import { splitClause } from '../../../client/drafting/editor/commands.ts'

import { settle } from './peer.ts'
import { agree, clauses, into, people } from './people.ts'

describe('Undo in a draft', () => {
  it("[DR23] undo takes back one's own letters and leaves those of others", () => {
    const { alice, bob } = people()
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
    const { alice, bob } = people()
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
    const { alice, bob } = people()
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
    const { alice } = people()
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
})
