/** One's own account: roles, changing the password, signing out. */
import { useState } from 'preact/hooks'
import type { changePassword, me } from '../../shared/people/contract.ts'
import { call, CallFailed } from '../app/api.ts'
import { reconnectNews } from '../app/news.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Form } from '../ui/form.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { say } from '../ui/toast.tsx'
import { NewPasswordField, PasswordField } from './account-fields.tsx'
import { OnePage } from './one-page.tsx'
import { SignOut } from './sign-out.tsx'

export function Page() {
  const t = useTexts()
  const { state, reload } = useRecord<typeof me>('GET', '/api/me', {})
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const { person, name, standings, home, demo } = state.value
  if (person === null) {
    return <Failure error={new CallFailed(401, 'sign-in-needed', { th: '', en: '' })} onRetry={reload} />
  }
  const participant = standings.some(({ role }) => role === 'participant')
  return (
    <OnePage>
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
          <SignOut person={person} />
        </div>
      </section>
      {participant || demo ? null : <PasswordForm />}
    </OnePage>
  )
}

function PasswordForm() {
  const t = useTexts()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const action = useAction()
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
        <PasswordField label={t.people.oldPassword} value={old} onInput={setOld} error={wrongOld ? error : null} />
        <NewPasswordField value={fresh} onInput={setFresh} error={wrongOld ? null : error} />
        <Button kind="main" full type="submit" busy={action.busy}>
          {t.people.changePassword}
        </Button>
      </Form>
    </section>
  )
}
