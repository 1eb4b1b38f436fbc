/** Rules of the ledger: nothing undecided, nothing lost, contradictions listed; amendments bring only what changed. */
import assert from 'node:assert/strict'
import type { Decision } from '../../../shared/merging/decisions.ts'
import { compose, needsReason } from '../../../shared/merging/decisions.ts'
import { ledger } from '../../../shared/merging/ledger.ts'
import { unitsOf, type Source } from '../../../shared/merging/sources.ts'
import { content, heading, id, rec, source, text } from './builders.ts'

const one = source(1, {
  background: [heading('h', 'ปัญหา'), text('a', 'ผู้สูงอายุไม่มีรายได้ประจำ')],
  monitoring: [text('b', 'ประชุมทุกเดือน')],
})
const groups = [{ current: one, earlier: [] }]
const adopt = (...targets: string[]): Decision => ({
  kind: 'adopt',
  reason: '',
  targets: targets.map(id),
  by: 'p',
  at: 0,
})
const decline: Decision = { kind: 'decline', reason: 'ซ้ำ', targets: [], by: 'p', at: 0 }
const from = [{ submission: 's1', clause: 'a' }]

const troubles = (decisions: Record<string, Decision>, sections: Parameters<typeof content>[0]): (string | null)[] =>
  ledger(groups, decisions, content(sections)).rows.map((row) => row.trouble)

describe('ledger', () => {
  it('[ME20] every clause of every submission has a row; undecided rows are counted', () => {
    const empty = ledger(groups, {}, content({}))
    assert.deepEqual(
      empty.rows.map((row) => `${row.key} ${row.code}`),
      ['s1/a 3.2', 's1/b 11.1'],
    )
    assert.equal(empty.remaining, 2)
    const done = ledger(
      groups,
      { 's1/a': adopt('x'), 's1/b': decline },
      content({ background: [text('x', 'ผู้สูงอายุไม่มีรายได้ประจำ', from)] }),
    )
    assert.deepEqual([done.remaining, done.troubled], [0, 0])
    assert.deepEqual(done.rows[0]?.where, [{ clause: 'x', code: '3.1' }])
  })
  it('[ME21] adopted but nowhere, target gone, twice, present though declined: each is named', () => {
    const whole = 'ผู้สูงอายุไม่มีรายได้ประจำ'
    assert.deepEqual(troubles({ 's1/a': adopt() }, {}), ['nowhere', null])
    assert.deepEqual(troubles({ 's1/a': adopt('x') }, {}), ['target-gone', null])
    const twice = { background: [text('x', whole, from), text('y', whole, from)] }
    assert.deepEqual(troubles({ 's1/a': adopt('x') }, twice), ['twice', null])
    assert.deepEqual(troubles({ 's1/a': decline }, { background: [text('x', whole, from)] }), ['present', null])
  })
  it('[ME21] a clause that an editor split is not twice', () => {
    const split = { background: [text('x', 'ผู้สูงอายุ', from), text('y', 'ไม่มีรายได้ประจำ', from)] }
    assert.deepEqual(troubles({ 's1/a': adopt('x') }, split), [null, null])
  })
  it('[ME22] an amended submission brings only what changed: earlier decisions stay', () => {
    const amended = source(
      1,
      {
        background: [text('a', 'ผู้สูงอายุไม่มีรายได้ประจำ')],
        monitoring: [text('b', 'ประชุมทุกสองเดือน'), text('c', 'รายงานผล')],
      },
      's9',
    )
    const held = { background: [text('x', 'ผู้สูงอายุไม่มีรายได้ประจำ', from)] }
    const rows = ledger(
      [{ current: amended, earlier: [one] }],
      { 's1/a': adopt('x'), 's1/b': decline },
      content(held),
    ).rows
    assert.deepEqual(
      rows.map((row) => [row.key, row.change, row.decision?.kind ?? null, row.carried]),
      [
        ['s9/a', null, 'adopt', true],
        ['s9/b', 'changed', null, false],
        ['s9/c', 'added', null, false],
      ],
    )
    assert.deepEqual(rows[0]?.where, [{ clause: 'x', code: '3.1' }])
  })
  it('[ME22] what a group withdrew stays in the ledger with its decision', () => {
    const amended = source(1, { monitoring: [text('b', 'ประชุมทุกเดือน')] }, 's9')
    const rows = ledger([{ current: amended, earlier: [one] }], { 's1/a': decline, 's1/b': decline }, content({})).rows
    assert.deepEqual(
      rows.map((row) => `${row.key} ${row.change ?? '-'}`),
      ['s9/b -', 's1/a withdrawn'],
    )
  })
})

describe('compose', () => {
  let made = 0
  const newId = () => id(`n${(made += 1)}`)
  const two: Source = source(2, { background: [text('z', 'คนแก่ไม่มีรายได้')] })
  const units = [...unitsOf(one), ...unitsOf(two)].filter((unit) => unit.section === 'background')
  it('[ME30] adopting takes each clause with the heading above it, its words marked with their origin', () => {
    const { clauses, targets } = compose('adopt', units, undefined, newId)
    assert.deepEqual(
      clauses.map((clause) => clause.kind),
      ['heading', 'text', 'text'],
    )
    assert.deepEqual(clauses[1]?.kind === 'text' && clauses[1].runs, [{ text: 'ผู้สูงอายุไม่มีรายได้ประจำ', from }])
    assert.equal(targets.get('s2/z')?.length, 1)
  })
  it('[ME30] combining makes one clause that leads back to all its sources', () => {
    const { clauses, targets } = compose('combine', units, 'ผู้สูงอายุขาดรายได้', newId)
    const runs = [{ text: 'ผู้สูงอายุขาดรายได้', from: [...from, { submission: 's2', clause: 'z' }] }]
    assert.deepEqual(
      clauses.map((clause) => clause.kind === 'text' && clause.runs),
      [runs],
    )
    assert.deepEqual(targets.get('s1/a'), targets.get('s2/z'))
  })
  it('[ME30] a combined recommendation keeps the base’s fields, with the base as their origin', () => {
    const base = unitsOf(source(3, { recommendations: [rec('r', { measure: 'เดิม', lead: 'อปท.', levelOf: 'lgo' })] }))
    const [clause] = compose('combine', base, 'ใหม่', newId).clauses
    assert.ok(clause?.kind === 'recommendation' && clause.levelOf === 'lgo')
    assert.deepEqual(clause.fields.lead, [{ text: 'อปท.', from: [{ submission: 's3', clause: 'r' }] }])
  })
  it('[ME31] declining always needs a reason, taking in needs one where clauses conflict', () => {
    assert.deepEqual(
      [
        needsReason('decline', false),
        needsReason('adopt', false),
        needsReason('combine', true),
        needsReason('defer', true),
      ],
      [true, false, true, false],
    )
  })
})
