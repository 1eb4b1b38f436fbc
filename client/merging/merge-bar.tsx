/** The bar of the merge table: what is merged, what is left, freezing. */
import type { Matrix } from '../../shared/merging/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { DeviceSettings } from '../ui/top-bar.tsx'

export type MergeBarProps = {
  readonly workshop: string
  readonly matrix: Matrix
  readonly onLedger: () => void
  readonly onMatrix: () => void
  readonly onFreeze: () => void
}

export function MergeBar({ workshop, matrix, onLedger, onMatrix, onFreeze }: MergeBarProps) {
  const m = useTexts().merging
  const { progress, barred } = matrix
  const bar = barred.find((why) => why !== 'legal-basis')
  const blocked =
    bar === undefined ? undefined : bar === 'remaining' ? m.leftBeforeFreeze(progress.remaining) : m.barred[bar]
  const done = progress.total === 0 ? 0 : (236 * progress.decided) / progress.total
  return (
    <header class="bar">
      <a class="btn btn-icon" href={`/w/${workshop}/versions`} aria-label={m.back}>
        <Icon name="arrow-left" />
      </a>
      <div class="bar-title">
        <b>{m.pageTitle(matrix.next)}</b>
        <span>{m.subtitle(matrix.groups.filter(({ submitted }) => submitted).length, matrix.title)}</span>
      </div>
      <span class="grow wide-only" />
      <span class="tablet-only">
        <IconButton icon="table-2" label={m.matrix} onClick={onMatrix} />
      </span>
      <button type="button" class="ledger" aria-labelledby="ledger-n" onClick={onLedger}>
        <span class="ledger-n" id="ledger-n">
          <span class="sr">{m.ledgerName}: </span>
          <b class={`num${progress.remaining === 0 ? ' is-done' : ''}`}>{m.left(progress.remaining)}</b>
          <span class="num muted">{m.decidedOf(progress.decided, progress.total)}</span>
        </span>
        <svg class="meter" viewBox="0 0 236 14" preserveAspectRatio="none" aria-hidden="true">
          <rect class="m-bg" width="236" height="14" />
          <rect class="m-done" width={done} height="14" />
        </svg>
      </button>
      <span class="wide-only row">
        <DeviceSettings />
      </span>
      <Button icon="lock" blocked={blocked} kind={blocked === undefined ? 'main' : 'plain'} onClick={onFreeze}>
        {m.freeze}
      </Button>
    </header>
  )
}
