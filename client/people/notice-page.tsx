/** The whole notice about personal data, for participants and staff: a page of its own, to read and to print. */
import { NOTICE_VERSION } from '../../shared/people/notice.ts'
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'
import { OnePage } from './one-page.tsx'

export function Page() {
  const t = useTexts()
  return (
    <OnePage>
      <article class="card join-step">
        <h1>{t.people.noticePage}</h1>
        <p class="hint notice-version">{t.people.noticeVersion(NOTICE_VERSION)}</p>
        <p>{t.people.noticeLead}</p>
        {t.people.noticeParts.map(({ title, text }) => (
          <section key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </section>
        ))}
        <p class="banner banner-warn sm">
          <Icon name="triangle-alert" /> <span class="grow">{t.people.noticeWarning}</span>
        </p>
      </article>
    </OnePage>
  )
}

/** The way to it from a step that must not be left: in a window of its own. */
export function NoticeLink() {
  const t = useTexts()
  return (
    <a class="btn btn-quiet btn-full" href="/notice" target="_blank" rel="noopener">
      {t.people.noticeFull} <Icon name="external-link" />
    </a>
  )
}
