/** Announcing something to every group. */
import { useState } from 'preact/hooks'
import type { sendBroadcast } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Field } from '../ui/field.tsx'
import { say } from '../ui/toast.tsx'

export type BroadcastDialogProps = { readonly workshop: string; readonly open: boolean; readonly onClose: () => void }

export function BroadcastDialog({ workshop, open, onClose }: BroadcastDialogProps) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const [text, setText] = useState('')
  const send = () => {
    if (text.trim() === '') return
    void run(async () => {
      const body = { text: text.trim() }
      await call<typeof sendBroadcast>('POST', '/api/workshops/:workshop/broadcasts', { params: { workshop }, body })
      setText('')
      say({ text: t.workshop.broadcastSent })
      onClose()
    })
  }
  return (
    <Dialog
      title={t.workshop.broadcastDialog}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button kind="main" icon="send" busy={busy} onClick={send}>
            {t.workshop.broadcastSend}
          </Button>
        </>
      }
    >
      <Field label={t.workshop.broadcastField} value={text} onInput={setText} lines={3} />
      <FailureBanner error={error} />
    </Dialog>
  )
}
