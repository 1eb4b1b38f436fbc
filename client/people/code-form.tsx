/** The field for the nine digits: on the front page and as the first step of joining. Keeps what was typed when it is wrong. */
import { useState } from 'preact/hooks'
import type { joinLook } from '../../shared/people/joining-contract.ts'
import { digitsTyped, readJoinCode } from '../../shared/people/join-code.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import type { Found } from './join-state.ts'

export type CodeFormProps = {
  readonly label: string
  readonly hint: string
  readonly button: string
  readonly onFound: (found: Found) => void
}

export function CodeForm({ label, hint, button, onFound }: CodeFormProps) {
  const t = useTexts()
  const [typed, setTyped] = useState('')
  const [short, setShort] = useState(false)
  const action = useAction()
  const words = useFailureText()
  const submit = () => {
    const code = readJoinCode(typed)
    setShort(code === null)
    action.clear()
    if (code === null) return
    void action.run(async () => {
      const { workshop } = await call<typeof joinLook>('POST', '/api/join/code', { body: { code } })
      onFound({ code, workshop })
    })
  }
  const error = short ? t.people.codeShort(digitsTyped(typed)) : action.error === null ? undefined : words(action.error)
  return (
    <Form onSubmit={submit}>
      <Field
        label={label}
        value={typed}
        onInput={(value) => {
          setTyped(value)
          if (readJoinCode(value) !== null) setShort(false)
        }}
        hint={hint}
        error={error}
        extra={{
          class: 'input code-input',
          autocomplete: 'off',
          inputMode: 'numeric',
          placeholder: t.people.codeExample,
          maxLength: 40,
        }}
      />
      <Button kind="main" big full type="submit" iconAfter="arrow-right" busy={action.busy}>
        {button}
      </Button>
    </Form>
  )
}
