/** What aligning finds, misses and wrongly finds on the demo drafts, and on group 4's amendment; `npx tsx test/bench/corpus.ts [--json FILE]`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { corpusDraft, type CorpusDraft } from '../../server/demo/corpus-draft.ts'
import type { ClauseId } from '../../shared/ids.ts'
import { align, type Topic } from '../../shared/merging/align.ts'
import { compareContents } from '../../shared/merging/diff.ts'
import type { Source } from '../../shared/merging/sources.ts'

export type Expected = {
  readonly pairs: readonly {
    readonly cluster: string
    readonly a: string
    readonly b: string
    readonly relation: 'near' | 'conflicting' | 'different'
    readonly conflicts: readonly { readonly what: string }[]
    readonly field_differences?: readonly string[]
  }[]
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))

/** The nine drafts as the corpus has them. */
export function corpusDrafts(): CorpusDraft[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => read(`../../server/demo/corpus/drafts/group-${n}.json`) as CorpusDraft)
}
export const expectedPairs = read('../fixtures/corpus/drafts-expected.json') as Expected

/** A submission named after its group, its clauses named by reference (`g4/recommendations/2`). */
export function corpusSource(draft: CorpusDraft): Source {
  const content = corpusDraft(draft, (section, index) => `g${draft.group}/${section}/${index}` as ClauseId)
  return { submission: `g${draft.group}`, group: draft.group, content }
}

/** Which of our kinds answer a planted one. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  agemax: ['age'],
  months: ['every'],
  times: ['every'],
  hours: ['within', 'length'],
  years: ['within'],
  time: ['clock'],
  ratio: ['ratio', 'heads'],
  level: ['level', 'instrument'],
  scope: ['scope', 'lgo-types'],
}
/** Our kinds that a listed difference of fields confirms, planted or not. */
const FIELDS: Readonly<Record<string, string>> = {
  lead: 'lead',
  level: 'level',
  instrument: 'level',
  'lgo-types': 'lgo_fit',
}

export type Counts = {
  readonly topics: number
  readonly pairs: { planted: number; found: number; missed: string[]; wrong: string[] }
  readonly citations: { planted: number; found: number; missed: string[]; wrong: string[] }
  /** Pairs planted as conflicting that are shown as conflicting. */
  readonly conflicting: { planted: number; found: number; missed: string[] }
  /** Planted conflicts by kind; `unplanted` are true by the list of field differences, `wrong` are not. */
  readonly conflicts: { planted: number; found: number; missed: string[]; unplanted: number; wrong: string[] }
  readonly byKind: Record<string, { planted: number; found: number }>
  readonly trap: 'kept apart' | 'shown as one measure' | 'not seen'
}

/** Counts over topics as the merge screen shows them; `name` turns a clause key into the reference that `expected` uses. */
export function count(topics: readonly Topic[], expected: Expected, name: (key: string) => string): Counts {
  const shown = new Map(
    topics.flatMap((topic) =>
      topic.pairs
        .filter((pair) => pair.relation !== 'gathered')
        .map((pair) => [[name(pair.a), name(pair.b)].sort().join(' '), pair] as const),
    ),
  )
  const keyOf = (pair: { a: string; b: string }): string => [pair.a, pair.b].sort().join(' ')
  const planted = new Map(expected.pairs.map((pair) => [keyOf(pair), pair]))
  const isLaw = (key: string): boolean => key.includes('/legal_basis/')
  const tally = (law: boolean): Counts['pairs'] => {
    const mine = [...planted].filter(([key, pair]) => isLaw(key) === law && pair.relation !== 'different')
    return {
      planted: mine.length,
      found: mine.filter(([key]) => shown.has(key)).length,
      missed: mine.filter(([key]) => !shown.has(key)).map(([key]) => key),
      wrong: [...shown.keys()].filter((key) => isLaw(key) === law && !planted.has(key)),
    }
  }
  const conflicting = [...planted].filter(([, pair]) => pair.relation === 'conflicting')
  const conflicts = { planted: 0, found: 0, missed: [] as string[], unplanted: 0, wrong: [] as string[] }
  const byKind: Counts['byKind'] = {}
  for (const [key, pair] of conflicting) {
    for (const { what } of pair.conflicts) {
      const kind = (byKind[what] ??= { planted: 0, found: 0 })
      conflicts.planted += 1
      kind.planted += 1
      const found = shown.get(key)?.conflicts.some((ours) => (KINDS[what] ?? [what]).includes(ours)) ?? false
      if (found) {
        conflicts.found += 1
        kind.found += 1
      } else conflicts.missed.push(`${key} ${what}`)
    }
  }
  for (const [key, pair] of shown) {
    const known = planted.get(key)
    for (const ours of pair.conflicts) {
      if (known?.conflicts.some(({ what }) => (KINDS[what] ?? [what]).includes(ours))) continue
      if (known?.field_differences?.includes(FIELDS[ours] ?? '')) conflicts.unplanted += 1
      else conflicts.wrong.push(`${key} ${ours}`)
    }
  }
  const trap = expected.pairs.find((pair) => pair.relation === 'different')
  const apart = topics.some((topic) =>
    topic.apart.some((key) => trap !== undefined && [trap.a, trap.b].includes(name(key))),
  )
  return {
    topics: topics.length,
    pairs: tally(false),
    citations: tally(true),
    conflicting: {
      planted: conflicting.length,
      found: conflicting.filter(([key]) => shown.get(key)?.relation === 'conflicting').length,
      missed: conflicting.filter(([key]) => shown.get(key)?.relation !== 'conflicting').map(([key]) => key),
    },
    conflicts,
    byKind,
    trap: trap !== undefined && shown.has(keyOf(trap)) ? 'shown as one measure' : apart ? 'kept apart' : 'not seen',
  }
}

