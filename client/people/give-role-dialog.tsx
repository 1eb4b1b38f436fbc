/** Gives one more role to a member of staff. */
import { useLayoutEffect, useState } from 'preact/hooks'
import type { grantRole } from '../../shared/people/staff-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { RoleFields, standingOf, type RoleChoice } from './role-fields.tsx'
import type { StaffAccount, WorkshopTitles } from './staff-account.ts'

export type GiveRoleDialogProps = {
  readonly account: StaffAccount | null
  readonly workshops: WorkshopTitles
  readonly onClose: () => void
}

export function GiveRoleDialog({ account, workshops, onClose }: GiveRoleDialogProps) {
  const t = useTexts()
  const [choice, setChoice] = useState<RoleChoice>({ role: 'facilitator', workshop: '' })
  const action = useAction()
  // Before paint, as nobody can have chosen yet.
  useLayoutEffect(() => {
    setChoice({ role: 'facilitator', workshop: workshops[0]?.id ?? '' })
  }, [account?.id])
  const give = () =>
    void action.run(async () => {
      if (account === null) return
      const body = standingOf(choice)
      await call<typeof grantRole>('POST', '/api/staff/:person/standings', { params: { person: account.id }, body })
      onClose()
    })
  return (
    <Dialog
      title={account === null ? '' : t.people.giveRoleTo(account.name)}
      open={account !== null}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.general.cancel}
          </Button>
          <Button kind="main" busy={action.busy} onClick={give}>
            {t.people.giveRole}
          </Button>
        </>
      }
    >
      <RoleFields choice={choice} workshops={workshops} onChoose={setChoice} />
      <FailureBanner error={action.error} />
    </Dialog>
  )
}
