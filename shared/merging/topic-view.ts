/** A topic as the merge screen shows it: like clauses side by side, differing words and figures marked, disagreements as a table. */
import { figures } from '../thai/figures.ts'
import { words } from '../thai/words.ts'
import { VERY_LIKE, type Topic } from './align.ts'
import {
  CONFLICT_KINDS,
  DIFFERENCE_KINDS,
  readClause,
  statement,
  type ConflictKind,
  type DifferenceKind,
} from './conflicts.ts'
import type { LedgerRow } from './ledger.ts'
import type { LedgerRowView, TopicClauseView, TopicView } from './contract.ts'
import { diffWords } from './diff.ts'
import { mainText, type Unit } from './sources.ts'

type Piece = TopicClauseView['pieces'][number]

/** Longest title of a topic, in letters; cut at a word. */
const TITLE_LETTERS = 48

/** The first words of the base, as the topic's name. */
export function titleOf(text: string): string {
  if (text.length <= TITLE_LETTERS) return text
  let title = ''
  for (const word of words(text)) {
    if (title.length + word.length > TITLE_LETTERS) break
    title += word
  }
  return `${title.trimEnd()}…`
}

/** The words of a clause in pieces: which differ from the base, which are figures that the topic disagrees on. */
export function piecesOf(text: string, base: string | null, kinds: ReadonlySet<ConflictKind>): Piece[] {
  const differs = new Uint8Array(text.length)
  if (base !== null) {
    let at = 0
    for (const run of diffWords(base, text)) {
      if (run.kind === 'removed') continue
      if (run.kind === 'added') differs.fill(1, at, at + run.text.length)
      at += run.text.length
    }
  }
  const figure = new Uint8Array(text.length)
  for (const found of figures(text)) {
    if (!kinds.has(found.kind)) continue
    figure.fill(1, found.start, found.end)
    // A figure is marked as one; that it differs is what its mark says already.
    differs.fill(0, found.start, found.end)
  }
  const pieces: { text: string; figure: boolean; differs: boolean }[] = []
  for (let at = 0; at < text.length; at += 1) {
    const [isFigure, isOther] = [figure[at] === 1, differs[at] === 1]
    const last = pieces.at(-1)
    if (last !== undefined && last.figure === isFigure && last.differs === isOther) last.text += text[at] ?? ''
    else pieces.push({ text: text[at] ?? '', figure: isFigure, differs: isOther })
  }
  return pieces
}

type Said = TopicView['conflicts'][number]['said'][number]

/** Who says what of a kind; groups that say the same stand together, most first. */
function saidOf(units: readonly Unit[], kind: ConflictKind | DifferenceKind): Said[] {
  const said = new Map<string, { texts: string[]; ids: string[]; groups: number[] }>()
  for (const unit of units) {
    const { texts, ids } = statement(readClause(unit.section, unit.clause), kind)
    if (texts.length === 0 && ids.length === 0) continue
    const key = JSON.stringify([texts.map((text) => text.replaceAll(/\s/g, '')), ids])
    const entry = said.get(key) ?? { texts: [...texts], ids: [...ids], groups: [] }
    entry.groups.push(unit.group)
    said.set(key, entry)
  }
  return [...said.values()].sort((a, b) => b.groups.length - a.groups.length)
}

/** A decision without its targets, as it is shown. */
export function shownDecision(row: LedgerRow): LedgerRowView['decision'] {
  if (row.decision === null) return null
  const { kind, reason, by, at } = row.decision
  return { kind, reason, by, at }
}

/** The topic for the screen; `rows` are the ledger's, by key. */
export function topicView(
  topic: Topic,
  rows: ReadonlyMap<string, LedgerRow>,
  codes: ReadonlyMap<string, Unit>,
): TopicView {
  const kinds = new Set(topic.pairs.flatMap((pair) => pair.conflicts))
  const different = new Set(topic.pairs.flatMap((pair) => pair.differences))
  const base = topic.units[0]
  const baseText = base === undefined ? '' : mainText(base.clause)
  const gathered = topic.pairs.some((pair) => pair.relation === 'gathered')
  const clauses = topic.units.map((unit, index): TopicClauseView => {
    const row = rows.get(unit.key)
    const pair = topic.pairs.find((candidate) => candidate.a === base?.key && candidate.b === unit.key)
    const like = gathered ? 'gathered' : index === 0 ? 'base' : (pair?.likeness ?? 0) >= VERY_LIKE ? 'very' : 'partly'
    return {
      key: unit.key,
      ref: { ...unit.ref },
      group: unit.group,
      code: unit.code,
      like,
      pieces: piecesOf(mainText(unit.clause), index === 0 || gathered ? null : baseText, kinds),
      before:
        row?.before === null || row?.before === undefined
          ? null
          : diffWords(mainText(row.before.clause), mainText(unit.clause)).map((run) => ({ ...run })),
      clause: unit.clause,
      proposers: [],
      decision: row === undefined ? null : shownDecision(row),
      carried: row?.carried ?? false,
      change: row?.change ?? null,
      where: [...(row?.where ?? [])],
      trouble: row?.trouble ?? null,
    }
  })
  return {
    key: topic.key,
    section: topic.section,
    title: titleOf(baseText),
    decided: clauses.every((clause) => clause.decision !== null),
    clauses,
    conflicts: CONFLICT_KINDS.filter((kind) => kinds.has(kind)).map((kind) => ({
      kind,
      said: saidOf(topic.units, kind),
    })),
    differences: DIFFERENCE_KINDS.filter((kind) => different.has(kind)).map((kind) => ({
      kind,
      said: saidOf(topic.units, kind),
    })),
    apart: topic.apart.flatMap((key) => {
      const unit = codes.get(key)
      return unit === undefined ? [] : [{ key, group: unit.group, code: unit.code }]
    }),
  }
}
