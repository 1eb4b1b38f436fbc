/** Making a workshop: what it is, and the template its groups write in. */
import { useState } from 'preact/hooks'
import type { createWorkshop } from '../../shared/workshop/contract.ts'
import type { About } from '../../shared/workshop/about.ts'
import { call } from '../app/api.ts'
import { reconnectNews } from '../app/news.ts'
import { navigate } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { AboutFields } from './about-fields.tsx'

const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)

export function NewWorkshopDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const [tried, setTried] = useState(false)
  const [template, setTemplate] = useState<'short' | 'long'>('short')
  const [about, setAbout] = useState<About>({
    title: '',
    organiser: '',
    place: '',
    begins: today(),
    ends: today(),
    subject: '',
  })
  const missing = about.title.trim() === ''
  const create = () => {
    setTried(true)
    if (missing) return
    void run(async () => {
      const { id } = await call<typeof createWorkshop>('POST', '/api/workshops', { body: { ...about, template } })
      // The open socket of news knows the rights from before: it comes back with the new one.
      reconnectNews()
      navigate(`/w/${id}/setup`)
    })
  }
  return (
    <Dialog
      title={t.workshop.newTitle}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button kind="main" busy={busy} onClick={create}>
            {t.workshop.create}
          </Button>
        </>
      }
    >
      <AboutFields about={about} onChange={setAbout} titleError={tried && missing ? t.workshop.needName : undefined} />
      <Choice
        legend={t.workshop.templateField}
        options={[
          { value: 'short', label: t.workshop.templateShort },
          { value: 'long', label: t.workshop.templateLong },
        ]}
        value={template}
        onChoose={setTemplate}
      />
      <FailureBanner error={error} />
    </Dialog>
  )
}
