/** The two dialogs of the draft, handing in and calling for help, with their calls. */
import type { submitDraft } from '../../shared/drafting/contract.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { callHelp, readGroup } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
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
  const submitting = useAction()
  const submit = async (): Promise<void> => {
    const { n } = await call<typeof submitDraft>('POST', '/api/drafts/:draft/submission', { params: { draft } })
    shared.onClose()
    say({ text: d.submitted(n) })
    onChanged()
  }
  const ask = async (about: string): Promise<void> => {
    if (group === null) return
    await call<typeof callHelp>('POST', '/api/groups/:group/help', { params: { group: group.id }, body: { about } })
    shared.onClose()
    say({ text: d.helpWaiting })
  }
  return (
    <>
      <SubmitDialog
        {...shared}
        members={group?.people ?? []}
        open={dialog === 'submit'}
        busy={submitting.busy}
        error={submitting.error}
        onSubmit={() => void submitting.run(submit)}
      />
      <HelpDialog open={dialog === 'help'} onClose={shared.onClose} send={ask} />
    </>
  )
}
