/** The group's open call for help: waiting, taken by whom, closed when the answer is there. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { closeHelp, readGroup } from '../../shared/workshop/conduct-contract.ts'
import { call, CallFailed } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { say } from '../ui/toast.tsx'

export function HelpCall({ group }: { readonly group: ReplyOf<typeof readGroup> | null }) {
  const d = useTexts().drafting
  const failureText = useFailureText()
  const help = group?.help ?? null
  if (help === null || help.state === 'closed') return null
  const close = (): void => {
    call<typeof closeHelp>('POST', '/api/help/:call/close', { params: { call: help.id }, body: { answer: '' } }).catch(
      (error: unknown) => {
        if (error instanceof CallFailed) say({ text: failureText(error) })
      },
    )
  }
  return (
    <Banner tone="warn" icon="hand" live>
      <p>{help.state === 'taken' ? d.helpTaken(help.takenByName) : d.helpWaiting}</p>
      {help.about === '' ? null : <p class="hint">{help.about}</p>}
      <Button onClick={close}>{d.helpClose}</Button>
    </Banner>
  )
}
