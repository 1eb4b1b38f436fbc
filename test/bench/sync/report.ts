/** Turns the measurements of all runs into the table, the ratios and the goals, and the list for --json. */
import { writeFileSync } from 'node:fs'
import { median } from './process-figures.ts'
import { ABOUT, SUBJECTS, type Subject } from './subject.ts'

export const MEASURES = {
  cpu: 'µs',
  p50: 'ms',
  p99: 'ms',
  join1: 'ms',
  join50: 'ms',
  'idle-room': 'kB',
  connection: 'kB',
  acknowledged: '%',
  lost: 'edits',
} as const
export type Measure = keyof typeof MEASURES
export type Measurement = {
  readonly subject: Subject
  readonly measure: Measure
  readonly unit: string
  readonly value: number
}

/** Values of every run by subject and measure. */
export class Results {
  readonly #values = new Map<string, number[]>()

  add(subject: Subject, measure: Measure, value: number): void {
    const key = `${subject} ${measure}`
    this.#values.set(key, [...(this.#values.get(key) ?? []), value])
  }

  runs(subject: Subject, measure: Measure): readonly number[] {
    return this.#values.get(`${subject} ${measure}`) ?? []
  }

  /** The middle run; of edits lost all runs together, of acknowledged the worst. */
  value(subject: Subject, measure: Measure): number | null {
    const runs = this.runs(subject, measure)
    if (runs.length === 0) return null
    if (measure === 'lost') return runs.reduce((sum, one) => sum + one, 0)
    return measure === 'acknowledged' ? Math.min(...runs) : median(runs)
  }

  /** For --json: the subjects that are compared. */
  list(): Measurement[] {
    return SUBJECTS.filter((subject) => subject !== 'rangruam-mongodb').flatMap((subject) =>
      (Object.keys(MEASURES) as Measure[]).flatMap((measure) => {
        const value = this.value(subject, measure)
        return value === null ? [] : [{ subject, measure, unit: MEASURES[measure], value: round(value) }]
      }),
    )
  }
}

const round = (value: number): number => Math.round(value * 100) / 100

export function printTable(results: Results, absent: ReadonlyMap<Subject, string>): void {
  const measures = Object.keys(MEASURES) as Measure[]
  const head = ['', ...measures.map((measure) => `${measure} ${MEASURES[measure]}`)]
  const rows = SUBJECTS.map((subject) => {
    const why = absent.get(subject)
    if (why !== undefined) return [subject, why]
    return [subject, ...measures.map((measure) => cell(results, subject, measure))]
  })
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => (row.length > 2 ? (row[at]?.length ?? 0) : 0)), at === 0 ? 20 : 0),
  )
  for (const row of [head, ...rows]) console.log(row.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  '))
  console.log('In brackets: how many times ours. A dash: the subject has no such thing, or was not asked.')
  if (results.value('rangruam-mongodb', 'cpu') !== null)
    console.log(
      'rangruam-mongodb: ours on a server of MongoDB’s protocol that keeps its data in memory, shares the core of the load, and is not counted. No goal is about it.',
    )
}

function cell(results: Results, subject: Subject, measure: Measure): string {
  const value = results.value(subject, measure)
  if (value === null) return '-'
  const ours = results.value('rangruam', measure)
  const shown = value >= 100 ? String(Math.round(value)) : String(round(value))
  if (subject === 'rangruam' || ours === null || ours === 0 || measure === 'acknowledged' || measure === 'lost')
    return shown
  return `${shown} (${(value / ours).toFixed(1)})`
}

/** Prints each goal of the sync engine with what was measured; true when all hold. */
export function printGoals(results: Results): boolean {
  const goals: [string, boolean][] = []
  const of = (subject: Subject, measure: Measure): number | null => results.value(subject, measure)
  const compare = (
    line: string,
    left: number | null,
    right: number | null,
    holds: (a: number, b: number) => boolean,
  ): void => {
    if (left !== null && right !== null)
      goals.push([`${line}: ${round(left)} against ${round(right)}`, holds(left, right)])
  }
  const cpu = of('rangruam', 'cpu')
  compare('CPU at most 1.4 times the relay', cpu, of('relay', 'cpu'), (a, b) => a <= 1.4 * b)
  compare('CPU no more than y-websocket in memory', cpu, of('y-websocket', 'cpu'), (a, b) => a <= b)
  for (const peer of SUBJECTS.filter((subject) => !ABOUT[subject].ours && ABOUT[subject].stores))
    compare(`CPU at least 1.5 times less than ${peer}`, cpu, of(peer, 'cpu'), (a, b) => b >= 1.5 * a)
  for (const peer of SUBJECTS.filter((subject) => !ABOUT[subject].ours && ABOUT[subject].documents))
    compare(
      `50 joiners at least 10 times sooner than ${peer}`,
      of('rangruam', 'join50'),
      of(peer, 'join50'),
      (a, b) => b >= 10 * a,
    )
  compare('an idle room of 50 kB at most 100 kB', of('rangruam', 'idle-room'), 100, (a, b) => a <= b)
  compare('acknowledged at least 95 %', of('rangruam', 'acknowledged'), 95, (a, b) => a >= b)
  compare('acknowledged edits lost at kill -9', of('rangruam', 'lost'), 0, (a, b) => a <= b)
  for (const [line, holds] of goals) console.log(`${holds ? 'holds   ' : 'MISSED  '} ${line}`)
  return goals.every(([, holds]) => holds)
}

export function writeJson(file: string, list: readonly Measurement[]): void {
  writeFileSync(file, `${JSON.stringify(list, null, 1)}\n`)
}
