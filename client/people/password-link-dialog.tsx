/** An administrator makes the one-time link with which somebody sets a new password: asked first, shown once. */
import { useState } from 'preact/hooks'
import type { passwordLink } from '../../shared/people/staff-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { LinkDialog } from './invite-dialog.tsx'
import type { StaffAccount } from './staff-account.ts'

export type PasswordLinkDialogProps = { readonly account: StaffAccount; readonly onClose: () => void }

export function PasswordLinkDialog({ account, onClose }: PasswordLinkDialogProps) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const [link, setLink] = useState<string | null>(null)
  const make = () =>
    run(async () => {
      const params = { person: account.id }
      setLink((await call<typeof passwordLink>('POST', '/api/staff/:person/password-link', { params })).link)
    })
  if (link !== null) return <LinkDialog title={t.people.passwordLinkReady} link={link} open onClose={onClose} />
  return (
    <Dialog
      title={t.people.passwordLinkFor(account.name)}
      open
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.general.cancel}
          </Button>
          <Button kind="main" busy={busy} onClick={() => void make()}>
            {t.people.makeLink}
          </Button>
        </>
      }
    >
      <p>{t.people.passwordLinkText}</p>
      <FailureBanner error={error} />
    </Dialog>
  )
}
