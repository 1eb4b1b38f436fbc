/** A one-time link that makes an account: the first administrator's, or an invitation with its role. */
import { useState } from 'preact/hooks'
import type { acceptLink, lookAtLink } from '../../shared/people/contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { NewPasswordField, SignInNameField } from './account-fields.tsx'
import { useSecretOnce } from './fragment.ts'
import { NoticeLink } from './notice-page.tsx'
import { OnePage } from './one-page.tsx'
import { PlainHttpIfSo } from './plain-http.tsx'
import { UnopenedLink } from './unopened-link.tsx'
import { useEntering } from './use-entering.ts'

export function Page() {
  const t = useTexts()
  const secret = useSecretOnce()
  const { state } = useRecord<typeof lookAtLink>(
    'POST',
    '/api/links/look',
    secret === null ? null : { body: { secret } },
  )
  if (secret === null || state.kind !== 'ready') return <UnopenedLink secret={secret} state={state} />
  const { kind, name, role, workshop } = state.value
  const first = kind === 'first-administrator'
  return (
    <OnePage>
      <section class="card join-step">
        <h1>{first ? t.people.firstTitle : t.people.inviteTitle}</h1>
        <p>{first ? t.people.firstText : t.people.inviteText(t.terms.roles[role], workshop ?? '')}</p>
        <AccountForm secret={secret} invited={name} />
        <NoticeLink />
      </section>
      <PlainHttpIfSo />
    </OnePage>
  )
}

/** Problems that belong to the name; every other is the password's. */
const OF_NAME = 'sign-in-name-taken'

function AccountForm({ secret, invited }: { readonly secret: string; readonly invited: string }) {
  const t = useTexts()
  const [name, setName] = useState(invited)
  const [signInName, setSignInName] = useState('')
  const [password, setPassword] = useState('')
  const { busy, error, enter } = useEntering()
  const submit = () =>
    enter(() => call<typeof acceptLink>('POST', '/api/links/accept', { body: { secret, name, signInName, password } }))
  return (
    <Form onSubmit={submit}>
      <Field
        label={t.people.yourName}
        value={name}
        onInput={setName}
        extra={{ autocomplete: 'name', maxLength: 120 }}
      />
      <SignInNameField value={signInName} onInput={setSignInName} error={error?.code === OF_NAME ? error : null} />
      <NewPasswordField value={password} onInput={setPassword} error={error?.code === OF_NAME ? null : error} />
      <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={busy}>
        {t.people.makeAccount}
      </Button>
    </Form>
  )
}
