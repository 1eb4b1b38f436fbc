/** Adding one person by hand: a latecomer, or a row that was kept aside. */
import { useState } from 'preact/hooks'
import type { addParticipant } from '../../shared/workshop/contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Field } from '../ui/field.tsx'
import { say } from '../ui/toast.tsx'

/** What is known already: of a row that was kept aside (with its number), or of a name at the door. */
export type GivenPerson = {
  readonly name: string
  readonly organisation: string
  readonly position?: string
  readonly row?: number
}
export type AddPersonDialogProps = {
  readonly workshop: string
  readonly given: GivenPerson | null
  readonly open: boolean
  readonly onClose: () => void
}

export function AddPersonDialog({ workshop, given, open, onClose }: AddPersonDialogProps) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const [name, setName] = useState(given?.name ?? '')
  const [organisation, setOrganisation] = useState(given?.organisation ?? '')
  const [position, setPosition] = useState(given?.position ?? '')
  const [province, setProvince] = useState('')
  const [tried, setTried] = useState(false)
  const lacks = (value: string, text: string) => (tried && value.trim() === '' ? text : undefined)
  const add = () => {
    setTried(true)
    if (name.trim() === '' || organisation.trim() === '') return
    void run(async () => {
      const body = { name: name.trim(), organisation: organisation.trim(), position, province, row: given?.row ?? null }
      await call<typeof addParticipant>('POST', '/api/workshops/:workshop/participants', { params: { workshop }, body })
      say({ text: t.workshop.imported(1, 0) })
      setName('')
      setTried(false)
      onClose()
    })
  }
  return (
    <Dialog
      title={t.workshop.addTitle}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button kind="main" busy={busy} onClick={add}>
            {t.workshop.addPerson}
          </Button>
        </>
      }
    >
      <p class="hint">{t.workshop.addHint}</p>
      <Field label={t.workshop.personName} value={name} onInput={setName} error={lacks(name, t.workshop.noName)} />
      <Field
        label={t.workshop.personOrganisation}
        value={organisation}
        onInput={setOrganisation}
        error={lacks(organisation, t.workshop.noOrganisation)}
      />
      <Field label={t.workshop.personPosition} value={position} onInput={setPosition} />
      <Field label={t.workshop.personProvince} value={province} onInput={setProvince} />
      <FailureBanner error={error} />
    </Dialog>
  )
}
