/** The server ended the connection for good: why, where one's words are, and what to do. */
import { useTexts } from '../app/texts.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

/** Close codes of the document socket. */
const SIGN_IN = 4401
const NOT_ALLOWED: readonly number[] = [4403, 4404]
const OTHER_VERSION: readonly number[] = [4409, 4410]

export function ClosedBanner({ code }: { readonly code: number }) {
  const t = useTexts()
  const d = t.drafting
  if (code === SIGN_IN)
    return (
      <Banner tone="bad" icon="log-in" live>
        <p>{d.signInAgain}</p>
        <a class="btn" href="/">
          {t.general.toFront}
        </a>
      </Banner>
    )
  const words = OTHER_VERSION.includes(code) ? d.otherVersion : NOT_ALLOWED.includes(code) ? d.noMore : d.ended
  return (
    <Banner tone="bad" icon="refresh-cw" live>
      <p>{words}</p>
      <Button onClick={() => location.reload()}>{d.reload}</Button>
    </Banner>
  )
}
