/** What an amended submission brings: which clauses are the same as before, changed, new or withdrawn; earlier decisions stay. */
import { compareContents } from './diff.ts'
import { unitsOf, type Source, type Unit } from './sources.ts'

/** What is known of a unit's past. */
export type Followed = {
  /** Keys of the same words in earlier submissions, newest first: their decisions still hold. */
  readonly same: readonly string[]
  /** Key of the earlier clause whose words this one replaces. */
  readonly replaced: string | null
  readonly change: 'added' | 'changed' | 'withdrawn' | null
}

export type Delta = {
  readonly histories: ReadonlyMap<string, Followed>
  /** Units of the submission before that are gone. */
  readonly withdrawn: readonly Unit[]
}

type Step = { readonly same: Map<string, string>; readonly replaced: Map<string, string>; readonly gone: Unit[] }

function step(older: Source, newer: Source): Step {
  const [before, after] = [unitsOf(older), unitsOf(newer)]
  const key = (units: readonly Unit[], clause: string): string | undefined =>
    units.find((unit) => unit.ref.clause === clause)?.key
  const same = new Map<string, string>()
  const replaced = new Map<string, string>()
  const gone: Unit[] = []
  for (const change of compareContents(older.content, newer.content)) {
    if (change.kind === 'added') continue
    const old = key(before, change.from.clause.id)
    if (change.kind === 'removed') {
      const unit = before.find((item) => item.key === old)
      if (unit !== undefined) gone.push(unit)
      continue
    }
    const now = key(after, change.to.clause.id)
    if (old !== undefined && now !== undefined) (change.kind === 'unchanged' ? same : replaced).set(now, old)
  }
  return { same, replaced, gone }
}

/** The past of every unit of the current submission. With no earlier submission nothing is a change. */
export function followed(current: Source, earlier: readonly Source[]): Delta {
  const histories = new Map<string, Followed>()
  const previous = earlier[0]
  if (previous === undefined) return { histories, withdrawn: [] }
  const { same, replaced, gone } = step(previous, current)
  const older = followed(previous, earlier.slice(1))
  for (const unit of unitsOf(current)) {
    const before = same.get(unit.key)
    if (before !== undefined) {
      histories.set(unit.key, {
        same: [before, ...(older.histories.get(before)?.same ?? [])],
        replaced: null,
        change: null,
      })
      continue
    }
    const changed = replaced.get(unit.key)
    histories.set(unit.key, {
      same: [],
      replaced: changed ?? null,
      change: changed === undefined ? 'added' : 'changed',
    })
  }
  return { histories, withdrawn: [...gone, ...older.withdrawn] }
}
