/** What a person must know before typing: offline, closed, read-only, refused, this browser keeps nothing, an announcement. */
import { useState } from 'preact/hooks'
import type { readDraftInfo, reopenDraft } from '../../shared/drafting/contract.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { useDate } from '../app/use-date.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { ClosedBanner } from './closed-banner.tsx'

export type DraftBannersProps = {
  readonly info: ReplyOf<typeof readDraftInfo>
  readonly status: SyncStatus | null
  readonly workshop: ReplyOf<typeof readWorkshop> | null
  readonly onChanged: () => void
  /** Brings up the words set aside. */
  readonly onAside: () => void
}

export function DraftBanners({ info, status, workshop, onChanged, onAside }: DraftBannersProps) {
  const t = useTexts()
  const d = t.drafting
  const [noticed, setNoticed] = useState('')
  // Told of restores while the page is open, not of those before.
  const [restoreKnown, setRestoreKnown] = useState(info.restoredAt)
  const date = useDate()
  const broadcast = workshop?.broadcast ?? null
  const reopening = useAction()
  const reopen = async (): Promise<void> => {
    await call<typeof reopenDraft>('POST', '/api/drafts/:draft/opening', { params: { draft: info.id } })
    onChanged()
  }
  return (
    <div class="draft-banners stack-s">
      {broadcast === null || broadcast.id === noticed ? null : (
        <Banner icon="megaphone" live>
          <p>
            <b>{d.announcement}</b> {broadcast.text}
          </p>
          <Button kind="quiet" onClick={() => setNoticed(broadcast.id)}>
            {d.noticed}
          </Button>
        </Banner>
      )}
      {info.restoredAt === null || info.restoredAt === restoreKnown ? null : (
        <Banner icon="history" live>
          <p>{t.history.told(date(info.restoredAt, true))}</p>
          <div class="row row-wrap">
            <a class="btn" href={`/d/${info.id}/history`}>
              {t.history.open}
            </a>
            <Button kind="quiet" onClick={() => setRestoreKnown(info.restoredAt)}>
              {d.noticed}
            </Button>
          </div>
        </Banner>
      )}
      {status?.offline === true && status.closed === null ? (
        <Banner tone="warn" icon="wifi-off" live>
          {status.memoryOnly ? d.offlinePage : d.offline}
        </Banner>
      ) : null}
      {status?.storeAway === true && !status.offline && status.closed === null ? (
        <Banner tone="warn" icon="triangle-alert" live>
          {status.memoryOnly ? d.storeAwayPage : d.storeAway}
        </Banner>
      ) : null}
      {status?.memoryOnly === true ? (
        <Banner tone="warn" icon="triangle-alert">
          {d.memoryOnly}
        </Banner>
      ) : null}
      {status !== null && status.refused !== null && status.aside.length > 0 ? (
        <Banner tone="bad" icon="triangle-alert" live>
          <p>{d.refused[status.refused] ?? d.refused['read-only']}</p>
          <Button onClick={onAside}>{d.showAside}</Button>
        </Banner>
      ) : null}
      {status !== null && status.closed !== null ? <ClosedBanner code={status.closed} /> : null}
      {info.submitted !== null ? (
        <Banner tone="ok" icon="file-check" live>
          <p>
            <b>{d.submitted(info.submitted.n)}</b> {d.closedText}
          </p>
          {info.mayReopen ? (
            <Button busy={reopening.busy} onClick={() => void reopening.run(reopen)}>
              {d.reopen}
            </Button>
          ) : null}
        </Banner>
      ) : info.access === 'read' ? (
        <Banner icon="eye" live>
          {info.phase === null || info.group === null ? d.readOnly : d.phaseClosed(t.terms.phases[info.phase])}
        </Banner>
      ) : null}
      <FailureBanner error={reopening.error} />
    </div>
  )
}
