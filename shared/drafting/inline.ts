/** Runs of canonical text and the formats Yjs holds for them, one from the other. */
import { FROM_PREFIX } from './document.ts'
import type { Formats, Piece } from './blocks.ts'
import type { Inline, Origin, TextRun } from './canonical.ts'

const byOrigin = (a: Origin, b: Origin): number =>
  a.submission === b.submission ? compare(a.clause, b.clause) : compare(a.submission, b.submission)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The format name of a source mark. */
export function fromFormat(origin: Origin): string {
  return `${FROM_PREFIX}${origin.submission}:${origin.clause}`
}

/** The source that a format name says, or undefined when it is another name. */
export function originOf(format: string): Origin | undefined {
  if (!format.startsWith(FROM_PREFIX)) return undefined
  const [, submission = '', ...clause] = format.split(':')
  return { submission, clause: clause.join(':') }
}

/** The marks of a run: unknown formats are not read, sources are sorted (their order differs between clients). */
function marksOf(formats: Formats): Omit<TextRun, 'text'> {
  const from: Origin[] = []
  for (const [name, value] of Object.entries(formats)) {
    if (value === null) continue
    const origin = originOf(name)
    if (origin !== undefined) from.push(origin)
  }
  return {
    ...(formats['strong'] ? { strong: true as const } : {}),
    ...(formats['em'] ? { em: true as const } : {}),
    ...(from.length > 0 ? { from: [...from].sort(byOrigin) } : {}),
  }
}

/** The formats of a run, every name a run may carry; `kind` and `level` are null because letters inherit them from the embed before. */
export function formatsOf(run: Inline): Record<string, unknown> {
  if (!('text' in run)) return {}
  return {
    ...(run.strong ? { strong: true } : {}),
    ...(run.em ? { em: true } : {}),
    ...Object.fromEntries((run.from ?? []).map((origin) => [fromFormat(origin), true])),
  }
}

/** Do two runs carry the same marks? */
export function sameMarks(a: TextRun, b: TextRun): boolean {
  if (a.strong !== b.strong || a.em !== b.em || a.from?.length !== b.from?.length) return false
  return (a.from ?? []).every(
    (origin, i) => origin.submission === b.from?.[i]?.submission && origin.clause === b.from[i].clause,
  )
}

/** Canonical runs of what stands in a clause, field or cell: neighbours with the same marks joined, empty ones left out. */
export function runsOf(pieces: readonly Piece[]): Inline[] {
  const runs: Inline[] = []
  for (const piece of pieces) {
    if (!('text' in piece)) {
      runs.push({ cite: piece.cite })
      continue
    }
    if (piece.text === '') continue
    const run: TextRun = { text: piece.text, ...marksOf(piece.formats) }
    const last = runs.at(-1)
    if (last !== undefined && 'text' in last && sameMarks(last, run))
      runs[runs.length - 1] = { ...last, text: last.text + run.text }
    else runs.push(run)
  }
  return runs
}
