/** Invites a member of staff: name, role, workshop; then the link, shown once, to copy or to scan. */
import { useLayoutEffect, useState } from 'preact/hooks'
import type { invite } from '../../shared/people/staff-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { RoleFields, standingOf, type RoleChoice } from './role-fields.tsx'
import { ShareLink } from './share-link.tsx'
import type { WorkshopTitles } from './staff-account.ts'

export type InviteDialogProps = {
  readonly open: boolean
  readonly workshops: WorkshopTitles
  readonly onClose: () => void
}

export function InviteDialog({ open, workshops, onClose }: InviteDialogProps) {
  const t = useTexts()
  const [name, setName] = useState('')
  const [choice, setChoice] = useState<RoleChoice>({ role: 'facilitator', workshop: '' })
  const [link, setLink] = useState<string | null>(null)
  const action = useAction()
  const words = useFailureText()
  // Before paint: an effect after it would wipe the first letters of a name.
  useLayoutEffect(() => {
    if (!open) return
    setName('')
    setLink(null)
    action.clear()
  }, [open])
  const make = () =>
    void action.run(async () => {
      const body = { name, ...standingOf(choice) }
      setLink((await call<typeof invite>('POST', '/api/staff/invitations', { body })).link)
    })
  if (link !== null) return <LinkDialog link={link} open={open} onClose={onClose} />
  return (
    <Dialog
      title={t.people.inviteSomebody}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.general.cancel}
          </Button>
          <Button kind="main" busy={action.busy} onClick={make}>
            {t.people.makeLink}
          </Button>
        </>
      }
    >
      <p class="muted">{t.people.inviteHint}</p>
      <Field
        label={t.people.inviteName}
        value={name}
        onInput={setName}
        error={action.error === null ? undefined : words(action.error)}
        extra={{ autocomplete: 'off', maxLength: 120 }}
      />
      <RoleFields choice={choice} workshops={workshops} onChoose={setChoice} />
    </Dialog>
  )
}

/** A link that was just made. */
export function LinkDialog({
  title,
  link,
  open,
  onClose,
}: {
  /** Instead of the words for an invitation. */
  readonly title?: string
  readonly link: string
  readonly open: boolean
  readonly onClose: () => void
}) {
  const t = useTexts()
  return (
    <Dialog
      title={title ?? t.people.linkReady}
      open={open}
      onClose={onClose}
      actions={
        <Button kind="main" onClick={onClose}>
          {t.general.close}
        </Button>
      }
    >
      <p>{t.people.linkOnce}</p>
      <ShareLink link={link} />
    </Dialog>
  )
}
