/** The second question: who are you. The name is typed, never picked; an organisation only where two share it. */
import { useId, useState } from 'preact/hooks'
import type { joinName } from '../../shared/people/joining-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Icon } from '../ui/icon.tsx'
import { IsItYou, type Glimpse } from './is-it-you.tsx'

export type Who = {
  readonly name: string
  readonly organisation: string | undefined
  readonly shownName: string
  readonly group: Glimpse
}

export function NameStep({ code, onWho }: { readonly code: string; readonly onWho: (who: Who) => void }) {
  const t = useTexts()
  const id = useId()
  const [name, setName] = useState('')
  const [organisation, setOrganisation] = useState('')
  const [found, setFound] = useState<'nobody yet' | 'same-name' | 'unknown' | Who>('nobody yet')
  const action = useAction()
  const words = useFailureText()
  const look = () =>
    void action.run(async () => {
      const given = organisation.trim() === '' ? undefined : organisation
      const body = given === undefined ? { code, name } : { code, name, organisation: given }
      const outcome = await call<typeof joinName>('POST', '/api/join/name', { body })
      if (outcome.kind !== 'found') return setFound(outcome.kind)
      setFound({ name, organisation: given, shownName: outcome.name, group: outcome.group })
    })
  const error = found === 'unknown' ? t.people.nameUnknown : action.error === null ? null : words(action.error)
  const person = typeof found === 'object' ? found : null
  return (
    <Form
      onSubmit={() => {
        if (person !== null) onWho(person)
        else if (name.trim() !== '') look()
      }}
    >
      <div class="field">
        <label for={id}>{t.people.typeName}</label>
        <div class="input-ic">
          <Icon name="search" />
          <input
            id={id}
            class="input"
            value={name}
            autocomplete="off"
            maxLength={120}
            aria-describedby={`${id}-said`}
            aria-invalid={error === null ? undefined : 'true'}
            onInput={(event) => {
              setName(event.currentTarget.value)
              setFound('nobody yet')
              action.clear()
            }}
          />
        </div>
        <p class={error === null ? 'hint' : 'field-error'} id={`${id}-said`} role="status">
          {error === null ? null : <Icon name="circle-alert" />}
          {error ?? (person === null ? t.people.typeNameHint : t.people.nameFound)}
        </p>
      </div>
      {found === 'same-name' || organisation !== '' ? (
        <Field
          label={t.people.organisation}
          value={organisation}
          onInput={(value) => {
            setOrganisation(value)
            if (typeof found === 'object') setFound('same-name')
          }}
          hint={found === 'same-name' ? t.people.sameName : t.people.organisationHint}
          extra={{ maxLength: 200, autocomplete: 'off' }}
        />
      ) : null}
      {person === null ? (
        <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={action.busy}>
          {t.people.findName}
        </Button>
      ) : (
        <>
          <IsItYou name={person.shownName} group={person.group} />
          <Button kind="main" big full type="submit" iconAfter="arrow-right">
            {t.people.yesMe}
          </Button>
          <Button
            kind="quiet"
            full
            onClick={() => {
              setName('')
              setOrganisation('')
              setFound('nobody yet')
            }}
          >
            {t.people.notMe}
          </Button>
        </>
      )}
    </Form>
  )
}
