/** A member of staff's workshops: each with what they do there, and the way to make a new one. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import { buddhistDate } from '../../shared/thai/dates.ts'
import type { listWorkshops } from '../../shared/workshop/contract.ts'
import { useRecord } from '../app/record.ts'
import { useLanguage, useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { momentOfDay } from './clock.ts'
import { NewWorkshopDialog } from './new-workshop-dialog.tsx'
import { useDensity } from './use-density.ts'
import { useMay, type May } from './use-may.ts'

type Workshop = ReplyOf<typeof listWorkshops>[number]

export function Page() {
  const t = useTexts()
  useDensity('desk')
  const [making, setMaking] = useState(false)
  const may = useMay()
  const { state, reload } = useRecord<typeof listWorkshops>('GET', '/api/workshops', {}, ['staff'])
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const mayCreate = may('workshop.create')
  return (
    <>
      <TopBar>
        <a class="btn btn-icon" href="/account" aria-label={t.people.myAccount} title={t.people.myAccount}>
          <Icon name="user-round" />
        </a>
      </TopBar>
      <main class="staff-list" tabIndex={-1}>
        <header class="row between">
          <h1>{t.workshop.listTitle}</h1>
          <Button
            kind="main"
            icon="plus"
            blocked={mayCreate ? undefined : t.workshop.mayNotCreate}
            onClick={() => setMaking(true)}
          >
            {t.workshop.newWorkshop}
          </Button>
        </header>
        {state.value.length === 0 ? (
          <section class="card pad stack">
            <h2>{t.workshop.listEmptyTitle}</h2>
            <p>{t.workshop.listEmptyText}</p>
          </section>
        ) : (
          <ul class="workshop-cards">
            {state.value.map((workshop) => (
              <WorkshopCard workshop={workshop} may={may} key={workshop.id} />
            ))}
          </ul>
        )}
      </main>
      <NewWorkshopDialog open={making} onClose={() => setMaking(false)} />
    </>
  )
}

function WorkshopCard({ workshop, may }: { readonly workshop: Workshop; readonly may: May }) {
  const { texts: t, language } = useLanguage()
  const day = (date: string) => buddhistDate(momentOfDay(date), { language })
  const wall = may('wall.read', workshop.id)
  const setup = may('workshop.change', workshop.id)
  const merge = may('merge.decide', workshop.id)
  return (
    <li class="card pad workshop-card">
      <h2>{workshop.title}</h2>
      <p class="muted">
        {[t.workshop.dates(day(workshop.begins), day(workshop.ends)), workshop.place].filter(Boolean).join(' · ')}
      </p>
      <p class="row workshop-chips">
        <span class="chip">{t.terms.phases[workshop.phase]}</span>
        <span class="chip">{t.workshop.templateNames[workshop.template] ?? workshop.template}</span>
        {workshop.demo ? <span class="chip">{t.workshop.demoChip}</span> : null}
      </p>
      <div class="row workshop-doors">
        {wall ? (
          <a class="btn" href={`/w/${workshop.id}/wall`}>
            <Icon name="monitor" />
            {t.workshop.openWall}
          </a>
        ) : null}
        {setup ? (
          <a class="btn" href={`/w/${workshop.id}/setup`}>
            <Icon name="settings" />
            {t.workshop.openSetup}
          </a>
        ) : null}
        {merge ? (
          <a class="btn" href={`/w/${workshop.id}/merge`}>
            <Icon name="git-merge" />
            {t.workshop.openMerge}
          </a>
        ) : null}
      </div>
    </li>
  )
}
