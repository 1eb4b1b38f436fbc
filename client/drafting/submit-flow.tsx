/** The two dialogs of the draft, handing in and calling for help, with their calls. */
import { useState } from 'preact/hooks'
import type { submitDraft } from '../../shared/drafting/contract.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { callHelp, readGroup } from '../../shared/workshop/conduct-contract.ts'
import { call, CallFailed } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { say } from '../ui/toast.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { SubmitDialog, type SubmitDialogProps } from './submit-dialog.tsx'

export type SubmitFlowProps = Pick<
  SubmitDialogProps,
  'sections' | 'missing' | 'maySubmit' | 'allSent' | 'visitors' | 'self' | 'onGo' | 'onClose'
> & {
  readonly dialog: 'submit' | 'help' | null
  readonly draft: string
  readonly group: ReplyOf<typeof readGroup> | null
  readonly onChanged: () => void
}

export function SubmitFlow({ dialog, draft, group, onChanged, ...shared }: SubmitFlowProps) {
  const d = useTexts().drafting
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const submit = (): void => {
    setBusy(true)
    setFailure(null)
    call<typeof submitDraft>('POST', '/api/drafts/:draft/submission', { params: { draft } })
      .then(
        ({ n }) => {
          shared.onClose()
          say({ text: d.submitted(n) })
          onChanged()
        },
        (error: unknown) => {
          if (error instanceof CallFailed) setFailure(failureText(error))
        },
      )
      .finally(() => setBusy(false))
  }
  const ask = (about: string): void => {
    if (group === null) return
    call<typeof callHelp>('POST', '/api/groups/:group/help', { params: { group: group.id }, body: { about } }).then(
      () => {
        shared.onClose()
        say({ text: d.helpWaiting })
      },
      (error: unknown) => {
        if (error instanceof CallFailed) say({ text: failureText(error) })
      },
    )
  }
  return (
    <>
      <SubmitDialog
        {...shared}
        members={group?.people ?? []}
        open={dialog === 'submit'}
        busy={busy}
        failure={failure}
        onSubmit={submit}
      />
      <HelpDialog open={dialog === 'help'} onClose={shared.onClose} onSend={ask} />
    </>
  )
}
