/** Turns a recommendation or table of a live draft into given content, field by field. */
import type * as Y from 'yjs'
import { childElements, childTexts, piecesOf } from './blocks.ts'
import { RECOMMENDATION_ATTRIBUTES, newChoice, newField, newRow, newText, setAttribute } from './build.ts'
import { RECOMMENDATION_FIELDS } from './canonical.ts'
import type { Inline, RecommendationClause, TableClause } from './canonical.ts'
import { patchRuns } from './patch-text.ts'
import type { WriteLetters } from './patch-text.ts'

/** How letters are written into a field (its name) or a cell (`row:cell`, from 1). */
export type WriterOf = (part: string) => WriteLetters

/** A field or cell: its first text takes the runs, further texts (two people began at once) are emptied. */
function patchHolder(holder: Y.XmlElement, runs: readonly Inline[], write?: WriteLetters): number {
  const [first, ...others] = childTexts(holder)
  if (first === undefined) {
    if (runs.length === 0) return 0
    holder.insert(0, [newText(write === undefined ? runs : [])])
    return write === undefined ? 1 : patchHolder(holder, runs, write)
  }
  let edits = 0
  for (const text of others) {
    if (text.length === 0) continue
    text.delete(0, text.length)
    edits++
  }
  return edits + patchRuns(first, 0, piecesOf(first), runs, write)
}

function removeChild(element: Y.XmlElement, child: Y.XmlElement): void {
  element.delete(element.toArray().indexOf(child), 1)
}

export function patchRecommendation(element: Y.XmlElement, clause: RecommendationClause, writer?: WriterOf): number {
  let edits = 0
  const attributes = element.getAttributes() as Record<string, unknown>
  for (const name of RECOMMENDATION_ATTRIBUTES) {
    if ((attributes[name] ?? null) === clause[name]) continue
    if (clause[name] === null) element.removeAttribute(name)
    else setAttribute(element, name, clause[name])
    edits++
  }
  for (const name of RECOMMENDATION_FIELDS) {
    const [field, ...doubles] = childElements(element).filter(
      (child) => child.nodeName === 'field' && child.getAttribute('name') === name,
    )
    for (const double of doubles) {
      removeChild(element, double)
      edits++
    }
    if (field !== undefined) edits += patchHolder(field, clause.fields[name], writer?.(name))
    else {
      const made = newField(name, writer === undefined ? clause.fields[name] : [])
      element.insert(0, [made])
      edits++
      if (writer !== undefined) patchHolder(made, clause.fields[name], writer(name))
    }
  }
  const have = new Set<string>()
  for (const choice of childElements(element).filter((child) => child.nodeName === 'choice')) {
    const value = String(choice.getAttribute('value'))
    if (!have.has(value) && clause.lgoTypes.some((type) => type === value)) have.add(value)
    else {
      removeChild(element, choice)
      edits++
    }
  }
  for (const type of clause.lgoTypes) {
    if (have.has(type)) continue
    element.insert(element.length, [newChoice('lgoTypes', type)])
    edits++
  }
  return edits
}

/** Cells where the shape is the same; rows that are too many or too few at the end, and rows of another width, are made anew. */
export function patchTable(element: Y.XmlElement, clause: TableClause, writer?: WriterOf): number {
  let edits = 0
  const rows = childElements(element).filter((row) => row.nodeName === 'row')
  for (const row of rows.slice(clause.rows.length)) {
    removeChild(element, row)
    edits++
  }
  clause.rows.forEach((cells, i) => {
    const row = rows[i]
    const have = row === undefined ? [] : childElements(row).filter((cell) => cell.nodeName === 'cell')
    if (row !== undefined && have.length === cells.length) {
      cells.forEach((runs, j) => {
        const cell = have[j]
        if (cell !== undefined) edits += patchHolder(cell, runs, writer?.(`${i + 1}:${j + 1}`))
      })
      return
    }
    const at = row === undefined ? element.length : element.toArray().indexOf(row)
    if (row !== undefined) element.delete(at, 1)
    const made = newRow(writer === undefined ? cells : cells.map(() => []))
    element.insert(at, [made])
    edits++
    if (writer === undefined) return
    childElements(made).forEach((cell, j) => patchHolder(cell, cells[j] ?? [], writer(`${i + 1}:${j + 1}`)))
  })
  return edits
}
