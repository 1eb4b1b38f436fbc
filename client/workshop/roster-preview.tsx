/** What a chosen file would bring in: counts, rows kept aside with their fixes, pairs to ask about; nothing is kept yet. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { lookAtRoster } from '../../shared/workshop/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { AsideList, isMendable, type AsideRow } from './aside-list.tsx'
import { MendDialog } from './mend-dialog.tsx'
import { RosterCounts } from './roster-counts.tsx'
import { WhoIn } from './who-in.tsx'

type Look = ReplyOf<typeof lookAtRoster>
export type Answers = {
  readonly mended: { readonly row: number; readonly name: string; readonly organisation: string }[]
  readonly leftOut: number[]
  readonly different: { readonly a: number; readonly b: number }[]
}
export const NO_ANSWERS: Answers = { mended: [], leftOut: [], different: [] }

export type RosterPreviewProps = {
  readonly look: Look
  readonly answers: Answers
  readonly onAnswers: (answers: Answers) => void
  readonly busy: boolean
  readonly onApply: () => void
}

export function RosterPreview({ look, answers, onAnswers, busy, onApply }: RosterPreviewProps) {
  const t = useTexts()
  const [mending, setMending] = useState<AsideRow | null>(null)
  const count = look.kept.length - answers.leftOut.length + answers.mended.length
  const mended = (row: number) => answers.mended.some((one) => one.row === row)
  return (
    <>
      <RosterCounts read={count} aside={look.aside.length - answers.mended.length} />
      <div class="imp-go">
        <Button kind="main" big busy={busy} iconAfter="arrow-right" onClick={onApply}>
          {t.workshop.importNow(count)}
        </Button>
      </div>
      {look.asks.length === 0 ? null : <PreviewAsks look={look} answers={answers} onAnswers={onAnswers} />}
      <div class="bad-rows">
        <h2>{t.workshop.asideTitle}</h2>
        {look.aside.length === 0 ? (
          <p>{t.workshop.asideNone}</p>
        ) : (
          <AsideList
            rows={look.aside}
            actions={(row) =>
              !isMendable(row.reason) ? null : mended(row.row) ? (
                <span class="chip chip-ok">
                  <Icon name="check" />
                  {t.workshop.mended}
                </span>
              ) : (
                <Button icon="pencil-line" onClick={() => setMending(row)}>
                  {row.reason === 'duplicate' ? t.workshop.keepAnyway : t.workshop.mend}
                </Button>
              )
            }
          />
        )}
        <p class="hint">{t.workshop.asideHint}</p>
      </div>
      <Notices look={look} />
      <WhoIn people={look.kept} />
      {mending === null ? null : (
        <MendDialog
          row={mending}
          onClose={() => setMending(null)}
          onMend={(name, organisation) => {
            onAnswers({ ...answers, mended: [...answers.mended, { row: mending.row, name, organisation }] })
            setMending(null)
          }}
        />
      )}
    </>
  )
}

function PreviewAsks({ look, answers, onAnswers }: Pick<RosterPreviewProps, 'look' | 'answers' | 'onAnswers'>) {
  const t = useTexts()
  const nameAt = (row: number) => look.kept.find((one) => one.row === row)
  return (
    <div class="bad-rows">
      <h2>{t.workshop.asksTitle}</h2>
      <ol>
        {look.asks.map(({ rowA, rowB, likely }) => {
          const same = answers.leftOut.includes(rowB)
          const differ = answers.different.some((pair) => pair.a === rowA && pair.b === rowB)
          const one = nameAt(rowB)
          const organisations = likely === 'same' ? t.workshop.askSameOrganisation : t.workshop.askOtherOrganisation
          const choose = (same_: boolean) =>
            onAnswers({
              ...answers,
              leftOut: [...answers.leftOut.filter((row) => row !== rowB), ...(same_ ? [rowB] : [])],
              different: [
                ...answers.different.filter((pair) => pair.a !== rowA || pair.b !== rowB),
                ...(same_ ? [] : [{ a: rowA, b: rowB }]),
              ],
            })
          return (
            <li key={`${rowA} ${rowB}`}>
              <span class="rown">{t.workshop.rowNumber(rowB)}</span>
              <div class="grow">
                <b>
                  {one?.name} · {one?.organisation}
                </b>
                <p>
                  <Icon name="users" />
                  {same
                    ? t.workshop.leftOut(rowB)
                    : `${t.workshop.askLike(rowA, nameAt(rowA)?.name ?? '')} ${organisations}`}
                </p>
              </div>
              <div class="actions">
                <Button extra={{ 'aria-pressed': same }} onClick={() => choose(true)}>
                  {t.workshop.samePerson}
                </Button>
                <Button extra={{ 'aria-pressed': differ }} onClick={() => choose(false)}>
                  {t.workshop.otherPerson}
                </Button>
              </div>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

/** What was written another way or needs a look; none of it stops the import. */
function Notices({ look }: { readonly look: Look }) {
  const t = useTexts()
  const rows = look.kept.filter(({ notices }) => notices.length > 0)
  if (rows.length === 0) return null
  return (
    <details class="bad-rows">
      <summary>{t.workshop.noticesTitle(rows.length)}</summary>
      <ol>
        {rows.map(({ row, name, notices }) => (
          <li key={row}>
            <span class="rown">{t.workshop.rowNumber(row)}</span>
            <div class="grow">
              <b>{name}</b>
              <p>{notices.map((notice) => t.workshop.notices[notice]).join(' · ')}</p>
            </div>
          </li>
        ))}
      </ol>
    </details>
  )
}
