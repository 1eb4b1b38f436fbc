/** Two texts clause by clause: what was added, reworded, cut and moved, and whose words the new ones are. */
import type { Clause } from '../../shared/drafting/canonical.ts'
import type { ComparedText } from '../../shared/merging/shapes.ts'
import { changedParts, compareContents, partsOf } from '../../shared/merging/diff.ts'
import { mainText } from '../../shared/merging/sources.ts'
import type { FrozenVersion } from './frozen-version.ts'

const whole = (clause: Clause, kind: 'added' | 'removed') =>
  partsOf(clause).map(({ name, text }) => ({ name, runs: [{ kind, text }] }))

const copiedParts = (parts: ReturnType<typeof changedParts>) =>
  parts.map(({ name, runs }) => ({ name, runs: runs.map((run) => ({ ...run })) }))

/** A text, and what says whose words its clauses are. */
export type Comparable = Pick<FrozenVersion, 'content' | 'outcomes'>

/** Counts and changes from the older to the newer version. */
export function comparison(older: Comparable, newer: Comparable): ComparedText {
  const groupsOf = (version: Comparable, clause: string): number[] =>
    [...new Set(version.outcomes.filter((row) => row.where.includes(clause)).map((row) => row.group))].sort(
      (a, b) => a - b,
    )
  const changes = compareContents(older.content, newer.content).map((change): ComparedText['changes'][number] => {
    if (change.kind === 'added') {
      const { clause, code, section } = change.to
      const text = mainText(clause)
      return {
        kind: 'added',
        moved: false,
        section,
        code,
        fromCode: '',
        text,
        parts: whole(clause, 'added'),
        groups: groupsOf(newer, clause.id),
      }
    }
    if (change.kind === 'removed') {
      const { clause, code, section } = change.from
      const groups = groupsOf(older, clause.id)
      return {
        kind: 'removed',
        moved: false,
        section,
        code,
        fromCode: code,
        text: mainText(clause),
        parts: whole(clause, 'removed'),
        groups,
      }
    }
    return {
      kind: change.kind,
      moved: change.moved,
      section: change.to.section,
      code: change.to.code,
      fromCode: change.from.code,
      text: mainText(change.to.clause),
      parts: change.kind === 'changed' ? copiedParts(changedParts(change.from.clause, change.to.clause)) : [],
      groups: groupsOf(newer, change.to.clause.id),
    }
  })
  const count = (kind: string): number => changes.filter((change) => change.kind === kind).length
  const moved = changes.filter((change) => change.moved).length
  return {
    counts: { added: count('added'), changed: count('changed'), removed: count('removed'), moved },
    changes,
  }
}
