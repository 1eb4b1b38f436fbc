/** What became of a group's text: ours, the decision, theirs; every "not adopted" with its reason. No ranking of groups. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { groupOutcomes } from '../../shared/merging/contract.ts'
import { DECISION_KINDS, type DecisionKind } from '../../shared/merging/decisions.ts'
import { useRecord } from '../app/record.ts'
import type { PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { Mark } from '../ui/mark.tsx'
import { DeviceSettings } from '../ui/top-bar.tsx'
import { Redline } from './redline.tsx'
import { useDate } from '../app/use-date.ts'
import { GroupMarks } from './words-of.tsx'

type Row = ReplyOf<typeof groupOutcomes>['rows'][number]

const LOOKS: Readonly<
  Record<DecisionKind, { readonly icon: string; readonly chip: string; readonly fill: string; readonly sum: string }>
> = {
  adopt: { icon: 'check', chip: 'chip-ok', fill: 'f-a', sum: 'f1' },
  combine: { icon: 'combine', chip: 'chip-accent', fill: 'f-c', sum: 'f2' },
  edit: { icon: 'pencil-line', chip: 'chip-warn', fill: 'f-e', sum: 'f3' },
  decline: { icon: 'x', chip: 'chip-bad', fill: 'f-n', sum: 'f4' },
  defer: { icon: 'circle-pause', chip: '', fill: 'f-d', sum: 'f5' },
}
const WIDTH = 700

function Summary({
  rows,
  only,
  onOnly,
}: {
  rows: readonly Row[]
  only: DecisionKind | null
  onOnly: (kind: DecisionKind | null) => void
}) {
  const m = useTexts().merging
  const counts = DECISION_KINDS.map((kind) => ({ kind, count: rows.filter((row) => row.kind === kind).length })).filter(
    ({ count }) => count > 0,
  )
  let at = 0
  return (
    <section class="fate-sum" aria-label={m.outcomesSummary(rows.length)}>
      <svg class="fate-bar" viewBox={`0 0 ${WIDTH} 18`} preserveAspectRatio="none" aria-hidden="true">
        {counts.map(({ kind, count }) => {
          const width = (WIDTH * count) / rows.length
          const x = at
          at += width
          return <rect class={LOOKS[kind].fill} key={kind} x={x} width={Math.max(2, width - 2)} height="18" />
        })}
      </svg>
      <ul>
        {counts.map(({ kind, count }) => (
          <li class={LOOKS[kind].sum} key={kind}>
            <button type="button" aria-pressed={only === kind} onClick={() => onOnly(only === kind ? null : kind)}>
              <b class="num">{count}</b>
              <span>
                <Icon name={LOOKS[kind].icon} /> {m.decided[kind]}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Fate({ row, own }: { readonly row: Row; readonly own: number }) {
  const m = useTexts().merging
  const date = useDate()
  const look = LOOKS[row.kind]
  return (
    <li class="fate">
      <div class="fate-own">
        <p class="fate-no">{m.ourCode(row.code)}</p>
        <p lang="th">{row.text}</p>
      </div>
      <div class="fate-mid">
        <span class={`chip ${look.chip}`}>
          <Icon name={look.icon} /> {m.decided[row.kind]}
        </span>
        <span class="xs muted">
          {row.by} {date(row.at)}
        </span>
      </div>
      <div class="fate-fin">
        {row.final.length === 0 ? <p class="fin muted">{m.notThere}</p> : null}
        {row.final.map((final) => {
          const others = final.groups.filter((group) => group !== own)
          return (
            <div key={final.code}>
              <p class="fin">
                <b>{m.clauseCode(final.code)}</b> <Redline runs={final.runs} />
              </p>
              {others.length === 0 ? null : (
                <p class="fin-with">
                  <GroupMarks groups={others} /> <span>{m.together(others.join(' '))}</span>
                </p>
              )}
            </div>
          )
        })}
        {row.reason === '' ? null : (
          <p class="fin-why" lang="th">
            <b>{m.why}</b> {row.reason}
          </p>
        )}
      </div>
    </li>
  )
}

export function Page({ params }: PageProps) {
  const workshop = params['workshop'] ?? ''
  const group = params['group'] ?? ''
  const t = useTexts()
  const m = t.merging
  const date = useDate()
  const [only, setOnly] = useState<DecisionKind | null>(null)
  const { state, reload } = useRecord<typeof groupOutcomes>(
    'GET',
    '/api/workshops/:workshop/groups/:group/outcomes',
    { params: { workshop, group } },
    [`workshop:${workshop}`],
  )
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const { value } = state
  const back = { label: t.general.back, onClick: () => history.back() }
  if (value.version === null || value.rows.length === 0) {
    const text = value.version === null ? m.outcomesEmptyText : m.outcomesNone
    return <Empty icon="git-merge" title={m.outcomesEmptyTitle} text={text} action={back} />
  }
  const own = value.group.number
  return (
    <div class="fateful">
      <a class="skip" href="#list">
        {m.skipList}
      </a>
      <header class="bar">
        <Mark group={own} size="l" />
        <div class="bar-title">
          <b>{value.group.name}</b>
          <span>
            {value.submittedAt === null ? m.notSubmitted(own) : m.submittedAt(own, date(value.submittedAt, true))}
          </span>
        </div>
        <span class="grow" />
        <span class="wide-only row">
          <DeviceSettings />
        </span>
      </header>
      <main class="fate-main" tabIndex={-1}>
        <header class="fate-h">
          <h1>{m.outcomesTitle}</h1>
          <p class="muted">{m.outcomesText(value.rows.length, value.version.number)}</p>
        </header>
        <Summary rows={value.rows} only={only} onOnly={setOnly} />
        <ol class="fates" id="list">
          <li class="fate-cols wide-only" aria-hidden="true">
            <span>{m.ours}</span>
            <span>{m.result}</span>
            <span>{m.theirs}</span>
          </li>
          {value.rows
            .filter((row) => only === null || row.kind === only)
            .map((row) => (
              <Fate row={row} own={own} key={row.key} />
            ))}
        </ol>
      </main>
    </div>
  )
}
