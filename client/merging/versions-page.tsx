/** Versions: the graph is the menu, two picks are compared by Thai words. */
import { useState } from 'preact/hooks'
import type { compareVersions, listVersions } from '../../shared/merging/contract.ts'
import { useRecord } from '../app/record.ts'
import type { PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { MemoButton } from '../review/memo-dialog.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { DeviceSettings, WordMark } from '../ui/top-bar.tsx'
import { Comparison } from './comparison.tsx'
import { OnlyVersion } from './only-version.tsx'
import { useDesk } from '../app/use-desk.ts'
import { VersionGraph } from './version-graph.tsx'

export function Page({ params }: PageProps) {
  useDesk()
  const workshop = params['workshop'] ?? ''
  const t = useTexts()
  const m = t.merging
  const topics = [`merge:${workshop}`]
  const list = useRecord<typeof listVersions>(
    'GET',
    '/api/workshops/:workshop/versions',
    { params: { workshop } },
    topics,
  )
  const [picks, setPicks] = useState<readonly string[]>([])
  const versions = list.state.kind === 'ready' ? list.state.value.versions : []
  // Without picks the newest two; the older of two picks is always "from".
  const chosen = picks.length === 2 ? picks : versions.slice(0, 2).map((version) => version.id)
  const [to, from] = versions.filter((version) => chosen.includes(version.id))
  const pair =
    from === undefined || to === undefined ? null : { params: { workshop }, query: { from: from.id, to: to.id } }
  const compared = useRecord<typeof compareVersions>('GET', '/api/workshops/:workshop/versions/compare', pair, [])
  if (list.state.kind === 'loading') return <Loading label={t.general.loading} />
  if (list.state.kind === 'failed') return <Failure error={list.state.error} onRetry={list.reload} />
  const merge = { label: m.toMerge, href: `/w/${workshop}/merge` }
  if (versions.length === 0) {
    return <Empty icon="git-merge" title={m.versionsEmptyTitle} text={m.versionsEmptyText} action={merge} />
  }
  const review = t.review.openReview(versions[0]?.number ?? '')
  const pick = (version: string) => {
    const kept = (picks.length === 2 ? picks.slice(1) : chosen.slice(0, 1)).filter((id) => id !== version)
    setPicks([...kept, version])
  }
  const ways = (
    <>
      <a class="btn btn-main" href={`/v/${versions[0]?.id ?? ''}/review`}>
        <Icon name="stamp" /> {review}
      </a>
      <a class="btn" href={merge.href}>
        <Icon name="git-merge" /> {m.toMerge}
      </a>
    </>
  )
  return (
    <div class="versions">
      <a class="skip" href="#cmp">
        {m.skipCompare}
      </a>
      <header class="bar">
        <WordMark />
        <div class="bar-title">
          <b>{m.versionsTitle}</b>
          <span>{list.state.value.title}</span>
        </div>
        <span class="grow" />
        <span class="wide-only row">
          <DeviceSettings />
        </span>
        <span class="wide-only row">{ways}</span>
      </header>
      <div class="ver-grid">
        <VersionGraph list={list.state.value} from={from?.id ?? null} to={to?.id ?? null} onPick={pick} />
        <main class="cmp" id="cmp" tabIndex={-1}>
          <div class="row row-wrap ver-papers">
            <span class="phone-only row row-wrap">{ways}</span>
            <a class="btn" href={`/p/${versions[0]?.id ?? ''}`}>
              <Icon name="file-down" /> {m.documents(versions[0]?.number ?? '')}
            </a>
            <MemoButton workshop={workshop} />
          </div>
          {pair === null ? (
            <OnlyVersion version={versions[0]?.id ?? ''} number={versions[0]?.number ?? ''} />
          ) : compared.state.kind === 'ready' ? (
            <Comparison
              compared={compared.state.value}
              title={
                <>
                  <span class="num">{compared.state.value.from.number}</span> <Icon name="arrow-right" />{' '}
                  <span class="num">{compared.state.value.to.number}</span>
                </>
              }
            />
          ) : compared.state.kind === 'failed' ? (
            <Failure error={compared.state.error} onRetry={compared.reload} />
          ) : (
            <p role="status">{t.general.loading}</p>
          )}
        </main>
      </div>
    </div>
  )
}
