/** What staff are told where the connection is not encrypted: the hotel laptop. */
import { useTexts } from '../app/texts.tsx'
import { Banner } from '../ui/banner.tsx'

export function PlainHttp() {
  const t = useTexts()
  return (
    <Banner tone="warn" icon="triangle-alert">
      {t.people.plainHttp}
    </Banner>
  )
}
