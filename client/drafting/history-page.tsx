/** The history of a draft: its moments, the text at one beside what stands now, and bringing it back. */
import { useState } from 'preact/hooks'
import type { listMoments, restoreMoment } from '../../shared/drafting/history-contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import type { PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { useDesk } from '../app/use-desk.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { DeviceSettings, PhoneSettings } from '../ui/top-bar.tsx'
import { MomentList } from './moment-list.tsx'
import { MomentView } from './moment-view.tsx'

/** What came of the last press: `undo` is the moment before it and the entry that made it. */
type Outcome = { readonly text: string; readonly undo: { readonly before: number; readonly seq: number } | null }

export function Page({ params }: PageProps) {
  useDesk()
  const draft = params['draft'] ?? ''
  const t = useTexts()
  const h = t.history
  const topics = [`draft:${draft}`]
  const list = useRecord<typeof listMoments>('GET', '/api/drafts/:draft/history', { params: { draft } }, topics)
  const [picked, setPicked] = useState<number | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const action = useAction()
  if (list.state.kind === 'loading') return <Loading label={t.general.loading} />
  if (list.state.kind === 'failed') return <Failure error={list.state.error} onRetry={list.reload} />
  const { moments, bar, now } = list.state.value
  const back = { label: h.back, href: `/d/${draft}` }
  const [begun] = moments
  if (begun === undefined || (moments.length === 1 && begun.seq === now)) {
    return <Empty icon="history" title={h.emptyTitle} text={h.emptyText} action={back} />
  }
  // At first the newest text that is not the one of now.
  const chosen = moments.find(({ seq }) => seq === picked) ?? moments.find(({ kind }) => kind !== 'restored') ?? begun

  /** Resolves whether it went through. */
  const restore = async (moment: number, seen: number, done: string, mayUndo: boolean): Promise<boolean> => {
    let isDone = false
    await action.run(async () => {
      const { seq, before } = await call<typeof restoreMoment>(
        'POST',
        '/api/drafts/:draft/history/:moment/restoration',
        {
          params: { draft, moment },
          body: { seen },
        },
      )
      setOutcome(seq === null ? { text: h.same, undo: null } : { text: done, undo: mayUndo ? { before, seq } : null })
      isDone = true
      list.reload()
      document.getElementById('cmp')?.focus()
    })
    return isDone
  }
  return (
    <div class="versions history">
      <a class="skip" href="#cmp">
        {h.skip}
      </a>
      <header class="bar">
        <a class="btn btn-quiet" href={back.href}>
          <Icon name="arrow-left" /> <span class="history-back">{back.label}</span>
        </a>
        <div class="bar-title">
          <b>{h.title}</b>
        </div>
        <span class="grow" />
        <span class="wide-only row">
          <DeviceSettings />
        </span>
      </header>
      <div class="ver-grid">
        <MomentList
          moments={moments}
          chosen={chosen.seq}
          onPick={(seq) => {
            setPicked(seq)
            action.clear()
          }}
        />
        <main class="cmp" id="cmp" tabIndex={-1}>
          <div class="stack-s history-banners">
            {list.state.stale ? (
              <Banner tone="warn" icon="wifi-off" live>
                {t.general.stale}
              </Banner>
            ) : null}
            {outcome === null ? null : (
              <Banner tone="ok" icon="history" live>
                <p>{outcome.text}</p>
                {outcome.undo === null ? null : (
                  <Button
                    icon="undo-2"
                    busy={action.busy}
                    onClick={() => {
                      const { undo } = outcome
                      if (undo !== null) void restore(undo.before, undo.seq, h.undone, false)
                    }}
                  >
                    {h.undo}
                  </Button>
                )}
              </Banner>
            )}
            <FailureBanner error={action.error} />
          </div>
          <MomentView
            key={chosen.seq}
            draft={draft}
            moment={chosen}
            bar={bar}
            busy={action.busy}
            onAsk={() => setPicked(chosen.seq)}
            onRestore={(seen) => restore(chosen.seq, seen, h.done, true)}
          />
          <PhoneSettings />
        </main>
      </div>
    </div>
  )
}
