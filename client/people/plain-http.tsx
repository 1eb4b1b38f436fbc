/** What staff are told where the connection is not encrypted: the hotel laptop. */
import type { me } from '../../shared/people/contract.ts'
import { useRecord } from '../app/record.ts'
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

/** For pages that do not know how they came: asks the server. */
export function PlainHttpIfSo() {
  const { state } = useRecord<typeof me>('GET', '/api/me', {})
  return state.kind === 'ready' && state.value.plainHttp ? <PlainHttp /> : null
}
