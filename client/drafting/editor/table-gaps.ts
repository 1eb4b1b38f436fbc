/**
 * Shows the cells that a short row lacks (one was added while another writer added a column), so that a table is full on every screen.
 * Nothing is written for that: two who did would add two cells. The cell is made when somebody puts the caret there.
 */
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { draftSchema } from '../../../shared/drafting/schema.ts'
import { intoGap } from './table-commands.ts'

type Gap = { readonly at: number; readonly row: number; readonly column: number; readonly place: number }

/** Each missing cell: its table, where it would be, and the end of its row. */
function gapsIn(doc: Node): Gap[] {
  const gaps: Gap[] = []
  doc.forEach((section, sectionAt) =>
    section.forEach((table, offset) => {
      if (table.type !== draftSchema.nodes.table) return
      const at = sectionAt + 1 + offset
      const columns = Math.max(0, ...table.children.map((line) => line.childCount))
      table.forEach((line, lineAt, row) => {
        for (let column = line.childCount; column < columns; column++)
          gaps.push({ at, row, column, place: at + 1 + lineAt + line.nodeSize - 1 })
      })
    }),
  )
  return gaps
}

function drawn({ at, row, column, place }: Gap): Decoration {
  const make = (view: EditorView): HTMLElement => {
    const cell = document.createElement('td')
    cell.contentEditable = 'false'
    cell.addEventListener('mousedown', (event) => {
      event.preventDefault()
      if (!view.editable) return
      intoGap(at, row, column)(view.state, (tr) => view.dispatch(tr))
      view.focus()
    })
    return cell
  }
  return Decoration.widget(place, make, { side: column + 1, key: `gap ${at} ${row} ${column}` })
}

export function tableGaps(): Plugin {
  let known: { readonly doc: Node; readonly set: DecorationSet } | null = null
  return new Plugin({
    props: {
      decorations: ({ doc }) => {
        if (known?.doc !== doc) known = { doc, set: DecorationSet.create(doc, gapsIn(doc).map(drawn)) }
        return known.set
      },
    },
  })
}
