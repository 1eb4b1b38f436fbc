/** A one-time link that makes an account: the first administrator's, or an invitation with its role. */
import { useState } from 'preact/hooks'
import type { acceptLink, lookAtLink, me } from '../../shared/people/contract.ts'
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
import { NoticeLink } from './notice-page.tsx'
import { PlainHttp } from './plain-http.tsx'

export function Page() {
  const t = useTexts()
  const secret = useSecretOnce()
  const { state } = useRecord<typeof lookAtLink>(
    'POST',
    '/api/links/look',
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
  const { kind, name, role, workshop } = state.value
  const first = kind === 'first-administrator'
  return (
    <div class="join">
      <ClearBar />
      <main class="one-main" tabIndex={-1}>
        <section class="card join-step">
          <h1>{first ? t.people.firstTitle : t.people.inviteTitle}</h1>
          <p>{first ? t.people.firstText : t.people.inviteText(t.terms.roles[role], workshop ?? '')}</p>
          <AccountForm secret={secret} invited={name} />
          <NoticeLink />
        </section>
        <PlainHttpIfSo />
      </main>
    </div>
  )
}

function PlainHttpIfSo() {
  const { state } = useRecord<typeof me>('GET', '/api/me', {})
  return state.kind === 'ready' && state.value.plainHttp ? <PlainHttp /> : null
}

/** Which field a problem belongs to. */
const ofName = new Set(['sign-in-name-taken'])

function AccountForm({ secret, invited }: { readonly secret: string; readonly invited: string }) {
  const t = useTexts()
  const [name, setName] = useState(invited)
  const [signInName, setSignInName] = useState('')
  const [password, setPassword] = useState('')
  const action = useAction()
  const words = useFailureText()
  const { error } = action
  const submit = () =>
    void action.run(async () => {
      const body = { secret, name, signInName, password }
      const { home } = await call<typeof acceptLink>('POST', '/api/links/accept', { body })
      reconnectNews()
      navigate(home)
    })
  return (
    <Form onSubmit={submit}>
      <Field
        label={t.people.yourName}
        value={name}
        onInput={setName}
        extra={{ autocomplete: 'name', maxLength: 120 }}
      />
      <Field
        label={t.people.signInName}
        value={signInName}
        onInput={setSignInName}
        error={error !== null && ofName.has(error.code) ? words(error) : undefined}
        extra={{ autocomplete: 'username', maxLength: 120, autocapitalize: 'none', spellcheck: false }}
      />
      <Field
        label={t.people.newPassword}
        value={password}
        onInput={setPassword}
        hint={t.people.newPasswordHint}
        error={error !== null && !ofName.has(error.code) ? words(error) : undefined}
        extra={{ type: 'password', autocomplete: 'new-password' }}
      />
      <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={action.busy}>
        {t.people.makeAccount}
      </Button>
    </Form>
  )
}
