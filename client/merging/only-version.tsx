/** Where only one version was frozen there is nothing to compare: it is shown to be read. */
import type { readPublished } from '../../shared/review/contract.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { VersionText } from '../review/version-text.tsx'
import { Failure } from '../ui/failure.tsx'

export type OnlyVersionProps = { readonly version: string; readonly number: string }

export function OnlyVersion({ version, number }: OnlyVersionProps) {
  const { merging: m, general } = useTexts()
  const { state, reload } = useRecord<typeof readPublished>('GET', '/api/versions/:version/published', {
    params: { version },
  })
  return (
    <>
      <p class="cmp-h">
        <b>
          {m.versionsTitle} <span class="num">{number}</span>
        </b>
        <span class="muted">{m.oneVersion}</span>
      </p>
      {state.kind === 'loading' ? <p role="status">{general.loading}</p> : null}
      {state.kind === 'failed' ? <Failure error={state.error} onRetry={reload} /> : null}
      {state.kind === 'ready' ? <VersionText version={state.value} /> : null}
    </>
  )
}
