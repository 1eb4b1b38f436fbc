/** The third question: the notice about personal data, in its version, accepted before joining. */
import { NOTICE_VERSION } from '../../shared/people/notice.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Icon } from '../ui/icon.tsx'
import { NoticeLink } from './notice-page.tsx'

/** `onAccept` joins with this version of the notice; what it throws is shown here. */
export function NoticeStep({ onAccept }: { readonly onAccept: (notice: number) => Promise<void> }) {
  const t = useTexts()
  const action = useAction()
  return (
    <>
      <dl class="notice">
        {t.people.notice.map(({ icon, title, text }) => (
          <div key={icon}>
            <dt>
              <Icon name={icon} />
              {title}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p class="banner banner-warn sm">
        <Icon name="triangle-alert" /> <span class="grow">{t.people.noticeWarning}</span>
      </p>
      <FailureBanner error={action.error} />
      <div class="stack-s">
        <Button
          kind="main"
          big
          full
          iconAfter="arrow-right"
          busy={action.busy}
          onClick={() => void action.run(() => onAccept(NOTICE_VERSION))}
        >
          {t.people.accept}
        </Button>
        <NoticeLink />
        <p class="hint notice-version">{t.people.noticeVersion(NOTICE_VERSION)}</p>
      </div>
    </>
  )
}
