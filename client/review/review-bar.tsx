/** The bar of the review: back, which version by whom, how it is read, printing for the pen, downloads. */
import type { ComponentChildren } from 'preact'
import type { ReviewView } from '../../shared/review/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { useDate } from '../app/use-date.ts'
import { IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { DeviceSettings } from '../ui/top-bar.tsx'

export function ReviewBar({ view, children }: { readonly view: ReviewView; readonly children: ComponentChildren }) {
  const { review: t } = useTexts()
  const date = useDate()
  return (
    <header class="bar">
      <a class="btn btn-icon" href={`/w/${view.workshop}/versions`} aria-label={t.backToVersions}>
        <Icon name="arrow-left" />
      </a>
      <div class="bar-title">
        <b>{t.title(view.number)}</b>
        <span>
          {view.state === null ? t.notSubmitted : t.states[view.state]}
          {view.submitted === null ? '' : ` · ${t.submittedBy(view.submitted.by, date(view.submitted.at))}`}
        </span>
      </div>
      <span class="grow" />
      <span class="rev-wide">{children}</span>
      {view.may.download ? (
        <a
          class="btn btn-icon"
          href={`/api/versions/${view.version}/document.pdf`}
          download
          aria-label={t.pdf}
          title={t.pdf}
        >
          <Icon name="file-down" />
        </a>
      ) : null}
      <IconButton icon="printer" label={t.print} onClick={() => print()} />
      <span class="wide-only row">
        <DeviceSettings />
      </span>
    </header>
  )
}
