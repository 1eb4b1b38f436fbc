/** The administrator's page: is all well, who may do what, who is invited, what was done. */
import { useEffect, useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { accessLog, health, staff, switchDemo } from '../../shared/people/staff-contract.ts'
import { buddhistDate } from '../../shared/thai/dates.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useLanguage, useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { PlainHttp } from './plain-http.tsx'
import { StaffList } from './staff-list.tsx'

export function Page() {
  const t = useTexts()
  const { state, reload } = useRecord<typeof staff>('GET', '/api/staff', {}, ['staff'])
  const [inviting, setInviting] = useState(false)
  useEffect(() => {
    const root = document.documentElement
    root.dataset['density'] = 'desk'
    return () => {
      delete root.dataset['density']
    }
  }, [])
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const { accounts, invitations, workshops } = state.value
  return (
    <>
      <TopBar>
        <a class="btn wide-only" href="/staff">
          <Icon name="table-2" />
          {t.people.workshop}
        </a>
        <a class="btn btn-icon" href="/account" aria-label={t.people.myAccount} title={t.people.myAccount}>
          <Icon name="user-round" />
        </a>
      </TopBar>
      <main class="admin" tabIndex={-1}>
        <header class="admin-head">
          <h1>{t.people.adminTitle}</h1>
          <Button kind="main" icon="user-plus" onClick={() => setInviting(true)}>
            {t.people.inviteSomebody}
          </Button>
        </header>
        <Health />
        <section class="card pad stack" aria-labelledby="staff-h">
          <header class="row between">
            <h2 id="staff-h">{t.people.staffTitle}</h2>
            <span class="muted num">{t.people.staffCount(accounts.length)}</span>
          </header>
          <StaffList accounts={accounts} workshops={workshops} onChanged={reload} />
        </section>
        <section class="card pad stack" aria-labelledby="invited-h">
          <h2 id="invited-h">{t.people.invitations}</h2>
          <InvitationList invitations={invitations} workshops={workshops} onChanged={reload} />
        </section>
        <AccessLog />
      </main>
      <InviteDialog
        open={inviting}
        workshops={workshops}
        onClose={() => {
          setInviting(false)
          reload()
        }}
      />
    </>
  )
}

function Health() {
  const t = useTexts()
  const { state, reload } = useRecord<typeof health>('GET', '/api/admin/health', {})
  const action = useAction()
  if (state.kind !== 'ready') {
    return <section class="card pad admin-health" aria-busy={state.kind === 'loading'} />
  }
  const { ready, store, nodes, memoryMb, upSeconds, https, demo } = state.value
  const facts = [
    [t.people.healthStore, t.people.healthStores[store]],
    ...(nodes.link === 'alone'
      ? []
      : [
          [
            t.people.healthNodes,
            nodes.link === 'away' ? t.people.nodesAway : t.people.nodesConnected(nodes.others),
          ] as const,
        ]),
    [t.people.healthUp, t.people.upFor(upSeconds)],
    [t.people.healthMemory, t.people.megabytes(memoryMb)],
    [t.people.healthLink, https ? t.people.encrypted : t.people.notEncrypted],
  ] satisfies (readonly [string, string])[]
  const flip = () =>
    void action.run(async () => {
      await call<typeof switchDemo>('POST', '/api/admin/demo', { body: { on: !demo } })
      reload()
    })
  return (
    <section class="card pad admin-health">
      <Banner tone={ready ? 'ok' : 'bad'} icon={ready ? 'circle-check' : 'triangle-alert'}>
        <b>{ready ? t.people.allWell : t.people.notWell}</b>
      </Banner>
      {https ? null : <PlainHttp />}
      <dl class="admin-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="num">{value}</dd>
          </div>
        ))}
      </dl>
      <label class="switch">
        <input type="checkbox" checked={demo} onChange={flip} />
        <span>{t.people.demoShown}</span>
      </label>
    </section>
  )
}

function AccessLog() {
  const { texts: t, language } = useLanguage()
  const [deeds, setDeeds] = useState<ReplyOf<typeof accessLog> | null>(null)
  const action = useAction()
  const open = (event: Event) => {
    const details = event.currentTarget
    if (!(details instanceof HTMLDetailsElement) || !details.open) return
    void action.run(async () => setDeeds(await call<typeof accessLog>('GET', '/api/access-log', {})))
  }
  return (
    <details class="card pad admin-log" onToggle={open}>
      <summary>
        <h2>{t.people.logTitle}</h2>
        <span class="muted">{t.people.logHint}</span>
      </summary>
      {deeds === null || deeds.length === 0 ? (
        <p class="muted">{deeds === null ? t.general.loading : t.people.logEmpty}</p>
      ) : (
        <div class="admin-scroll" tabIndex={0} role="group" aria-label={t.people.logTitle}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.people.logWhen}</th>
                <th scope="col">{t.people.logWhat}</th>
                <th scope="col">{t.people.logWho}</th>
              </tr>
            </thead>
            <tbody>
              {deeds.map(({ id, at, what, who }) => (
                <tr key={id}>
                  <td class="nowrap num">{buddhistDate(Date.parse(at), { language, time: true })}</td>
                  <td>
                    <code>{what}</code>
                  </td>
                  <td>
                    <code>{who ?? '–'}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}
