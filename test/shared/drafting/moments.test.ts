/** The moments of a draft that somebody may want back, found in its journal. */
import assert from 'node:assert/strict'
import type { DraftContent } from '../../../shared/drafting/canonical.ts'
import { momentsOf, type JournalEntry } from '../../../shared/drafting/moments.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { clause, content } from './build-draft.ts'
import { PatchedJournal } from './patched-journal.ts'

describe('Moments of a draft', () => {
  const MINUTE = 60_000
  const words = (count: number): string => 'ก'.repeat(count)
  const one = (text: string): DraftContent => content({ background: [clause('a', text)] })

  function moments(steps: readonly { at: number; write?: DraftContent; kind?: string; to?: number }[]) {
    const journal = new PatchedJournal()
    const entries: JournalEntry[] = [{ seq: 1, at: 0, kind: 'update', to: null, sent: journal.entries[0] ?? null }]
    for (const { at, write, kind = 'update', to = null } of steps) {
      const seq = entries.length + 1
      if (write !== undefined) journal.write('ann', write)
      const sent = journal.entries.at(-1)
      entries.push({ seq, at, kind, to, sent: write === undefined || sent === undefined ? null : { ...sent, seq } })
    }
    return momentsOf(SHORT_TEMPLATE, entries).map(({ seq, kind, letters }) => `${seq} ${kind} ${letters}`)
  }

  it('[RE7] the text before somebody deleted everything is one, in one blow or clause by clause', () => {
    assert.deepEqual(
      moments([
        { at: 1, write: one(words(200)) },
        { at: 2, write: one('') },
      ]),
      ['2 before-loss 200', '1 begun 0'],
    )
    const slowly = [200, 170, 140, 110, 80, 50, 20].map((count, i) => ({ at: i * MINUTE, write: one(words(count)) }))
    assert.deepEqual(moments(slowly), ['2 before-loss 200', '1 begun 0'])
  })

  it('[RE7] rewording and small deletions are none; a second loss is one after as much was written again', () => {
    const counts = [300, 290, 280, 300, 100, 90, 200, 20]
    const steps = counts.map((count, i) => ({ at: i, write: one(words(count)) }))
    assert.deepEqual(moments(steps), ['8 before-loss 200', '5 before-loss 300', '1 begun 0'])
  })

  it('[RE7] so are each handing in, the text before and after a restore, and the end of each stretch of writing', () => {
    const steps = [
      { at: 1, write: one(words(10)) },
      { at: 2, write: one(words(20)) },
      { at: 6 * MINUTE, write: one(words(30)) },
      { at: 6 * MINUTE, kind: 'close' },
      { at: 7 * MINUTE, kind: 'reopen' },
      { at: 8 * MINUTE, write: one(words(40)) },
      { at: 8 * MINUTE, kind: 'restore-point', to: 3 },
      { at: 8 * MINUTE, write: one(words(20)) },
      { at: 8 * MINUTE, write: one(words(21)) },
    ]
    assert.deepEqual(moments(steps), [
      '9 restored 20',
      '7 before-restore 40',
      '4 handed-in 30',
      '3 pause 20',
      '1 begun 0',
    ])
  })
})
