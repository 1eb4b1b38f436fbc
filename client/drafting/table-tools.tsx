/** The tools of a table, while the caret is in one: rows and columns, in words, because no picture of them is plain. */
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'

export type TableCommands = {
  addRow(): void
  addColumn(): void
  removeRow(): void
  removeColumn(): void
}

export function TableTools({ commands }: { readonly commands: TableCommands }) {
  const d = useTexts().drafting
  return (
    <div class="table-tools" role="group" aria-label={d.tableTools}>
      <Button kind="quiet" icon="plus" onClick={commands.addRow}>
        {d.addRow}
      </Button>
      <Button kind="quiet" icon="plus" onClick={commands.addColumn}>
        {d.addColumn}
      </Button>
      <Button kind="quiet" icon="minus" onClick={commands.removeRow}>
        {d.removeRow}
      </Button>
      <Button kind="quiet" icon="minus" onClick={commands.removeColumn}>
        {d.removeColumn}
      </Button>
    </div>
  )
}