type Amended = {
  readonly g4: {
    readonly changed: readonly { readonly old: string; readonly new: string }[]
    readonly added: readonly { readonly new: string }[]
    readonly removed: readonly { readonly old: string }[]
    readonly moved: readonly { readonly old: string; readonly new: string }[]
    readonly unchanged: readonly { readonly old: string; readonly new: string }[]
  }
}

/** What the comparison of group 4's two submissions finds, clause ids unlike on purpose: partners by likeness alone. */
export function amendment(): Record<string, { planted: number; found: number; shown: number }> {
  const amended = read('../fixtures/corpus/amended-expected.json') as Amended
  const first = corpusSource(read('../../server/demo/corpus/drafts/group-4.json') as CorpusDraft)
  const second = corpusDraft(
    read('../../server/demo/corpus/amended/group-4.v2.json') as CorpusDraft,
    (section, index) => {
      return `new:g4/${section}/${index}` as ClauseId
    },
  )
  const shown: Record<string, Set<string>> = {
    changed: new Set(),
    added: new Set(),
    removed: new Set(),
    moved: new Set(),
    unchanged: new Set(),
  }
  const plain = (id: string): string => id.replace('new:', '')
  for (const change of compareContents(first.content, second)) {
    if (change.kind === 'added') shown['added']?.add(plain(change.to.clause.id))
    else if (change.kind === 'removed') shown['removed']?.add(change.from.clause.id)
    else {
      const kind = change.kind === 'unchanged' && change.moved ? 'moved' : change.kind
      shown[kind]?.add(`${change.from.clause.id} ${plain(change.to.clause.id)}`)
    }
  }
  const planted: Record<string, string[]> = {
    changed: amended.g4.changed.map((item) => `${item.old} ${item.new}`),
    added: amended.g4.added.map((item) => item.new),
    removed: amended.g4.removed.map((item) => item.old),
    moved: amended.g4.moved.map((item) => `${item.old} ${item.new}`),
    unchanged: amended.g4.unchanged.map((item) => `${item.old} ${item.new}`),
  }
  return Object.fromEntries(
    Object.entries(planted).map(([kind, keys]) => {
      const found = keys.filter((key) => shown[kind]?.has(key)).length
      return [kind, { planted: keys.length, found, shown: shown[kind]?.size ?? 0 }]
    }),
  )
}

/** Measures the nine drafts as they are. */
export function measure(): Counts {
  return count(align(corpusDrafts().map(corpusSource)), expectedPairs, (key) => key.replace(/^g\d\//, ''))
}

function report(): void {
  const started = performance.now()
  const counts = measure()
  const took = Math.round(performance.now() - started)
  const amended = amendment()
  const line = (name: string, of: { planted: number; found: number; missed: string[]; wrong?: string[] }): string =>
    `${name}: planted ${of.planted}, found ${of.found}, missed ${of.missed.length}` +
    (of.wrong === undefined ? '' : `, wrongly found ${of.wrong.length}`)
  console.log(`${counts.topics} topics from 282 clauses in ${took} ms`)
  console.log(line('like pairs', counts.pairs))
  console.log(line('citations of one law', counts.citations))
  console.log(line('pairs shown as conflicting', counts.conflicting))
  console.log(`${line('conflicts by what', counts.conflicts)}; true but not planted ${counts.conflicts.unplanted}`)
  console.log(
    `  by kind: ${Object.entries(counts.byKind)
      .map(([kind, of]) => `${kind} ${of.found}/${of.planted}`)
      .join(', ')}`,
  )
  console.log(`trap: ${counts.trap}`)
  const lists = [...counts.pairs.missed, ...counts.citations.missed].map((key) => `missed pair ${key}`)
  lists.push(...[...counts.pairs.wrong, ...counts.citations.wrong].map((key) => `wrong pair ${key}`))
  lists.push(...counts.conflicts.missed.map((key) => `missed conflict ${key}`))
  lists.push(...counts.conflicts.wrong.map((key) => `wrong conflict ${key}`))
  for (const item of lists) console.log(`  ${item}`)
  for (const [kind, of] of Object.entries(amended)) {
    console.log(`amendment, ${kind}: planted ${of.planted}, found ${of.found}, wrongly shown ${of.shown - of.found}`)
  }
  const at = process.argv.indexOf('--json')
  const file = process.argv[at + 1]
  if (at > 0 && file !== undefined) writeFileSync(file, `${JSON.stringify({ counts, amended }, null, 1)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report()
