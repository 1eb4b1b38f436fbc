/** The side of the merge table that shows the result: the composed page and the ledger as tabs; a sheet on a phone. */
import { useEffect, useRef } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { LedgerRowView, mergeProposal } from '../../shared/merging/contract.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'
import { SheetClose } from '../ui/sheet-close.tsx'
import { useSheet } from './use-sheet.ts'
import { ComposedPage, LedgerList, type Preview } from './composed.tsx'

export type ResultPaneProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly tab: 'composed' | 'ledger'
  readonly onTab: (tab: 'composed' | 'ledger') => void
  readonly section: SectionId
  readonly preview: Preview
  readonly proposal: ReplyOf<typeof mergeProposal> | null
  readonly rows: readonly LedgerRowView[]
  readonly remaining: number
  readonly onGo: (row: LedgerRowView) => void
}

const TABS = ['composed', 'ledger'] as const

export function ResultPane(props: ResultPaneProps) {
  const m = useTexts().merging
  useSheet(props.open, '.composed .sheet-close', props.onClose)
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    if (props.tab === 'ledger') pane.current?.scrollTo({ top: 0 })
  }, [props.tab, props.open])
  return (
    <aside ref={pane} class="composed sheet" id="composed" aria-label={m.composed} tabIndex={-1} data-open={props.open}>
      <SheetClose onClose={props.onClose} />
      <div class="tabs" role="tablist" aria-label={m.composed}>
        {TABS.map((name) => (
          <button
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-controls="result"
            aria-selected={props.tab === name}
            tabIndex={props.tab === name ? 0 : -1}
            key={name}
            onClick={() => props.onTab(name)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
              const other = name === 'composed' ? 'ledger' : 'composed'
              props.onTab(other)
              document.getElementById(`tab-${other}`)?.focus()
            }}
          >
            {name === 'composed' ? m.composed : m.ledgerTab}
            {name === 'ledger' && props.remaining > 0 ? <span class="count">{props.remaining}</span> : null}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="result" aria-labelledby={`tab-${props.tab}`} tabIndex={0}>
        {props.tab === 'ledger' ? (
          <LedgerList rows={props.rows} onGo={props.onGo} />
        ) : props.proposal === null ? null : (
          <ComposedPage proposal={props.proposal} section={props.section} preview={props.preview} />
        )}
      </div>
    </aside>
  )
}
