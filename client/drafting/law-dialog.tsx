/** Citing a law: a few letters find it, a section may be named; what no source names is shown as unverified, never as law. */
import { useState } from 'preact/hooks'
import { citeOf, findLaws, isVerified, sectionOf } from '../../shared/thai/laws.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'

export type LawDialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  /** The citation as a draft holds it. */
  readonly onCite: (cite: string) => void
}

export function LawDialog({ open, onClose, onCite }: LawDialogProps) {
  const t = useTexts()
  const d = t.drafting
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [written, setWritten] = useState('')
  const found = findLaws(typed)
  const section = sectionOf(written)
  // The only one that is left is meant.
  const law = found.find(({ id }) => id === chosen)?.id ?? (found.length === 1 ? (found[0]?.id ?? null) : null)
  const blocked = law === null ? d.lawFirst : section === null ? d.lawSectionBad : undefined
  const end = (act: () => void): void => {
    setTyped('')
    setChosen(null)
    setWritten('')
    act()
  }
  return (
    <Dialog
      title={d.citeTitle}
      open={open}
      onClose={() => end(onClose)}
      actions={
        <>
          <Button onClick={() => end(onClose)}>{t.general.cancel}</Button>
          <Button
            kind="main"
            icon="scale"
            blocked={blocked}
            onClick={() => {
              if (law !== null && section !== null) end(() => onCite(citeOf(law, section)))
            }}
          >
            {d.citeNow}
          </Button>
        </>
      }
    >
      <Field label={d.lawSearch} value={typed} onInput={setTyped} hint={d.lawSearchHint} />
      <ul class="law-list" aria-label={d.lawsFound(found.length)}>
        {found.map(({ id, short, year, perhapsReplaced }) => (
          <li key={id}>
            <button type="button" aria-pressed={law === id} onClick={() => setChosen(id)}>
              <Icon name={isVerified(id) ? 'scale' : 'circle-question-mark'} />
              <span lang="th">
                {short} {d.buddhistYear(year)}
              </span>
              {isVerified(id) ? null : <span class="hint">{d.lawUnverified}</span>}
              {perhapsReplaced === undefined ? null : <span class="hint">{d.lawPerhapsReplaced(perhapsReplaced)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <p role="status" class={found.length === 0 ? 'hint' : 'sr'}>
        {found.length === 0 ? d.lawNone : d.lawsFound(found.length)}
      </p>
      <Field
        label={d.lawSection}
        value={written}
        onInput={setWritten}
        hint={
          law !== null && section !== null && section !== '' && !isVerified(citeOf(law, section))
            ? d.lawSectionUnverified
            : d.lawSectionHint
        }
        error={section === null ? d.lawSectionBad : undefined}
      />
    </Dialog>
  )
}
