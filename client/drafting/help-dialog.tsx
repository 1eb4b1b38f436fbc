/** Calling the facilitator: a few words or none; the page stays open for writing. */
import { useState } from 'preact/hooks'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Field } from '../ui/field.tsx'

export type HelpDialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  /** Throws CallFailed; the words stay for another try. */
  readonly send: (about: string) => Promise<void>
}

export function HelpDialog({ open, onClose, send }: HelpDialogProps) {
  const t = useTexts()
  const [about, setAbout] = useState('')
  const { busy, error, run } = useAction()
  const call = async (): Promise<void> => {
    await send(about.trim())
    setAbout('')
  }
  return (
    <Dialog
      title={t.drafting.helpTitle}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button kind="main" icon="hand" busy={busy} onClick={() => void run(call)}>
            {t.drafting.helpSend}
          </Button>
        </>
      }
    >
      <Field label={t.drafting.helpText} value={about} onInput={setAbout} lines={3} />
      <FailureBanner error={error} />
    </Dialog>
  )
}
