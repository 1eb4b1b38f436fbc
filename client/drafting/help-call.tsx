/** The group's open call for help: waiting, taken by whom, closed when the answer is there. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { closeHelp, readGroup } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'

export function HelpCall({ group }: { readonly group: ReplyOf<typeof readGroup> | null }) {
  const d = useTexts().drafting
  const action = useAction()
  const help = group?.help ?? null
  if (help === null || help.state === 'closed') return null
  const close = (): void =>
    void action.run(async () => {
      await call<typeof closeHelp>('POST', '/api/help/:call/close', { params: { call: help.id }, body: { answer: '' } })
    })
  return (
    <Banner tone="warn" icon="hand" live>
      <p>{help.state === 'taken' ? d.helpTaken(help.takenByName) : d.helpWaiting}</p>
      {help.about === '' ? null : <p class="hint">{help.about}</p>}
      <Button busy={action.busy} onClick={close}>
        {d.helpClose}
      </Button>
      <FailureBanner error={action.error} />
    </Banner>
  )
}
