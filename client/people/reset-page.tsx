/** A new password by an administrator's one-time link: whose it is, the password, and in. */
import { useState } from 'preact/hooks'
import type { lookAtPasswordLink, resetPassword } from '../../shared/people/contract.ts'
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
import { Loading } from '../ui/loading.tsx'
import { ClearBar } from './clear-bar.tsx'
import { DeadLink } from './dead-link.tsx'
import { useSecretOnce } from './fragment.ts'

export function Page() {
  const t = useTexts()
  const secret = useSecretOnce()
  const words = useFailureText()
  const [password, setPassword] = useState('')
  const action = useAction()
  const { state } = useRecord<typeof lookAtPasswordLink>(
    'POST',
    '/api/links/password/look',
    secret === null ? null : { body: { secret } },
  )
  if (secret === null || state.kind === 'failed') {
    return (
      <DeadLink
        error={state.kind === 'failed' ? state.error : null}
        missing={t.people.linkMissing}
        action={{ label: t.general.toSignIn, href: '/sign-in' }}
      />
    )
  }
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  const { name, signInName } = state.value
  const submit = () =>
    void action.run(async () => {
      const { home } = await call<typeof resetPassword>('POST', '/api/links/password', { body: { secret, password } })
      reconnectNews()
      navigate(home)
    })
  return (
    <div class="join">
      <ClearBar />
      <main class="one-main" tabIndex={-1}>
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
            <Field
              label={t.people.newPassword}
              value={password}
              onInput={setPassword}
              hint={t.people.newPasswordHint}
              error={action.error === null ? undefined : words(action.error)}
              extra={{ type: 'password', autocomplete: 'new-password' }}
            />
            <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={action.busy}>
              {t.people.resetNow}
            </Button>
          </Form>
        </section>
      </main>
    </div>
  )
}
