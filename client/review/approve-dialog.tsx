/** What is bound by an approval: the exact hash, counts, who signed before; the short code stands on the button itself. */
import { useState } from 'preact/hooks'
import { shortHash } from '../../shared/merging/version.ts'
import { countAnswers } from '../../shared/review/answers.ts'
import type { approveVersion, ReviewView } from '../../shared/review/contract.ts'
import { CAPACITIES, type Capacity } from '../../shared/review/steps.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { useDate } from '../app/use-date.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'

export type ApproveDialogProps = {
  readonly view: ReviewView
  readonly open: boolean
  readonly behalf: string | null
  readonly onClose: () => void
  readonly onDone: () => void
}

export function ApproveDialog({ view, open, behalf, onClose, onDone }: ApproveDialogProps) {
  const t = useTexts().review
  const date = useDate()
  const [capacity, setCapacity] = useState<Capacity>('self')
  const action = useAction()
  const verb = t.verbs[view.chain[view.step]?.verb ?? 'endorse']
  const last = view.step + 1 >= view.chain.length
  const counts = countAnswers(view.clauses.flatMap(({ answer }) => (answer === null ? [] : [answer.kind])))
  const code = shortHash(view.hash)
  const approve = () =>
    void action.run(async () => {
      await call<typeof approveVersion>('POST', '/api/versions/:version/approval', {
        params: { version: view.version },
        body: { hash: view.hash, capacity, ...(behalf === null ? {} : { behalf }) },
      })
      onDone()
    })
  const title = last ? t.verbTitle(verb, view.number, view.approvedNumber) : t.verbStep(verb, view.number)
  return (
    <Dialog
      title={title}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button big onClick={onClose}>
            {t.notYet}
          </Button>
          <Button kind="main" big busy={action.busy} icon="stamp" onClick={approve}>
            <span>
              {verb} <span class="hash">{code}</span>
            </span>
          </Button>
        </>
      }
    >
      <dl class="bind">
        <div>
          <dt>{t.fingerprint}</dt>
          <dd>
            <span class="hash hash-big">{code}</span>
            <details class="hash-all">
              <summary>{t.showAll64}</summary>
              <code class="hash hash-long">{view.hash}</code>
            </details>
          </dd>
        </div>
        <div>
          <dt>{t.contents}</dt>
          <dd>{t.contentsOf(view.clauses.length, view.groups.length, view.decided)}</dd>
        </div>
        <div>
          <dt>{t.yourAnswers}</dt>
          <dd>{t.countsOf(counts.accept, counts.change, counts.decline)}</dd>
        </div>
        <div>
          <dt>{t.others}</dt>
          <dd>
            {view.approvals.length === 0
              ? t.noOthers
              : view.approvals.map((one) => t.otherOf(one.by, t.verbs[one.verb], date(one.at, true))).join(' · ')}
          </dd>
        </div>
        {behalf === null ? null : (
          <div>
            <dt>{t.behalf}</dt>
            <dd>{behalf}</dd>
          </div>
        )}
      </dl>
      <Choice
        legend={t.capacity}
        options={CAPACITIES.map((value) => ({ value, label: t.capacities[value] }))}
        value={capacity}
        onChoose={setCapacity}
      />
      <Banner icon="lock">
        {t.bound(verb)} {t.recordOnly}
      </Banner>
      <FailureBanner error={action.error} />
    </Dialog>
  )
}
