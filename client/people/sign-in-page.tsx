/** Signing in for staff. */
import { useState } from 'preact/hooks'
import type { me, signIn } from '../../shared/people/contract.ts'
import { call } from '../app/api.ts'
import { reconnectNews } from '../app/news.ts'
import { useRecord } from '../app/record.ts'
import { navigate } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { ClearBar } from './clear-bar.tsx'
import { PlainHttp } from './plain-http.tsx'

export function Page() {
  const t = useTexts()
  const [signInName, setName] = useState('')
  const [password, setPassword] = useState('')
  const action = useAction()
  const words = useFailureText()
  const { state: mine } = useRecord<typeof me>('GET', '/api/me', {})
  const submit = () =>
    void action.run(async () => {
      const { home } = await call<typeof signIn>('POST', '/api/sign-in', { body: { signInName, password } })
      reconnectNews()
      navigate(home)
    })
  return (
    <div class="join">
      <ClearBar />
      <main class="one-main" tabIndex={-1}>
        <section class="card join-step">
          <h1>{t.people.signInTitle}</h1>
          <Form onSubmit={submit}>
            <Field
              label={t.people.signInName}
              value={signInName}
              onInput={setName}
              extra={{ autocomplete: 'username', maxLength: 120, autocapitalize: 'none', spellcheck: false }}
            />
            <Field
              label={t.people.password}
              value={password}
              onInput={setPassword}
              error={action.error === null ? undefined : words(action.error)}
              extra={{ type: 'password', autocomplete: 'current-password' }}
            />
            <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={action.busy}>
              {t.people.signIn}
            </Button>
          </Form>
          <p class="hint">{t.people.signInHelp}</p>
          <a class="btn btn-quiet btn-full" href="/join">
            {t.people.participantInstead}
          </a>
        </section>
        {mine.kind === 'ready' && mine.value.plainHttp ? <PlainHttp /> : null}
      </main>
    </div>
  )
}
