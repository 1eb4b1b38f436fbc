/** Staff accounts with their roles: give, take back, close, open again. */
import { useState } from 'preact/hooks'
import type { setActive, withdrawRole } from '../../shared/people/staff-contract.ts'
import type { StaffRole } from '../../shared/people/roles.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Face } from '../ui/face.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Icon } from '../ui/icon.tsx'
import { GiveRoleDialog } from './give-role-dialog.tsx'
import { PasswordLinkDialog } from './password-link-dialog.tsx'
import type { StaffAccount, WorkshopTitles } from './staff-account.ts'

export type StaffListProps = {
  readonly accounts: readonly StaffAccount[]
  readonly workshops: WorkshopTitles
  readonly onChanged: () => void
}

export function StaffList({ accounts, workshops, onChanged }: StaffListProps) {
  const t = useTexts()
  const [giving, setGiving] = useState<StaffAccount | null>(null)
  const [closing, setClosing] = useState<StaffAccount | null>(null)
  const [resetting, setResetting] = useState<StaffAccount | null>(null)
  const action = useAction()
  const where = (workshop: string | undefined) =>
    workshop === undefined
      ? t.people.everywhere
      : (workshops.find(({ id }) => id === workshop)?.title ?? t.people.workshop)
  const take = (account: StaffAccount, role: string, workshop: string | undefined) =>
    void action.run(async () => {
      const body = workshop === undefined ? { role: role as StaffRole } : { role: role as StaffRole, workshop }
      await call<typeof withdrawRole>('DELETE', '/api/staff/:person/standings', {
        params: { person: account.id },
        body,
      })
      onChanged()
    })
  const switchAccount = (account: StaffAccount, active: boolean) =>
    void action.run(async () => {
      await call<typeof setActive>('PUT', '/api/staff/:person/active', {
        params: { person: account.id },
        body: { active },
      })
      setClosing(null)
      onChanged()
    })
  return (
    <>
      <FailureBanner error={action.error} />
      <ul class="staff">
        {accounts.map((account) => (
          <li key={account.id} data-off={account.active ? undefined : 'true'}>
            <Face id={account.id} name={account.name} silent />
            <div class="grow">
              <b>{account.name}</b>
              <span class="muted sm">{account.active ? account.signInName : t.people.closedAccount}</span>
              <ul class="chips">
                {account.standings.length === 0 ? <li class="muted sm">{t.people.noRole}</li> : null}
                {account.standings.map(({ role, workshop }) => {
                  const words = t.people.roleAt(t.terms.roles[role], where(workshop))
                  return (
                    <li class="chip chip-take" key={`${role} ${workshop ?? ''}`}>
                      <span>{words}</span>
                      <button
                        type="button"
                        aria-label={t.people.takeRole(words)}
                        title={t.people.takeRole(words)}
                        onClick={() => take(account, role, workshop)}
                      >
                        <Icon name="x" />
                      </button>
                    </li>
                  )
                })}
              </ul>
            </div>
            <div class="staff-do">
              {account.active ? (
                <>
                  <Button
                    icon="plus"
                    onClick={() => setGiving(account)}
                    extra={{ 'aria-label': t.people.giveRoleTo(account.name) }}
                  >
                    {t.people.giveRole}
                  </Button>
                  <Button
                    kind="quiet"
                    icon="key-round"
                    onClick={() => setResetting(account)}
                    extra={{ 'aria-label': t.people.passwordLinkFor(account.name) }}
                  >
                    {t.people.passwordLink}
                  </Button>
                  <Button
                    kind="quiet"
                    onClick={() => setClosing(account)}
                    extra={{ 'aria-label': t.people.closeAccountOf(account.name) }}
                  >
                    {t.people.closeAccount}
                  </Button>
                </>
              ) : (
                <Button icon="rotate-ccw" onClick={() => switchAccount(account, true)}>
                  {t.people.openAccount}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {resetting === null ? null : (
        <PasswordLinkDialog account={resetting} onClose={() => setResetting(null)} key={resetting.id} />
      )}
      <GiveRoleDialog
        account={giving}
        workshops={workshops}
        onClose={() => {
          setGiving(null)
          onChanged()
        }}
      />
      <Dialog
        title={closing === null ? '' : t.people.closeAccountOf(closing.name)}
        open={closing !== null}
        onClose={() => setClosing(null)}
        actions={
          <>
            <Button kind="quiet" onClick={() => setClosing(null)}>
              {t.general.cancel}
            </Button>
            <Button kind="bad" busy={action.busy} onClick={() => closing !== null && switchAccount(closing, false)}>
              {t.people.closeAccount}
            </Button>
          </>
        }
      >
        <p>{t.people.closeAccountText}</p>
      </Dialog>
    </>
  )
}
