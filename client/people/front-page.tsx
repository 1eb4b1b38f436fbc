/** The front page: what this is, the field for the join code, staff's way in, and the demo while it is on. */
import { useEffect } from 'preact/hooks'
import type { demoSignIn, front, me } from '../../shared/people/contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { navigate } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Icon } from '../ui/icon.tsx'
import { ClearBar } from './clear-bar.tsx'
import { CodeForm } from './code-form.tsx'
import { FlowFigure } from './flow-figure.tsx'
import { handOver } from './join-state.ts'
import { useEntering } from './use-entering.ts'

const ICONS = {
  participant: 'square-pen',
  scribe: 'clipboard-list',
  facilitator: 'monitor',
  editor: 'git-merge',
  policymaker: 'stamp',
  secretary: 'pencil-line',
  commentator: 'message-square-text',
  observer: 'eye',
} as const
type DemoRole = keyof typeof ICONS
const isDemoRole = (role: string): role is DemoRole => role in ICONS

/** How often the page looks whether the demo is whole. */
const PREPARING_MS = 1500

/** The first word of a name: whom one becomes, as people say it. */
const shortName = (name: string): string => name.split(' ')[0] ?? name

export function Page() {
  const t = useTexts()
  const { state: mine } = useRecord<typeof me>('GET', '/api/me', {})
  const { state: offered, reload } = useRecord<typeof front>('GET', '/api/front', {})
  const preparing = offered.kind === 'ready' && offered.value.preparing
  useEffect(() => {
    if (!preparing) return undefined
    const timer = setInterval(reload, PREPARING_MS)
    return () => clearInterval(timer)
  }, [preparing, reload])
  const someone = mine.kind === 'ready' && mine.value.person !== null ? mine.value : null
  const [headline = '', secondLine = ''] = t.people.headline
  return (
    <div class="front">
      <ClearBar>
        {someone === null ? (
          <a class="btn wide-only" href="/sign-in">
            <Icon name="log-in" />
            {t.people.staffSignIn}
          </a>
        ) : (
          <a class="btn wide-only" href={someone.home}>
            {t.people.goOn(shortName(someone.name))}
            <Icon name="arrow-right" />
          </a>
        )}
      </ClearBar>
      <main class="front-main" tabIndex={-1}>
        <section class="front-lead">
          <h1>
            {headline} <br />
            {secondLine}
          </h1>
          <p class="lead">{t.people.lead}</p>
          <FlowFigure />
        </section>
        <section class="card join-card" aria-labelledby="join-h">
          <h2 id="join-h">{t.people.haveCode}</h2>
          <CodeForm
            label={t.people.codeLabel}
            hint={t.people.codeHint}
            button={t.people.joinWorkshop}
            onFound={(found) => {
              handOver(found)
              navigate('/join')
            }}
          />
          <p class="join-note">
            <Icon name="user-round" />
            {t.people.noAccount}
          </p>
          <a class="join-staff phone-only" href={someone === null ? '/sign-in' : someone.home}>
            <Icon name="log-in" />
            <span class="grow">
              {someone === null ? t.people.staffSignInShort : t.people.goOn(shortName(someone.name))}
            </span>
            <Icon name="chevron-right" />
          </a>
        </section>
        {offered.kind === 'ready' && offered.value.demo.length > 0 ? <Demo offered={offered.value} /> : null}
        {preparing ? (
          <section class="demo" aria-labelledby="demo-h">
            <header class="demo-head">
              <h2 id="demo-h">{t.people.demoTitle}</h2>
              <p class="muted" role="status">
                {t.people.demoPreparing}
              </p>
            </header>
          </section>
        ) : null}
      </main>
      <footer class="foot">
        {offered.kind === 'loading' ? null : (
          <>
            <span>{t.people.footer}</span>
            <a href="/api-docs">{t.general.apiTitle}</a>
          </>
        )}
      </footer>
    </div>
  )
}

function Demo({
  offered,
}: {
  readonly offered: {
    readonly demo: readonly { role: string; name: string }[]
    readonly people: number
    readonly groups: number
  }
}) {
  const t = useTexts()
  const { busy, error, enter } = useEntering()
  const enterAs = (role: DemoRole) =>
    enter(() => call<typeof demoSignIn>('POST', '/api/demo/sign-in', { body: { role } }))
  return (
    <section class="demo" aria-labelledby="demo-h">
      <header class="demo-head">
        <h2 id="demo-h">{t.people.demoTitle}</h2>
        <p class="muted">{t.people.demoFacts(offered.people, offered.groups)}</p>
      </header>
      <FailureBanner error={error} />
      <ul class="demo-cards">
        {offered.demo.map(({ role, name }) =>
          isDemoRole(role) ? (
            <li key={role}>
              <button type="button" class="role card" onClick={() => enterAs(role)} aria-busy={busy}>
                <span class="role-ic">
                  <Icon name={ICONS[role]} />
                </span>
                <b>{t.terms.roles[role]}</b>
                <span class="role-p">{t.people.demoWaits[role]}</span>
                <span class="role-go">
                  {t.people.enterAs(shortName(name))}
                  <Icon name="arrow-right" />
                </span>
              </button>
            </li>
          ) : null,
        )}
      </ul>
    </section>
  )
}
