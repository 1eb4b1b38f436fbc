/** What a writer can do with tables: insert one, add and remove rows and columns, go from cell to cell; each an ordinary step, undone like typing. */
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'

const { clause: clauseType, table: tableType, row: rowType, cell: cellType } = draftSchema.nodes

/** A new table: a head row and one below. */
const NEW_ROWS = 2
const NEW_COLUMNS = 3

type CellPlace = {
  readonly table: Node
  /** Where the table's node begins. */
  readonly at: number
  readonly row: number
  readonly column: number
}

/** The cell with the caret, or null. */
export function cellAt({ selection: { $head } }: EditorState): CellPlace | null {
  if ($head.depth !== 4 || $head.node(2).type !== tableType) return null
  return { table: $head.node(2), at: $head.before(2), row: $head.index(2), column: $head.index(3) }
}

/** How many cells the widest row has. */
function columnsOf(table: Node): number {
  let columns = 1
  table.forEach((line) => (columns = Math.max(columns, line.childCount)))
  return columns
}

/** Gives short rows (one was added while another writer added a column) their missing cells; only with a command of one's own. */
function fillGaps(tr: Transaction, at: number): Transaction {
  const table = tr.doc.nodeAt(at)
  if (table === null) return tr
  const columns = columnsOf(table)
  for (let i = table.childCount - 1; i >= 0; i--) {
    const missing = columns - table.child(i).childCount
    if (missing > 0) tr.insert(rowStart(table, at, i + 1) - 1, newCells(missing))
  }
  return tr
}

function newCells(count: number): Node[] {
  return Array.from({ length: count }, () => cellType.create())
}

function newRow(columns: number): Node {
  return rowType.create(null, newCells(columns))
}

/** Where a row's node begins; for `row` = the number of rows: where the table's content ends. */
function rowStart(table: Node, at: number, row: number): number {
  let place = at + 1
  for (let i = 0; i < row; i++) place += table.child(i).nodeSize
  return place
}

/** Where a cell's node begins in its row, which begins at `start`; a short row ends earlier. */
function cellStart(row: Node, start: number, column: number): number {
  let place = start + 1
  for (let i = 0; i < Math.min(column, row.childCount); i++) place += row.child(i).nodeSize
  return place
}

/** The caret into the cell that stands nearest to this row and column. */
function caretToCell(tr: Transaction, at: number, row: number, column: number): Transaction {
  const table = tr.doc.nodeAt(at)
  if (table === null || table.childCount === 0) return tr
  const y = Math.max(0, Math.min(row, table.childCount - 1))
  const line = table.child(y)
  if (line.childCount === 0) return tr
  const x = Math.max(0, Math.min(column, line.childCount - 1))
  const place = cellStart(line, rowStart(table, at, y), x) + 1
  return tr.setSelection(TextSelection.create(tr.doc, place)).scrollIntoView()
}

/** Puts a table behind the clause with the caret, and a clause to go on writing in where the table would end the section. */
export const insertTable: Command = (state, dispatch) => {
  const { $head } = state.selection
  if ($head.depth < 2) return false
  const isLast = $head.indexAfter(1) >= $head.node(1).childCount
  const at = $head.after(2)
  const table = tableType.create(
    { id: newClauseId() },
    Array.from({ length: NEW_ROWS }, () => newRow(NEW_COLUMNS)),
  )
  const { tr } = state
  tr.insert(at, isLast ? [table, clauseType.create({ id: newClauseId() })] : [table])
  if (dispatch) dispatch(caretToCell(tr, at, 0, 0))
  return true
}

/** Adds a row below the one with the caret, as wide as the widest. */
export const addRow: Command = (state, dispatch) => {
  const place = cellAt(state)
  if (place === null) return false
  const { table, at, row } = place
  const tr = state.tr.insert(rowStart(table, at, row + 1), newRow(columnsOf(table)))
  if (dispatch) dispatch(caretToCell(fillGaps(tr, at), at, row + 1, 0))
  return true
}

/** Adds a column behind the one with the caret. */
export const addColumn: Command = (state, dispatch) => {
  const place = cellAt(state)
  if (place === null) return false
  const { at, row, column } = place
  const tr = fillGaps(state.tr, at)
  const table = tr.doc.nodeAt(at) ?? place.table
  // From the last row, so that the places above hold.
  for (let i = table.childCount - 1; i >= 0; i--)
    tr.insert(cellStart(table.child(i), rowStart(table, at, i), column + 1), cellType.create())
  if (dispatch) dispatch(caretToCell(tr, at, row, column + 1))
  return true
}

/** Takes the whole table out; the caret goes to what stands there then. */
function removeTable(tr: Transaction, { table, at }: CellPlace): Transaction {
  tr.delete(at, at + table.nodeSize)
  return tr.setSelection(TextSelection.near(tr.doc.resolve(at), -1)).scrollIntoView()
}

/** Removes the row with the caret; with its last row the table goes. */
export const removeRow: Command = (state, dispatch) => {
  const place = cellAt(state)
  if (place === null) return false
  const { table, at, row, column } = place
  const { tr } = state
  if (table.childCount <= 1) removeTable(tr, place)
  else {
    const start = rowStart(table, at, row)
    caretToCell(fillGaps(tr.delete(start, start + table.child(row).nodeSize), at), at, row, column)
  }
  if (dispatch) dispatch(tr)
  return true
}

/** Removes the column with the caret; with its last column the table goes. */
export const removeColumn: Command = (state, dispatch) => {
  const place = cellAt(state)
  if (place === null) return false
  const { table, at, row, column } = place
  const { tr } = state
  if (table.child(row).childCount <= 1) removeTable(tr, place)
  else {
    for (let i = table.childCount - 1; i >= 0; i--) {
      const line = table.child(i)
      if (column >= line.childCount) continue
      const start = cellStart(line, rowStart(table, at, i), column)
      tr.delete(start, start + line.child(column).nodeSize)
    }
    caretToCell(fillGaps(tr, at), at, row, column)
  }
  if (dispatch) dispatch(tr)
  return true
}

/** The caret into a cell that a short row lacks, which is made by that. */
export function intoGap(at: number, row: number, column: number): Command {
  return (state, dispatch) => {
    if (state.doc.nodeAt(at)?.type !== tableType) return false
    if (dispatch) dispatch(caretToCell(fillGaps(state.tr, at), at, row, column))
    return true
  }
}

/**
 * Tab goes to the next cell, Shift+Tab to the one before. At the table's ends, and outside tables, Tab is the page's: a text that keeps
 * it is a trap for people who use the keyboard.
 */
export function goCell(by: 1 | -1): Command {
  return (state, dispatch) => {
    const place = cellAt(state)
    if (place === null) return false
    const { table, at, row, column } = place
    const isLast = column === table.child(row).childCount - 1
    if (by === 1 && isLast && column < columnsOf(table) - 1) return intoGap(at, row, column + 1)(state, dispatch)
    const cells: { row: number; column: number }[] = []
    table.forEach((line, _offset, row) => line.forEach((_cell, _at, column) => cells.push({ row, column })))
    const now = cells.findIndex((cell) => cell.row === row && cell.column === column)
    const next = cells[now + by]
    if (next === undefined) return false
    if (dispatch) dispatch(caretToCell(state.tr, at, next.row, next.column))
    return true
  }
}
