/** Sending a version back: the reason that the editor will read. */
import { useState } from 'preact/hooks'
import type { returnVersion } from '../../shared/review/contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'

export type ReturnDialogProps = {
  readonly version: string
  readonly open: boolean
  readonly behalf: string | null
  readonly onClose: () => void
  readonly onDone: () => void
}

export function ReturnDialog({ version, open, behalf, onClose, onDone }: ReturnDialogProps) {
  const t = useTexts().review
  const words = useFailureText()
  const [reason, setReason] = useState('')
  const action = useAction()
  const send = () =>
    void action.run(async () => {
      await call<typeof returnVersion>('POST', '/api/versions/:version/return', {
        params: { version },
        body: { reason, ...(behalf === null ? {} : { behalf }) },
      })
      onDone()
    })
  return (
    <Dialog
      title={t.sendBackTitle}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.notYet}</Button>
          <Button kind="main" icon="reply" busy={action.busy} onClick={send}>
            {t.sendBack}
          </Button>
        </>
      }
    >
      <Field
        label={t.sendBackWhy}
        value={reason}
        onInput={setReason}
        hint={t.sendBackHint}
        lines={4}
        error={action.error === null ? undefined : words(action.error)}
      />
    </Dialog>
  )
}
