/** The review: the version on the left, one clause and its answer on the right, the bound version at the foot. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type {
  acceptRest,
  publishVersion,
  readReview,
  ReviewView,
  submitForReview,
} from '../../shared/review/contract.ts'
import { call, CallFailed } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { Banner } from '../ui/banner.tsx'
import { Choice } from '../ui/choice.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failure, useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { useDate } from '../app/use-date.ts'
import { say } from '../ui/toast.tsx'
import { AnswerPanel } from './answer-panel.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { ReturnDialog } from './return-dialog.tsx'
import { ReviewBar } from './review-bar.tsx'
import { ReviewDocument } from './review-document.tsx'
import { ReviewFoot } from './review-foot.tsx'

export type Reading = 'clean' | 'since'

/** The next asked clause without an answer after this one, going round once; null when it is the last. */
function nextUnanswered(view: ReviewView, current: string): string | null {
  const at = view.clauses.findIndex(({ id }) => id === current)
  const round = [...view.clauses.slice(at + 1), ...view.clauses.slice(0, at)]
  return round.find((clause) => clause.asked && clause.answer === null)?.id ?? null
}

export function ReviewScreen({ version, approving }: { readonly version: string; readonly approving: boolean }) {
  const { review: t, general } = useTexts()
  const words = useFailureText()
  const date = useDate()
  const { state, reload } = useRecord<typeof readReview>(
    'GET',
    '/api/versions/:version/review',
    { params: { version } },
    [`version:${version}`],
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const [reading, setReading] = useState<Reading | null>(null)
  const [dialog, setDialog] = useState<'approve' | 'return' | null>(approving ? 'approve' : null)
  const [onBehalf, setOnBehalf] = useState('')
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const moved = useRef(false)
  const view = state.kind === 'ready' ? state.value : null
  const items = view?.clauses.filter(({ kind, section }) => kind !== 'heading' && section !== 'title') ?? []
  const first =
    items.find((clause) => clause.asked && clause.answer === null) ?? items.find(({ asked }) => asked) ?? items[0]
  const current = items.find(({ id }) => id === chosen) ?? first
  useEffect(() => {
    // Settled once: a clause that was answered elsewhere must not move what is being read.
    if (chosen === null && first !== undefined) setChosen(first.id)
  }, [chosen, first])
  useEffect(() => {
    if (chosen === null) return
    // In one column the panel shows the clause's words itself: going on stays there.
    const inPanel = moved.current && matchMedia('(max-width: 899px)').matches
    const place = document.getElementById(inPanel ? 'ans' : `c-${chosen}`)
    place?.scrollIntoView({ block: inPanel ? 'start' : 'nearest' })
    moved.current = true
  }, [chosen])

  if (state.kind === 'loading') return <Loading label={general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  if (view === null || current === undefined) {
    return (
      <Empty icon="file-text" title={t.emptyTitle} text={t.emptyText} action={{ label: general.toFront, href: '/' }} />
    )
  }
  const mode: Reading = reading ?? (view.previous === null ? 'clean' : 'since')
  const behalf = view.may.record ? onBehalf : null
  const move = (by: 1 | -1) => {
    const at = items.findIndex(({ id }) => id === current.id)
    setChosen(items[Math.min(items.length - 1, Math.max(0, at + by))]?.id ?? current.id)
  }
  const next = nextUnanswered(view, current.id)
  const act = (work: () => Promise<unknown>) => {
    // Before it is painted busy a second press comes through.
    if (running.current) return
    running.current = true
    setBusy(true)
    work()
      .then(reload, (failure: unknown) => {
        say({ text: failure instanceof CallFailed ? words(failure) : general.failedTitle })
      })
      .finally(() => {
        running.current = false
        setBusy(false)
      })
  }
  const done = () => {
    setDialog(null)
    reload()
  }
  const modes = [
    { value: 'clean' as const, label: t.clean },
    { value: 'since' as const, label: t.since(view.previous?.number ?? '') },
  ]
  const switcher =
    view.previous === null ? null : (
      <Choice legend={t.reading} options={modes} value={mode} onChoose={setReading} joined quietLegend />
    )
  return (
    <div class="review">
      <a class="skip" href="#doc">
        {t.skip}
      </a>
      <a class="skip" href="#ans">
        {t.skipAnswer}
      </a>
      <ReviewBar view={view}>{switcher}</ReviewBar>
      <div class="rev-grid">
        <main class="rev-doc" id="doc" tabIndex={-1}>
          {state.kind === 'ready' && state.stale ? (
            <Banner tone="warn" icon="wifi-off" live>
              {general.stale}
            </Banner>
          ) : null}
          {view.returned === null ? null : (
            <Banner tone="warn" icon="reply">
              <b>{t.returnedBy(view.returned.by, date(view.returned.at, true))}</b>
              <span lang="th"> {view.returned.reason}</span>
              {view.returned.recordedBy === '' ? null : <span> · {t.recordedBy(view.returned.recordedBy)}</span>}
            </Banner>
          )}
          {view.state === 'endorsed' || view.state === 'published' ? (
            <Banner tone="ok" icon="stamp">
              {view.approvals.map((one) => (
                <b key={one.at}>
                  {t.otherOf(one.by, t.verbs[one.verb], date(one.at, true))}
                  {one.recordedBy === '' ? '' : ` · ${t.recordedBy(one.recordedBy)}`}{' '}
                </b>
              ))}
              {t.endorsedAs(view.number)}
            </Banner>
          ) : null}
          {view.may.submit ? <Banner icon="send">{t.submitText}</Banner> : null}
          <div class="rev-narrow">{switcher}</div>
          <ReviewDocument
            view={view}
            redline={mode === 'since'}
            current={current.id}
            onChoose={(id) => {
              setChosen(id)
              document.getElementById('ans')?.focus()
            }}
          />
          <a
            class="btn btn-main rev-jump"
            href="#ans"
            onClick={(event) => {
              event.preventDefault()
              document.getElementById('ans')?.focus()
            }}
          >
            {t.toAnswer(current.code)}
            <Icon name="arrow-down" />
          </a>
        </main>
        <aside class="rev-side" id="ans" tabIndex={-1} aria-label={t.clause(current.code)}>
          {view.may.record && view.may.answer ? (
            <Field label={t.behalf} value={onBehalf} onInput={setOnBehalf} hint={t.behalfHint} />
          ) : null}
          <AnswerPanel
            key={current.id}
            version={version}
            clause={current}
            redline={mode === 'since'}
            next={view.clauses.find(({ id }) => id === next)?.code ?? null}
            mayAnswer={view.may.answer}
            behalf={behalf}
            onMove={move}
            onSaved={() => {
              if (next !== null) setChosen(next)
              reload()
            }}
          />
        </aside>
      </div>
      <ReviewFoot
        view={view}
        busy={busy}
        onAcceptRest={() => {
          if (behalf?.trim() === '') return say({ text: t.needBehalf })
          act(() =>
            call<typeof acceptRest>('POST', '/api/versions/:version/answers', {
              params: { version },
              body: behalf === null ? {} : { behalf },
            }),
          )
        }}
        onReturn={() => setDialog('return')}
        onApprove={() => (behalf?.trim() === '' ? say({ text: t.needBehalf }) : setDialog('approve'))}
        onSubmit={() =>
          act(() =>
            call<typeof submitForReview>('POST', '/api/versions/:version/review', { params: { version }, body: {} }),
          )
        }
        onPublish={() =>
          act(() => call<typeof publishVersion>('POST', '/api/versions/:version/publication', { params: { version } }))
        }
      />
      <ApproveDialog
        view={view}
        open={dialog === 'approve' && view.may.approve}
        behalf={behalf}
        onClose={() => setDialog(null)}
        onDone={done}
      />
      <ReturnDialog
        version={version}
        open={dialog === 'return'}
        behalf={behalf}
        onClose={() => setDialog(null)}
        onDone={done}
      />
    </div>
  )
}
