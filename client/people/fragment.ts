/** The secret of a link: read from the fragment once, and taken out of the address at once. */
import { useState } from 'preact/hooks'

/** The secret, or null when the link came without one. It lasts as long as the page and is never in the history. */
export function useSecretOnce(): string | null {
  const [secret] = useState(() => {
    const found = location.hash.slice(1)
    if (found === '') return null
    history.replaceState(null, '', location.pathname)
    return found
  })
  return secret
}
