/** The fields that say what a workshop is: for making one and for changing it. */
import type { About } from '../../shared/workshop/about.ts'
import { useTexts } from '../app/texts.tsx'
import { Field } from '../ui/field.tsx'

export type AboutFieldsProps = {
  readonly about: About
  readonly onChange: (about: About) => void
  readonly titleError?: string | undefined
}

export function AboutFields({ about, onChange, titleError }: AboutFieldsProps) {
  const t = useTexts()
  const set = (key: keyof About) => (value: string) => onChange({ ...about, [key]: value })
  return (
    <>
      <Field
        label={t.workshop.nameField}
        value={about.title}
        onInput={set('title')}
        hint={t.workshop.nameHint}
        error={titleError}
        extra={{ maxLength: 300 }}
      />
      <Field label={t.workshop.organiserField} value={about.organiser} onInput={set('organiser')} />
      <Field label={t.workshop.placeField} value={about.place} onInput={set('place')} />
      <div class="two-fields">
        <Field label={t.workshop.beginsField} value={about.begins} onInput={set('begins')} extra={{ type: 'date' }} />
        <Field label={t.workshop.endsField} value={about.ends} onInput={set('ends')} extra={{ type: 'date' }} />
      </div>
      <Field label={t.workshop.subjectField} value={about.subject} onInput={set('subject')} />
    </>
  )
}
