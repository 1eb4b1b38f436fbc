/** Writes clauses of canonical JSON into a section's Y.XmlText: for the seed and for the patch. */
import * as Y from 'yjs'
import type { Block } from './blocks.ts'
import { RECOMMENDATION_FIELDS, withoutLetters } from './canonical.ts'
import type { Clause, Inline, RecommendationClause, TableClause, TextClause } from './canonical.ts'
import { formatsOf } from './inline.ts'

/** A clause's formats as its opening embed carries them: only what is not the default is written. */
export function clauseFormats(clause: Pick<TextClause, 'kind' | 'level'>): Record<string, unknown> {
  return {
    ...(clause.kind === 'text' ? {} : { kind: clause.kind }),
    ...(clause.level === 0 ? {} : { level: clause.level }),
  }
}

/** Runs as a Yjs delta. */
export function deltaOf(runs: readonly Inline[]): unknown[] {
  return runs.map((run) =>
    'text' in run ? { insert: run.text, attributes: formatsOf(run) } : { insert: { cite: run.cite } },
  )
}

/** A text that holds these runs. It is made even when there are none: two people who begin an empty field must meet in one text. */
export function newText(runs: readonly Inline[]): Y.XmlText {
  const text = new Y.XmlText()
  if (runs.length > 0) text.applyDelta(deltaOf(runs))
  return text
}

/** Sets attributes whose value is not null, whatever JSON they are. */
export function setAttribute(element: Y.XmlElement, name: string, value: unknown): void {
  // yjs types attributes as strings; it keeps any JSON value, and amounts are numbers.
  element.setAttribute(name, value as string)
}

/** A field of a recommendation, beginning with its text. */
export function newField(name: string, runs: readonly Inline[]): Y.XmlElement {
  const field = new Y.XmlElement('field')
  field.setAttribute('name', name)
  field.insert(0, [newText(runs)])
  return field
}

/** One ticked choice: an LGO type of a recommendation (`lgoTypes`) or a target group of a section (`targetGroups`). */
export function newChoice(name: 'lgoTypes' | 'targetGroups', value: string): Y.XmlElement {
  const choice = new Y.XmlElement('choice')
  choice.setAttribute('name', name)
  choice.setAttribute('value', value)
  return choice
}

/** Single choices and figures of a recommendation, which are attributes: the last one to choose wins, and it shows. */
export const RECOMMENDATION_ATTRIBUTES = ['levelOf', 'instrument', 'priority', 'amount', 'unit'] as const

export function newRecommendation(clause: RecommendationClause): Y.XmlElement {
  const element = new Y.XmlElement('recommendation')
  element.setAttribute('id', clause.id)
  for (const name of RECOMMENDATION_ATTRIBUTES) if (clause[name] !== null) setAttribute(element, name, clause[name])
  element.insert(0, [
    ...RECOMMENDATION_FIELDS.map((name) => newField(name, clause.fields[name])),
    ...clause.lgoTypes.map((type) => newChoice('lgoTypes', type)),
  ])
  return element
}

export function newRow(cells: TableClause['rows'][number]): Y.XmlElement {
  const row = new Y.XmlElement('row')
  row.insert(
    0,
    cells.map((runs) => {
      const cell = new Y.XmlElement('cell')
      cell.insert(0, [newText(runs)])
      return cell
    }),
  )
  return row
}

export function newTable(clause: TableClause): Y.XmlElement {
  const element = new Y.XmlElement('table')
  element.setAttribute('id', clause.id)
  element.insert(0, clause.rows.map(newRow))
  return element
}

/** Inserts runs at an index of a section; returns how many places they take. Clears the formats that letters would inherit. */
export function insertRuns(text: Y.XmlText, at: number, runs: readonly Inline[]): number {
  const none = { kind: null, level: null, strong: null, em: null }
  let end = at
  for (const run of runs) {
    if ('text' in run) text.insert(end, run.text, { ...none, ...formatsOf(run) })
    else text.insertEmbed(end, { cite: run.cite }, none)
    end += 'text' in run ? run.text.length : 1
  }
  return end - at
}

/** Inserts a whole clause at an index of a section's text; returns how many places it takes. */
export function insertClause(text: Y.XmlText, at: number, clause: Clause): number {
  if (clause.kind === 'recommendation') text.insertEmbed(at, newRecommendation(clause))
  else if (clause.kind === 'table') text.insertEmbed(at, newTable(clause))
  else {
    text.insertEmbed(at, { id: clause.id }, clauseFormats(clause))
    return 1 + insertRuns(text, at + 1, clause.runs)
  }
  return 1
}

/** Inserts a clause without its letters at an index of a section's text, for whoever writes these one by one; gives the block it is. */
export function insertEmptyClause(text: Y.XmlText, at: number, clause: Clause): Block {
  const empty = withoutLetters(clause)
  if (empty.kind === 'recommendation' || empty.kind === 'table') {
    const element = empty.kind === 'table' ? newTable(empty) : newRecommendation(empty)
    text.insertEmbed(at, element)
    return { type: 'element', element, at, length: 1 }
  }
  const length = insertClause(text, at, empty)
  return { type: 'clause', id: empty.id, formats: clauseFormats(empty), pieces: [], at, length }
}
