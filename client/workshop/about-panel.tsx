/** What a workshop is, for changing it later; the template stays as it was chosen. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { changeWorkshop, readWorkshop } from '../../shared/workshop/contract.ts'
import type { About } from '../../shared/workshop/about.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/toast.tsx'
import { AboutFields } from './about-fields.tsx'

export type AboutPanelProps = { readonly workshop: ReplyOf<typeof readWorkshop>; readonly onNext: () => void }

export function AboutPanel({ workshop, onNext }: AboutPanelProps) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const { title, organiser, place, begins, ends, subject } = workshop
  const [about, setAbout] = useState<About>({ title, organiser, place, begins, ends, subject })
  const missing = about.title.trim() === ''
  const save = () => {
    if (missing) return
    void run(async () => {
      await call<typeof changeWorkshop>('PUT', '/api/workshops/:workshop', {
        params: { workshop: workshop.id },
        body: about,
      })
      say({ text: t.workshop.saved })
    })
  }
  return (
    <section class="setup-about card pad" aria-labelledby="about-h">
      <h1 id="about-h">{t.workshop.aboutTitle}</h1>
      <p class="row">
        <Icon name="file-text" />
        {t.workshop.templateNames[workshop.template] ?? workshop.template}
      </p>
      <AboutFields about={about} onChange={setAbout} titleError={missing ? t.workshop.needName : undefined} />
      <FailureBanner error={error} />
      <div class="dialog-actions">
        <Button busy={busy} onClick={save}>
          {t.workshop.save}
        </Button>
        <Button kind="main" iconAfter="arrow-right" onClick={onNext}>
          {t.workshop.next}
        </Button>
      </div>
    </section>
  )
}
