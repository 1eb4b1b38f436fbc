/** One group: its subject and table, and its people with their role and the menu that moves them. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { describeGroup, listGroups, movePerson, setGroupRole } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Field } from '../ui/field.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { say } from '../ui/toast.tsx'

export type Grouping = ReplyOf<typeof listGroups>
export type GroupRow = Grouping['groups'][number]

export type GroupDialogProps = {
  readonly workshop: string
  readonly group: GroupRow
  readonly groups: readonly GroupRow[]
  readonly onClose: () => void
  readonly onChanged: () => void
}
const ROLES = ['participant', 'chair', 'scribe', 'presenter'] as const

export function GroupDialog({ workshop, group, groups, onClose, onChanged }: GroupDialogProps) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const [topic, setTopic] = useState(group.topic)
  const [table, setTable] = useState(group.table)
  const move = (person: GroupRow['people'][number], to: string) =>
    run(async () => {
      const body = { person: person.id, group: to === '' ? null : to }
      await call<typeof movePerson>('POST', '/api/workshops/:workshop/groups/moves', { params: { workshop }, body })
      const target = groups.find(({ id }) => id === to)
      if (target !== undefined) say({ text: t.workshop.moved(person.name, target.number) })
      onChanged()
    })
  const give = (person: string, role: (typeof ROLES)[number]) =>
    run(async () => {
      await call<typeof setGroupRole>('POST', '/api/groups/:group/roles', {
        params: { group: group.id },
        body: { person, role },
      })
      onChanged()
    })
  const save = () =>
    run(async () => {
      await call<typeof describeGroup>('PUT', '/api/groups/:group', {
        params: { group: group.id },
        body: { topic, table },
      })
      onChanged()
      onClose()
    })
  return (
    <Dialog
      title={t.workshop.groupTitle(group.number)}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.close}</Button>
          <Button kind="main" busy={busy} onClick={() => void save()}>
            {t.workshop.save}
          </Button>
        </>
      }
    >
      <div class="two-fields">
        <Field label={t.workshop.topicField} value={topic} onInput={setTopic} extra={{ maxLength: 200 }} />
        <Field label={t.workshop.tableField} value={table} onInput={setTable} extra={{ maxLength: 60 }} />
      </div>
      <FailureBanner error={error} />
      <ol class="grp-people">
        {group.people.map((person) => (
          <li key={person.id}>
            <div class="grp-person">
              <b>{person.name}</b>
              <p class="muted">{[person.organisation, person.province, person.position].filter(Boolean).join(' · ')}</p>
            </div>
            <SelectField
              label={t.workshop.roleOf(person.name)}
              quietLabel
              value={person.role}
              options={ROLES.map((role) => ({ value: role, label: t.terms.roles[role] }))}
              onChoose={(role) => void give(person.id, role as (typeof ROLES)[number])}
            />
            <SelectField
              label={t.workshop.moveTo(person.name)}
              quietLabel
              value={group.id}
              options={[
                ...groups.map(({ id, number, topic: name }) => ({
                  value: id,
                  label: `${t.workshop.groupTitle(number)}${name === '' ? '' : ` ${name}`}`,
                })),
                { value: '', label: t.workshop.noGroup },
              ]}
              onChoose={(to) => void move(person, to)}
            />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
