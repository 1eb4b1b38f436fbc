/** The phone's dock of the merge table: sections, decision, proposal and ledger one tap away. */
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'

export type SheetName = 'matrix' | 'composed'
export type MergeDockProps = {
  readonly remaining: number
  readonly onOpen: (sheet: SheetName | null) => void
  readonly onTab: (tab: 'composed' | 'ledger') => void
}

export function MergeDock({ remaining, onOpen, onTab }: MergeDockProps) {
  const { dock } = useTexts().merging
  return (
    <nav class="dock phone-only" aria-label={dock.decide}>
      <button type="button" onClick={() => onOpen('matrix')}>
        <Icon name="table-2" />
        <span>{dock.matrix}</span>
      </button>
      <button
        type="button"
        onClick={() => {
          onOpen(null)
          document.getElementById('decide')?.scrollIntoView({ block: 'start' })
        }}
      >
        <Icon name="combine" />
        <span>{dock.decide}</span>
      </button>
      <button
        type="button"
        onClick={() => {
          onTab('composed')
          onOpen('composed')
        }}
      >
        <Icon name="file-text" />
        <span>{dock.composed}</span>
      </button>
      <button
        type="button"
        onClick={() => {
          onTab('ledger')
          onOpen('composed')
        }}
      >
        <Icon name="list-checks" />
        <span>{dock.ledger}</span>
        {remaining === 0 ? null : <b class="dot">{remaining}</b>}
      </button>
    </nav>
  )
}
