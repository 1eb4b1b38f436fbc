/** A published version: to read, to verify, to download. */
import { shortHash } from '../../shared/merging/version.ts'
import type { readPublished } from '../../shared/review/contract.ts'
import { useRecord } from '../app/record.ts'
import type { PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useDate } from '../app/use-date.ts'
import { Banner } from '../ui/banner.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { MemoButton } from './memo-dialog.tsx'
import { VersionText } from './version-text.tsx'

export function Page({ params }: PageProps) {
  const version = params['version'] ?? ''
  const { review: t, general } = useTexts()
  const date = useDate()
  const { state, reload } = useRecord<typeof readPublished>('GET', '/api/versions/:version/published', {
    params: { version },
  })
  if (state.kind === 'loading') return <Loading label={general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const v = state.value
  const file = (name: string): string => `/api/versions/${v.version}/${name}`
  return (
    <div class="published">
      <a class="skip" href="#doc">
        {t.skip}
      </a>
      <TopBar />
      <div class="pub-grid">
        <main class="pub-doc" id="doc" tabIndex={-1}>
          {v.state === 'published' ? null : (
            <Banner tone="warn" icon="eye-off">
              {t.notPublic}
            </Banner>
          )}
          <VersionText version={v} />
        </main>
        <aside class="pub-side" aria-labelledby="pub-h">
          <h2 id="pub-h">{t.title(v.number)}</h2>
          <p class="seal-id">
            <Icon name="hash" />
            <span class="hash hash-big">{shortHash(v.hash)}</span>
          </p>
          <div class="pub-files">
            <a class="btn btn-main btn-big btn-full" href={file('document.pdf')} download>
              <Icon name="file-down" />
              {t.pdf}
            </a>
            <a class="btn btn-big btn-full" href={file('document.docx')} download>
              <Icon name="file-text" />
              {t.docx}
            </a>
            <p class="hint">{t.fontNote}</p>
            <MemoButton workshop={v.workshop} full />
          </div>
          <h3>{t.chain}</h3>
          <ol class="pub-chain">
            <li>{t.fromParents(v.parents)}</li>
            <li>{t.frozenAt(date(v.at, true))}</li>
            {v.approvals.map((one) => (
              <li key={one.at}>
                <b>{t.otherOf(one.by, t.verbs[one.verb], date(one.at, true))}</b> · {t.capacities[one.capacity]}
                {one.recordedBy === '' ? '' : ` · ${t.recordedBy(one.recordedBy)}`}
              </li>
            ))}
            {v.published === null ? null : <li>{t.publishedAt(date(v.published, true))}</li>}
          </ol>
          <h3>{t.verify}</h3>
          <p class="hint">{t.verifyText}</p>
          <dl class="pub-proof">
            <dt>{t.fingerprint}</dt>
            <dd>
              <code class="hash-long">{v.hash}</code>
            </dd>
            <dt>{t.signature}</dt>
            <dd>
              <code class="hash-long">{v.signature}</code>
            </dd>
            <dt>{t.publicKey}</dt>
            <dd>
              <code class="hash-long">{v.publicKey.replace(/-----[A-Z ]+-----|\s/g, '')}</code>
            </dd>
          </dl>
          <a class="btn btn-full" href={file('bundle.json')} download>
            <Icon name="shield-check" />
            {t.bundle}
          </a>
        </aside>
      </div>
    </div>
  )
}
