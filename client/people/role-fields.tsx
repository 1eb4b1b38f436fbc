/** Which role, and in which workshop: for inviting and for giving a role. */
import { useId } from 'preact/hooks'
import { GLOBAL_ROLES, STAFF_ROLES, type StaffRole } from '../../shared/people/roles.ts'
import { useTexts } from '../app/texts.tsx'
import type { WorkshopTitles } from './staff-account.ts'

export type RoleChoice = { readonly role: StaffRole; readonly workshop: string }

/** Whether a role is held everywhere, so that no workshop is asked for. */
export const holdsEverywhere = (role: StaffRole): boolean => GLOBAL_ROLES.some((global) => global === role)

/** What goes over the wire for a choice. */
export function standingOf({ role, workshop }: RoleChoice): { role: StaffRole; workshop?: string } {
  return holdsEverywhere(role) || workshop === '' ? { role } : { role, workshop }
}

export type RoleFieldsProps = {
  readonly choice: RoleChoice
  readonly workshops: WorkshopTitles
  readonly onChoose: (choice: RoleChoice) => void
}

export function RoleFields({ choice, workshops, onChoose }: RoleFieldsProps) {
  const t = useTexts()
  const id = useId()
  return (
    <>
      <div class="field">
        <label for={`${id}-role`}>{t.people.role}</label>
        <select
          id={`${id}-role`}
          class="input"
          value={choice.role}
          onChange={(event) => {
            const role = STAFF_ROLES.find((one) => one === event.currentTarget.value)
            if (role !== undefined) onChoose({ ...choice, role })
          }}
        >
          {STAFF_ROLES.map((role) => (
            <option value={role} key={role}>
              {t.terms.roles[role]}
            </option>
          ))}
        </select>
      </div>
      {holdsEverywhere(choice.role) ? null : (
        <div class="field">
          <label for={`${id}-workshop`}>{t.people.workshop}</label>
          <select
            id={`${id}-workshop`}
            class="input"
            value={choice.workshop}
            onChange={(event) => onChoose({ ...choice, workshop: event.currentTarget.value })}
          >
            <option value="">{choice.role === 'facilitator' ? t.people.anyWorkshop : '–'}</option>
            {workshops.map(({ id: workshop, title }) => (
              <option value={workshop} key={workshop}>
                {title}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  )
}
