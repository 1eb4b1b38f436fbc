/** Signing in for staff. */
import { useState } from 'preact/hooks'
import type { signIn } from '../../shared/people/contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Form } from '../ui/form.tsx'
import { PasswordField, SignInNameField } from './account-fields.tsx'
import { OnePage } from './one-page.tsx'
import { PlainHttpIfSo } from './plain-http.tsx'
import { useEntering } from './use-entering.ts'

export function Page() {
  const t = useTexts()
  const [signInName, setSignInName] = useState('')
  const [password, setPassword] = useState('')
  const { busy, error, enter } = useEntering()
  const submit = () => enter(() => call<typeof signIn>('POST', '/api/sign-in', { body: { signInName, password } }))
  return (
    <OnePage>
      <section class="card join-step">
        <h1>{t.people.signInTitle}</h1>
        <Form onSubmit={submit}>
          <SignInNameField value={signInName} onInput={setSignInName} />
          <PasswordField label={t.people.password} value={password} onInput={setPassword} error={error} />
          <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={busy}>
            {t.people.signIn}
          </Button>
        </Form>
        <p class="hint">{t.people.signInHelp}</p>
        <a class="btn btn-quiet btn-full" href="/join">
          {t.people.participantInstead}
        </a>
      </section>
      <PlainHttpIfSo />
    </OnePage>
  )
}
