/** The set-up of a workshop: template, roster and groups, steps and time; from there to the cards and the wall. */
import { useState } from 'preact/hooks'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { useRecord } from '../app/record.ts'
import { navigate, type PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { Failure } from '../ui/failure.tsx'
import { Loading } from '../ui/loading.tsx'
import { PhoneSettings } from '../ui/top-bar.tsx'
import { AboutPanel } from './about-panel.tsx'
import { GroupsPanel } from './groups-panel.tsx'
import { PhasesPanel } from './phases-panel.tsx'
import { RosterPanel } from './roster-panel.tsx'
import { SetupBar, type SetupStep } from './setup-bar.tsx'
import { useDensity } from './use-density.ts'

export function Page({ params }: PageProps) {
  const t = useTexts()
  useDensity('desk')
  const workshop = params['workshop'] ?? ''
  const [step, setStep] = useState<SetupStep>('people')
  const { state, reload } = useRecord<typeof readWorkshop>(
    'GET',
    '/api/workshops/:workshop',
    { params: { workshop } },
    [`workshop:${workshop}`],
  )
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const go = (to: SetupStep) => {
    if (to === 'cards') navigate(`/w/${workshop}/cards`)
    else setStep(to)
  }
  return (
    <div class="setup">
      <a class="skip" href="#setup">
        {t.workshop.skipSetup}
      </a>
      <SetupBar workshop={workshop} title={state.value.title} step={step} done={['about']} onStep={go} />
      <main id="setup" tabIndex={-1}>
        {step === 'about' ? (
          <AboutPanel workshop={state.value} onNext={() => setStep('people')} />
        ) : step === 'phases' ? (
          <PhasesPanel workshop={state.value} />
        ) : (
          <div class="setup-grid">
            <RosterPanel workshop={workshop} />
            <GroupsPanel workshop={workshop} />
          </div>
        )}
      </main>
      <PhoneSettings />
    </div>
  )
}
