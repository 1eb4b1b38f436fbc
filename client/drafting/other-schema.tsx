/** The page is of another version than the server: it is loaded anew, once by itself, before it touches a draft. */
import { useEffect } from 'preact/hooks'
import { useTexts } from '../app/texts.tsx'
import { Empty } from '../ui/empty.tsx'

const RELOADED = 'rangruam:reloaded-for-schema'

/** `wanted` = the version that the server speaks. */
export function OtherSchema({ wanted }: { readonly wanted: number }) {
  const d = useTexts().drafting
  useEffect(() => {
    // A server that keeps sending an old page must not be asked for ever.
    if (readMark() === String(wanted)) return
    try {
      sessionStorage.setItem(RELOADED, String(wanted))
    } catch {
      // Without a memory of it the reload is left to the person.
      return
    }
    location.reload()
  }, [wanted])
  return (
    <Empty
      icon="refresh-cw"
      title={d.reload}
      text={d.otherVersion}
      action={{ label: d.reload, onClick: () => location.reload() }}
    />
  )
}

function readMark(): string | null {
  try {
    return sessionStorage.getItem(RELOADED)
  } catch {
    return null
  }
}
