/** One's own account: roles, changing the password, signing out. */
import { useState } from 'preact/hooks'
import type { changePassword, me, signOut } from '../../shared/people/contract.ts'
import { call, CallFailed } from '../app/api.ts'
import { reconnectNews } from '../app/news.ts'
import { useRecord } from '../app/record.ts'
import { navigate } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Failure, useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { say } from '../ui/toast.tsx'
import { ClearBar } from './clear-bar.tsx'

export function Page() {
  const t = useTexts()
  const { state, reload } = useRecord<typeof me>('GET', '/api/me', {})
  const leaving = useAction()
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const { person, name, standings, home, demo } = state.value
  if (person === null) {
    return <Failure error={new CallFailed(401, 'sign-in-needed', { th: '', en: '' })} onRetry={reload} />
  }
  const participant = standings.some(({ role }) => role === 'participant')
  const leave = () =>
    void leaving.run(async () => {
      await call<typeof signOut>('POST', '/api/sign-out', {})
      reconnectNews()
      navigate('/')
    })
  return (
    <div class="join">
      <ClearBar />
      <main class="one-main" tabIndex={-1}>
        <section class="card join-step">
          <h1>{t.people.myAccount}</h1>
          <p>{t.people.signedInAs(name)}</p>
          <ul class="chips" aria-label={t.people.myRoles}>
            {standings.map(({ role, workshop, group }) => (
              <li class="chip" key={`${role} ${workshop ?? ''} ${group ?? ''}`}>
                {t.terms.roles[role]}
              </li>
            ))}
          </ul>
          <div class="stack-s">
            <a class="btn btn-full" href={home}>
              {t.people.goOn(name)}
              <Icon name="arrow-right" />
            </a>
            <Button icon="log-out" full busy={leaving.busy} onClick={leave}>
              {t.people.signOut}
            </Button>
          </div>
        </section>
        {participant || demo ? null : <PasswordForm />}
      </main>
    </div>
  )
}

function PasswordForm() {
  const t = useTexts()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const action = useAction()
  const words = useFailureText()
  const { error } = action
  const wrongOld = error?.code === 'wrong-old-password'
  const submit = () =>
    void action.run(async () => {
      await call<typeof changePassword>('POST', '/api/me/password', { body: { old, fresh } })
      reconnectNews()
      setOld('')
      setFresh('')
      say({ text: t.people.passwordChanged })
    })
  return (
    <section class="card join-step">
      <h2>{t.people.changePassword}</h2>
      <Form onSubmit={submit}>
        <Field
          label={t.people.oldPassword}
          value={old}
          onInput={setOld}
          error={error !== null && wrongOld ? words(error) : undefined}
          extra={{ type: 'password', autocomplete: 'current-password' }}
        />
        <Field
          label={t.people.newPassword}
          value={fresh}
          onInput={setFresh}
          hint={t.people.newPasswordHint}
          error={error !== null && !wrongOld ? words(error) : undefined}
          extra={{ type: 'password', autocomplete: 'new-password' }}
        />
        <Button kind="main" full type="submit" busy={action.busy}>
          {t.people.changePassword}
        </Button>
      </Form>
    </section>
  )
}
