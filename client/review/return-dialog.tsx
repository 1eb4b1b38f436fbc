/** Sending a version back: the reason that the editor will read. */
import { useState } from 'preact/hooks'
import type { returnVersion } from '../../shared/review/contract.ts'
import { call, CallFailed } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
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
  const [error, setError] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    try {
      await call<typeof returnVersion>('POST', '/api/versions/:version/return', {
        params: { version },
        body: { reason, ...(behalf === null ? {} : { behalf }) },
      })
      onDone()
    } catch (failure) {
      if (!(failure instanceof CallFailed)) throw failure
      setError(words(failure))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t.sendBackTitle}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.notYet}</Button>
          <Button kind="main" icon="reply" busy={busy} onClick={() => void send()}>
            {t.sendBack}
          </Button>
        </>
      }
    >
      <Field label={t.sendBackWhy} value={reason} onInput={setReason} hint={t.sendBackHint} lines={4} error={error} />
    </Dialog>
  )
}
