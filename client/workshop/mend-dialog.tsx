/** Filling in what a row kept aside lacks. */
import { useState } from 'preact/hooks'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import type { AsideRow } from './aside-list.tsx'

export type MendDialogProps = {
  readonly row: AsideRow
  readonly onClose: () => void
  readonly onMend: (name: string, organisation: string) => void
}

export function MendDialog({ row, onClose, onMend }: MendDialogProps) {
  const t = useTexts()
  const [name, setName] = useState(row.name)
  const [organisation, setOrganisation] = useState(row.organisation)
  const [tried, setTried] = useState(false)
  const lacks = (value: string, words: string) => (tried && value.trim() === '' ? words : undefined)
  return (
    <Dialog
      title={t.workshop.mendTitle(row.row)}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button
            kind="main"
            onClick={() => {
              setTried(true)
              if (name.trim() !== '' && organisation.trim() !== '') onMend(name.trim(), organisation.trim())
            }}
          >
            {t.workshop.save}
          </Button>
        </>
      }
    >
      <Field label={t.workshop.personName} value={name} onInput={setName} error={lacks(name, t.workshop.noName)} />
      <Field
        label={t.workshop.personOrganisation}
        value={organisation}
        onInput={setOrganisation}
        error={lacks(organisation, t.workshop.noOrganisation)}
      />
    </Dialog>
  )
}
