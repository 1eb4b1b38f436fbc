/** What went wrong with the last thing one did, where one did it; nothing while nothing is wrong. */
import type { CallFailed } from '../app/api.ts'
import { Banner } from './banner.tsx'
import { useFailureText } from './failure.tsx'

export function FailureBanner({ error }: { readonly error: CallFailed | null }) {
  const words = useFailureText()
  if (error === null) return null
  return (
    <Banner tone="bad" icon="circle-alert" live>
      {words(error)}
    </Banner>
  )
}
