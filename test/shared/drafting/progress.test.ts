/** What a draft still lacks, its digest and its codes. */
import assert from 'node:assert/strict'
import { codesOf } from '../../../shared/drafting/clause-codes.ts'
import { digestOf, missingOf } from '../../../shared/drafting/progress.ts'
import { emptyRecommendation } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { clause, content } from './build-draft.ts'

const empty = emptyRecommendation('r1' as ClauseId)
const begun = { ...empty, fields: { ...empty.fields, measure: [{ text: 'ตั้งศูนย์ยืมคืนเตียงประจำตำบล' }] } }
const words = (draft: ReturnType<typeof content>): string[] =>
  missingOf(draft, SHORT_TEMPLATE).map(({ section, field }) => (field === undefined ? section : `${section}.${field}`))
const states = (draft: ReturnType<typeof content>): string[] =>
  digestOf(draft, SHORT_TEMPLATE).sections.map(({ state }) => state)

describe('How far a draft is', () => {
  it('[DR15] an untouched draft lacks its asked sections and no field', () =>
    assert.deepEqual(words(content({ recommendations: [empty] })), [
      'title',
      'background',
      'target_groups',
      'recommendations',
    ]))

  it('[DR15] nine letters are not a clause, ten are', () => {
    assert.ok(words(content({ background: [clause('a', '123456789')] })).includes('background'))
    assert.ok(!words(content({ background: [clause('a', '1234567890')] })).includes('background'))
  })

  it('[DR16] a begun recommendation owes who leads, budget, time and indicator', () =>
    assert.deepEqual(
      words(
        content(
          { title: [clause('t', 'ชื่อข้อเสนอของเรา')], background: [clause('a', '1234567890')], recommendations: [begun] },
          ['elderly'],
        ),
      ),
      ['recommendations.lead', 'recommendations.budget', 'recommendations.timeframe', 'recommendations.kpi'],
    ))

  it('[DR16] an amount is a budget', () =>
    assert.ok(!words(content({ recommendations: [{ ...begun, amount: 1500 }] })).includes('recommendations.budget')))

  it('[DR17] sections are empty, half or full', () =>
    assert.deepEqual(
      states(
        content({ title: [clause('t', 'สั้น')], background: [clause('a', '1234567890')], recommendations: [begun] }, [
          'elderly',
        ]),
      ),
      ['half', 'full', 'full', 'half', 'empty'],
    ))

  it("[DR18] codes count what has content, with the long template's number and the group's prefix", () => {
    const draft = content({
      background: [clause('a', 'หนึ่ง'), clause('b', '  '), clause('c', 'สอง')],
      recommendations: [begun],
    })
    assert.deepEqual(
      [...codesOf(draft, 4)],
      [
        ['a', '4-3.1'],
        ['c', '4-3.2'],
        ['r1', '4-9.1'],
      ],
    )
    assert.equal(codesOf(draft).get('r1' as ClauseId), '9.1')
  })
})
