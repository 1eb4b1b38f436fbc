/** The text at one moment: what would come back and what would go, the text itself, and the way to bring it back. */
import { useState } from 'preact/hooks'
import type { listMoments, readMoment } from '../../shared/drafting/history-contract.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useDate } from '../app/use-date.ts'
import { Comparison } from '../merging/comparison.tsx'
import { CodedClause } from '../review/clause-text.tsx'
import { ProposalSections } from '../review/proposal-sections.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import type { Moment } from './moment-list.tsx'
import { RestoreDialog, type ShownMoment } from './restore-dialog.tsx'

export type MomentViewProps = {
  readonly draft: string
  readonly moment: Moment
  readonly bar: ReplyOf<typeof listMoments>['bar']
  readonly busy: boolean
  /** It is asked for: it stays the one that is shown, whatever comes. */
  readonly onAsk: () => void
  /** Brings it back for somebody who saw what stood at entry `seen`; says whether it went through. */
  readonly onRestore: (seen: number) => Promise<boolean>
}

export function MomentView({ draft, moment, bar, busy, onAsk, onRestore }: MomentViewProps) {
  const t = useTexts()
  const h = t.history
  const date = useDate()
  const { state, reload } = useRecord<typeof readMoment>(
    'GET',
    '/api/drafts/:draft/history/:moment',
    { params: { draft, moment: moment.seq } },
    [`draft:${draft}`],
  )
  // What was on the screen when the question was asked is what the answer is about.
  const [asked, setAsked] = useState<ShownMoment | null>(null)
  if (state.kind === 'loading') return <p role="status">{t.general.loading}</p>
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const shown = state.value
  const { counts } = shown
  const isSame = counts.added + counts.changed + counts.removed + counts.moved + shown.choices.length === 0
  const time = date(moment.at, true)
  const ticks = (of: 'back' | 'gone'): string =>
    shown.choices
      .flatMap((choice) => choice[of])
      .map((one) => (t.terms.targetGroups as Readonly<Record<string, string>>)[one] ?? one)
      .join(', ')
  return (
    <>
      <div class="row row-wrap history-act">
        {bar !== null ? (
          <Banner icon={bar === 'closed' ? 'lock' : 'eye'}>{h.bars[bar]}</Banner>
        ) : isSame ? null : (
          <Button
            kind="main"
            icon="rotate-ccw"
            onClick={() => {
              onAsk()
              setAsked(shown)
            }}
          >
            {h.restore}
          </Button>
        )}
      </div>
      <Comparison
        compared={shown}
        title={h.ifRestored(time)}
        words={h.words}
        text={{ label: h.text, page: <MomentText shown={shown} /> }}
      />
      {ticks('back') === '' ? null : <p class="history-ticks">{h.ticksBack(ticks('back'))}</p>}
      {ticks('gone') === '' ? null : <p class="history-ticks">{h.ticksGone(ticks('gone'))}</p>}
      {shown.locked.length === 0 ? null : (
        <p class="history-ticks">{h.locked(shown.locked.map((section) => t.terms.sections[section]).join(', '))}</p>
      )}
      <RestoreDialog
        asked={asked}
        time={time}
        busy={busy}
        onClose={() => setAsked(null)}
        onRestore={(seen) =>
          void onRestore(seen).then(() => {
            setAsked(null)
            reload()
          })
        }
      />
    </>
  )
}

function MomentText({ shown }: { readonly shown: ShownMoment }) {
  const h = useTexts().history
  const title = shown.clauses.filter(({ section }) => section === 'title')
  return (
    <article class="page version-page cmp-page">
      {shown.clauses.length + shown.ticked.length === 0 ? <p class="muted">{h.nothingThen}</p> : null}
      {title.map((clause) => (
        <h2 class="doc-title" lang="th" key={clause.id}>
          {clause.parts.map(({ text }) => text).join(' ')}
        </h2>
      ))}
      <ProposalSections clauses={shown.clauses} choices={shown.ticked}>
        {(clause) => (
          <div class="item" key={clause.id}>
            <CodedClause clause={clause} redline={false} />
          </div>
        )}
      </ProposalSections>
    </article>
  )
}
