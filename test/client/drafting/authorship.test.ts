/** Who typed and who deleted, held against the record that seeded runs of the real binding keep of their own. */
import assert from 'node:assert/strict'
import { moveClause } from '../../../client/drafting/binding/move.ts'
import { authorsAt } from '../../../shared/drafting/authorship/authors.ts'
import { plainText } from '../../../shared/drafting/canonical.ts'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import * as Y from 'yjs'
import { compare, entriesOf } from './authorship-run.ts'
import { ACTIONS, ALL_ACTIONS, seedOf } from './concurrency-run.ts'
import { Peer, settle, textPlaces, type Wire } from './peer.ts'

const SEEDS = 8
const STEPS = 60

describe('Authorship', function () {
  this.timeout(60_000)

  it('[AU1] every letter belongs to whoever typed it first, however often it was moved, undone and put back', () => {
    let [letters, copies, byClientId] = [0, 0, 0]
    for (let seed = 1; seed <= SEEDS; seed++) {
      const found = compare(seed, STEPS, ACTIONS)
      assert.equal(found.wrongTypist, 0, `seed ${seed}: letters of another typist`)
      assert.equal(found.wrongEntry, 0, `seed ${seed}: letters of another entry`)
      letters += found.letters
      copies += found.copies
      byClientId += found.byClientId
    }
    assert.ok(letters > 1_000 && copies > 100, `${letters} letters, ${copies} copies: the test would show nothing`)
    assert.ok(byClientId > 100, 'client ids alone would do: the test would show nothing')
  })

  it('[AU1] letters that died with a moved measure and were put back are copies, though somebody deleted the dead ones too', () => {
    const wire: Wire = { log: [] }
    const first = seedOf()
    const [ann, bob, cy] = [1, 2, 3].map((id) => new Peer(wire, SHORT_TEMPLATE, first, id)) as [Peer, Peer, Peer]
    const inMeasure = (peer: Peer) => textPlaces(peer.state.doc).find(({ clause }) => clause === 'measure1')?.start ?? 0
    ann.select(inMeasure(ann))
    ann.type('一丁')
    ann.send()
    cy.take()
    const section = SHORT_TEMPLATE.sections.findIndex(({ id }) => id === 'recommendations')
    moveClause(bob.doc, bob.binding.texts, 'measure1', { section, before: 'measure0' }, bob.binding.commands)
    bob.send()
    const start = inMeasure(cy)
    cy.dispatch(cy.state.tr.delete(start, start + 1))
    cy.send()
    settle([ann, bob, cy])
    const entries = entriesOf(wire, first)
    const parts = authorsAt(SHORT_TEMPLATE, entries, entries.length).flatMap(({ clauses }) =>
      clauses.flatMap((clause) => (clause.clause === 'measure1' ? clause.parts : [])),
    )
    const [typed] = parts.flatMap(({ runs }) => runs).filter(({ text }) => text.includes('丁'))
    assert.deepEqual([typed?.text, typed?.typedBy, typed?.typedAt], ['一丁', '1', { first: 2, last: 2 }])
    for (const peer of [ann, bob, cy]) peer.destroy()
  })

  it('[AU2] the same with letters that stand many times, of an alphabet of twenty', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const found = compare(seed, STEPS, ACTIONS, { letters: 20 })
      assert.equal(found.wrongTypist, 0, `seed ${seed}: letters of another typist`)
    }
  })

  it('[AU3] a deleted letter is said to be deleted by who took it out', () => {
    let dead = 0
    for (let seed = 1; seed <= SEEDS; seed++) {
      const found = compare(seed, STEPS, ['delete', 'range', 'split', 'kind'])
      assert.equal(found.wrongDeleter, 0, `seed ${seed}: letters of another deleter`)
      dead += found.dead
    }
    assert.ok(dead > 100, `${dead} deleted letters: the test would show nothing`)
  })

  it('[AU3] typist, entry and deleter are known with restores among everything else', () => {
    for (const seed of [5, 25, 40]) {
      const { wrongTypist, wrongEntry, wrongDeleter, run } = compare(seed, STEPS, ALL_ACTIONS)
      assert.deepEqual({ wrongTypist, wrongEntry, wrongDeleter }, { wrongTypist: 0, wrongEntry: 0, wrongDeleter: 0 })
      assert.ok(run.effects.restore > 0, `seed ${seed}: nothing was restored, the test would show nothing`)
    }
  })

  it('[AU4] at any entry the letters that stand read as the draft read then, clause by clause', () => {
    const { entries } = compare(3, STEPS, ACTIONS)
    for (let seq = 1; seq <= entries.length; seq += 9) {
      const doc = newDraftDoc()
      for (const entry of entries.filter((one) => one.seq <= seq)) Y.applyUpdate(doc, entry.bytes)
      const read = readDraft(doc, SHORT_TEMPLATE).sections.map(({ clauses }) =>
        clauses.map((clause) => {
          if (clause.kind === 'table') return [clause.id, clause.rows.flat().map(plainText).join('')]
          if (clause.kind === 'recommendation') return [clause.id, Object.values(clause.fields).map(plainText).join('')]
          return [clause.id, plainText(clause.runs)]
        }),
      )
      const found = authorsAt(SHORT_TEMPLATE, entries, seq).map(({ clauses }) =>
        clauses.flatMap(({ clause, parts }) => {
          const runs = parts.flatMap((part) => part.runs).filter(({ deleted }) => deleted === null)
          return clause === null ? [] : [[clause, runs.map(({ text }) => text).join('')]]
        }),
      )
      assert.deepEqual(found, read, `entry ${seq}`)
    }
  })
})
