/** What an amended submission brings: which clauses are the same as before, changed, new or withdrawn; earlier decisions stay. */
import { compareContents } from './diff.ts'
import { unitsOf, type Source, type Unit } from './sources.ts'

/** What is known of a unit's past. */
export type Followed = {
  /** Keys of the same words in earlier submissions, newest first: their decisions still hold. */
  readonly same: readonly string[]
  /** Key of the earlier clause whose words this one replaces. */
  readonly replaced: string | null
  /** That earlier clause. */
  readonly before: Unit | null
  readonly change: 'added' | 'changed' | 'withdrawn' | null
}

export type Delta = {
  readonly histories: ReadonlyMap<string, Followed>
  /** Units of the submission before that are gone. */
  readonly withdrawn: readonly Unit[]
}

type Step = { readonly same: Map<string, string>; readonly replaced: Map<string, Unit>; readonly gone: Unit[] }

function step(older: Source, newer: Source): Step {
  const [before, after] = [unitsOf(older), unitsOf(newer)]
  const unit = (units: readonly Unit[], clause: string): Unit | undefined =>
    units.find((candidate) => candidate.ref.clause === clause)
  const same = new Map<string, string>()
  const replaced = new Map<string, Unit>()
  const gone: Unit[] = []
  for (const change of compareContents(older.content, newer.content)) {
    if (change.kind === 'added') continue
    const old = unit(before, change.from.clause.id)
    if (old === undefined) continue
    if (change.kind === 'removed') {
      gone.push(old)
      continue
    }
    const now = unit(after, change.to.clause.id)
    if (now === undefined) continue
    if (change.kind === 'unchanged') same.set(now.key, old.key)
    else replaced.set(now.key, old)
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
      const past = older.histories.get(before)?.same ?? []
      histories.set(unit.key, { same: [before, ...past], replaced: null, before: null, change: null })
      continue
    }
    const changed = replaced.get(unit.key) ?? null
    const change = changed === null ? 'added' : 'changed'
    histories.set(unit.key, { same: [], replaced: changed?.key ?? null, before: changed, change })
  }
  return { histories, withdrawn: [...gone, ...older.withdrawn] }
}
