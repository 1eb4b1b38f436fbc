/** Adds up counted runs of writers at once: for the bench's table and the test's promises. */
import { ACTIONS } from './editor-harness/ledger.ts'
import type { Action } from './editor-harness/ledger.ts'
import type { TogetherRun } from './together.ts'

/** The mixes that are counted; every run types as well. */
export const MIXES: Readonly<Record<string, readonly Action[]>> = {
  'split, join, kind': ['split', 'join', 'kind'],
  'move, delete': ['move', 'delete'],
  everything: ACTIONS,
}

const MEASURES = {
  'letters typed': (run) => run.typed,
  lost: (run) => run.lost.length,
  doubled: (run) => run.doubled.length,
  offered: (run) => run.offered,
  'put back': (run) => run.putBack,
  'in their clause': (run) => run.inClause,
  'in another clause only': (run) => run.strayed.length,
  'a copy outlived its deletion': (run) => run.outlived.length,
  'ends that differ': (run) => Number(run.diverged),
  'edits refused': (run) => run.refused.length,
  'server differs': (run) => Number(run.serverDiffers),
  'views that differ': (run) => run.viewWrong,
  'sections drawn anew': (run) => run.redraws,
  'sections vanished': (run) => run.sectionsVanished,
  'recommendations vanished': (run) => run.vanished.length,
  'offline spells': (run) => run.offlineSpells,
} as const satisfies Record<string, (run: TogetherRun) => number>

export type Measure = keyof typeof MEASURES | `step ${Action}`

/** Sums by measure; `step <kind>` counts the steps of a kind that took effect. */
export function sumsOf(runs: readonly TogetherRun[]): Record<Measure, number> {
  const total = (of: (run: TogetherRun) => number): number => runs.reduce((sum, run) => sum + of(run), 0)
  const measures = Object.entries(MEASURES).map(([name, of]) => [name, total(of)])
  const steps = ACTIONS.map((action) => [`step ${action}`, total((run) => run.effects[action])])
  return Object.fromEntries([...measures, ...steps]) as Record<Measure, number>
}

/** Does a run break what is promised whatever was done in it? */
export function isBroken(run: TogetherRun): boolean {
  return (
    run.lost.length > 0 ||
    run.diverged ||
    run.refused.length > 0 ||
    run.serverDiffers ||
    run.viewWrong > 0 ||
    run.sectionsVanished > 0 ||
    run.vanished.length > 0
  )
}
