/** What a failed call looks like as a whole page: offline, signed out, forbidden, gone; each with its next step. */
import type { CallFailed } from '../app/api.ts'
import { useLanguage } from '../app/texts.tsx'
import { Empty } from './empty.tsx'

/** The words of a failure in the chosen language. */
export function useFailureText(): (error: CallFailed) => string {
  const { language, texts } = useLanguage()
  return (error) =>
    error.code === 'offline' || error.detail[language] === '' ? texts.general.offlineText : error.detail[language]
}

export function Failure({ error, onRetry }: { readonly error: CallFailed; readonly onRetry: () => void }) {
  const { texts: t } = useLanguage()
  const words = useFailureText()(error)
  if (error.status === 401) {
    return (
      <Empty
        icon="key-round"
        title={t.general.signInTitle}
        text={words}
        action={{ label: t.general.toSignIn, href: '/sign-in' }}
      />
    )
  }
  if (error.status === 403) {
    return (
      <Empty
        icon="lock"
        title={t.general.forbiddenTitle}
        text={words}
        action={{ label: t.general.toFront, href: '/' }}
      />
    )
  }
  if (error.status === 404) {
    return (
      <Empty
        icon="map-pin"
        title={t.general.notFoundTitle}
        text={words}
        action={{ label: t.general.toFront, href: '/' }}
      />
    )
  }
  const icon = error.status === 0 ? 'wifi-off' : 'circle-alert'
  const title = error.status === 0 ? t.general.offlineTitle : t.general.failedTitle
  return <Empty icon={icon} title={title} text={words} action={{ label: t.general.tryAgain, onClick: onRetry }} />
}
