/** Invitations: waiting, accepted, expired, revoked; a new link or none. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { reissueInvitation, revokeInvitation, staff } from '../../shared/people/staff-contract.ts'
import { buddhistDate } from '../../shared/thai/dates.ts'
import { call } from '../app/api.ts'
import { useLanguage } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Icon } from '../ui/icon.tsx'
import { LinkDialog } from './invite-dialog.tsx'
import type { WorkshopTitles } from './staff-account.ts'

type Invitation = ReplyOf<typeof staff>['invitations'][number]

const ICONS = { open: 'clock', expired: 'circle-alert', accepted: 'circle-check', revoked: 'x' } as const

export type InvitationListProps = {
  readonly invitations: readonly Invitation[]
  readonly workshops: WorkshopTitles
  readonly onChanged: () => void
}

export function InvitationList({ invitations, workshops, onChanged }: InvitationListProps) {
  const { texts: t, language } = useLanguage()
  const [link, setLink] = useState<string | null>(null)
  const action = useAction()
  const remake = ({ id }: Invitation) =>
    void action.run(async () => {
      const params = { invitation: id }
      const made = await call<typeof reissueInvitation>('POST', '/api/staff/invitations/:invitation/renewal', {
        params,
      })
      setLink(made.link)
      onChanged()
    })
  const revoke = ({ id }: Invitation) =>
    void action.run(async () => {
      const params = { invitation: id }
      await call<typeof revokeInvitation>('DELETE', '/api/staff/invitations/:invitation', { params })
      onChanged()
    })
  if (invitations.length === 0) return <p class="muted">{t.people.noInvitations}</p>
  return (
    <>
      <FailureBanner error={action.error} />
      <ul class="staff">
        {invitations.map((invitation) => {
          const { id, name, standing, state, expiresAt } = invitation
          const title = workshops.find((one) => one.id === standing.workshop)?.title ?? t.people.everywhere
          return (
            <li key={id} data-off={state === 'revoked' ? 'true' : undefined}>
              <div class="grow">
                <b>{name}</b>
                <span class="muted sm">{t.people.roleAt(t.terms.roles[standing.role], title)}</span>
                <span class={`invite-state invite-${state}`}>
                  <Icon name={ICONS[state]} />
                  {t.people.invitationStates[state]}
                  {state === 'open' ? ` · ${t.people.until(buddhistDate(Date.parse(expiresAt), { language }))}` : ''}
                </span>
              </div>
              {state === 'accepted' ? null : (
                <div class="staff-do">
                  <Button
                    icon="refresh-cw"
                    onClick={() => remake(invitation)}
                    extra={{ 'aria-label': t.people.newLinkFor(name) }}
                  >
                    {t.people.newLink}
                  </Button>
                  {state === 'open' ? (
                    <Button
                      kind="quiet"
                      onClick={() => revoke(invitation)}
                      extra={{ 'aria-label': t.people.revokeFor(name) }}
                    >
                      {t.people.revoke}
                    </Button>
                  ) : null}
                </div>
              )}
            </li>
          )
        })}
      </ul>
      <LinkDialog link={link ?? ''} open={link !== null} onClose={() => setLink(null)} />
    </>
  )
}
