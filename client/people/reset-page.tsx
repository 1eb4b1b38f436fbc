/** A new password by an administrator's one-time link: whose it is, the password, and in. */
import { useState } from 'preact/hooks'
import type { lookAtPasswordLink, resetPassword } from '../../shared/people/contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { NewPasswordField } from './account-fields.tsx'
import { useSecretOnce } from './fragment.ts'
import { OnePage } from './one-page.tsx'
import { UnopenedLink } from './unopened-link.tsx'
import { useEntering } from './use-entering.ts'

export function Page() {
  const t = useTexts()
  const secret = useSecretOnce()
  const [password, setPassword] = useState('')
  const { busy, error, enter } = useEntering()
  const { state } = useRecord<typeof lookAtPasswordLink>(
    'POST',
    '/api/links/password/look',
    secret === null ? null : { body: { secret } },
  )
  if (secret === null || state.kind !== 'ready') return <UnopenedLink secret={secret} state={state} />
  const { name, signInName } = state.value
  const submit = () =>
    enter(() => call<typeof resetPassword>('POST', '/api/links/password', { body: { secret, password } }))
  return (
    <OnePage>
      <section class="card join-step">
        <h1>{t.people.resetTitle}</h1>
        <p>{t.people.resetText(name)}</p>
        <Form onSubmit={submit}>
          <Field
            label={t.people.signInName}
            value={signInName}
            onInput={() => undefined}
            extra={{ autocomplete: 'username', readOnly: true }}
          />
          <NewPasswordField value={password} onInput={setPassword} error={error} />
          <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={busy}>
            {t.people.resetNow}
          </Button>
        </Form>
      </section>
    </OnePage>
  )
}
