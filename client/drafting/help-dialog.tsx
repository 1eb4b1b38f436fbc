/** Calling the facilitator: a few words or none; the page stays open for writing. */
import { useState } from 'preact/hooks'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

export type HelpDialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly onSend: (about: string) => void
}

export function HelpDialog({ open, onClose, onSend }: HelpDialogProps) {
  const t = useTexts()
  const [about, setAbout] = useState('')
  return (
    <Dialog
      title={t.drafting.helpTitle}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button
            kind="main"
            icon="hand"
            onClick={() => {
              onSend(about.trim())
              setAbout('')
            }}
          >
            {t.drafting.helpSend}
          </Button>
        </>
      }
    >
      <Field label={t.drafting.helpText} value={about} onInput={setAbout} lines={3} />
    </Dialog>
  )
}
