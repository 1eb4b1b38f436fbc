/** The writing tools above the page and on the phone's keyboard: kind, marks, lists, tables, laws, undo; the rest in a menu. */
import { useEffect, useState } from 'preact/hooks'
import type { TextKind } from '../../shared/drafting/canonical.ts'
import { TEXT_KINDS } from '../../shared/drafting/canonical.ts'
import { useTexts } from '../app/texts.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { LawDialog } from './law-dialog.tsx'
import { MoreMenu } from './more-menu.tsx'
import { TableTools, type TableCommands } from './table-tools.tsx'

/** What the editor can do for the tools; all act where the caret is. */
export type ToolCommands = TableCommands & {
  insertTable(): void
  cite(law: string): void
  toggleStrong(): void
  toggleEm(): void
  setKind(kind: TextKind): void
  moveUp(): void
  moveDown(): void
  removeClause(): void
  undo(): void
  redo(): void
}

export type ToolBarProps = {
  readonly commands: ToolCommands
  readonly kind: TextKind | null
  /** Is the caret in a table? */
  readonly table: boolean
  /** Has the caret been put anywhere yet? */
  readonly placed: boolean
  readonly strong: boolean
  readonly em: boolean
  /** On a phone the tools come up from the dock. */
  readonly open: boolean
  readonly caretsShown: boolean
  readonly onCarets: (shown: boolean) => void
  /** Shows who proposed the clause with the caret. */
  readonly onProposers: () => void
}

/** Pressing a tool leaves the focus in the text: on a phone the keyboard would go. */
function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('select') === null) event.preventDefault()
}

export function ToolBar(props: ToolBarProps) {
  const { commands, kind, table, placed, strong, em, open, caretsShown } = props
  const t = useTexts()
  const d = t.drafting
  const [lawOpen, setLawOpen] = useState(false)
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      // By the key's place: on a Thai keyboard these keys carry other letters.
      if (!event.ctrlKey || !event.altKey || !placed) return
      if (event.code === 'KeyL') setLawOpen(true)
      else if (event.code === 'KeyT') commands.insertTable()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [commands, placed])
  return (
    <>
      <div class="tools" role="toolbar" tabIndex={-1} data-open={open} aria-label={d.tools} onMouseDown={keepFocus}>
        <div class="tool-row">
          <select
            class="btn btn-quiet tool-style"
            aria-label={d.kind}
            value={kind ?? 'text'}
            onChange={(event) => {
              const wanted = TEXT_KINDS.find((name) => name === event.currentTarget.value)
              if (wanted !== undefined) commands.setKind(wanted)
            }}
          >
            {TEXT_KINDS.map((name) => (
              <option value={name} key={name}>
                {t.terms.kinds[name]}
              </option>
            ))}
          </select>
          <span class="tool-sep" />
          <IconButton icon="bold" label={d.bold} pressed={strong} onClick={commands.toggleStrong} />
          <IconButton icon="italic" label={d.italic} pressed={em} onClick={commands.toggleEm} />
          <IconButton
            icon="list"
            label={d.bullets}
            pressed={kind === 'bullet'}
            onClick={() => commands.setKind(kind === 'bullet' ? 'text' : 'bullet')}
          />
          <IconButton
            icon="list-ordered"
            label={d.numbers}
            pressed={kind === 'number'}
            onClick={() => commands.setKind(kind === 'number' ? 'text' : 'number')}
          />
          <IconButton icon="table-2" label={d.table} blocked={!placed} onClick={commands.insertTable} />
          <span class="tool-sep" />
          <Button
            kind="quiet"
            icon="scale"
            blocked={placed ? undefined : d.caretFirst}
            onClick={() => setLawOpen(true)}
          >
            {d.cite}
          </Button>
          <span class="grow" />
          <IconButton icon="undo-2" label={d.undo} onClick={commands.undo} />
          <IconButton icon="redo-2" label={d.redo} onClick={commands.redo} />
          {table ? <TableTools commands={commands} /> : null}
        </div>
        <MoreMenu
          tools={[
            { icon: 'arrow-up', label: d.moveUp, onPress: commands.moveUp },
            { icon: 'arrow-down', label: d.moveDown, onPress: commands.moveDown },
            { icon: 'trash-2', label: d.removeClause, onPress: commands.removeClause },
            { icon: 'users', label: d.proposedBy, onPress: props.onProposers },
            {
              icon: caretsShown ? 'eye-off' : 'eye',
              label: caretsShown ? d.hideCarets : d.showCarets,
              onPress: () => props.onCarets(!caretsShown),
            },
          ]}
        />
      </div>
      <LawDialog
        open={lawOpen}
        onClose={() => setLawOpen(false)}
        onCite={(law) => {
          setLawOpen(false)
          commands.cite(law)
        }}
      />
    </>
  )
}
