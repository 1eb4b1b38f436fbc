/** Signing out: what this device still holds of the person is sent, copied, or dropped with a second question; others may use the device next. */
import { useState } from 'preact/hooks'
import type { signOut } from '../../shared/people/contract.ts'
import { call } from '../app/api.ts'
import { reconnectNews } from '../app/news.ts'
import { navigate } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { copyText } from '../drafting/offered-list.tsx'
import type { Unsent } from '../sync/kept-drafts.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { say } from '../ui/toast.tsx'

/** Yjs comes only when somebody leaves. */
const keptDrafts = () => import('../sync/kept-drafts.ts')

export function SignOut({ person }: { readonly person: string }) {
  const t = useTexts()
  const action = useAction()
  const [unsent, setUnsent] = useState<Unsent | null>(null)
  const [tried, setTried] = useState(false)
  const [sure, setSure] = useState(false)

  const leave = async () => {
    await call<typeof signOut>('POST', '/api/sign-out', {})
    await (await keptDrafts()).dropFromDevice(person)
    reconnectNews()
    navigate('/')
  }
  /** Leaves when nothing waits any more, else says what does. */
  const look = async () => {
    const found = await (await keptDrafts()).unsentOnDevice(person)
    if (found.edits === 0) return leave()
    setUnsent(found)
  }
  const send = async () => {
    await (await keptDrafts()).sendFromDevice(person)
    setTried(true)
    await look()
  }
  const close = () => {
    setUnsent(null)
    setTried(false)
    setSure(false)
  }
  const copy = () => {
    const all = unsent?.items.map(({ text }) => text).join('\n\n') ?? ''
    void copyText(all).then(() => say({ text: t.general.copied }))
  }
  return (
    <>
      <FailureBanner error={action.error} />
      <Button icon="log-out" full busy={action.busy} onClick={() => void action.run(look)}>
        {t.people.signOut}
      </Button>
      <Dialog
        title={unsent === null ? '' : t.people.unsentTitle(unsent.words)}
        open={unsent !== null}
        onClose={close}
        actions={
          sure ? (
            <>
              <Button onClick={() => setSure(false)}>{t.people.unsentStay}</Button>
              <Button kind="bad" busy={action.busy} onClick={() => void action.run(leave)}>
                {t.people.unsentDrop}
              </Button>
            </>
          ) : (
            <>
              <Button kind="main" icon="send" busy={action.busy} onClick={() => void action.run(send)}>
                {t.people.unsentSend}
              </Button>
              <Button
                icon="copy"
                blocked={unsent?.items.length === 0 ? t.people.unsentNoWords : undefined}
                onClick={copy}
              >
                {t.general.copy}
              </Button>
              <Button kind="quiet" onClick={() => setSure(true)}>
                {t.people.unsentLeave}
              </Button>
            </>
          )
        }
      >
        <FailureBanner error={action.error} />
        {sure ? (
          <Banner tone="bad" icon="triangle-alert" live>
            {t.people.unsentSure(unsent?.words ?? 0)}
          </Banner>
        ) : (
          <>
            <p>{t.people.unsentText}</p>
            {tried ? (
              <Banner tone="warn" icon="wifi-off" live>
                {t.people.unsentFailed}
              </Banner>
            ) : null}
          </>
        )}
        {unsent?.items.map(({ key, text }) => (
          <p class="thread" lang="th" key={key}>
            {text}
          </p>
        ))}
      </Dialog>
    </>
  )
}
