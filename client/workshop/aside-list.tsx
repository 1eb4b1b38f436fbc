/** Rows kept aside, those that a person can mend first; each with its row, what it says, why, and its own way out. */
import type { ComponentChildren } from 'preact'
import type { AsideReason } from '../../shared/workshop/roster-reading.ts'
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'

export type AsideRow = {
  readonly row: number
  readonly reason: AsideReason
  readonly ofRow: number | null
  readonly name: string
  readonly organisation: string
  readonly position: string
}
const MENDABLE: readonly AsideReason[] = ['missing-name', 'missing-organisation', 'duplicate']
export const isMendable = (reason: AsideReason): boolean => MENDABLE.includes(reason)

export type AsideListProps = {
  readonly rows: readonly AsideRow[]
  readonly actions: (row: AsideRow) => ComponentChildren
}

export function AsideList({ rows, actions }: AsideListProps) {
  const sorted = [...rows].sort((a, b) => Number(isMendable(b.reason)) - Number(isMendable(a.reason)) || a.row - b.row)
  return (
    <ol>
      {sorted.map((row) => (
        <AsideItem row={row} actions={actions(row)} key={row.row} />
      ))}
    </ol>
  )
}

function AsideItem({ row, actions }: { readonly row: AsideRow; readonly actions: ComponentChildren }) {
  const t = useTexts()
  const person = isMendable(row.reason)
  const why =
    row.reason === 'duplicate' && row.ofRow !== null
      ? t.workshop.duplicateOf(row.ofRow)
      : t.workshop.reasons[row.reason]
  return (
    <li class={person ? undefined : 'quiet-row'}>
      <span class="rown">{t.workshop.rowNumber(row.row)}</span>
      <div class="grow">
        {person ? (
          <b>
            {row.name === '' ? <mark>{t.workshop.noName}</mark> : row.name} ·{' '}
            {row.organisation === '' ? <mark>{t.workshop.noOrganisation}</mark> : row.organisation}
          </b>
        ) : (
          <span>{row.name === '' ? t.workshop.noPerson : row.name}</span>
        )}
        <p>
          <Icon name={row.reason === 'duplicate' ? 'users' : 'circle-alert'} />
          {row.position === '' || !person ? why : `${why} · ${row.position}`}
        </p>
      </div>
      <div class="actions">{actions}</div>
    </li>
  )
}
